"""What a material preset is: named constants in SI units, each with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Constant:
    """One number of a material, in the SI unit that the configuration declares for its key."""

    value: float
    source: str
    assumed: bool = False


@dataclass(frozen=True)
class Material:
    """A preset; the keys of ``constants`` are those of the configuration's section [material]."""

    name: str
    description: str
    constants: Mapping[str, Constant]

    def values(self) -> dict[str, float]:
        """Every constant that the preset knows, in SI units."""
        return {key: constant.value for key, constant in self.constants.items()}
