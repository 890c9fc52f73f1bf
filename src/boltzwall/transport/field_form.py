"""A torque on a grid in the form T = a ∂xM + b M×∂xM + rest, cell by cell."""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import Scalar

VectorGrid = Float[Array, "nx ny nz 3"]
ScalarGrid = Float[Array, "nx ny nz"]

FLAT = 0.03  # of the largest |∂xM|: where it is smaller, a and b lean to their means


class FieldForm(NamedTuple):
    """T = a ∂xM + b M×∂xM + rest, so that u = −a and βu = b; it can be held while M goes on.

    Where M turns, the torque turns with it. At the M from which it was made it is exact. Where
    ∂xM says nothing, a and b are those of the whole field, so that a wall which arrives there
    finds the torque of a wall.

    Attributes:
        along, across: a and b in m/s.
        rest: 1/s.
        means: the a and b that fit the whole field best, m/s, [C6].
    """

    along: ScalarGrid
    across: ScalarGrid
    rest: VectorGrid
    means: Float[Array, " 2"]

    @classmethod
    def of(cls, m: VectorGrid, slope: VectorGrid, torque: VectorGrid) -> "FieldForm":
        """Of a torque in 1/s at M, with ∂xM in 1/m."""
        turn = jnp.cross(m, slope)
        size = jnp.sum(slope**2, axis=-1)
        whole = jnp.sum(size) + jnp.finfo(float).tiny
        means = jnp.stack([jnp.sum(torque * part) / whole for part in (slope, turn)])
        # FLAT² max|∂xM|² where ∂xM is small, and less than a share FLAT⁴ of it where it is large.
        flat = FLAT**4 * jnp.max(size) ** 2 / (size + FLAT**2 * jnp.max(size) + _tiny())
        along, across = (
            (jnp.sum(torque * part, axis=-1) + flat * mean) / (size + flat + _tiny())
            for part, mean in zip((slope, turn), means, strict=True)
        )
        rest = torque - along[..., None] * slope - across[..., None] * turn
        return cls(along, across, rest, means)

    def at(self, m: VectorGrid, slope: VectorGrid) -> VectorGrid:
        """The torque in 1/s at an M to which the texture has moved and turned since."""
        torque = self.along[..., None] * slope + self.across[..., None] * jnp.cross(m, slope)
        torque = torque + self.rest
        return torque - jnp.sum(torque * m, axis=-1, keepdims=True) * m


def _tiny() -> Scalar:
    return jnp.asarray(jnp.finfo(float).tiny)
