"""Anisotropy with a hard axis."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling, along
from boltzwall.typing import PerCell, Scalar, Vectors


class HardAxisAnisotropy(FieldTerm):
    """E = Σ K⊥ (m·a)² S dx, H = −2K⊥/(µ0Ms) (m·a) a, [M3].

    Attributes:
        cells: the wire.
        constant: K⊥ in J/m³.
        axis: a, a unit vector.
    """

    cells: Cells
    constant: PerCell
    axis: Float[Array, " 3"]

    def scaled(self, cells: Cells, scaling: Scaling) -> "HardAxisAnisotropy":
        return HardAxisAnisotropy(cells, self.constant * scaling.anisotropy, self.axis)

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        strength = 2.0 * self.constant * self.cells.volume / self.cells.weight
        return -(strength * along(m, self.axis))[:, None] * self.axis

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return jnp.sum(self.constant * along(m, self.axis) ** 2 * self.cells.volume)
