"""The section [profile] as factors of place, and the tables of waveforms."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.errors import InputError

Values = NDArray[np.float64]
COLUMNS = ("cross_section", "magnetisation", "stiffness", "anisotropy", "dmi", "damping")


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


def read_profile(path: Path) -> dict[str, Values]:
    """Columns by name from a text file with a first line of names.

    Raises:
        InputError: the file is missing, has other columns than x and COLUMNS, is not a table of
            numbers, has x that does not increase, or a factor that is not positive.
    """
    head, rows = _table(path)
    if len(set(head)) < len(head) or "x" not in head or not set(head) <= {"x", *COLUMNS}:
        raise InputError(
            f"must have a first line that names its columns, x and any of {', '.join(COLUMNS)}, "
            f"but {path} begins with {' '.join(head) or 'nothing'}."
        )
    if rows.ndim != 2 or rows.shape[0] < 2 or rows.shape[1] != len(head):
        raise InputError(f"must have {len(head)} columns in at least two rows, but {path} has not.")
    columns = dict(zip(head, rows.T, strict=True))
    if not np.all(np.diff(columns["x"]) > 0.0):
        raise InputError(f"must have x increasing from row to row, but in {path} it is not.")
    for name in columns.keys() - {"x"}:
        if not np.all(columns[name] > 0.0):
            raise InputError(f"must hold factors greater than 0, but {path} has others in {name}.")
    return columns


def read_pairs(path: Path, what: str) -> tuple[Values, Values]:
    """Two columns of numbers, the first increasing; ``what`` they are, such as "time in s, factor".

    Raises:
        InputError: the file is missing or something else.
    """
    lines = _lines(path)
    try:
        rows = np.array([[float(word) for word in line] for line in lines], dtype=float)
    except ValueError:
        rows = np.zeros((0, 0))
    if rows.ndim != 2 or rows.shape[0] < 2 or rows.shape[1] != 2 or not np.all(np.isfinite(rows)):
        raise InputError(f"must hold two columns of numbers, {what}, but {path} does not.")
    if not np.all(np.diff(rows[:, 0]) > 0.0):
        raise InputError(f"must have a first column that increases, but in {path} it does not.")
    return rows[:, 0], rows[:, 1]


def _table(path: Path) -> tuple[list[str], Values]:
    head, *lines = _lines(path) or [[]]
    try:
        rows = np.array([[float(word) for word in line] for line in lines], dtype=float)
    except ValueError:
        raise InputError(f"must hold numbers below its first line, but {path} does not.") from None
    if not np.all(np.isfinite(rows)):
        raise InputError(f"must hold finite numbers, but {path} holds NaN or infinity.")
    return head, rows


def _lines(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"must name a text file, but {path} cannot be read: {error}.") from None
    words = [
        line.split("#", 1)[0].replace(",", " ").replace(";", " ").split()
        for line in text.splitlines()
    ]
    return [line for line in words if line]
