"""A temperature that changes while M moves, and the constants that follow it."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.physics.field_terms import Scaling
from boltzwall.physics.scaling_laws import MagnetisationLaw, scaling
from boltzwall.physics.temperature import CellProfile
from boltzwall.typing import PerCell, Scalar

LEAST = 0.05  # of Ms at T_ref: what is left of it near T_C and above, where no wall is


class Warming(eqx.Module):
    """T(x, t) in the cells, linear between the times at which it is known, constant beyond.

    Attributes:
        times: s, in increasing order.
        kelvin: T in K at these times.
        start: T in K at which the model without it was made.
        law: m(T), None where the constants do not follow T; they hold at ``reference`` in K.
        exponents: the powers of m(T)/m(T_ref) by which each constant goes.
    """

    times: Float[Array, " times"]
    kelvin: Float[Array, "times cells"]
    start: PerCell
    law: MagnetisationLaw | None
    reference: Scalar
    exponents: tuple[float, ...] = eqx.field(static=True)

    def at(self, t: Scalar) -> PerCell:
        """T in K in the cells at ``t`` in s."""
        piece = jnp.searchsorted(self.times, t, side="right") - 1
        piece = jnp.clip(piece, 0, self.times.size - 2)
        begin, end = self.times[piece], self.times[piece + 1]
        length = jnp.where(end > begin, end - begin, 1.0)
        share = jnp.clip((t - begin) / length, 0.0, 1.0)
        before = self.kelvin[piece]
        return before + share * (self.kelvin[piece + 1] - before)

    def profile(self, t: Scalar, spacing: Scalar) -> CellProfile:
        """T(x) at ``t`` in s in cells of ``spacing`` in m."""
        return CellProfile(self.at(t), spacing)

    def scaling(self, t: Scalar) -> Scaling:
        """What the constants are multiplied by at ``t`` in s, [M10]; Ms at least by LEAST."""
        kelvin = self.at(t)
        if self.law is None:
            return Scaling(*(jnp.ones_like(kelvin) for _ in Scaling._fields))
        ratio = jnp.maximum(scaling(self.law, kelvin, self.reference), LEAST)
        return Scaling(*(ratio**exponent for exponent in self.exponents))

    def agitation(self, t: Scalar) -> PerCell:
        """The factor of the strength of thermal noise, which goes as √(αT/Ms)."""
        found = self.scaling(t)
        return jnp.sqrt(found.damping * self.at(t) / (self.start * found.magnetisation))
