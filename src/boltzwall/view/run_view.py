"""A run, or one state, as a page shows it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.io.settings import Settings
from boltzwall.plot.axes import DrawnSpan, Span, laboratory_span, time_axis
from boltzwall.plot.drawn_walls import walls_of
from boltzwall.plot.headline import numbers, title
from boltzwall.plot.units import display_unit
from boltzwall.view.along_wire import AlongWire, magnetisation_panels, tabs_along_wire
from boltzwall.view.in_time import RunInTime, mean_panels, tabs_in_time, wall_panels
from boltzwall.view.panels import Arrays, Tab
from boltzwall.view.thinning import Thinning, thinned
from boltzwall.view.words import plain

_STOPS = {
    "steady": "came to rest",
    "end_time": "ran to its end time",
    "interrupted": "interrupted",
    "failed": "failed; what was computed until then",
    "running": "still running; what was computed until now",
}
_TOLD = ("assumed", "calibrated")


def run_view(dataset: xr.Dataset, name: str, budget: float) -> dict[str, Any]:
    """Everything that the page shows of one run or state.

    Arguments:
        dataset: with or without time.
        name: of its file.
        budget: bytes for what is shown along the wire.
    """
    thinning = thinned(dataset, budget)
    arrays = Arrays()
    moving = "time" in dataset.dims
    wire = AlongWire(dataset, thinning, _places(dataset, thinning), arrays)
    tabs = list(_tabs(wire))
    time = None
    if moving:
        axis = time_axis([dataset])
        seconds = dataset["time"].values
        arrays.add_exact("times", seconds[thinning.states] / axis.unit.size)
        arrays.add_exact("history_times", seconds[thinning.history] / axis.unit.size)
        size = axis.unit.size
        span = [axis.span.low / size, axis.span.high / size]
        time = {"unit": axis.unit.name, "size": size, "span": span}
    _add_places(wire)
    return {
        "kind": "run",
        "name": name,
        "title": title(dataset) or name,
        "numbers": plain(numbers(dataset)),
        "status": _status(dataset),
        "notes": [thinning.note, *_notes(dataset)],
        "running": dataset.attrs.get("stopped_because") == "running",
        "time": time,
        "place": {"unit": wire.place.unit.name},
        "tabs": [asdict(tab) for tab in tabs],
        "settings": list(_settings(dataset)),
        "arrays": arrays.packed,
    }


def _tabs(wire: AlongWire) -> Iterator[Tab]:
    dataset = wire.dataset
    if "magnetisation" not in dataset:
        return
    if "time" not in dataset.dims:
        yield Tab("Wall", tuple(magnetisation_panels(wire)))
        yield from tabs_along_wire(wire)
        return
    walls = walls_of(dataset)
    history = RunInTime(dataset, wire.thinning, time_axis([dataset]), walls, wire.arrays)
    panels = [*magnetisation_panels(wire), *mean_panels(history), *wall_panels(history)]
    yield Tab("Wall", tuple(panels))
    yield from tabs_along_wire(wire)
    yield from tabs_in_time(history)


def _places(dataset: xr.Dataset, thinning: Thinning) -> DrawnSpan:
    """The wire, or all that a moving window shows."""
    ends = [dataset.isel(time=k) for k in (0, -1)] if "time" in dataset.dims else [dataset]
    spans = [laboratory_span(end) for end in ends]
    whole = spans[0].joined(spans[-1])
    return DrawnSpan(whole, display_unit([whole.low, whole.high], "m"), "x")


def _add_places(wire: AlongWire) -> None:
    """Cells, and where the window began at each state."""
    size, dataset = wire.place.unit.size, wire.dataset
    wire.arrays.add("x", dataset["x"].values[wire.thinning.cells] / size)
    still = dataset.isel(time=0) if "time" in dataset.dims else dataset
    window = laboratory_span(still)
    begin = float(still["window_offset"]) if "window_offset" in still else 0.0
    edges = Span(window.low - begin, window.high - begin)
    wire.arrays.add_exact("edges", np.array([edges.low, edges.high]) / size)
    if "window_offset" in dataset and "time" in dataset.dims:
        offsets = dataset["window_offset"].values[wire.thinning.states]
        wire.arrays.add_exact("offsets", offsets / size)


def _status(dataset: xr.Dataset) -> str:
    """How the run ended, and what its walls did."""
    if "time" not in dataset.dims:
        return "one state"
    parts = [_STOPS.get(str(dataset.attrs.get("stopped_because", "")), "")]
    for wall in walls_of(dataset):
        if wall.regime is not None:
            parts.append(f"{wall.name}: {wall.regime.text}" if wall.name else wall.regime.text)
    return "; ".join(filter(None, parts))


def _notes(dataset: xr.Dataset) -> Iterator[str]:
    for name in _TOLD:
        text = str(dataset.attrs.get(name, ""))
        if text:
            yield f"{name.capitalize()}: {text}"


def _settings(dataset: xr.Dataset) -> Iterator[dict[str, Any]]:
    """Each section of the configuration with its keys."""
    settings = Settings(dataset)
    for name in settings.sections:
        keys = {k: v for k, v in settings.section(name).items() if v is not None}
        if keys:
            yield {"title": name, "keys": [[key, _text(value)] for key, value in keys.items()]}


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
