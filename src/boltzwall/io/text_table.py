"""Tables of numbers in text files, as spreadsheets and simulators write them.

Columns are parted by blanks, tabs, commas or semicolons. What follows `#` or `%` is a comment.
Names of the columns, with or without units, may stand in the first line or in a comment above the
numbers: `x (nm),T (K)`, `% x (m)  T (K)`, `# t [ns]  factor`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.errors import InputError
from boltzwall.values import Values

_COMMENT = re.compile(r"(?<![(\[/])[#%]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NAMED = re.compile(r"\s*([^()\[\]]+?)\s*[(\[]([^()\[\]]*)[)\]]")
_INLINE = re.compile(r"(.+?)(?:\s+in\s+|\s*/\s*)(\S+)")
_WITH_COMMA = re.compile(r"[+-]?\d+(,\d+)?([eE][+-]?\d+)?")
_FORTRAN = re.compile(r"(?<=[\d.])[dD](?=[+-]?\d+$)")
_MOST_TITLES = 2  # one of names, one of units
_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True)
class Head:
    """The name of a column and its unit, "" where the file gives none."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class TextTable:
    """Numbers (rows, columns), the lines of text above them, and the comments above them."""

    values: Values
    titles: tuple[str, ...]
    comments: tuple[str, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.values.shape[1])


def read_text_table(path: Path) -> TextTable:
    """The numbers of a text file and what stands above them.

    Raises:
        InputError: the file cannot be read or is no such table; "must …, but …".
    """
    titles: list[str] = []
    comments: list[str] = []
    rows: list[list[float]] = []
    for number, raw in enumerate(_text_of(path).splitlines(), start=1):
        body, comment = _parted(raw)
        if comment and not rows:
            comments.append(comment)
        numbers = _numbers(body) if body else []
        if numbers is None and (rows or len(titles) == _MOST_TITLES or _begins_as_row(body)):
            raise InputError(f"must hold numbers, but in {path} line {number} {_trouble(body)}.")
        if numbers is None:
            titles.append(body)
        elif numbers and rows and len(numbers) != len(rows[0]):
            raise InputError(
                f"must have as many numbers in every row, but in {path} line {number} has "
                f"{len(numbers)} and the first row {len(rows[0])}."
            )
        elif numbers:
            rows.append(numbers)
    if not rows:
        raise InputError(f"must hold rows of numbers, but {path} holds none.")
    return TextTable(np.array(rows, dtype=np.float64), tuple(titles), tuple(comments))


def heads_of(line: str, width: int) -> tuple[Head, ...]:
    """The names and units that a line gives to ``width`` columns; empty if it does not."""
    cells = cells_of(line, width)
    heads = tuple(_head(cell) for cell in cells)
    return heads if all(head.name for head in heads) else ()


def cells_of(line: str, width: int) -> tuple[str, ...]:
    """A line of text divided into ``width`` cells; empty if it cannot be."""
    for cells in _divisions(line.split(" @ ")[0].strip()):
        stripped = [cell.strip().strip("\"'").strip() for cell in cells]
        if len(stripped) == width + 1 and not stripped[-1]:
            stripped.pop()
        if len(stripped) == width and not stripped[0]:
            stripped[0] = "index"  # as pandas leaves it
        if len(stripped) == width and all(stripped):
            return tuple(stripped)
    return ()


def units_in(line: str) -> tuple[str, ...]:
    """What stands in brackets, or behind a slash or "in", in a line that may name columns."""
    words = _BRACKETS.findall(line) + re.findall(r"(?:\bin\s+|/\s*)([^\s,;/]+)", line)
    return tuple(word.strip() for word in words if word.strip())


def _divisions(line: str) -> Iterator[list[str]]:
    """The ways in which a line of names may be divided, the surest first."""
    for separator in (";", "\t", ","):
        if separator in line:
            yield re.split(f"{separator}+" if separator == "\t" else separator, line)
    yield re.split(r"\s{2,}", line)
    named = list(_NAMED.finditer(line))
    if named:
        rest = line[named[-1].end() :].split()
        yield [match[0] for match in named] + rest
    yield line.split()


def _head(cell: str) -> Head:
    brackets = list(_BRACKETS.finditer(cell))
    if brackets and cell[: brackets[-1].start()].strip():
        last = brackets[-1]
        return Head(cell[: last.start()].strip(), last[1].strip())
    inline = _INLINE.fullmatch(cell)
    return Head(inline[1].strip(), inline[2]) if inline else Head(cell)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"must name a table of at most 200 MB, but {path} is larger.")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"must name a text file, but {path} cannot be read: {reason}.") from None
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"must name a text file, but {path} holds something else.")


def _parted(raw: str) -> tuple[str, str]:
    """What a line says, and its comment."""
    mark = _COMMENT.search(raw)
    if mark is None:
        return raw.strip(), ""
    return raw[: mark.start()].strip(), raw[mark.end() :].strip("#% \t")


def _numbers(body: str) -> list[float] | None:
    """The numbers of a row; None if it holds anything else."""
    separator = next((mark for mark in ";," if mark in body), None)
    cells = body.split(separator)
    if separator and not cells[-1].strip():
        cells.pop()
    try:
        return [_number(cell.strip().strip("\"'")) for cell in cells]
    except ValueError:
        return None


def _number(word: str) -> float:
    if "_" in word:  # which Python would take for a mark of thousands
        raise ValueError(word)
    return float(_FORTRAN.sub("e", word))


def _begins_as_row(body: str) -> bool:
    """Whether a line that is no row of numbers was meant as one."""
    return _has_decimal_commas(body) or bool(_numbers(re.split(r"[\s,;]", body)[0]))


def _has_decimal_commas(body: str) -> bool:
    """Whether a row would be one of numbers if its commas were points."""
    cells = [cell.strip() for cell in (body.split(";") if ";" in body else body.split())]
    return len(cells) > 1 and all(_WITH_COMMA.fullmatch(cell) for cell in cells)


def _trouble(body: str) -> str:
    if _has_decimal_commas(body):
        return f"has decimal commas, `{body[:60]}`: write points"
    return f"reads `{body[:60]}`: begin a comment with #"
