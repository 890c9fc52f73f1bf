"""What is kept of some points: arrays with the points along their first axis."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

POINT = "point"
_NUMBERS = {
    "settling_time": ("s", "time after which the mean magnetisation stays near its last value"),
    "wall_velocity_estimate": ("m/s", "width of the wall over the settling time; nan: not settled"),
    "residual_charge_relative": ("1", "largest residual of charge continuity, relative"),
    "residual_spin_relative": ("1", "largest residual of spin continuity, relative"),
    "conductivity": ("S/m", "conductivity of the uniform wire"),
    "seebeck_coefficient": ("V/K", "Seebeck coefficient of the uniform wire"),
    "polarisation": ("1", "spin polarisation of the current in the uniform wire"),
    "spin_conversion": ("1", "spin conversion of the heat current in the uniform wire"),
}


class KeptColumn(NamedTuple):
    """One variable of some points: values, dimensions behind the points, and attributes."""

    values: NDArray[Any]
    dims: tuple[str, ...]
    attributes: dict[str, str]


Table = dict[str, KeptColumn]


def reduced(dataset: xr.Dataset, keep: str) -> dict[str, xr.Variable]:
    """What is kept of one result: its numbers, its last state, or everything."""
    found: dict[str, xr.Variable] = {}
    moving = "time" in dataset.dims
    if moving:
        found |= _of_run(dataset)
    for number, (units, meaning) in _NUMBERS.items():
        if number in dataset.attrs:
            value = float(dataset.attrs[number])
            # Zero is "never settled", which would be a point at the origin of every picture.
            value = np.nan if number == "settling_time" and value <= 0.0 else value
            found[number] = xr.Variable((), value, {"units": units, "long_name": meaning})
    last = dataset.isel(time=-1) if moving and keep != "all" else dataset
    for name, variable in last.variables.items():
        if variable.dtype.kind in "fiub" and _is_kept(str(name), variable, keep):
            found.setdefault(str(name), variable.astype(np.float64))
    return found


def _is_kept(name: str, variable: xr.Variable, keep: str) -> bool:
    if keep == "scalars":
        return set(variable.dims) <= {"component"} and name not in ("time", "component")
    return name != "component"


def _of_run(dataset: xr.Dataset) -> dict[str, xr.Variable]:
    time, position = dataset["time"].values, dataset["wall_position"].values
    half = time.size // 2
    gone = time[-1] - time[half]
    mean = (position[-1] - position[half]) / gone if gone > 0.0 else np.nan
    return {
        "end_time_reached": xr.Variable((), time[-1], {"units": "s", "long_name": "time reached"}),
        "mean_wall_velocity": xr.Variable(
            (),
            mean,
            {"units": "m/s", "long_name": "wall velocity, mean over the second half of the run"},
        ),
    }


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
        attributes = {str(key): str(value) for key, value in first.attrs.items()}
        table[name] = KeptColumn(values, tuple(str(dim) for dim in first.dims), attributes)
    return table
