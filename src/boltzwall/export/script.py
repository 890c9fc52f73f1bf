"""What an export writes: a script, and the fields that lie beside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from boltzwall.values import Values


@dataclass(frozen=True)
class Script:
    """A script and the fields that it reads.

    Attributes:
        fields: names of OVF files to lie beside it, each with its vectors (cells, 3).
        units: of these, "T" or "A/m".
    """

    text: str
    fields: dict[str, Values]
    units: str


def remark_lines(notes: Sequence[str], left_out: Sequence[str]) -> list[str]:
    """The head of a script: what to know of it, and the list of what it does not carry."""
    lines = [line for note in notes for line in _wrapped("Note: ", note)]
    if not left_out:
        return [*lines, "Nothing of the result is left out."]
    listed = [line for remark in left_out for line in _wrapped("- ", remark)]
    return [*lines, "Not carried over:", *listed]


def _wrapped(begin: str, text: str) -> list[str]:
    return textwrap.wrap(text, 92, initial_indent=begin, subsequent_indent="  ")
