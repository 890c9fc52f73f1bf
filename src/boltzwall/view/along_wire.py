"""The panels of one state, along the wire: M as arrows and components, torques, currents, T."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.plot.arrows import largest_spin, select_vectors, spans_of
from boltzwall.plot.arrows.projection import DEPTH
from boltzwall.plot.arrows.strips import HEIGHTS, LIMITS, REACH, SPIN_LENGTH, WIRE_LENGTH
from boltzwall.plot.axes import COMPONENTS, DrawnSpan
from boltzwall.plot.labels import unit_of
from boltzwall.plot.units import display_unit
from boltzwall.view.panels import Arrays, Panel, Tab, rows_of, shown_range
from boltzwall.view.thinning import Thinning
from boltzwall.view.words import axis_title, meaning

_TORQUES = (
    "torque_total", "torque_electrical", "torque_thermal", "torque_background", "torque_pumped",
    "torque_quasi_steady", "torque_total_eq17", "torque_electrical_eq21", "torque_thermal_eq22",
    "torque_thermal_field_like", "torque_thermal_damping_like",
)  # fmt: skip
_COMPARED = _TORQUES[:4]
_CURRENTS = (
    "spin_accumulation", "spin_current_density", "charge_current_density", "heat_current_density",
    "charge_density", "temperature", "pumped_field", "thermal_current_a", "thermal_current_b",
    "thermal_charge_density", "spin_conversion_eq25", "spin_accumulation_quasi_steady",
    "spin_accumulation_eq16", "static_magnetic_field",
)  # fmt: skip
_CHECKS = ("residual_charge", "residual_spin", "window_end_charge", "window_end_spin")
_ROOM_OF_UNIT_VECTORS = (-1.06, 1.06)


@dataclass(frozen=True)
class AlongWire:
    """A run or a state, as it is shown along the wire."""

    dataset: xr.Dataset
    thinning: Thinning
    place: DrawnSpan
    arrays: Arrays

    def shown(self, name: str) -> xr.DataArray:
        """The states and cells that are shown, of (…, x) or (…, x, component)."""
        variable = self.dataset[name].isel(x=self.thinning.cells)
        return variable.isel(time=self.thinning.states) if "time" in variable.dims else variable

    def has(self, name: str) -> bool:
        """Whether there is such a variable along the wire."""
        return name in self.dataset and "x" in self.dataset[name].dims


def magnetisation_panels(wire: AlongWire) -> list[Panel]:
    """Arrows and components."""
    return [_arrows(wire), *_profiles(wire, ["magnetisation"])]


def tabs_along_wire(wire: AlongWire) -> Iterator[Tab]:
    """Torques, currents with T, and what the balances leave; each where there is any."""
    torques = _profiles(wire, _TORQUES)
    compared = [name for name in _COMPARED if wire.has(name)]
    if len(compared) > 1:
        torques.insert(0, _sizes(wire, compared))
    for title, panels in (
        ("Torque", torques),
        ("Currents and T", _profiles(wire, _CURRENTS)),
        ("Balances", _profiles(wire, _CHECKS)),
    ):
        if panels:
            yield Tab(title, tuple(panels))


def _profiles(wire: AlongWire, names: Sequence[str]) -> list[Panel]:
    return [_profile(wire, name) for name in names if wire.has(name)]


def _profile(wire: AlongWire, name: str) -> Panel:
    """One variable along x: a curve, or one for each component."""
    variable = wire.shown(name)
    unit = unit_of(variable)
    is_vector = "component" in variable.dims
    order = [d for d in ("component", "time", "x") if d in variable.dims]
    drawn = variable.transpose(*order).values / unit.size
    if not is_vector:
        drawn = drawn[None]
    if "time" not in variable.dims:
        drawn = drawn[:, None]
    wire.arrays.add(name, drawn)
    unit_vectors = name == "magnetisation"
    labels = COMPONENTS if is_vector else (axis_title(variable, unit).partition(" (")[0],)
    return Panel(
        "profile",
        meaning(name, str(variable.attrs.get("long_name", ""))),
        wire.place.label.replace("$", ""),
        axis_title(variable, unit),
        unit.name,
        _ROOM_OF_UNIT_VECTORS if unit_vectors else shown_range(drawn),
        rows_of(name, labels),
    )


def _sizes(wire: AlongWire, names: Sequence[str]) -> Panel:
    """|T| of every part of the torque, beside one another."""
    sizes = [np.linalg.norm(wire.shown(name).values, axis=-1) for name in names]
    sizes = [size if size.ndim == 2 else size[None] for size in sizes]
    first = wire.shown(names[0])
    unit = display_unit(sizes, str(first.attrs.get("units", "1")))
    drawn = np.stack(sizes) / unit.size
    wire.arrays.add("torque_sizes", drawn)
    labels = [name.removeprefix("torque_").replace("background", "without drive") for name in names]
    return Panel(
        "profile",
        "Sizes of the parts of the spin torque",
        wire.place.label.replace("$", ""),
        unit.label("|T|"),
        unit.name,
        shown_range(drawn),
        rows_of("torque_sizes", labels),
    )


def _arrows(wire: AlongWire) -> Panel:
    """M and m where the walls are, as `plot.arrows` chooses the places."""
    dataset = wire.dataset[[n for n in _DRAWN if n in wire.dataset]]
    if "time" in dataset.dims:
        frames = [dataset.isel(time=int(k)) for k in wire.thinning.states]
    else:
        frames = [dataset]
    vectors = [select_vectors(f, s) for f, s in zip(frames, spans_of(frames), strict=True)]
    most = max(len(v.x) for v in vectors)
    longest = largest_spin([dataset])
    with_spin = "spin_accumulation" in dataset
    shape = (len(vectors), most, 7 if with_spin else 4)
    drawn = np.full(shape, np.nan)
    unit = wire.place.unit
    spans = np.array([[v.span.low, v.span.high] for v in vectors]) / unit.size
    for row, v in zip(drawn, vectors, strict=True):
        row[: len(v.x), 0] = v.x / unit.size
        row[: len(v.x), 1:4] = v.magnetisation
        if v.spin is not None:
            row[: len(v.x), 4:7] = v.spin / longest
    wire.arrays.add("arrows", drawn)
    wire.arrays.add_exact("arrow_spans", spans)
    text = display_unit(longest, "m-3").text(longest) if with_spin else ""
    return Panel(
        "arrows",
        "Magnetisation M and spin accumulation m" if with_spin else "Magnetisation M",
        wire.place.label.replace("$", ""),
        "",
        unit.name,
        (HEIGHTS.low, HEIGHTS.high),
        extra={
            "across": [LIMITS.low, LIMITS.high],
            "length": WIRE_LENGTH,
            "reach": REACH,
            "spin": SPIN_LENGTH,
            "depth": list(DEPTH),
            "longest": text,
        },
    )


_DRAWN = ("magnetisation", "spin_accumulation", "window_offset")
