"""The torque that a moving M exerts on itself by way of the electrons that it drives, in runs."""

from typing import Any, NamedTuple

import jax.numpy as jnp

from boltzwall.typing import PerCell, Scalar, Vectors

_SMALL = 1e-3  # of the largest |∂tM|: below it a cell is at rest


class Lag(NamedTuple):
    """T = −slowing ∂tM + damping M×∂tM in every cell, as it was for one ∂tM.

    Between two kinetic solutions the torque goes with ∂tM in this form: exact for a uniform M, and
    where the motion keeps its shape.
    """

    slowing: PerCell
    damping: PerCell

    @classmethod
    def of(cls, m: Vectors, rate: Vectors, torque: Vectors) -> "Lag":
        """From the torque in 1/s that ``rate`` pumps."""
        size = jnp.sum(rate * rate, axis=-1)
        size = size + _SMALL**2 * jnp.max(size) + jnp.finfo(float).tiny
        along, across = (jnp.sum(torque * part, axis=-1) for part in (rate, jnp.cross(m, rate)))
        return cls(-along / size, across / size)

    def followed(self, m: Vectors, rate: Vectors, damping: PerCell) -> Vectors:
        """∂tM with this torque in (26), from ∂tM without it; ``damping`` is Gilbert's α."""
        force = rate - damping[:, None] * jnp.cross(m, rate)
        own, other = 1.0 + self.slowing, damping + self.damping
        turned = own[:, None] * force + other[:, None] * jnp.cross(m, force)
        return turned / (own**2 + other**2)[:, None]

    def torque(self, m: Vectors, rate: Vectors) -> Vectors:
        """T in 1/s at a ∂tM."""
        return self.damping[:, None] * jnp.cross(m, rate) - self.slowing[:, None] * rate

    def added_damping(self, rate: Vectors, saturation_magnetisation: PerCell) -> Scalar:
        """Δα, its mean over what moves."""
        share = saturation_magnetisation * jnp.sum(rate * rate, axis=-1)
        return jnp.sum(self.damping * share) / (jnp.sum(share) + jnp.finfo(float).tiny)


class Dragged(NamedTuple):
    """The costly part of the electrons' torque, and the lag of the M that moves under it."""

    held: Any
    lag: Lag
