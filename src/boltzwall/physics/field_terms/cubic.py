"""Cubic anisotropy of the lowest order."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling
from boltzwall.typing import PerCell, Scalar, Vectors


class CubicAnisotropy(FieldTerm):
    """E = Σ K1 (c1²c2² + c2²c3² + c3²c1²) S dx, c_k = m·a_k, [M3].

    H = −2K1/(µ0Ms) Σ_k c_k (c² − c_k²) a_k, where c² = c1² + c2² + c3².

    K1 > 0 makes the axes easy, K1 < 0 the diagonals of the cube.

    Attributes:
        cells: the wire.
        constant: K1 in J/m³.
        axes: a_1, a_2, a_3 in its rows, orthogonal unit vectors; x, y, z where left out.
    """

    cells: Cells
    constant: PerCell
    axes: Float[Array, "3 3"]

    def __init__(
        self,
        cells: Cells,
        constant: PerCell,
        axes: Float[Array, "3 3"] | None = None,
    ):
        self.cells = cells
        self.constant = constant
        self.axes = jax.device_put(np.eye(3)) if axes is None else axes

    def _cosines(self, m: Vectors) -> Vectors:
        """c_k of every cell."""
        return jnp.sum(m[:, None, :] * self.axes, axis=2)

    def scaled(self, cells: Cells, scaling: Scaling) -> "CubicAnisotropy":
        return CubicAnisotropy(cells, self.constant * scaling.anisotropy, self.axes)

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        c = self._cosines(m)
        others = jnp.sum(c**2, axis=1, keepdims=True) - c**2
        strength = 2.0 * self.constant * self.cells.volume / self.cells.weight
        return -strength[:, None] * jnp.sum((c * others)[:, :, None] * self.axes, axis=1)

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        squares = self._cosines(m) ** 2
        pairs = 0.5 * (jnp.sum(squares, axis=1) ** 2 - jnp.sum(squares**2, axis=1))
        return jnp.sum(self.constant * pairs * self.cells.volume)
