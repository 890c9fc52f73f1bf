"""T(x, t) from a file: a netCDF result, or a table of x, t and T.

The InputErrors raised here go on from the name of a key: "must be …, but …".
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from boltzwall.config.files import check_file
from boltzwall.config.table_columns import HISTORY
from boltzwall.config.tables import read_columns
from boltzwall.errors import InputError
from boltzwall.values import Values

_NETCDF = (".nc", ".nc4", ".cdf", ".netcdf")


class History(NamedTuple):
    """T in K at ``times`` in s and at ``x`` in m of the laboratory, (times, x)."""

    times: Values
    x: Values
    kelvin: Values

    def at(self, x: Values) -> Values:
        """T at other places, (times, x): linear between those known, constant beyond them."""
        return np.stack([np.interp(x, self.x, row) for row in self.kelvin])

    @property
    def ratio(self) -> float:
        """Highest over lowest T at one time, the largest of all."""
        return float(np.max(self.kelvin.max(axis=1) / self.kelvin.min(axis=1)))


def read_history(path: Path, length: float) -> History:
    """T(x, t) of a file that covers the wire [0, length].

    Raises:
        InputError: the file is missing, holds no T(x, t), does not cover the wire, or T is not
            positive.
    """
    check_file(path)
    found = _of_netcdf(path) if path.suffix.lower() in _NETCDF else _of_table(path, length)
    if found.times.size < 2 or found.x.size < 2:
        raise InputError(f"must hold T at two times and two places or more, but {path} does not.")
    for name, values in (("times", found.times), ("x", found.x)):
        if not np.all(np.diff(values) > 0.0):
            raise InputError(f"must have {name} that increase, but those of {path} do not.")
    slack = 0.5 * (found.x[1] - found.x[0]) * (1.0 + 1e-6)  # centres of cells reach so far
    if found.x[0] > slack or found.x[-1] < length - slack:
        raise InputError(
            f"must cover the wire from 0 to {length:g} m, but {path} covers {found.x[0]:g} to "
            f"{found.x[-1]:g} m."
        )
    if not bool((found.kelvin > 0.0).all()):  # NaN too
        raise InputError(f"must have T > 0 everywhere and at all times, but {path} has others.")
    return found


def _of_netcdf(path: Path) -> History:
    """Of a Dataset; a window that moved is laid out along the wire that it saw."""
    from boltzwall.io import read_dataset

    dataset = read_dataset(path)
    if "temperature" not in dataset or set(dataset["temperature"].dims) != {"time", "x"}:
        raise InputError(f"must hold temperature (time, x), but {path} does not.")
    kelvin = np.asarray(dataset["temperature"].transpose("time", "x").values, dtype=np.float64)
    x, times = (np.asarray(dataset[name].values, dtype=np.float64) for name in ("x", "time"))
    if "window_offset" not in dataset:
        return History(times, x, kelvin)
    offsets = np.asarray(dataset["window_offset"].values, dtype=np.float64)
    spacing = x[1] - x[0]
    cells = np.arange(np.rint(offsets.min() / spacing), np.rint(offsets.max() / spacing) + x.size)
    wire = x[0] + spacing * cells
    rows = [np.interp(wire, x + offset, row) for offset, row in zip(offsets, kelvin, strict=True)]
    return History(times, wire, np.stack(rows))


def _of_table(path: Path, length: float) -> History:
    """Of rows (x, t, T) in any order, one for each place at each time."""
    table = read_columns(path, HISTORY, scale=length)
    x, place = np.unique(table["x"], return_inverse=True)
    times, when = np.unique(table["t"], return_inverse=True)
    kelvin = np.full((times.size, x.size), np.nan)
    kelvin[when, place] = table["T"]
    if table["T"].size != kelvin.size or np.isnan(kelvin).any():
        raise InputError(
            f"must have one row for each of its {x.size} places at each of its {times.size} "
            f"times, but {path} has {table['T'].size} rows."
        )
    return History(times, x, kelvin)
