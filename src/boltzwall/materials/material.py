"""What a material preset is: named constants in SI units, each with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Constant:
    """One number of a material, in the SI unit that the configuration declares for its key."""

    value: float
    source: str
    assumed: bool = False


@dataclass(frozen=True)
class Preset:
    """A preset.

    Attributes:
        constants: keys of the configuration's section [material].
        transport_constants: keys of its section [transport], for the consistent model.
        measurements: what the constants were fitted to and what they are held against, in SI
            units; these are no keys of the configuration.
    """

    name: str
    description: str
    constants: Mapping[str, Constant]
    transport_constants: Mapping[str, Constant] = field(default_factory=dict)
    measurements: Mapping[str, Constant] = field(default_factory=dict)

    def values(self) -> dict[str, float]:
        """Every constant of [material] that the preset knows, in SI units."""
        return _values(self.constants)

    def transport_values(self) -> dict[str, float]:
        """Every constant of [transport] that the preset knows, in SI units."""
        return _values(self.transport_constants)


def _values(constants: Mapping[str, Constant]) -> dict[str, float]:
    return {key: constant.value for key, constant in constants.items()}
