"""What is kept of some points: arrays with the points along their first axis."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from boltzwall.variables import POINT_VARIABLES

POINT = "point"
_AGREE = 0.01  # of the velocity: walls that differ by less move together
_SIGMA = 3.0


class KeptColumn(NamedTuple):
    """One variable of some points: values, and the dimensions behind the points."""

    values: NDArray[Any]
    dims: tuple[str, ...]


Table = dict[str, KeptColumn]


def reduced(dataset: xr.Dataset, keep: str) -> dict[str, xr.Variable]:
    """What is kept of one result: its numbers, its last state, or everything."""
    moving = "time" in dataset.dims
    numbers = _of_run(dataset) if moving else {}
    numbers |= {
        name: float(dataset.attrs[name]) for name in POINT_VARIABLES if _is_number(dataset, name)
    }
    found = {name: xr.Variable((), np.float64(value)) for name, value in numbers.items()}
    last = dataset.isel(time=-1) if moving and keep != "all" else dataset
    for name, variable in last.variables.items():
        if variable.dtype.kind in "fiub" and _is_kept(str(name), variable, keep):
            found.setdefault(str(name), variable.astype(np.float64))
    return found


def _is_number(dataset: xr.Dataset, name: str) -> bool:
    return isinstance(dataset.attrs.get(name), int | float | np.number)


def _is_kept(name: str, variable: xr.Variable, keep: str) -> bool:
    if name in ("component", "wall"):
        return False
    return keep != "scalars" or (set(variable.dims) <= {"component", "wall"} and name != "time")


def _of_run(dataset: xr.Dataset) -> dict[str, float]:
    """What becomes of the walls of a run, in a few numbers."""
    velocity, error = _common_velocity(dataset)
    return {
        "end_time_reached": float(dataset["time"][-1]),
        "wall_regime": _common_code(dataset["wall_regimes"].values),
        "wall_motion": _common_code(dataset["wall_motions"].values),
        "mean_wall_velocity": velocity,
        "mean_wall_velocity_error": error,
    }


def _common_code(codes: NDArray[np.integer]) -> float:
    """The regime that all walls have, or "none" or "several"."""
    known = POINT_VARIABLES["wall_regime"].flags
    if codes.size == 0:
        return float(known.index("none"))
    return float(codes[0] if np.all(codes == codes[0]) else known.index("several"))


def _common_velocity(dataset: xr.Dataset) -> tuple[float, float]:
    """(v, its error) of the only wall, or of several that move together."""
    own, errors = dataset["mean_velocity"].values, dataset["mean_velocity_error"].values
    if own.size == 0:
        return np.nan, np.nan
    mean, error = float(np.mean(own)), float(np.max(errors))
    together = np.ptp(own) <= max(_AGREE * abs(mean), _SIGMA * error)
    return (mean, error) if own.size == 1 or together else (np.nan, np.nan)


def stacked(points: Sequence[Mapping[str, xr.Variable] | None]) -> Table:
    """The kept variables of some points side by side; nan where a point has none, or fewer."""
    table: Table = {}
    for name in dict.fromkeys(name for point in points if point for name in point):
        pieces = [point.get(name) if point else None for point in points]
        first = next(piece for piece in pieces if piece is not None)
        sizes = [piece.shape for piece in pieces if piece is not None]
        shape = tuple(max(lengths) for lengths in zip(*sizes, strict=True))
        values = np.full((len(points), *shape), np.nan)
        for row, piece in enumerate(pieces):
            if piece is not None:
                filled: Any = (row, *(slice(n) for n in piece.shape))
                values[filled] = piece.values
        table[name] = KeptColumn(values, tuple(str(dim) for dim in first.dims))
    return table
