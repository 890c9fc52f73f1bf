"""The current that warms the wire: given, or driven by a voltage."""

from abc import abstractmethod

import equinox as eqx

from boltzwall.physics.waveforms import Waveform
from boltzwall.typing import Scalar


class Current(eqx.Module):
    """j in A/m² where the cross-section factor is 1."""

    @abstractmethod
    def density(self, t: Scalar, resistance_area: Scalar) -> Scalar:
        """j at ``t`` in s, when the wire has a resistance times cross-section in Ω m²."""


class GivenCurrent(Current):
    """j = amplitude·f(t)."""

    amplitude: Scalar
    waveform: Waveform

    def density(self, t: Scalar, resistance_area: Scalar) -> Scalar:
        return self.amplitude * self.waveform.at(t)


class GivenVoltage(Current):
    """j = V f(t)/(∫ρ dx/f + added), [H5]: the current follows the wire's temperature.

    Attributes:
        voltage: along +x, V.
        added: resistance times cross-section that does not come from ρ(T), Ω m².
    """

    voltage: Scalar
    waveform: Waveform
    added: Scalar

    def density(self, t: Scalar, resistance_area: Scalar) -> Scalar:
        return self.voltage * self.waveform.at(t) / (resistance_area + self.added)
