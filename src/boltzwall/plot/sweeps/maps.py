"""Maps of a sweep: a quantity over two swept keys, with the cells that have no value told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from boltzwall.plot import theme
from boltzwall.plot.sweeps.multiples import multiples, outer_labels
from boltzwall.plot.sweeps.quantity import Quantity
from boltzwall.plot.sweeps.swept_axis import SweptAxis, dress

LEAST = 4  # values along each side of a map
DIVERGING, SEQUENTIAL = "RdBu_r", "viridis"
UNSTEADY = "not steady"
MARKS: dict[str, dict[str, Any]] = {
    "failed": {"facecolor": "#D9D9D9", "edgecolor": "#303030", "hatch": "xxxxx", "linewidth": 0.0},
    "no value": {"facecolor": "#D9D9D9", "edgecolor": "none"},
    "missing": {"facecolor": "white", "edgecolor": "#B0B0B0", "hatch": "....", "linewidth": 0.0},
    UNSTEADY: {"facecolor": "none", "edgecolor": "black", "hatch": "///", "linewidth": 0.0},
}


def has_map(axes: Sequence[SweptAxis]) -> bool:
    """The two longest axes are numbers and long enough."""
    return len(axes) > 1 and all(a.numeric and len(a.values) >= LEAST for a in axes[:2])


@dataclass(frozen=True)
class MapCells:
    """One panel: drawn values (y, x), and which cells are marked for which reason."""

    values: np.ndarray
    marked: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Colouring:
    """From values to colours, in every panel alike."""

    norm: Normalize
    colours: str


@dataclass(frozen=True)
class Borders:
    """Of the cells along both axes; one more than there are cells."""

    x: np.ndarray
    y: np.ndarray


def map_figure(shown: Quantity, axes: Sequence[SweptAxis], title: str = "") -> Figure:
    """The quantity over the two longest axes, in small multiples of the others.

    Colours diverge from zero where the sign changes. MapCells of walls that were not steady and of
    failed points are hatched, those of finished points without a value grey, those of missing
    points white.
    """
    with theme.theme():
        panels = multiples(axes[2:])
        rows, columns = panels.shape
        size = (4.2, 3.3) if columns == 1 else (theme.PAGE_WIDTH, 0.8 + 2.0 * rows)
        figure = theme.new_figure(*size, layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        cells = [_cells(shown, axes, selection) for selection in panels.selections]
        colouring = _colouring(np.concatenate([panel.values.ravel() for panel in cells]))
        for panel, content, name in zip(grid, cells, panels.titles, strict=False):
            _fill(panel, content, axes, colouring)
            panel.set_title(name)
        outer_labels(grid, len(cells))
        bar = figure.colorbar(grid[0].collections[0], ax=grid.tolist(), pad=0.02, aspect=28)
        bar.set_label(shown.label)
        bar.outline.set_linewidth(0.5)
        note = "" if shown.seeds is None else f"mean, n = {shown.seeds} seeds"
        notes = filter(None, [title, panels.fixed, note])
        theme.legend_above(figure, _handles(shown, cells), "\n".join(notes), 3)
        return figure


def _cells(shown: Quantity, axes: Sequence[SweptAxis], selection: Mapping[str, int]) -> MapCells:
    sides = (axes[1].dimension, axes[0].dimension)
    values, failed, missing, unsteady = (
        array.isel(selection).transpose(*sides).values
        for array in (shown.values / shown.unit.size, shown.failed, shown.missing, shown.unsteady)
    )
    silent = ~np.isfinite(values) & ~failed & ~missing
    marked = (failed, silent, missing, unsteady)
    return MapCells(values, dict(zip(MARKS, marked, strict=True)))


def _colouring(values: np.ndarray) -> Colouring:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low < 0.0 < high:
        return Colouring(Normalize(-max(-low, high), max(-low, high)), DIVERGING)
    if low == high:
        low, high = low - 0.5 * (abs(low) or 1.0), high + 0.5 * (abs(high) or 1.0)
    return Colouring(Normalize(low, high), SEQUENTIAL)


def _fill(panel: Axes, cells: MapCells, axes: Sequence[SweptAxis], colouring: Colouring) -> None:
    borders = Borders(axes[0].edges(), axes[1].edges())
    panel.pcolormesh(
        borders.x,
        borders.y,
        np.ma.masked_invalid(cells.values),
        norm=colouring.norm,
        cmap=colouring.colours,
        rasterized=True,
    )
    for name, where in cells.marked.items():
        _cover(panel, borders, where, name)
    dress(panel, axes[0])
    dress(panel, axes[1], which="y")
    panel.set_xlim(borders.x[0], borders.x[-1])
    panel.set_ylim(borders.y[0], borders.y[-1])
    for spine in panel.spines.values():
        spine.set_visible(True)


def _cover(panel: Axes, borders: Borders, where: np.ndarray, name: str) -> None:
    """One collection with a rectangle over each of the cells."""
    x, y = borders.x, borders.y
    rectangles = [
        [(x[i], y[j]), (x[i + 1], y[j]), (x[i + 1], y[j + 1]), (x[i], y[j + 1])]
        for j, i in np.argwhere(where)
    ]
    if rectangles:
        panel.add_collection(PolyCollection(rectangles, label=name, **MARKS[name]))


def _handles(shown: Quantity, cells: Sequence[MapCells]) -> list[Patch]:
    """What the marked cells are, and how many."""
    handles = []
    for name, style in MARKS.items():
        count = sum(int(panel.marked[name].sum()) for panel in cells)
        label = shown.unsteady_note if name == UNSTEADY else f"{name} ({count})"
        if count:
            handles.append(Patch(label=label, **style))
    return handles
