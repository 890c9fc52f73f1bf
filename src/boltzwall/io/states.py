"""One magnetisation M(x) as other tools keep it: on a mesh of n×1×1 cells, with its Ms."""

import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import xarray as xr

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.errors import InputError
from boltzwall.io.cross_sections import Reduction, reduced
from boltzwall.io.ovf import Ovf, Representation, read_ovf, write_ovf
from boltzwall.io.settings import Settings
from boltzwall.values import Values
from boltzwall.variables import VARIABLES
from boltzwall.version import __version__

Time = float | str | None

MAGNETISATION_UNITS = {
    "A/m": 1.0, "kA/m": 1e3, "MA/m": 1e6, "emu/cm^3": 1e3, "emu/cm3": 1e3, "emu/cc": 1e3,
    "T": 1.0 / VACUUM_PERMEABILITY, "mT": 1e-3 / VACUUM_PERMEABILITY,
}  # fmt: skip
_ROUNDED = 1e-2  # by which unit vectors may differ from unit length without a remark

_PLAIN = Reduction()


@dataclass(frozen=True)
class WireState:
    """M(x) of one instant.

    Attributes:
        directions: unit vectors (cells, 3).
        saturation: Ms, (cells,), A/m; None where it is not known.
        origin: x of the left end, m; with a moving window, of where it stands.
        cell: dx, width and thickness of the wire, m.
        time: s; None where there is none.
        remarks: what was done to a file that is not plainly one M for each cell of a wire.
    """

    directions: Values
    saturation: Values | None
    origin: float
    cell: tuple[float, float, float]
    time: float | None = None
    remarks: tuple[str, ...] = ()

    def moments(self, unit_vectors: bool = False) -> Values:
        """M in A/m, or unit vectors, (cells, 1, 1, 3).

        Raises ``InputError`` if M in A/m is asked for and Ms is not known.
        """
        if unit_vectors:
            return self.directions[:, None, None, :]
        if self.saturation is None:
            raise InputError(
                "The saturation magnetisation must be known for M in A/m, but it is not. "
                "Ask for unit vectors."
            )
        return (self.saturation[:, None] * self.directions)[:, None, None, :]


def state_at(dataset: xr.Dataset, time: Time = None) -> WireState:
    """One saved state of a result.

    The cell takes `wire.width` and `wire.thickness` of the configuration, and dx where these are
    not given.

    Arguments:
        dataset: a run, or a transport solution.
        time: in s, which gives the nearest saved state; "first"; or "last", as None does.

    Returns:
        M(x) with its mesh and its Ms.

    Raises:
        InputError: no magnetisation, cells of unequal length, or a time outside the run.
    """
    if "magnetisation" not in dataset or "x" not in dataset:
        raise InputError("The result must hold a magnetisation M(x), but it has none.")
    still, when = instant(dataset, time)
    x = still["x"].to_numpy()
    dx = float(x[-1] - x[0]) / max(x.size - 1, 1)
    if x.size < 2 or not np.allclose(np.diff(x), dx, rtol=1e-6, atol=0.0):
        raise InputError("The result must have cells of equal length, but it has not.")
    settings = Settings(dataset)
    cell = (
        dx,
        settings.optional("wire", "width") or dx,
        settings.optional("wire", "thickness") or dx,
    )
    directions = np.asarray(still["magnetisation"].transpose("x", "component"), dtype=np.float64)
    offset = float(still["window_offset"]) if "window_offset" in still else 0.0
    origin = float(x[0]) - 0.5 * dx + offset
    if abs(origin) < 1e-9 * dx:
        origin = 0.0
    return WireState(directions, _saturation(still, settings), origin, cell, when)


def instant(dataset: xr.Dataset, time: Time = None) -> tuple[xr.Dataset, float | None]:
    """``dataset`` at one saved time, and that time; as ``state_at`` takes it."""
    if "time" not in dataset.dims:
        if isinstance(time, float | int):
            raise InputError(
                f"Argument `time` must be left out, but {time:g} s was given: the result holds one "
                "state, without a time."
            )
        return dataset, None
    times = dataset["time"].to_numpy()
    if time is None or isinstance(time, str):
        if time not in (None, "first", "last"):
            raise InputError(
                f'Argument `time` must be "first", "last" or seconds, but `{time}` was given.'
            )
        index = 0 if time == "first" else times.size - 1
    else:
        slack = 0.5 * (times[-1] - times[0]) / max(times.size - 1, 1)
        if not times[0] - slack <= time <= times[-1] + slack:
            raise InputError(
                f"Argument `time` must lie in the run, {times[0]:g} to {times[-1]:g} s, "
                f"but {time:g} s was given."
            )
        index = int(np.argmin(np.abs(times - time)))
    return dataset.isel(time=index), float(times[index])


