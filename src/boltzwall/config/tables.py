"""The tables that keys take: columns chosen by name or by place, brought to SI units, checked.

The InputErrors raised here go on from the name of a key: "must be …, but …".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.config.kinds import FIELD, LENGTH, NUMBER, TIME
from boltzwall.config.kinds import TEMPERATURE as TEMPERATURE_UNIT
from boltzwall.config.units import RefusedError, Unit, is_unit
from boltzwall.errors import InputError
from boltzwall.io.text_table import Head, TextTable, cells_of, heads_of, read_text_table, units_in
from boltzwall.values import Values

_FAR = 1e5
_NONE = ("", "1", "-", "none", "a.u.", "arb. u.", "arb. units", "dimensionless")


@dataclass(frozen=True)
class Column:
    """A column that a key wants.

    Attributes:
        key: its name here.
        meaning: in words.
        names: what files call it, the likeliest first.
        unit: None where any will do.
        required: whether the table must have it.
    """

    key: str
    meaning: str
    names: tuple[str, ...]
    unit: Unit | None
    required: bool = True

    @property
    def si(self) -> str:
        """Its unit; "" if it is a number or any unit will do."""
        return self.unit.si if self.unit else ""

    @property
    def in_words(self) -> str:
        """Such as "x in m"."""
        return f"{self.meaning} in {self.si}" if self.si else self.meaning

    def converted(self, values: Values, unit: str) -> Values:
        """``values`` given in ``unit`` ("": SI) in SI units; raises RefusedError."""
        if self.unit is None or unit in _NONE or not (self.si or is_unit(unit)):
            return values  # such as I0 of a column I/I0
        found = np.asarray(self.unit.in_si(values, unit), dtype=np.float64)
        if np.array_equal(found, values):
            return values
        return np.array([float(f"{value:.15g}") for value in found])  # "100 nm" is then 1e-7


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
    table = read_text_table(path)
    heads = _heads(table, wanted, path)
    places = _places(heads, wanted, table.width, path)
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
    check_columns(columns, wanted[0], path)
    if scale is not None and not units[wanted[0].key]:
        _check_reach(columns[wanted[0].key], wanted[0], scale, path)
    return Table(columns, units, tuple(wanted))


def check_columns(columns: dict[str, Values], first: Column, path: Path) -> None:
    """Whether all numbers are finite and the ``first`` column increases; InputError if not."""
    if not all(np.all(np.isfinite(values)) for values in columns.values()):
        raise InputError(f"must hold finite numbers, but {path} holds NaN or infinity.")
    values = columns[first.key]
    if values.size < 2:
        raise InputError(f"must have at least two rows, but {path} has one.")
    falls = np.flatnonzero(np.diff(values) <= 0.0)
    if falls.size:
        before, after = values[falls[0]], values[falls[0] + 1]
        raise InputError(
            f"must have {first.key} increasing from row to row, but in {path} row "
            f"{falls[0] + 2} has {after:g} after {before:g}."
        )


def _check_reach(values: Values, first: Column, scale: float, path: Path) -> None:
    if values[-1] > _FAR * scale:
        raise InputError(
            f"must have {first.in_words}, but in {path} it reaches {values[-1]:g} {first.si}, "
            f"where {scale:g} {first.si} are enough. Is it in another unit? Then say so in a first "
            f"line that names the columns, such as {first.key} (n{first.si})."
        )


def _in_si(column: Column, values: Values, unit: str, path: Path) -> Values:
    try:
        return column.converted(values, unit)
    except RefusedError as error:
        raise InputError(f"must hold {column.in_words}, but {path} does not: {error}") from None


def _heads(table: TextTable, wanted: Sequence[Column], path: Path) -> tuple[Head, ...]:
    """The heads of the columns; empty if the file names none."""
    if table.titles:
        heads = heads_of(table.titles[0], table.width)
        if not heads:
            raise InputError(
                f"must have a first line that names its {table.width} columns, but {path} begins "
                f"with `{table.titles[0][:60]}`. Begin a comment with #."
            )
        heads = _with_units(heads, table.titles[1:], wanted, path, must=True)
        return _with_suffixes(heads, wanted)
    for number in reversed(range(len(table.comments))):
        heads = heads_of(table.comments[number], table.width)
        heads = _with_units(heads, table.comments[number + 1 :], wanted, path, must=False)
        heads = _with_suffixes(heads, wanted)
        if heads and _is_sure(heads, wanted):
            return heads
    _refuse_units_unread(table, wanted, path)
    return ()


def _with_units(
    heads: tuple[Head, ...], lines: Sequence[str], wanted: Sequence[Column], path: Path, must: bool
) -> tuple[Head, ...]:
    """Heads without units, with those that the next line gives."""
    if not heads or not lines or any(head.unit for head in heads):
        return heads
    cells = tuple(cell.strip("()[]") for cell in cells_of(lines[0], len(heads)))
    if cells and all(_suits_some(cell, wanted) for cell in cells):
        return tuple(Head(head.name, cell) for head, cell in zip(heads, cells, strict=True))
    if must:
        raise InputError(
            f"must have numbers below the names of its columns, or their units, but {path} has "
            f"`{lines[0][:60]}`."
        )
    return heads


def _with_suffixes(heads: tuple[Head, ...], wanted: Sequence[Column]) -> tuple[Head, ...]:
    """Heads such as `x_nm` as name and unit."""

    def parted(head: Head) -> Head:
        base, _, suffix = head.name.rpartition("_")
        if head.unit or not base or any(_named(column, [head]) for column in wanted):
            return head
        fits = any(_named(c, [Head(base)]) and c.si and _suits(c, suffix) for c in wanted)
        return Head(base, suffix) if fits else head

    return tuple(parted(head) for head in heads)


def _is_sure(heads: Sequence[Head], wanted: Sequence[Column]) -> bool:
    """Whether a comment names columns, rather than being one that has as many words."""
    needed = [column for column in wanted if column.required]
    if len({places[0] for c in needed if (places := _named(c, heads))}) == len(needed):
        return True
    units = [head.unit for head in heads if head.unit]
    return bool(units) and all(
        _named(column, heads) or any(_suits(column, unit) for unit in units)
        for column in needed
        if column.si
    )


def _refuse_units_unread(table: TextTable, wanted: Sequence[Column], path: Path) -> None:
    """Units in a comment that names no columns would change the numbers if they were meant."""
    for line in table.comments:
        for unit in units_in(line):
            for column in wanted:
                if column.unit and column.unit.si and _changes(column, unit):
                    listed = ", ".join(f"{c.key} ({c.unit.si})" for c in wanted if c.unit)
                    raise InputError(
                        f"must say plainly in which units it is, but {path} has the comment "
                        f"`{line[:60]}`, which does not name its {table.width} columns. "
                        f"Write a first line such as `{listed}`."
                    )


def _changes(column: Column, unit: str) -> bool:
    try:
        one = column.converted(np.array([1.0, 2.0]), unit)
    except RefusedError:
        return False
    return not np.array_equal(one, [1.0, 2.0])


def _places(
    heads: Sequence[Head], wanted: Sequence[Column], width: int, path: Path
) -> dict[str, int]:
    """Which column of the file each wanted one is."""
    required = [column for column in wanted if column.required]
    if not heads and len(required) < len(wanted):
        listed = ", ".join(column.key for column in wanted)
        raise InputError(
            f"must have a first line that names its columns, which may be {listed}, but {path} "
            "has none."
        )
    if not heads:
        if width != len(required):
            words = {1: "one column", 2: "two columns"}.get(
                len(required), f"{len(required)} columns"
            )
            listed = ", ".join(column.in_words for column in required)
            raise InputError(
                f"must hold {words} of numbers, {listed}, but {path} has {width}. Name the "
                "columns in a first line to have others beside them."
            )
        return {column.key: place for place, column in enumerate(required)}
    found = {c.key: _the_one(c, heads, path) for c in wanted if _named(c, heads)}
    left = [place for place in range(width) if place not in found.values()]
    missing = [column for column in required if column.key not in found]
    for column in missing:
        suited = [p for p in left if heads[p].unit and column.si and _suits(column, heads[p].unit)]
        if len(suited) == 1:
            found[column.key] = suited[0]
            left.remove(suited[0])
    missing = [column for column in missing if column.key not in found]
    pairs = list(zip(missing, left, strict=False))
    told = not any(column.si for column in missing)
    if missing and width == len(required) == len(found) + len(left) and told:
        found |= {column.key: place for column, place in pairs}
    elif missing:
        names = ", ".join(f"`{head.name}`" for head in heads)
        raise InputError(
            f"must have a column of {missing[0].in_words}, called {missing[0].names[0]}, but "
            f"{path} has {names}."
        )
    return found


def _the_one(column: Column, heads: Sequence[Head], path: Path) -> int:
    """The place of the likeliest name, which must be there once."""
    place, *others = _named(column, heads)
    if any(_plain(heads[n].name) == _plain(heads[place].name) for n in others):
        raise InputError(
            f"must have one column of {column.in_words}, but {path} has several called "
            f"`{heads[place].name}`."
        )
    return place


def _named(column: Column, heads: Sequence[Head]) -> list[int]:
    """The places of heads with a name of ``column``, the likeliest name first."""
    plain = [_plain(head.name) for head in heads]
    found = [n for name in column.names for n, one in enumerate(plain) if one == name]
    folded = [one.casefold() for one in plain]
    found += [n for name in column.names for n, f in enumerate(folded) if f == name.casefold()]
    return list(dict.fromkeys(found))


def _plain(name: str) -> str:
    return name.replace("-", " ").replace("$", "").strip()


def _suits_some(unit: str, wanted: Sequence[Column]) -> bool:
    return any(_suits(column, unit) for column in wanted)


def _suits(column: Column, unit: str) -> bool:
    try:
        column.converted(np.ones(1), unit)
    except RefusedError:
        return False
    return True


X = Column("x", "x", ("x", "position", "distance", "arc length", "coordinate", "z", "s"), LENGTH)
TEMPERATURE = (X, Column("T", "T", ("T", "temperature", "temp"), TEMPERATURE_UNIT))
WAVEFORM = (
    Column("t", "time", ("t", "time"), TIME),
    Column("factor", "a factor without unit", ("factor", "f", "amplitude", "value"), NUMBER),
)
MAGNETISATION_LAW = (
    Column("T", "temperature", ("T", "temperature", "temp"), TEMPERATURE_UNIT),
    Column("Ms", "Ms in any unit", ("Ms", "M", "magnetisation", "magnetization", "m"), None),
)
FACTORS = ("cross_section", "magnetisation", "stiffness", "anisotropy", "dmi", "damping")
PROFILE = (X, *(Column(n, n, (n, n.replace("_", " ")), NUMBER, required=False) for n in FACTORS))
MAGNETIC_FIELD = (
    X,
    *(
        Column(f"H{a}", f"H{a}", (f"H{a}", f"H_{a}", f"B{a}", f"B_{a}", f"B_ext{a}"), FIELD)
        for a in "xyz"
    ),
)
MAGNETISATION = (X, *(Column(f"m{a}", f"m{a}", (f"m{a}", f"m_{a}"), None) for a in "xyz"))
