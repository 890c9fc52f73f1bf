"""What lies under the wire, and takes its heat: [H3], [H4]."""

from abc import abstractmethod
from typing import NamedTuple

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import PerCell, Scalar

Terms = Float[Array, "terms cells"]


class Contact(NamedTuple):
    """How each cell gives heat away: Φ = (T − T_0 − Σ Y)/resistance, ∂tY = −rates Y + weights Φ.

    Attributes:
        rates: 1/s.
        weights: K m²/J.
        resistance: K m²/W; infinite where no heat passes.
        interface: the part of it that is the interface's own, 1/G_s.
    """

    rates: Terms
    weights: Terms
    resistance: PerCell
    interface: Scalar

    def flux(self, rise: PerCell, memory: Terms) -> PerCell:
        """Φ in W/m² of a wire that is ``rise`` K warmer than T_0."""
        return (rise - jnp.sum(memory, axis=0)) / self.resistance


class Substrate(eqx.Module):
    """What is under the wire, at T_0 in the beginning."""

    @abstractmethod
    def contact(self, width: PerCell) -> Contact:
        """Of the cells of a wire of the given width in m."""


class NoSubstrate(Substrate):
    """A wire that hangs freely."""

    def contact(self, width: PerCell) -> Contact:
        none = jnp.zeros((0, width.shape[0]))
        return Contact(none, none, jnp.full_like(width, jnp.inf), jnp.zeros(()))


class Bath(Substrate):
    """A substrate that stays as it is, behind an interface.

    Attributes:
        conductance: G_s, W/(m² K).
    """

    conductance: Scalar

    def contact(self, width: PerCell) -> Contact:
        none = jnp.zeros((0, width.shape[0]))
        interface = 1.0 / self.conductance
        return Contact(none, none, interface * jnp.ones_like(width), interface)


class HalfSpace(Substrate):
    """A half-space that remembers, by `boltzwall.substrates.half_space_terms`.

    Attributes:
        conductivity: κ_s, W/(m K).
        capacity: C_s, J/(m³ K).
        interface: 1/G_s, K m²/W; 0: T_s is the wire's own temperature.
        rates: of the sum, over s = D_s t/w²; ``amplitudes`` and ``instant`` of P κ_s/w.
    """

    conductivity: Scalar
    capacity: Scalar
    interface: Scalar
    rates: Float[Array, " terms"]
    amplitudes: Float[Array, " terms"]
    instant: Scalar

    def contact(self, width: PerCell) -> Contact:
        rates = self.rates[:, None] * (self.conductivity / self.capacity / width**2)
        weights = (self.amplitudes * self.rates)[:, None] / (self.capacity * width)
        own = self.instant * width / self.conductivity
        return Contact(rates, weights, self.interface + own, self.interface)


class Layered(Substrate):
    """A film on a half-space, or a membrane, by `boltzwall.substrates.layered_terms`.

    Attributes:
        interface: 1/G_s, K m²/W.
        rates: 1/s.
        amplitudes: of P in K m²/W, and ``instant`` of it, of each cell.
    """

    interface: Scalar
    rates: Float[Array, " terms"]
    amplitudes: Terms
    instant: PerCell

    def contact(self, width: PerCell) -> Contact:
        rates = self.rates[:, None] * jnp.ones_like(width)
        return Contact(
            rates, self.amplitudes * rates, self.interface + self.instant, self.interface
        )
