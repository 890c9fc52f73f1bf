"""The section [profile] as factors of place, and the tables of waveforms."""

from pathlib import Path

import numpy as np

from boltzwall.config.table_columns import FACTORS, MAGNETISATION_LAW, PROFILE, WAVEFORM
from boltzwall.config.tables import read_table
from boltzwall.errors import InputError
from boltzwall.values import Values

COLUMNS = FACTORS


def read_profile(path: Path, length: float | None = None) -> dict[str, Values]:
    """x in m and the factors of a table, by the names of its columns.

    Arguments:
        length: of the wire in m, to notice an x in another unit.

    Raises:
        InputError: as ``read_table``; the table has other columns than x and COLUMNS, or a factor
            that is not positive.
    """
    table = read_table(path, PROFILE, others=False, scale=length)
    for name in table.columns.keys() - {"x"}:
        if not np.all(table[name] > 0.0):
            raise InputError(f"must hold factors greater than 0, but {path} has others in {name}.")
    return table.columns


def read_waveform(path: Path, end_time: float | None = None) -> tuple[Values, Values]:
    """Times in s and factors of a table.

    Arguments:
        end_time: of the run in s, to notice times in another unit.

    Raises:
        InputError: as ``read_table``.
    """
    table = read_table(path, WAVEFORM, scale=end_time)
    return table["t"], table["factor"]


def read_magnetisation_law(path: Path) -> tuple[Values, Values]:
    """Temperatures in K and Ms in any unit of a table.

    Raises:
        InputError: as ``read_table``; or Ms is negative, or zero everywhere.
    """
    table = read_table(path, MAGNETISATION_LAW)
    if np.any(table["Ms"] < 0.0) or not np.any(table["Ms"] > 0.0):
        raise InputError(f"must hold an Ms that is not negative, but {path} has others.")
    return table["T"], table["Ms"]
