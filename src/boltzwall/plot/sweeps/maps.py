"""Maps of a sweep: a quantity over two swept keys, with the cells that have no value told apart."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from boltzwall.plot import theme
from boltzwall.plot.sweeps.multiples import Multiples, multiples, outer_labels
from boltzwall.plot.sweeps.quantity import Quantity
from boltzwall.plot.sweeps.swept_axis import SweptAxis, dress

LEAST = 4  # values along each side of a map
DIVERGING, SEQUENTIAL = "RdBu_r", "viridis"
FATES = {
    "failed": {"facecolor": "#D9D9D9", "edgecolor": "#303030", "hatch": "xxxxx", "linewidth": 0.0},
    "no value": {"facecolor": "#D9D9D9", "edgecolor": "none"},
    "missing": {"facecolor": "white", "edgecolor": "#B0B0B0", "hatch": "....", "linewidth": 0.0},
}


def has_map(axes: Sequence[SweptAxis]) -> bool:
    """The two longest axes are numbers and long enough."""
    return len(axes) > 1 and all(a.numeric and len(a.values) >= LEAST for a in axes[:2])


def map_figure(shown: Quantity, axes: Sequence[SweptAxis], title: str = "") -> Figure:
    """The quantity over the two longest axes, in small multiples of the others.

    Colours diverge from zero where the sign changes. Cells of failed points are hatched, those of
    finished points without a value grey, those of missing points white.
    """
    with theme.theme():
        panels = multiples(axes[2:])
        rows, columns = panels.shape
        size = (4.2, 3.3) if columns == 1 else (theme.PAGE_WIDTH, 0.8 + 2.0 * rows)
        figure = theme.new_figure(*size, layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        cells = [_cells(shown, axes, selection) for selection in panels.selections]
        norm, colours = _norm(np.concatenate([values.ravel() for values, *_ in cells]))
        _fill(grid.ravel(), cells, axes, (norm, colours), panels)
        image = grid.ravel()[0].collections[0]
        bar = figure.colorbar(image, ax=grid.ravel().tolist(), pad=0.02, aspect=28)
        bar.set_label(shown.label)
        bar.outline.set_linewidth(0.5)
        _heading(
            figure,
            shown,
            cells,
            [title, panels.fixed, shown.error_note.replace(" ± standard error", "")],
        )
        return figure


Cells = tuple[np.ndarray, dict[str, np.ndarray]]


def _cells(shown: Quantity, axes: Sequence[SweptAxis], selection: object) -> Cells:
    """Drawn values (y, x), and which cells have none for which reason."""
    sides = (axes[1].dimension, axes[0].dimension)
    values, failed, missing = (
        array.isel(selection).transpose(*sides).values  # type: ignore[arg-type]
        for array in (shown.values / shown.unit.size, shown.failed, shown.missing)
    )
    silent = ~np.isfinite(values) & ~failed & ~missing
    return values, {"failed": failed, "no value": silent, "missing": missing}


def _norm(values: np.ndarray) -> tuple[Normalize, str]:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low < 0.0 < high:
        return Normalize(-max(-low, high), max(-low, high)), DIVERGING
    if low == high:
        low, high = low - 0.5 * (abs(low) or 1.0), high + 0.5 * (abs(high) or 1.0)
    return Normalize(low, high), SEQUENTIAL


def _fill(
    grid: np.ndarray,
    cells: Sequence[Cells],
    axes: Sequence[SweptAxis],
    colours: tuple[Normalize, str],
    panels: Multiples,
) -> None:
    x, y = axes[0].edges(), axes[1].edges()
    for panel, (values, fates), title in zip(grid, cells, panels.titles, strict=False):
        panel.pcolormesh(
            x, y, np.ma.masked_invalid(values), norm=colours[0], cmap=colours[1], rasterized=True
        )
        for name in FATES:
            _cover(panel, (x, y), fates[name], name)
        dress(panel, axes[0])
        dress(panel, axes[1], which="y")
        panel.set_xlim(x[0], x[-1])
        panel.set_ylim(y[0], y[-1])
        panel.set_title(title)
        for spine in panel.spines.values():
            spine.set_visible(True)
    outer_labels(grid, len(cells))


def _cover(panel: Axes, edges: tuple[np.ndarray, np.ndarray], where: np.ndarray, name: str) -> None:
    """One collection with a rectangle over each of the cells."""
    x, y = edges
    rectangles = [
        [(x[i], y[j]), (x[i + 1], y[j]), (x[i + 1], y[j + 1]), (x[i], y[j + 1])]
        for j, i in np.argwhere(where)
    ]
    if rectangles:
        panel.add_collection(PolyCollection(rectangles, label=name, **FATES[name]))  # type: ignore[arg-type]


def _heading(figure: Figure, shown: Quantity, cells: Sequence[Cells], notes: Sequence[str]) -> None:
    """A title above, and below it what the cells without a colour are."""
    counts = {name: sum(int(fates[name].sum()) for _, fates in cells) for name in FATES}
    handles = [
        Patch(**FATES[name], label=f"{name} ({count})")  # type: ignore[arg-type]
        for name, count in counts.items()
        if count
    ]
    text = "\n".join(filter(None, notes))
    if handles:
        figure.legend(
            handles=handles,
            loc="outside upper center",
            ncols=3,
            title=text or None,
            title_fontsize=8.5,
            handleheight=1.4,
            handlelength=2.2,
        ).get_title().set_multialignment("center")
    elif text:
        figure.suptitle(text, fontsize=8.5)
