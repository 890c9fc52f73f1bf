"""The section [profile] as factors of place, and the tables of waveforms."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.tables import FACTORS, MAGNETISATION_LAW, PROFILE, WAVEFORM, read_table
from boltzwall.errors import InputError

Values = NDArray[np.float64]
COLUMNS = FACTORS


def factors(config: Config, x: Values) -> dict[str, Values]:
    """What each constant is multiplied by at the positions ``x`` in m, for all of COLUMNS."""
    found = {name: np.ones_like(x) for name in COLUMNS}
    profile = config.profile
    if isinstance(profile, sections.PinningProfile):
        shape = np.exp(-0.5 * ((x - profile.centre) / profile.width) ** 2)
        for name in ("anisotropy", "stiffness", "magnetisation", "damping"):
            found[name] = 1.0 + (getattr(profile, f"{name}_factor") - 1.0) * shape
    elif isinstance(profile, sections.NotchProfile):
        shape = np.exp(-0.5 * ((x - profile.centre) / profile.width) ** 2)
        found["cross_section"] = 1.0 - profile.depth * shape
    elif isinstance(profile, sections.FileProfile):
        table = read_profile(profile.path)
        for name in table.keys() - {"x"}:
            found[name] = np.interp(x, table["x"], table[name])
    return found


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


def read_pairs(path: Path, what: str) -> tuple[Values, Values]:
    """A law of Ms(T) if ``what`` begins with temperature, else a waveform."""
    return read_magnetisation_law(path) if what.startswith("temp") else read_waveform(path)
