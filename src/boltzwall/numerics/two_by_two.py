"""Functions of real 2 × 2 matrices with real eigenvalues, for many matrices at once."""

from collections.abc import Callable
from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float, Inexact


class TwoByTwo(NamedTuple):
    """The entries of a batch of 2 × 2 matrices."""

    a11: Float[Array, "*batch"]
    a12: Float[Array, "*batch"]
    a21: Float[Array, "*batch"]
    a22: Float[Array, "*batch"]

    def function(self, f: Callable[[Float[Array, "*batch"]], Float[Array, "*batch"]]) -> "TwoByTwo":
        """f(A) by Sylvester's formula, (f₁+f₂)/2 + (f₁−f₂)/(λ₁−λ₂) (A − tr A/2)."""
        centre = 0.5 * (self.a11 + self.a22)
        half = 0.5 * (self.a11 - self.a22)
        radius2 = half * half + self.a12 * self.a21
        scalar = radius2 <= 1e-28 * centre * centre
        radius = jnp.sqrt(jnp.where(scalar, 1.0, radius2))
        low, high = f(centre - radius), f(centre + radius)
        mean = jnp.where(scalar, f(centre), 0.5 * (low + high))
        slope = jnp.where(scalar, 0.0, 0.5 * (high - low) / radius)
        return TwoByTwo(
            mean + slope * half, slope * self.a12, slope * self.a21, mean - slope * half
        )


def mean_decay(z: Inexact[Array, "*batch"]) -> Inexact[Array, "*batch"]:
    """(1 − e^{−z})/z, the mean of e^{−zs} over 0 ≤ s ≤ 1, without cancellation at small z."""
    small = jnp.abs(z) < 1e-8
    safe = jnp.where(small, 1.0, z)
    return jnp.where(small, 1.0 - 0.5 * z, -jnp.expm1(-safe) / safe)
