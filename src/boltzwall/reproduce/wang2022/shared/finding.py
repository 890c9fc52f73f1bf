"""A statement about the runs, with the numbers that bear it out or not."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A statement and its title, the numbers computed for it (each by what it is), the verdict.

    ``agrees`` is None where the statement is about the paper's text and not about a number.
    """

    title: str
    statement: str
    numbers: Mapping[str, str]
    agrees: bool | None

    @property
    def verdict(self) -> str:
        if self.agrees is None:
            return "For the reader to judge."
        return "The numbers agree." if self.agrees else "The numbers do not agree."


def short(value: float) -> str:
    """Three digits."""
    return f"{value:.3g}"


def percent(value: float) -> str:
    """Three digits of a share, in per cent."""
    return f"{short(100.0 * value)} %"
