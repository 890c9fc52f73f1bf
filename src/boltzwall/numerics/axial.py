"""Linear maps of a scalar and a vector that commute with rotations about an axis.

Such a map mixes the scalar F with the part of the vector G along the axis M by a real 2 × 2 matrix
and multiplies the part across by a complex number, G⊥ → re G⊥ + im M×G⊥. It is kept as these six
numbers, so that one map serves every cell of a wire, whatever the direction of M there.
"""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Complex, Float, Inexact

from boltzwall.typing import AnyShape, Four


class Axial(NamedTuple):
    """F' = ff F + fg M·G,  M·G' = gf F + gg M·G,  G⊥' = re G⊥ + im M×G⊥."""

    ff: AnyShape
    fg: AnyShape
    gf: AnyShape
    gg: AnyShape
    re: AnyShape
    im: AnyShape

    @classmethod
    def of(cls, plus: AnyShape, minus: AnyShape, across: Inexact[Array, "..."]) -> "Axial":
        """The map that multiplies F + M·G by ``plus``, F − M·G by ``minus``, G⊥ by ``across``."""
        half, difference = 0.5 * (plus + minus), 0.5 * (plus - minus)
        return cls(half, difference, difference, half, jnp.real(across), jnp.imag(across))

    @classmethod
    def identity(cls, like: AnyShape) -> "Axial":
        one, zero = jnp.ones_like(like), jnp.zeros_like(like)
        return cls(one, zero, zero, one, one, zero)

    @property
    def across(self) -> Complex[Array, "..."]:
        """The factor of G⊥."""
        return self.re + 1j * self.im

    def __call__(self, axis: Float[Array, "3 ..."], y: Four) -> Four:
        """The map about ``axis``, whose components must broadcast against those of ``y``."""
        scalar, vector = y[0], y[1:]
        along = axis[0] * vector[0] + axis[1] * vector[1] + axis[2] * vector[2]
        rise = self.gf * scalar + (self.gg - self.re) * along
        turned = _cross(axis, vector)
        out = [self.re * vector[k] + self.im * turned[k] + rise * axis[k] for k in range(3)]
        return jnp.stack([self.ff * scalar + self.fg * along, *out])

    def matrix(self, axis: Float[Array, "3 ..."]) -> Float[Array, "4 4 ..."]:
        """The map about ``axis`` as a matrix, (row, column, …)."""
        basis = jnp.eye(4).reshape(4, 4, *(1,) * self.ff.ndim)
        return self(axis, basis + jnp.zeros_like(self.ff))

    def scaled(self, factor: AnyShape | float) -> "Axial":
        return Axial(*(factor * part for part in self))

    def plus(self, other: "Axial") -> "Axial":
        return Axial(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def minus(self, other: "Axial") -> "Axial":
        return self.plus(other.scaled(-1.0))

    def after(self, other: "Axial") -> "Axial":
        """The product: first ``other``, then this map."""
        across = self.across * other.across
        return Axial(
            self.ff * other.ff + self.fg * other.gf,
            self.ff * other.fg + self.fg * other.gg,
            self.gf * other.ff + self.gg * other.gf,
            self.gf * other.fg + self.gg * other.gg,
            jnp.real(across),
            jnp.imag(across),
        )

    def inverse(self) -> "Axial":
        determinant = self.ff * self.gg - self.fg * self.gf
        across = 1.0 / self.across
        return Axial(
            self.gg / determinant,
            -self.fg / determinant,
            -self.gf / determinant,
            self.ff / determinant,
            jnp.real(across),
            jnp.imag(across),
        )


def _cross(a: Array, b: Array) -> tuple[Array, Array, Array]:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )
