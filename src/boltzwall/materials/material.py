"""What a material preset is: named constants in SI units, each with where it comes from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

_EXPONENTS = ("scattering_exponent_majority", "scattering_exponent_minority")


@dataclass(frozen=True)
class Constant:
    """One number of a material, in the SI unit that the configuration declares for its key.

    Attributes:
        error: one standard deviation, where it is known or was assumed.
        span: instead of an error, the range in which the number lies, any value in it as likely as
            another.
        error_source: where the error or the span comes from.
    """

    value: float
    source: str
    assumed: bool = False
    error: float | None = None
    span: tuple[float, float] | None = None
    error_source: str = ""

    @property
    def deviation(self) -> float | None:
        """Its standard deviation; None where nothing is known of it."""
        if self.span is not None:
            return (self.span[1] - self.span[0]) / math.sqrt(12.0)
        return self.error


@dataclass(frozen=True)
class Preset:
    """A preset.

    Attributes:
        constants: keys of the configuration's section [material].
        transport_constants: keys of its section [transport], for the consistent model.
        measurements: what the constants were fitted to and what they are held against, in SI
            units; these are no keys of the configuration.
        constant_times: keys of both sections whose values differ where the times do not depend on
            the energy, `material.scattering` = "constant", though the preset's own do.
    """

    name: str
    description: str
    constants: Mapping[str, Constant]
    transport_constants: Mapping[str, Constant] = field(default_factory=dict)
    measurements: Mapping[str, Constant] = field(default_factory=dict)
    constant_times: Mapping[str, Constant] = field(default_factory=dict)

    @property
    def scattering(self) -> str:
        """The law of its times: "power" or "constant"."""
        return "power" if _EXPONENTS[0] in self.constants else "constant"

    def with_scattering(self, law: str) -> "Preset":
        """Itself for another law of the times; its exponents belong to "power" alone."""
        if law == self.scattering:
            return self
        constants = {k: c for k, c in self.constants.items() if k not in _EXPONENTS}
        own = self.constant_times
        return Preset(
            self.name,
            self.description,
            constants | {key: c for key, c in own.items() if key in constants},
            {key: own.get(key, c) for key, c in self.transport_constants.items()},
            self.measurements,
        )

    def values(self) -> dict[str, float]:
        """Every constant of [material] that the preset knows, in SI units."""
        return _values(self.constants)

    def transport_values(self) -> dict[str, float]:
        """Every constant of [transport] that the preset knows, in SI units."""
        return _values(self.transport_constants)


def _values(constants: Mapping[str, Constant]) -> dict[str, float]:
    return {key: constant.value for key, constant in constants.items()}
