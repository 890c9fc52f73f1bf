"""Zones of equal cells: what simulators with one constant per region need of a varying wire."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from boltzwall.values import Values

_EQUAL = 1e-9  # relative to the column's largest value


@dataclass(frozen=True)
class Zones:
    """Runs of cells along x.

    Attributes:
        edges: the first cell of each zone, and the number of cells.
        merged: whether a zone holds cells that differ, so that its values are their means.
    """

    edges: tuple[int, ...]
    merged: bool = False

    @property
    def count(self) -> int:
        return len(self.edges) - 1

    def values(self, column: Values) -> list[Values]:
        """The mean of the column in each zone."""
        pairs = zip(self.edges[:-1], self.edges[1:], strict=True)
        return [np.mean(column[first:last], axis=0) for first, last in pairs]


def is_uniform(column: Values) -> bool:
    """Whether all cells have the same value, but for rounding."""
    return bool(np.ptp(column, axis=0).max() <= _EQUAL * np.abs(column).max())


def zones_of(columns: Sequence[Values], most: int) -> Zones:
    """The fewest zones in which all columns are uniform, or ``most`` of nearly equal length.

    Arguments:
        columns: each (cells,) or (cells, components); at least one.
    """
    cells = len(columns[0])
    starts = {0, cells}
    for column in columns:
        steps = np.abs(np.diff(column.reshape(cells, -1), axis=0)).max(axis=1)
        starts |= set((np.flatnonzero(steps > _EQUAL * np.abs(column).max()) + 1).tolist())
    if len(starts) - 1 <= most:
        return Zones(tuple(sorted(starts)))
    even = np.unique(np.round(np.linspace(0, cells, most + 1)).astype(int))
    return Zones(tuple(even.tolist()), merged=True)
