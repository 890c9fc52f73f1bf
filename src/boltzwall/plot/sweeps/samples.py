"""Pictures of a sweep, from its Dataset alone: lines, maps, error bars over noise, samples."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from boltzwall.plot import theme
from boltzwall.plot.axes import zero_line_where_signs_change
from boltzwall.plot.sweeps.lines import COLOURS, colour_norm, mark_failed, mark_handles
from boltzwall.plot.sweeps.multiples import COLUMNS, PANELS
from boltzwall.plot.sweeps.quantity import Quantity
from boltzwall.plot.sweeps.swept_axis import SAMPLE, SEED, SweptAxis, dress, keys_along, swept_axis


def samples_figure(dataset: xr.Dataset, shown: Quantity, title: str = "") -> Figure:
    """The quantity of sampled points against each key, coloured by the second key."""
    with theme.theme():
        axes = _sampled_axes(dataset, shown)[:PANELS]
        columns = min(len(axes), COLUMNS - 1)
        rows = -(-len(axes) // columns)
        size = (4.0, 3.0) if columns == 1 else (theme.PAGE_WIDTH, 0.5 + 2.4 * rows)
        figure = theme.new_figure(*size, layout=ConstrainedLayoutEngine(wspace=0.06))
        grid = figure.subplots(rows, columns, sharey=True, squeeze=False).ravel()
        for number, (panel, axis) in enumerate(zip(grid, axes, strict=False)):
            # The second key's own panel is coloured by the first.
            colour = axes[0 if number == 1 else 1] if len(axes) > 1 else None
            _scatter(panel, dataset, shown, axis, colour)
            dress(panel, axis)
        for row in range(rows):
            grid[row * columns].set_ylabel(shown.label)
        for spare in grid[len(axes) :]:
            spare.set_visible(False)
        if len(axes) > 1:
            theme.letter(grid[: len(axes)])
        notes = filter(None, [title, shown.error_note])
        theme.legend_above(figure, mark_handles(shown), "\n".join(notes))
        return figure


def _sampled_axes(dataset: xr.Dataset, shown: Quantity) -> list[SweptAxis]:
    """Every key that is a number, those of the samples first."""
    dims = sorted((str(dim) for dim in shown.values.dims), key=lambda dim: dim != SAMPLE)
    pairs = [(dim, key) for dim in dims for key in keys_along(dataset, dim)]
    pairs = [pair for pair in pairs if pair[1] != SEED] or pairs or [(SAMPLE, SAMPLE)]
    axes = [swept_axis(dataset, dim, key) for dim, key in pairs]
    return [axis for axis in axes if axis.numeric] or axes


def _scatter(
    panel: Axes, dataset: xr.Dataset, shown: Quantity, axis: SweptAxis, colour: SweptAxis | None
) -> None:
    x, y = _along(axis, shown), shown.values.values.ravel() / shown.unit.size
    known, lost = np.isfinite(y), shown.failed.values.ravel()
    if shown.error is not None:
        bars = np.nan_to_num(shown.error.values.ravel() / shown.unit.size)
        panel.errorbar(
            x[known], y[known], bars[known], fmt="none", ecolor=theme.GUIDE_COLOUR, elinewidth=0.7
        )
    if colour is None:
        panel.scatter(x[known], y[known], s=11.0, color=theme.COLOURS[0], linewidths=0.0)
    else:
        shades = _along(colour, shown)[known]
        dots = panel.scatter(
            x[known], y[known], s=11.0, c=shades, cmap=COLOURS, norm=colour_norm(colour),
            linewidths=0.0, zorder=2.5,
        )  # fmt: skip
        bar = theme.figure_of(panel).colorbar(dots, ax=panel, pad=0.02, aspect=24)
        bar.set_label(colour.label)
    unsteady = shown.unsteady.values.ravel() & known
    if unsteady.any():
        style: dict[str, Any] = {"linestyle": "none", "marker": "o", "ms": 4.5, "mfc": "none"}
        panel.plot(x[unsteady], y[unsteady], color="black", gid="not steady", **style)
    if lost.any():
        mark_failed(panel, x[lost], 0.02, "black")
    zero_line_where_signs_change(panel, y)


def _along(axis: SweptAxis, shown: Quantity) -> np.ndarray:
    """The axis' drawn value of each point, in the order of the flattened values."""
    places = shown.values.dims.index(axis.dimension)
    shape = [1] * shown.values.ndim
    shape[places] = -1
    return np.broadcast_to(axis.drawn.reshape(shape), shown.values.shape).ravel()
