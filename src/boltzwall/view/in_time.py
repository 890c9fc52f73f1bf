"""The panels of a whole run, against time: M, walls, energies, drives, T, the stepping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.plot.axes import COMPONENTS, DrawnSpan
from boltzwall.plot.drawn_walls import DrawnWall
from boltzwall.plot.drives import drives
from boltzwall.plot.labels import unit_of
from boltzwall.plot.space_time import space_time
from boltzwall.plot.units import display_unit, largest
from boltzwall.variables import ENERGIES, VARIABLES
from boltzwall.view.panels import Arrays, Panel, Tab, rows_of, shown_range
from boltzwall.view.thinning import Thinning
from boltzwall.view.words import axis_title, meaning

_OF_WALLS = ("wall_positions", "wall_velocities", "wall_tilts", "wall_widths")
_OF_ONE = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")
_LEAST_TILT = 1e-3  # rad
_STEPPING = (
    "largest_rate", "time_step", "transport_interval", "transport_solves", "transport_error",
    "transport_update_error", "residual_charge_ratio", "residual_spin_ratio", "electron_deviation",
)  # fmt: skip
_LOGARITHMIC = ("largest_rate", "electron_deviation", "residual_spin_ratio")
_NOT_SHOWN = ("wall_", "energy_", "time", "window_offset")  # elsewhere, or of the walls


@dataclass(frozen=True)
class RunInTime:
    """A run, as it is shown against time."""

    dataset: xr.Dataset
    thinning: Thinning
    time: DrawnSpan
    walls: tuple[DrawnWall, ...]
    arrays: Arrays

    def shown(self, variable: xr.DataArray) -> np.ndarray:
        """(row, time): one row, or one for each component."""
        values = variable.isel(time=self.thinning.history)
        order = [d for d in ("component", "time") if d in values.dims]
        return np.atleast_2d(values.transpose(*order).values)


def mean_panels(history: RunInTime) -> list[Panel]:
    """M averaged over the wire."""
    if "mean_magnetisation" not in history.dataset:
        return []
    return [_variable(history, history.dataset["mean_magnetisation"])]


def wall_panels(history: RunInTime) -> list[Panel]:
    """M over place and time with the tracks of the walls; position, velocity, tilt, width."""
    panels = [_map(history)]
    labels = [wall.name or "the wall" for wall in history.walls]
    names = _OF_ONE if len(history.walls) == 1 else _OF_WALLS
    for number, name in enumerate(names if history.walls else ()):
        curves = [wall.quantities[number] for wall in history.walls]
        least = _LEAST_TILT if "tilt" in name else 0.0
        panels.append(_curves(history, name, curves, labels, least=least, title=meaning(name)))
    return panels


def tabs_in_time(history: RunInTime) -> Iterator[Tab]:
    """Energies, drives, and how the run was computed; each where there is any."""
    for title, panels in (
        ("Energies", _energies(history)),
        ("Drive", _drive(history)),
        ("Computation", _named(history, _STEPPING)),
    ):
        if panels:
            yield Tab(title, tuple(panels))


def _energies(history: RunInTime) -> list[Panel]:
    terms = [f"energy_{name}" for name in ENERGIES if f"energy_{name}" in history.dataset]
    alive = [n for n in terms[1:] if largest(history.dataset[n]) > 0.0]
    panels = _named(history, terms[:1])
    if alive:
        curves = [history.dataset[name] for name in alive]
        labels = [name.removeprefix("energy_").replace("_", " ") for name in alive]
        panels.append(_curves(history, "energies", curves, labels, title="Energy of each term"))
    return panels


def _drive(history: RunInTime) -> list[Panel]:
    """What drives, T where the walls are, then every other number against time."""
    found = drives(history.dataset)
    names = {str(drive.name) for drive in found} | {"mean_magnetisation"}
    others = [
        str(name)
        for name, values in history.dataset.data_vars.items()
        if values.dims == ("time",)
        and name in VARIABLES
        and name not in names
        and name not in _STEPPING
        and not str(name).startswith(_NOT_SHOWN)
    ]
    voltages = [n for n in history.dataset.data_vars if str(n) in _OF_THE_WALL]
    return [
        *(_variable(history, drive) for drive in found),
        *_temperature(history),
        *_named(history, [*others, *map(str, voltages)]),
    ]


_OF_THE_WALL = frozenset(
    {"wall_resistance_area", "wall_resistance_area_amr", "wall_thermovoltage", "wall_peltier_heat",
     "wall_voltage"}
)  # fmt: skip


def _named(history: RunInTime, names: Sequence[str]) -> list[Panel]:
    """Numbers that are told: all but those that are zero throughout."""
    found = [history.dataset[n] for n in names if n in history.dataset]
    return [_variable(history, v) for v in found if v.dims == ("time",) and largest(v) > 0.0]


def _variable(history: RunInTime, variable: xr.DataArray) -> Panel:
    vector = "component" in variable.dims
    name = str(variable.name)
    parts = [variable.sel(component=c) for c in COMPONENTS] if vector else [variable]
    label = "" if vector else axis_title(variable, unit_of(variable)).partition(" (")[0]
    return _curves(history, name, parts, COMPONENTS if vector else (label,))


def _curves(
    history: RunInTime,
    name: str,
    curves: Sequence[xr.DataArray],
    labels: Sequence[str],
    *,
    least: float = 0.0,
    title: str = "",
) -> Panel:
    unit = unit_of(*curves)
    drawn = np.concatenate([history.shown(curve) for curve in curves]) / unit.size
    key = history.arrays.add(f"time:{name}", drawn)
    logarithmic = name in _LOGARITHMIC and float(np.nanmin(drawn, initial=np.inf)) > 0.0
    meant = title or meaning(name, str(curves[0].attrs.get("long_name", "")))
    return Panel(
        "history",
        meant,
        history.time.label.replace("$", ""),
        unit.label(labels[0]) if name == "energies" else axis_title(curves[0], unit),
        unit.name,
        (0.5 * float(np.nanmin(drawn)), 2.0 * float(np.nanmax(drawn)))
        if logarithmic
        else shown_range(drawn, least),
        rows_of(key, labels),
        logarithmic,
    )


def _temperature(history: RunInTime) -> list[Panel]:
    """T at every wall, or on average where there is none, and the coldest and hottest place."""
    if "temperature" not in history.dataset:
        return []
    dataset = history.dataset
    every = dataset["temperature"].broadcast_like(dataset["time"]).transpose("time", "x")
    every = every.isel(time=history.thinning.history)
    rows = [every.min("x").values, every.max("x").values]
    labels = ["coldest place", "hottest place"]
    for wall in history.walls:
        rows.append(_at(dataset, wall, every, history.thinning.history))
        labels.append(f"at {wall.name or 'the wall'}")
    drawn = np.stack(rows)
    key = history.arrays.add("time:temperature", drawn)
    x_label = history.time.label.replace("$", "")
    title = "Temperature of the wire and of its walls"
    return [
        Panel(
            "history", title, x_label, "T (K)", "K", shown_range(drawn), rows_of(key, labels)
        )
    ]  # fmt: skip


def _at(
    dataset: xr.Dataset, wall: DrawnWall, every: xr.DataArray, chosen: np.ndarray
) -> np.ndarray:
    """T where a wall is; ``x`` counts from the begin of a moving window."""
    offset = dataset["window_offset"].values if "window_offset" in dataset else np.zeros(1)
    places = wall.position.values - offset
    x = dataset["x"].values
    pairs = zip(places[chosen], every.values, strict=True)
    return np.array([np.interp(q, x, row) if np.isfinite(q) else np.nan for q, row in pairs])


def _map(history: RunInTime) -> Panel:
    """The component of M that varies most, on even times, and the tracks of the walls."""
    found = space_time(history.dataset)
    times = np.linspace(found.times[0], found.times[-1], found.values.shape[1] + 1)
    middles = 0.5 * (times[1:] + times[:-1])
    columns = np.clip(np.searchsorted(found.times, middles) - 1, 0, found.values.shape[1] - 1)
    key = history.arrays.add_map("map", found.values[:, columns])
    place = display_unit(found.places, "m")
    per_time = history.time.unit.size
    tracks = [history.shown(wall.position) / place.size for wall in history.walls]
    if tracks:
        history.arrays.add("tracks", np.concatenate(tracks))
    labels = [wall.name or "the wall" for wall in history.walls]
    component = f"M{found.component}"
    return Panel(
        "map",
        f"{component} over place and time; a click goes to that time",
        history.time.label.replace("$", ""),
        place.label("x"),
        place.name,
        (float(found.places[0] / place.size), float(found.places[-1] / place.size)),
        rows_of("tracks", labels) if tracks else (),
        extra={
            "image": key,
            "times": [float(times[0] / per_time), float(times[-1] / per_time)],
            "component": component,
        },
    )
