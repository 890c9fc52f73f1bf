"""What happens to the heat at the ends of the wire."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp

from boltzwall.physics.waveforms import Waveform
from boltzwall.typing import Scalar


class End(eqx.Module):
    """One end of the wire."""

    @abstractmethod
    def inflow(self, t: Scalar, kelvin: Scalar, conductance: Scalar) -> Scalar:
        """Heat that comes in, W/m², by a conductance in W/(m² K) to the nearest cell at T."""


class Insulated(End):
    """No heat passes."""

    def inflow(self, t: Scalar, kelvin: Scalar, conductance: Scalar) -> Scalar:
        return jnp.zeros(())


class HeldEnd(End):
    """A contact at a given temperature T(t) = kelvin·f(t)."""

    kelvin: Scalar
    waveform: Waveform

    def inflow(self, t: Scalar, kelvin: Scalar, conductance: Scalar) -> Scalar:
        return conductance * (self.kelvin * self.waveform.at(t) - kelvin)
