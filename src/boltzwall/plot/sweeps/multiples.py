"""Small multiples: panels for the swept keys beyond two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from boltzwall.plot.sweeps.swept_axis import SweptAxis

COLUMNS = 3
PANELS = 9


@dataclass(frozen=True)
class Multiples:
    """Small multiples: what each panel selects, its title, and what all of them hold fixed."""

    selections: Sequence[Mapping[str, int]]
    titles: Sequence[str]
    fixed: str

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of panels."""
        count = len(self.selections)
        columns = 2 if count == 4 else min(count, COLUMNS)
        return -(-count // columns), columns


def multiples(axes: Sequence[SweptAxis]) -> Multiples:
    """One panel for each combination of ``axes``, up to nine; others stay at their first value."""
    selections: list[dict[str, Any]] = [{}]
    titles = [""]
    fixed: dict[str, int] = {}
    notes = []
    for axis in axes:
        count = len(axis.values)
        if count == 1 or count * len(selections) > PANELS:
            fixed[axis.dimension] = 0
            notes.append(axis.at(0) + (f" (first of {count})" if count > 1 else ""))
            continue
        selections = [s | {axis.dimension: n} for s in selections for n in range(count)]
        titles = [_joined(title, axis.at(n)) for title in titles for n in range(count)]
    return Multiples([s | fixed for s in selections], titles, ", ".join(notes))


def outer_labels(grid: Iterable[Axes], count: int) -> None:
    """Labels only at the left and beneath the lowest panel of each column; spare panels vanish."""
    grid = list(grid)
    columns = grid[0].get_subplotspec().get_gridspec().ncols  # type: ignore[union-attr]
    for number, panel in enumerate(grid):
        panel.set_visible(number < count)
        lowest, leftmost = number + columns >= count, number % columns == 0
        panel.tick_params(axis="x", which="both", labelbottom=lowest)
        panel.tick_params(axis="y", which="both", labelleft=leftmost)
        panel.xaxis.label.set_visible(lowest)
        panel.yaxis.label.set_visible(leftmost)


def _joined(first: str, second: str) -> str:
    """On one line where there is room above a panel."""
    if not first:
        return second
    return first + (", " if len(first) + len(second) < 24 else "\n") + second
