"""How much of a run a page holds: which states, which cells."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

_FEW_STATES, _FEW_CELLS = 200, 200  # before less of the other is taken
_HISTORY = 5000  # points of a curve against time
_NUMBER = 4  # bytes


@dataclass(frozen=True)
class Thinning:
    """The states and cells that are shown, of all that there are.

    Attributes:
        states, cells: their numbers; the first and the last are among them.
        history: the states of curves against time.
        all_states, all_cells: how many there are.
    """

    states: np.ndarray
    cells: np.ndarray
    history: np.ndarray
    all_states: int
    all_cells: int

    @property
    def note(self) -> str:
        """What is left out; empty if nothing is."""
        parts = []
        if len(self.states) < self.all_states:
            parts.append(f"{len(self.states)} of {self.all_states} saved states")
        if len(self.cells) < self.all_cells:
            parts.append(f"{len(self.cells)} of {self.all_cells} cells")
        if not parts:
            return ""
        return (
            f"Shown along the wire: {' and '.join(parts)}, evenly chosen, so that the page stays "
            "small. The result has all of them."
        )


def thinned(dataset: xr.Dataset, budget: float) -> Thinning:
    """Fewer states first, then fewer cells, until what is shown along the wire fits.

    Arguments:
        budget: bytes for everything along the wire at all times.
    """
    states = dataset.sizes.get("time", 1)
    cells = dataset.sizes.get("x", 1)
    room = budget / (_NUMBER * max(_columns(dataset), 1))  # states times cells
    shown_states, shown_cells = states, cells
    if states * cells > room:
        shown_states = min(states, max(_FEW_STATES, int(room / cells)))
        shown_cells = min(cells, max(_FEW_CELLS, int(room / shown_states)))
        shown_states = max(2, min(shown_states, int(room / shown_cells)))
    return Thinning(
        _even(states, shown_states),
        _even(cells, shown_cells),
        _even(states, _HISTORY),
        states,
        cells,
    )


def _columns(dataset: xr.Dataset) -> int:
    """Curves along the wire that change in time."""
    found = (dataset[name] for name in dataset.data_vars)
    moving = [v for v in found if "x" in v.dims and ("time" in v.dims or v.name == "temperature")]
    return sum(v.sizes.get("component", 1) for v in moving)


def _even(count: int, wanted: int) -> np.ndarray:
    """Numbers of ``wanted`` out of ``count``, the first and the last among them."""
    if wanted >= count:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, max(wanted, 2)).round().astype(int))
