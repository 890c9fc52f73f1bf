"""Lines of a sweep: a quantity against one swept key for several values of a second."""

from collections.abc import Sequence
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
from boltzwall.plot.sweeps.multiples import multiples, outer_labels
from boltzwall.plot.sweeps.quantity import Quantity
from boltzwall.plot.sweeps.swept_axis import SEED, SweptAxis, dress

NAMED = len(theme.COLOURS)  # more curves than this are told apart by a colour bar
CROSS_ROWS = 5  # at the foot; more would be among the curves
MARKERS = "osD^vP*"
COLOURS = "viridis"


def lines_figure(shown: Quantity, axes: Sequence[SweptAxis], title: str = "") -> Figure:
    """The quantity against ``axes[0]``, a line for each value of ``axes[1]``, panels for others.

    Bars are standard errors over noise seeds. A cross at the foot marks a point that failed.
    """
    with theme.theme():
        curves = axes[1] if len(axes) > 1 and len(axes[1].values) > 1 else None
        panels = multiples([a for a in axes[1:] if a is not curves])
        rows, columns = panels.shape
        size = (4.4, 3.4) if columns == 1 else (theme.PAGE_WIDTH, 0.9 + 2.0 * rows)
        figure = theme.new_figure(*size, layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for panel, selection, name in zip(grid, panels.selections, panels.titles, strict=False):
            _draw(panel, shown, (axes[0], curves), selection)
            dress(panel, axes[0])
            panel.set_ylabel(shown.label)
            panel.set_title(name)
        outer_labels(grid, len(panels.selections))
        used = list(grid[: len(panels.selections)])
        _tidy(used, shown, axes[0])
        if axes[0].key == SEED and len(axes) == 1:
            _mean_of_seeds(used[0], shown)
        notes = [title, panels.fixed, shown.error_note]
        _name_curves(figure, used, shown, curves, notes)
        return figure


def _draw(
    panel: Axes, shown: Quantity, axes: tuple[SweptAxis, SweptAxis | None], selection: Any
) -> None:
    """The curves of one panel."""
    x_axis, curves = axes
    rows = 0  # of crosses, one for each curve that has lost points
    for number, style in zip(range(_count(curves)), _styles(curves), strict=False):
        place = dict(selection) | ({curves.dimension: number} if curves else {})
        y = shown.values.isel(place).values / shown.unit.size
        error = None if shown.error is None else shown.error.isel(place).values / shown.unit.size
        label = curves.at(number) if curves else None
        if not x_axis.numeric or x_axis.key == SEED:
            style = style | {"linestyle": "none"}
        if error is None:
            panel.plot(x_axis.drawn, y, label=label, **style)
        else:
            # A mean of one value has no error; 0 draws no bar, nan would warn.
            bars = panel.errorbar(x_axis.drawn, y, np.nan_to_num(error), capsize=2.0, **style)
            bars.set_label(label or "")
        lost = shown.failed.isel(place).values
        if lost.any():
            panel.plot(
                x_axis.drawn[lost],
                np.full(int(lost.sum()), 0.02 + 0.03 * (rows % CROSS_ROWS)),
                "x",
                color=style["color"],
                ms=4.0,
                mew=1.0,
                transform=panel.get_xaxis_transform(),
                gid="failed",
                clip_on=False,
            )
            rows += 1


def _mean_of_seeds(panel: Axes, shown: Quantity) -> None:
    """Mean of all seeds with its standard error as a band."""
    known = shown.values.values[np.isfinite(shown.values.values)] / shown.unit.size
    if len(known) < 2:
        return
    mean, error = known.mean(), known.std(ddof=1) / np.sqrt(len(known))
    style: dict[str, Any] = {"color": theme.COLOURS[1], "zorder": 1}
    panel.axhline(mean, label=f"mean ± standard error, n = {len(known)} seeds", **style)
    panel.axhspan(mean - error, mean + error, alpha=0.25, linewidth=0.0, **style)


def _count(curves: SweptAxis | None) -> int:
    return len(curves.values) if curves else 1


def _styles(curves: SweptAxis | None) -> list[dict[str, Any]]:
    """Colour, dashes and marker of each curve; colours of a scale where there are many."""
    if curves is None or _count(curves) <= NAMED:
        pairs = zip(theme.line_styles(), cycle(MARKERS), strict=False)
        return [
            s | {"marker": m, "ms": 3.2} for s, m in (next(pairs) for _ in range(_count(curves)))
        ]
    norm, colours = colour_norm(curves), matplotlib.colormaps[COLOURS]
    return [
        {"color": colours(norm(value)), "linestyle": "-", "marker": "o", "ms": 2.0}
        for value in curves.drawn
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
        if finite.size and finite.min() < 0.0 < finite.max():
            theme.zero_line(panel)
        if finite.size and np.ptp(finite) == 0.0:
            middle = float(finite[0]) / shown.unit.size
            panel.set_ylim(middle - 0.5 * (abs(middle) or 1.0), middle + 0.5 * (abs(middle) or 1.0))
    if len(axis.values) == 1 and axis.numeric:
        middle = float(axis.drawn[0])
        grid[0].set_xlim(middle - 0.5 * (abs(middle) or 1.0), middle + 0.5 * (abs(middle) or 1.0))


def _name_curves(
    figure: Figure,
    grid: Sequence[Axes],
    shown: Quantity,
    curves: SweptAxis | None,
    notes: Sequence[str],
) -> None:
    """Legend or colour bar, and above it the title and the notes."""
    handles, labels = grid[0].get_legend_handles_labels()
    if curves is not None and _count(curves) > NAMED:
        source = ScalarMappable(colour_norm(curves), COLOURS)
        bar = figure.colorbar(source, ax=list(grid), pad=0.02, aspect=28)
        bar.set_label(curves.label)
        if curves.names:
            bar.set_ticks(curves.values.tolist(), labels=list(curves.names))
        handles, labels = [], []
    if shown.failed.values.any():
        handles.append(Line2D([], [], color="black", marker="x", linestyle="none", ms=4.0))
        labels.append(f"failed ({int(shown.failed.values.sum())})")
    text = "\n".join(filter(None, notes))
    if handles:
        # About 15 letters an inch; each entry has a line of ten letters.
        room = int(15.0 * figure.get_figwidth() / (max(map(len, labels)) + 10))
        columns = max(1, min(len(labels), room))
        legend = figure.legend(
            handles,
            labels,
            loc="outside upper center",
            ncols=columns,
            title=text or None,
            title_fontsize=8.5,
            handlelength=3.2,
        )
        legend.get_title().set_multialignment("center")
    elif text:
        figure.suptitle(text, fontsize=8.5)
