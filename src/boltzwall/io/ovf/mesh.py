"""What an OVF file holds: a field on a rectangular mesh; and the check values of binary data."""

from dataclasses import dataclass
from typing import Literal

from boltzwall.values import Values

Representation = Literal["text", "binary 4", "binary 8"]

AXES = "xyz"
SIZES = {"binary 4": 4, "binary 8": 8}  # bytes of a number
CHECKS = {"binary 4": 1234567.0, "binary 8": 123456789012345.0}


@dataclass(frozen=True)
class Ovf:
    """A field on a rectangular mesh.

    Attributes:
        values: (x, y, z, component).
        origin: lowest corner of the mesh, m.
        step: edges of a cell, m.
        units: unit of the values; "1" for pure numbers.
        time: of the simulation, s; None if the file does not say.
    """

    values: Values
    origin: tuple[float, float, float]
    step: tuple[float, float, float]
    title: str = "m"
    units: str = "1"
    time: float | None = None