def state_from_mesh(
    values: Values,
    origin: float,
    step: tuple[float, float, float],
    units: str = "1",
    reduction: Reduction = _PLAIN,
) -> WireState:
    """M(x) from vectors (x, y, z, 3) on a mesh.

    Cells without magnetisation, outside the body, count for nothing in an average.

    Raises:
        InputError: vectors of another dimension, not finite, a cross-section that is not there, or
            a place along x without a direction; "must …, but …".
    """
    if values.ndim != 4 or values.shape[-1] != 3:
        raise InputError(
            f"must hold vectors of 3 components on a mesh, but its shape is {values.shape}."
        )
    if not np.all(np.isfinite(values)):
        raise InputError("must hold finite numbers, but it holds NaN or infinity.")
    row = reduced(values, reduction)
    scale = MAGNETISATION_UNITS.get(units)
    remarks = row.remarks
    if scale is None and (units != "1" or np.any(np.abs(row.lengths - 1.0) > _ROUNDED)):
        unit = "" if units == "1" else f" {units}"
        lengths = f"{row.lengths.min():.4g} to {row.lengths.max():.4g}{unit}"
        remarks += (f"vectors of the length {lengths}, of which only the directions are used",)
    across = values.shape[1:3]
    return WireState(
        row.directions,
        None if scale is None else scale * row.lengths,
        float(origin + row.cropped * step[0]),
        (float(step[0]), float(step[1] * across[0]), float(step[2] * across[1])),
        remarks=remarks,
    )


def write_state(
    state: WireState,
    path: str | Path,
    representation: Representation = "binary 8",
    unit_vectors: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write M(x) as an OVF 2.0 file.

    Arguments:
        state: M(x) with its mesh.
        path: of the file.
        representation: "text", "binary 4" or "binary 8".
        unit_vectors: whether M is written as unit vectors, or else in A/m.
        overwrite: whether a file of this name is replaced.

    Returns:
        The path of the file.

    Raises:
        InputError: Ms is unknown and wanted, or as `write_ovf`.
    """
    title, units = ("m", "1") if unit_vectors else ("M", "A/m")
    origin = (state.origin, 0.0, 0.0)
    ovf = Ovf(state.moments(unit_vectors), origin, state.cell, title, units, state.time)
    return write_ovf(ovf, path, representation, overwrite)


def read_state(path: str | Path, reduction: Reduction = _PLAIN) -> WireState:
    """Read M(x) from an OVF file.

    Arguments:
        path: of the file, version 1.0 or 2.0.
        reduction: what becomes of several cells across, and of empty ones at the ends.

    Returns:
        M(x) as unit vectors with its mesh, and Ms(x) where the file is in A/m.

    Raises:
        InputError: as `read_ovf`; not vectors of three components, not finite, or a place
            along x where they have no direction.
    """
    ovf = read_ovf(path)
    try:
        state = state_from_mesh(ovf.values, ovf.origin[0], ovf.step, ovf.units, reduction)
    except InputError as error:
        raise InputError(f"The file `{path}` {error}") from None
    return replace(state, time=ovf.time)


def dataset_of(state: WireState, title: str = "Magnetisation of another tool") -> xr.Dataset:
    """A state as a Dataset that `texture.path` takes.

    Arguments:
        state: M(x) with its mesh.
        title: of the Dataset.

    Returns:
        M(x) as unit vectors, and Ms(x) where it is known.
    """
    cells = state.directions.shape[0]
    arrays = {
        "x": (("x",), state.origin + (np.arange(cells) + 0.5) * state.cell[0]),
        "component": (("component",), np.array(["x", "y", "z"])),
        "magnetisation": (("x", "component"), state.directions),
    }
    labelled = {
        name: xr.Variable(
            dims, values, {"long_name": VARIABLES[name].long_name, "units": VARIABLES[name].units}
        )
        for name, (dims, values) in arrays.items()
    }
    if state.saturation is not None:
        labelled["saturation_magnetisation"] = xr.Variable(
            ("x",), state.saturation, {"long_name": "saturation magnetisation", "units": "A m-1"}
        )
    coordinates = {name: labelled.pop(name) for name in ("x", "component")}
    attributes = {"title": title, "boltzwall_version": __version__}
    attributes["configuration"] = _WIRE.format(*state.cell[1:])
    return xr.Dataset(labelled, coordinates, attributes)


_WIRE = '{{"wire": {{"width": {!r}, "thickness": {!r}}}}}'


def _saturation(still: xr.Dataset, settings: Settings) -> Values | None:
    """Ms(x) of the Dataset, or the constant of its configuration."""
    cells = still.sizes["x"]
    if "saturation_magnetisation" in still:
        return np.broadcast_to(still["saturation_magnetisation"].to_numpy(), (cells,)).copy()
    nominal = settings.optional("material", "saturation_magnetisation")
    if nominal is None:
        return None
    profile = settings.section("profile")
    varies = profile.get("kind") == "file" or profile.get("magnetisation_factor", 1.0) != 1.0
    if varies or settings.get("field", "temperature_law", "none") != "none":
        warnings.warn(
            "Ms depends on the place in this run; the exported M has the nominal Ms everywhere.",
            stacklevel=3,
        )
    return np.full(cells, nominal)
