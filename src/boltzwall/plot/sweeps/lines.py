"""Lines of a sweep: a quantity against one swept key for several values of a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boltzwall.plot import theme
from boltzwall.plot.axes import zero_line_where_signs_change
from boltzwall.plot.sweeps.multiples import multiples, outer_labels
from boltzwall.plot.sweeps.quantity import Quantity
from boltzwall.plot.sweeps.swept_axis import SEED, SweptAxis, dress

NAMED = len(theme.COLOURS)  # more curves than this are told apart by a colour bar
CROSS_ROWS = 5  # at the foot; more would be among the curves
MARKERS = "osD^vP*"
COLOURS = "viridis"


@dataclass(frozen=True)
class Layout:
    """Which key the horizontal axis shows, and which tells the curves of a panel apart, if any."""

    across: SweptAxis
    curves: SweptAxis | None

    @property
    def count(self) -> int:
        """Of curves in each panel."""
        return len(self.curves.values) if self.curves else 1

    @property
    def named(self) -> bool:
        """Whether the curves are few enough for a legend."""
        return self.count <= NAMED


def lines_figure(shown: Quantity, axes: Sequence[SweptAxis], title: str = "") -> Figure:
    """The quantity against ``axes[0]``, a line for each value of ``axes[1]``, panels for others.

    Bars are errors. White markers are walls that were not steady; a cross at the foot marks a point
    that failed.
    """
    with theme.theme():
        curves = axes[1] if len(axes) > 1 and len(axes[1].values) > 1 else None
        layout = Layout(axes[0], curves)
        panels = multiples([a for a in axes[1:] if a is not curves])
        rows, columns = panels.shape
        size = (4.4, 3.4) if columns == 1 else (theme.PAGE_WIDTH, 0.9 + 2.0 * rows)
        figure = theme.new_figure(*size, layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for panel, selection, name in zip(grid, panels.selections, panels.titles, strict=False):
            _draw(panel, shown, layout, selection)
            dress(panel, axes[0])
            panel.set_ylabel(shown.label)
            panel.set_title(name)
        outer_labels(grid, len(panels.selections))
        used = list(grid[: len(panels.selections)])
        _tidy(used, shown, axes[0])
        if axes[0].key == SEED and len(axes) == 1:
            _mean_of_seeds(used[0], shown)
        notes = [title, panels.fixed, shown.error_note]
        _name_curves(used, shown, layout, "\n".join(filter(None, notes)))
        return figure


def _draw(panel: Axes, shown: Quantity, layout: Layout, selection: Mapping[str, int]) -> None:
    """The curves of one panel."""
    x = layout.across.drawn
    rows = 0  # of crosses, one for each curve that has lost points
    for number, style in zip(range(layout.count), _styles(layout), strict=False):
        place = dict(selection) | ({layout.curves.dimension: number} if layout.curves else {})
        y = shown.values.isel(place).values / shown.unit.size
        error = None if shown.error is None else shown.error.isel(place).values / shown.unit.size
        if not layout.across.numeric or layout.across.key == SEED:
            style = style | {"linestyle": "none"}
        label = layout.curves.at(number) if layout.curves else ""
        _draw_curve(panel, x, y, error, style | {"label": label})
        unsteady = shown.unsteady.isel(place).values
        if unsteady.any():
            white = style | {"linestyle": "none", "markerfacecolor": "white", "zorder": 3.0}
            panel.plot(x[unsteady], y[unsteady], gid="not steady", **white)
        lost = shown.failed.isel(place).values
        if lost.any():
            mark_failed(panel, x[lost], 0.02 + 0.03 * (rows % CROSS_ROWS), style["color"])
            rows += 1


def _draw_curve(
    panel: Axes, x: np.ndarray, y: np.ndarray, error: np.ndarray | None, style: dict[str, Any]
) -> None:
    if error is None:
        panel.plot(x, y, **style)
        return
    # A mean of one value has no error; 0 draws no bar, nan would warn.
    panel.errorbar(x, y, np.nan_to_num(error), capsize=2.0, **style)


def mark_failed(panel: Axes, x: np.ndarray, height: float, colour: Any) -> None:
    """Crosses at the foot of a panel; ``height`` in units of the panel."""
    panel.plot(
        x,
        np.full(len(x), height),
        "x",
        color=colour,
        ms=4.0,
        mew=0.9,
        transform=panel.get_xaxis_transform(),
        gid="failed",
        clip_on=False,
    )


def _mean_of_seeds(panel: Axes, shown: Quantity) -> None:
    """Mean of all seeds with its standard error as a band."""
    known = shown.values.values[np.isfinite(shown.values.values)] / shown.unit.size
    if len(known) < 2:
        return
    mean, error = known.mean(), known.std(ddof=1) / np.sqrt(len(known))
    style: dict[str, Any] = {"color": theme.COLOURS[1], "zorder": 1}
    panel.axhline(mean, label=f"mean ± standard error, n = {len(known)} seeds", **style)
    panel.axhspan(mean - error, mean + error, alpha=0.25, linewidth=0.0, **style)


def _styles(layout: Layout) -> list[dict[str, Any]]:
    """Colour, dashes and marker of each curve; colours of a scale where there are many."""
    if layout.curves is None or layout.named:
        pairs = zip(theme.line_styles(), cycle(MARKERS), range(layout.count), strict=False)
        return [style | {"marker": marker, "ms": 3.2} for style, marker, _ in pairs]
    norm, colours = colour_norm(layout.curves), matplotlib.colormaps[COLOURS]
    return [
        {"color": colours(norm(value)), "linestyle": "-", "marker": "o", "ms": 2.0}
        for value in layout.curves.drawn
    ]


def colour_norm(axis: SweptAxis) -> Normalize:
    """From values in the label's units to colours."""
    low, high = float(axis.drawn.min()), float(axis.drawn.max())
    if axis.logarithmic and low > 0.0:
        return LogNorm(low, high)
    return Normalize(low, high if high > low else low + 1.0)


