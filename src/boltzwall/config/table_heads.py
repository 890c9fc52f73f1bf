"""Which column of a table is which: by the names and units that its file gives, or by place.

The InputErrors raised here go on from the name of a key: "must be …, but …".
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from boltzwall.config.table_columns import Column
from boltzwall.config.units import RefusedError
from boltzwall.errors import InputError
from boltzwall.io.text_table import Head, TextTable, cells_of, heads_of, units_in


def heads_in(table: TextTable, wanted: Sequence[Column], path: Path) -> tuple[Head, ...]:
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


def places_of(
    heads: Sequence[Head], wanted: Sequence[Column], width: int, path: Path
) -> dict[str, int]:
    """Which column of a file that has ``width`` each wanted one is."""
    required = [column for column in wanted if column.required]
    if not heads:
        return _places_in_order(required, wanted, width, path)
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


def _places_in_order(
    required: Sequence[Column], wanted: Sequence[Column], width: int, path: Path
) -> dict[str, int]:
    """Of a file that names no columns: there must be those that are required, and no others."""
    if len(required) < len(wanted):
        listed = ", ".join(column.key for column in wanted)
        raise InputError(
            f"must have a first line that names its columns, which may be {listed}, but {path} "
            "has none."
        )
    if width != len(required):
        words = {1: "one column", 2: "two columns"}.get(len(required), f"{len(required)} columns")
        listed = ", ".join(column.in_words for column in required)
        raise InputError(
            f"must hold {words} of numbers, {listed}, but {path} has {width}. Name the "
            "columns in a first line to have others beside them."
        )
    return {column.key: place for place, column in enumerate(required)}


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
