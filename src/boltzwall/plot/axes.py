"""Axes that panels share: time from the first to the last state, places in the laboratory."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from boltzwall.plot import theme
from boltzwall.plot.units import DisplayUnit, display_unit, largest

COMPONENTS = ("x", "y", "z")
FLAT = 1e-4  # of its size: what varies by less is drawn as a flat line
ROOM = 0.05  # of its size above and below a flat line


@dataclass(frozen=True)
class Span:
    """An interval of places or of times, SI."""

    low: float
    high: float

    @property
    def length(self) -> float:
        return self.high - self.low

    @property
    def middle(self) -> float:
        return 0.5 * (self.low + self.high)

    def joined(self, other: "Span") -> "Span":
        """The shortest interval that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))

    def held_in(self, outer: "Span") -> "Span":
        """The same length, moved into ``outer``; all of ``outer`` where it is no longer."""
        if self.length >= outer.length:
            return outer
        low = min(max(self.low, outer.low), outer.high - self.length)
        return Span(low, low + self.length)


@dataclass(frozen=True)
class DrawnSpan:
    """An interval as an axis: in which unit, under which name."""

    span: Span
    unit: DisplayUnit
    symbol: str

    @property
    def label(self) -> str:
        return self.unit.label(self.symbol)

    def dress(self, panel: Axes) -> None:
        """Limits, few ticks and the label of the horizontal axis."""
        panel.set_xlim(self.span.low / self.unit.size, self.span.high / self.unit.size)
        panel.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        panel.set_xlabel(self.label)


def time_axis(datasets: Iterable[xr.Dataset], until: float | None = None) -> DrawnSpan:
    """From the first to the last state of all Datasets, or to ``until``, s."""
    times = [dataset["time"].values for dataset in datasets]
    low = min(float(t[0]) for t in times)
    high = max(float(t[-1]) for t in times) if until is None else until
    unit = display_unit([low, high], "s")
    return DrawnSpan(Span(low, high if high > low else low + unit.size), unit, "$t$")


def wire_axis(frames: Iterable[xr.Dataset]) -> DrawnSpan:
    """From the lowest to the highest place of Datasets without time, in the laboratory."""
    spans = [laboratory_span(frame) for frame in frames]
    whole = spans[0]
    for span in spans[1:]:
        whole = whole.joined(span)
    return DrawnSpan(whole, display_unit([whole.low, whole.high], "m"), "$x$")


def places(frame: xr.Dataset) -> np.ndarray:
    """Centres of the cells in the laboratory, (x,), m, of a Dataset without time.

    With a moving window, ``x`` counts from where the window begins.
    """
    offset = float(frame["window_offset"]) if "window_offset" in frame else 0.0
    return np.asarray(frame["x"].values, dtype=float) + offset


def laboratory_span(frame: xr.Dataset) -> Span:
    """The wire, or the part that the window shows, between the outer faces of its cells."""
    x = places(frame)
    half = 0.5 * (x[-1] - x[0]) / (x.size - 1) if x.size > 1 else abs(x[0]) or 0.5
    low = x[0] - half
    # A wire begins at 0, but for rounding.
    return Span(0.0 if abs(low) < 1e-9 * abs(x[-1]) else float(low), float(x[-1] + half))


def instants(dataset: xr.Dataset) -> list[xr.Dataset]:
    """The first and the last state, or the one that there is.

    Of a window that has moved on, only the last: both on one axis would leave no room for the wall.
    """
    if "time" not in dataset.dims:
        return [dataset]
    first, last = dataset.isel(time=0), dataset.isel(time=-1)
    begin = laboratory_span(first)
    moved = abs(laboratory_span(last).low - begin.low) > 0.5 * begin.length
    return [last] if moved or dataset.sizes["time"] == 1 else [first, last]


def show_flat(panel: Axes, least: float = 0.0) -> None:
    """Widen the vertical axis where its curves are flat: rounding noise is no structure.

    Arguments:
        least: what varies by less is flat, in drawn units.
    """
    heights = [np.asarray(line.get_ydata(), dtype=float).ravel() for line in panel.get_lines()]
    every = np.concatenate(heights) if heights else np.zeros(1)
    finite = every[np.isfinite(every)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    size = largest(finite)
    if high - low <= max(least, FLAT * size):
        middle, room = 0.5 * (low + high), max(least, ROOM * size) or 1.0
        panel.set_ylim(middle - room, middle + room)


def hide_rounding(panel: Axes, size: float) -> None:
    """Show curves that are rounding noise beside others of ``size`` as a flat line."""
    curves = [largest(line.get_ydata()) for line in panel.get_lines()]
    if size > 0.0 and max(curves, default=0.0) < 1e-9 * size:
        panel.set_ylim(-size, size)


def zero_line_where_signs_change(panel: Axes, values: np.ndarray) -> None:
    """A thin line at zero between curves of either sign."""
    finite = values[np.isfinite(values)]
    if finite.size and finite.min() < 0.0 < finite.max():
        theme.zero_line(panel)
