"""Exchange between neighbouring cells."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling, known
from boltzwall.typing import PerCell, Scalar, Vectors


class Exchange(FieldTerm):
    """E = ∫ A |∂x M|² S dx = Σ_faces ⟨A S⟩ |m_{i+1} − m_i|²/dx, H = 2A/(µ0Ms) ∂xx M, [M2].

    ⟨A S⟩ is the harmonic mean of the product in the two cells. What is continuous between them is
    the flux A S ∂x M: the two half cells are in series, so that the mean is taken of the product,
    and not of A alone. It is exact for a piecewise constant A S, and zero next to a cell without
    exchange. The ends are free, ∂x M = 0.

    Attributes:
        cells: the wire.
        stiffness: A in J/m.
        coupling: ⟨A S⟩/dx of the faces between cells, J/m².
        left, right: H_i = left_i (m_{i−1} − m_i) + right_i (m_{i+1} − m_i), A/m; 0 at the ends.
    """

    cells: Cells
    stiffness: PerCell
    coupling: Float[Array, " faces"]
    left: PerCell
    right: PerCell

    def __init__(self, cells: Cells, stiffness: PerCell):
        xp, (spacing, weight, faces) = known(
            cells.spacing, cells.weight, face_stiffness(cells, stiffness)
        )
        coupling = faces / spacing
        self.cells = cells
        self.stiffness = stiffness
        self.coupling = jax.device_put(coupling)
        self.left = jax.device_put(2.0 * xp.pad(coupling, (1, 0)) / weight)
        self.right = jax.device_put(2.0 * xp.pad(coupling, (0, 1)) / weight)

    def scaled(self, cells: Cells, scaling: Scaling) -> "Exchange":
        return Exchange(cells, self.stiffness * scaling.stiffness)

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        steps = m[1:] - m[:-1]
        ahead = jnp.pad(steps, ((0, 1), (0, 0)))
        behind = jnp.pad(steps, ((1, 0), (0, 0)))
        return self.right[:, None] * ahead - self.left[:, None] * behind

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return jnp.sum(self.coupling[:, None] * (m[1:] - m[:-1]) ** 2)


def face_stiffness(cells: Cells, stiffness: PerCell) -> Float[Array, " faces"]:
    """⟨A S⟩ in J/m: the harmonic mean of A S on the faces between cells."""
    xp, (constant, area) = known(stiffness, cells.area)
    product = constant * area
    left, right = product[:-1], product[1:]
    both = left + right
    return jax.device_put(2.0 * left * right / xp.where(both > 0.0, both, 1.0))
