"""What the registry says of one output."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One output: ``dims`` are those of a run; a transport solution has the same without time.

    ``flags`` are the meanings of the values 0, 1, 2, …, where these are no numbers of a quantity.
    """

    name: str
    dims: tuple[str, ...]
    units: str
    long_name: str
    equation: str = ""
    flags: tuple[str, ...] = ()
