"""Magnetisations from files: what a file holds, and how it comes onto the cells of the wire.

The InputErrors raised here are whole sentences about `texture.path` and `[wire]`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from boltzwall.config import sections
from boltzwall.config.files import UNIT_LENGTH_TOLERANCE, check_file, checked_magnetisation
from boltzwall.config.table_columns import MAGNETISATION
from boltzwall.config.tables import read_table
from boltzwall.errors import InputError
from boltzwall.io.arrays import mesh_of, read_array
from boltzwall.io.cross_sections import Reduction, reduced
from boltzwall.io.ovf import read_ovf
from boltzwall.io.states import WireState, state_from_mesh
from boltzwall.values import Values

LEAST_CELLS = 4
_SAME = 1e-3  # relative difference of lengths that are meant to be the same
_EVEN = 1e-3  # likewise of the distances between neighbouring cells
_ROUNDED = 1e-2  # by which vectors in a text may differ from unit length
_PLAIN = Reduction()
_STEEPEST = 0.0  # cosine of the largest angle between neighbours that can be interpolated


@dataclass(frozen=True)
class TextureFile:
    """M(x) as a file has it.

    Attributes:
        directions: unit vectors (cells, 3).
        spacing: of the cells, m; None where the file does not say.
        origin: where the first cell begins in the file's own coordinates, m.
        saturation: Ms of each cell, A/m; None where it is not known.
        remarks: what was done to what the file holds.
    """

    directions: Values
    spacing: float | None = None
    origin: float = 0.0
    saturation: Values | None = None
    remarks: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """Number of cells along the wire."""
        return int(self.directions.shape[0])

    @property
    def length(self) -> float | None:
        """Of all cells, m, to twelve digits; None where the file does not say."""
        return None if self.spacing is None else float(f"{self.cells * self.spacing:.12g}")


def texture_file(texture: sections.FileTexture) -> TextureFile:
    """What the file of a texture holds, once `section` and `empty_ends` have been applied.

    Raises:
        InputError: the file is missing, of no kind that is known, or damaged; it has too few
            cells, or a cell without a direction.
    """
    try:
        check_file(texture.path)
        stamp = texture.path.stat()
        return _read(
            texture.path,
            Reduction(texture.section, texture.empty_ends),
            (stamp.st_mtime_ns, stamp.st_size),
        )
    except InputError as error:
        raise InputError(f"Key `texture.path` {error}") from None


def read_magnetisation(texture: sections.FileTexture, wire: sections.Wire) -> Values:
    """Unit vectors (cells, 3) at the centres of the cells of the wire.

    Raises:
        InputError: as ``texture_file``; the file has other cells or another length than the wire,
            unless it is to be resampled; or it cannot be, because it is too short or too coarse.
    """
    found = texture_file(texture)
    if texture.resample:
        return _resampled(found, wire, texture)
    cure = (
        "Leave out `wire.cells` and `wire.length`, which then follow from the file, or set "
        "`texture.resample` = true."
    )
    if found.cells != wire.cells:
        raise InputError(
            f"Key `texture.path` must have one M for each of `wire.cells`, the shape (cells, 3) = "
            f"({wire.cells}, 3), but {texture.path} has {found.directions.shape}. {cure}"
        )
    if found.length is not None and not np.isclose(found.length, wire.length, rtol=_SAME, atol=0.0):
        raise InputError(
            f"Key `texture.path` must be as long as `wire.length`, {wire.length:g} m, but "
            f"{texture.path} has {found.cells} cells of {found.spacing:g} m, {found.length:g} m. "
            f"{cure}"
        )
    return found.directions


def _resampled(found: TextureFile, wire: sections.Wire, texture: sections.FileTexture) -> Values:
    """M at the cells of the wire, by cubic splines through those of the file, at equal x."""
    length = wire.length if found.length is None else found.length
    if wire.length > length * (1.0 + _SAME) and texture.empty_ends != "fill":
        raise InputError(
            f"Key `texture.path` must be at least as long as `wire.length`, {wire.length:g} m, but "
            f"{texture.path} has {length:g} m. Shorten the wire, or set `texture.empty_ends` = "
            '"fill", with which M goes on beyond.'
        )
    turns = np.sum(found.directions[1:] * found.directions[:-1], axis=-1)
    if turns.min() < _STEEPEST:
        raise InputError(
            "Key `texture.resample` must be false where M turns by more than 90° from one cell to "
            f"the next, but in {texture.path} it does after cell {int(np.argmin(turns))}: what "
            "lies between cannot be told. Take the cells of the file."
        )
    from scipy.interpolate import CubicSpline

    here = (np.arange(found.cells) + 0.5) * (length / found.cells)
    wanted = (np.arange(wire.cells) + 0.5) * (wire.length / wire.cells)
    values = CubicSpline(here, found.directions)(np.clip(wanted, 0.0, length))
    values /= np.linalg.norm(values, axis=-1)[:, None]
    return np.asarray(values, dtype=np.float64)


@lru_cache(maxsize=8)
def _read(path: Path, reduction: Reduction, _stamp: tuple[int, int]) -> TextureFile:
    found = _by_content(path, reduction)
    if found.cells < LEAST_CELLS:
        raise InputError(
            f"must hold at least {LEAST_CELLS} cells along x, but {path} has {found.cells}. A wire "
            "lies along x here: turn the mesh, and M with it."
        )
    found.directions.setflags(write=False)
    return found


def _by_content(path: Path, reduction: Reduction) -> TextureFile:
    with path.open("rb") as file:
        start = file.read(64)
    if path.suffix.lower() == ".ohf":
        raise InputError(
            f"must name a magnetisation, but {path} holds a field H. "
            "`drive.magnetic_field_file` takes it."
        )
    if start.startswith(b"\x93NUMPY"):
        return _from_npy(path, reduction)
    if start.startswith((b"CDF", b"\x89HDF")):
        return _from_netcdf(path)
    if start.lstrip(b"\xef\xbb\xbf# \t").upper().startswith(b"OOMMF") or _is_named_ovf(path):
        return _from_ovf(path, reduction)
    return _from_table(path)


def _is_named_ovf(path: Path) -> bool:
    return path.suffix.lower() in (".ovf", ".omf")


def _from_ovf(path: Path, reduction: Reduction) -> TextureFile:
    with _about(path):
        ovf = read_ovf(path)
        state = state_from_mesh(ovf.values, ovf.origin[0], ovf.step, ovf.units, reduction)
    return _of_state(state)


def _of_state(state: WireState) -> TextureFile:
    return TextureFile(
        state.directions, state.cell[0], state.origin, state.saturation, state.remarks
    )


def _from_npy(path: Path, reduction: Reduction) -> TextureFile:
    array = read_array(path)
    with _about(path):
        row = reduced(mesh_of(array), reduction)
        _check_lengths(row.lengths, UNIT_LENGTH_TOLERANCE)
    return TextureFile(row.directions, remarks=row.remarks)


def _from_netcdf(path: Path) -> TextureFile:
    from boltzwall.io.netcdf import numbers_in, variables_of

    try:
        with variables_of(path) as variables:
            variable = variables["magnetisation"]
            values = numbers_in(variable, path, last=variable.ndim == 3)
            x = numbers_in(variables["x"], path) if "x" in variables else None
    except KeyError:
        raise InputError(f"must name a file with a magnetisation, but {path} has none.") from None
    directions = checked_magnetisation(values, values.shape[0] if values.ndim else 0, str(path))
    return TextureFile(directions, *_even(x, path) if x is not None else (None, 0.0))


def _from_table(path: Path) -> TextureFile:
    try:
        table = read_table(path, MAGNETISATION)
    except InputError as error:
        raise InputError(
            "must name a result of boltzwall (netCDF), an OVF or .npy file, or a table of x, mx, "
            f"my, mz, but {path} cannot be read as any of these. As a table, it {error}"
        ) from None
    with _about(path):
        row = reduced(mesh_of(np.stack([table[key] for key in ("mx", "my", "mz")], -1)), _PLAIN)
        _check_lengths(row.lengths, _ROUNDED)
    return TextureFile(row.directions, *_even(table["x"], path))


def _even(x: Values, path: Path) -> tuple[float, float]:
    """The distance of neighbouring places, and where the first cell begins."""
    steps = np.diff(x)
    spacing = float(x[-1] - x[0]) / max(x.size - 1, 1)
    if x.size < LEAST_CELLS or not np.allclose(steps, spacing, rtol=_EVEN, atol=0.0):
        raise InputError(
            f"must have cells of equal length, at least {LEAST_CELLS}, but {path} has not."
        )
    return spacing, float(x[0]) - 0.5 * spacing


def _check_lengths(lengths: Values, tolerance: float) -> None:
    off = np.abs(lengths - 1.0)
    if off.max() > tolerance:
        raise InputError(
            f"must hold vectors of unit length (to {tolerance:g}), but it is off by "
            f"{off.max():.3g} in cell {int(np.argmax(off))}. Divide by the length."
        )


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """Messages about a file, made to go on from the name of a key."""
    try:
        yield
    except InputError as error:
        problem = str(error).removeprefix(f"The file `{path}` ")
        raise InputError(f"{problem} (The file is {path}.)") from None
