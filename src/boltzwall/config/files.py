"""Magnetisations and temperature profiles from files, checked.

The InputErrors raised here go on from the name of a key or an argument: "must be …, but …".
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from boltzwall.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNIT_LENGTH_TOLERANCE = 1e-6
OVF_SUFFIXES = (".ovf", ".omf")


def read_magnetisation(path: Path, cells: int) -> "NDArray[np.float64]":
    """Unit vectors (cells, 3) from .npy or OVF 2.0, or the last state of a result of boltzwall."""
    _check_file(path)
    if path.suffix.lower() in OVF_SUFFIXES:
        values = _from_ovf(path)
    else:
        values = _from_npy(path) if path.suffix == ".npy" else _from_netcdf(path)
    return checked_magnetisation(values, cells, f"the file {path}")


def checked_magnetisation(values: Any, cells: int, origin: str) -> "NDArray[np.float64]":
    """``values`` as float64, if it is (cells, 3) finite unit vectors; InputError if not."""
    import numpy as np

    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"must hold real numbers, but {origin} holds something else.") from None
    if array.shape != (cells, 3):
        raise InputError(
            f"must have the shape (cells, 3) = ({cells}, 3), but {origin} has {array.shape}. "
            "Set `wire.cells` to match, or interpolate the magnetisation."
        )
    lengths = np.sqrt(np.sum(array**2, axis=-1))
    if not np.all(np.isfinite(lengths)):
        raise InputError(f"must hold finite numbers, but {origin} holds NaN or infinity.")
    worst = float(np.max(np.abs(lengths - 1.0)))
    if worst > UNIT_LENGTH_TOLERANCE:
        raise InputError(
            f"must hold vectors of unit length (to {UNIT_LENGTH_TOLERANCE:g}), but {origin} is off "
            f"by {worst:.3g} in cell {int(np.argmax(np.abs(lengths - 1.0)))}. Divide by the length."
        )
    return array


def read_temperature(
    path: Path, length: float
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Positions [m] and temperatures [K] of a table that covers [0, length].

    Raises:
        InputError: as ``read_table``; the table does not cover the wire, or T is not positive.
    """
    from boltzwall.config.tables import TEMPERATURE, read_table

    _check_file(path)
    table = read_table(path, TEMPERATURE, scale=length)
    x, temperature = table["x"], table["T"]
    slack = 1e-9 * length
    if x[0] > slack or x[-1] < length - slack:
        raise InputError(
            f"must cover the wire from 0 to {length:g} m, "
            f"but {path} covers {x[0]:g} to {x[-1]:g} m."
        )
    if not bool((temperature > 0.0).all()):
        raise InputError(f"must have T > 0 everywhere, but {path} has {temperature.min():g} K.")
    return x, temperature


def _check_file(path: Path) -> None:
    try:
        found = path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        what = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(f"must name a file, but {path} {what}.")


def _from_npy(path: Path) -> Any:
    import numpy as np

    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"must name a NumPy file, but {path} cannot be read: {error}") from None


def _from_ovf(path: Path) -> Any:
    from boltzwall.io.states import read_state

    try:
        return read_state(path).directions
    except InputError as error:
        problem = str(error).removeprefix(f"The file `{path}` ")
        raise InputError(f"{problem} (The file is {path}.)") from None


def _from_netcdf(path: Path) -> Any:
    import netCDF4

    try:
        with netCDF4.Dataset(path) as data:
            variable = data.variables["magnetisation"]
            return variable[-1] if variable.ndim == 3 else variable[:]
    except KeyError:
        raise InputError(f"must name a file with a magnetisation, but {path} has none.") from None
    except (OSError, RuntimeError, IndexError) as error:
        raise InputError(
            f"must name a result of boltzwall (netCDF), an .npy or an .ovf file, but {path} "
            f"cannot be read: {error}"
        ) from None
