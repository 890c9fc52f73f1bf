"""The tables that keys take: columns chosen by name or by place, brought to SI units, checked.

The InputErrors raised here go on from the name of a key: "must be …, but …".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.config.table_columns import Column
from boltzwall.config.table_heads import heads_in, places_of
from boltzwall.config.units import RefusedError
from boltzwall.errors import InputError
from boltzwall.io.text_table import read_text_table
from boltzwall.values import Values

_FAR = 1e5


@dataclass(frozen=True)
class Table:
    """Columns by key, in SI units.

    Attributes:
        columns: the values.
        units: what each was given in; "" where the file does not say.
        wanted: what each is.
    """

    columns: dict[str, Values]
    units: dict[str, str]
    wanted: tuple[Column, ...]

    def __getitem__(self, key: str) -> Values:
        return self.columns[key]

    def in_words(self) -> str:
        """How the file was read: its rows, and each column with its unit."""
        found = [column for column in self.wanted if column.key in self.columns]
        units = {c.key: self.units[c.key] or c.si for c in found}
        words = [f"{key} in {unit}" if unit else key for key, unit in units.items()]
        assumed = [c.key for c in found if c.si and not self.units[c.key]]
        note = f" (no unit in the file for {', '.join(assumed)})" if assumed else ""
        return f"{self.columns[found[0].key].size} rows of {', '.join(words)}{note}"


def read_columns(path: Path, wanted: Sequence[Column], scale: float | None = None) -> Table:
    """As ``read_table``, with rows in any order.

    Raises:
        InputError: as ``read_table``, but for the order.
    """
    return _read(path, wanted, others=True, scale=scale)


def read_table(
    path: Path, wanted: Sequence[Column], others: bool = True, scale: float | None = None
) -> Table:
    """The columns that are wanted from a text file; the first of them increases.

    A file that names its columns may have them in any order, and ``others`` beside them; one that
    does not has just those that are wanted, in their order and in SI units. ``scale``: how far
    the first column may be expected to reach, to notice units that were left out.

    Raises:
        InputError: the file is missing, no table, or lacks a column; a unit is unknown or one of
            something else; a number is not finite; the first column does not increase.
    """
    table = _read(path, wanted, others, scale)
    _check_increase(table[wanted[0].key], wanted[0], path)
    return table


def _read(path: Path, wanted: Sequence[Column], others: bool, scale: float | None) -> Table:
    table = read_text_table(path)
    heads = heads_in(table, wanted, path)
    places = places_of(heads, wanted, table.width, path)
    if heads and not others and len(places) < table.width:
        odd = next(head.name for n, head in enumerate(heads) if n not in places.values())
        listed = ", ".join(column.key for column in wanted)
        raise InputError(f"must have no columns but {listed}, but {path} has one called `{odd}`.")
    units = {c.key: heads[places[c.key]].unit if heads else "" for c in wanted if c.key in places}
    columns = {
        c.key: _in_si(c, table.values[:, places[c.key]], units[c.key], path)
        for c in wanted
        if c.key in places
    }
    _check_numbers(columns, wanted[0], path)
    if scale is not None and not units[wanted[0].key]:
        _check_reach(columns[wanted[0].key], wanted[0], scale, path)
    return Table(columns, units, tuple(wanted))


def check_columns(columns: dict[str, Values], first: Column, path: Path) -> None:
    """Whether all numbers are finite and the ``first`` column increases; InputError if not."""
    _check_numbers(columns, first, path)
    _check_increase(columns[first.key], first, path)


def _check_numbers(columns: dict[str, Values], first: Column, path: Path) -> None:
    if not all(np.all(np.isfinite(values)) for values in columns.values()):
        raise InputError(f"must hold finite numbers, but {path} holds NaN or infinity.")
    if columns[first.key].size < 2:
        raise InputError(f"must have at least two rows, but {path} has one.")


def _check_increase(values: Values, first: Column, path: Path) -> None:
    falls = np.flatnonzero(np.diff(values) <= 0.0)
    if falls.size:
        before, after = values[falls[0]], values[falls[0] + 1]
        raise InputError(
            f"must have {first.key} increasing from row to row, but in {path} row "
            f"{falls[0] + 2} has {after:g} after {before:g}."
        )


def _check_reach(values: Values, first: Column, scale: float, path: Path) -> None:
    if values.max() > _FAR * scale:
        raise InputError(
            f"must have {first.in_words}, but in {path} it reaches {values.max():g} {first.si}, "
            f"where {scale:g} {first.si} are enough. Is it in another unit? Then say so in a first "
            f"line that names the columns, such as {first.key} (n{first.si})."
        )


def _in_si(column: Column, values: Values, unit: str, path: Path) -> Values:
    try:
        return column.converted(values, unit)
    except RefusedError as error:
        raise InputError(f"must hold {column.in_words}, but {path} does not: {error}") from None
