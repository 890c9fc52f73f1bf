"""Magnetisations and temperature profiles from files, checked.

The InputErrors raised here go on from the name of a key or an argument: "must be …, but …".
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boltzwall.errors import InputError

if TYPE_CHECKING:
    from boltzwall.values import Values

UNIT_LENGTH_TOLERANCE = 1e-6


def checked_magnetisation(values: Any, cells: int, origin: str) -> "Values":
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


def read_temperature(path: Path, length: float) -> tuple["Values", "Values"]:
    """Positions [m] and temperatures [K] of a table that covers [0, length].

    Raises:
        InputError: as ``read_table``; the table does not cover the wire, or T is not positive.
    """
    from boltzwall.config.table_columns import TEMPERATURE
    from boltzwall.config.tables import read_table

    check_file(path)
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


def file_digests(sections: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The SHA-256 of the files that a configuration reads, by "section.key"; missing ones left out.

    Arguments:
        sections: (name, section), as a configuration gives them when it is iterated.
    """
    paths = {
        f"{name}.{key}": getattr(section, key)
        for name, section in sections
        if name != "output"
        for key in type(section).model_fields
    }
    return {
        name: _digest(path)
        for name, path in paths.items()
        if isinstance(path, Path) and path.is_file()
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_file(path: Path) -> None:
    """Refuse what is missing, or a folder."""
    try:
        found = path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        what = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(f"must name a file, but {path} {what}.")