def _tidy(grid: Sequence[Axes], shown: Quantity, axis: SweptAxis) -> None:
    """A zero line where the sign changes or the scale begins near it; room at the ends."""
    values = shown.values.values
    finite = values[np.isfinite(values)]
    for panel in grid:
        zero_line_where_signs_change(panel, finite)
        if finite.size and np.ptp(finite) == 0.0:
            panel.set_ylim(*_around(float(finite[0]) / shown.unit.size))
    if len(axis.values) == 1 and axis.numeric:
        grid[0].set_xlim(*_around(float(axis.drawn[0])))


def _around(value: float) -> tuple[float, float]:
    """Limits of an axis with one value in the middle."""
    half = 0.5 * (abs(value) or 1.0)
    return value - half, value + half


def _name_curves(grid: Sequence[Axes], shown: Quantity, layout: Layout, title: str) -> None:
    """Legend or colour bar, what the marks are, and above it the title."""
    figure = theme.figure_of(grid[0])
    handles = list(grid[0].get_legend_handles_labels()[0])
    if layout.curves is not None and not layout.named:
        source = ScalarMappable(colour_norm(layout.curves), COLOURS)
        bar = figure.colorbar(source, ax=list(grid), pad=0.02, aspect=28)
        bar.set_label(layout.curves.label)
        if layout.curves.names:
            bar.set_ticks(layout.curves.values.tolist(), labels=list(layout.curves.names))
        handles = []
    theme.legend_above(figure, [*handles, *mark_handles(shown)], title)


def mark_handles(shown: Quantity) -> list[Line2D]:
    """What white markers and crosses are, where there are any."""
    style: dict[str, Any] = {"color": "black", "linestyle": "none", "ms": 4.0}
    handles = []
    if shown.unsteady_note:
        white = style | {"marker": "o", "markerfacecolor": "white"}
        handles.append(Line2D([], [], label=shown.unsteady_note, **white))
    if shown.failed.values.any():
        label = f"failed ({int(shown.failed.values.sum())})"
        handles.append(Line2D([], [], label=label, marker="x", **style))
    return handles
