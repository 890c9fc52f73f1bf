"""What the Dzyaloshinskii–Moriya interactions share: d·(M × ∂x M) on faces and at jumps."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, along, known
from boltzwall.typing import PerCell, Scalar, Vectors


class ChiralInteraction(FieldTerm):
    """E = ∫ D d·(M × ∂x M) S dx with a unit vector d, which a subclass names.

    Discretised it is

        E = Σ_faces ⟨D S⟩ d·(m_i × m_{i+1}) − Σ_i e_i (1 − (d·m_i)²).

    The first part is the midpoint rule. Where D S jumps by J, at the ends to or from zero, the
    slope ∂x M jumps as well, because the flux 2AS ∂x M + DS d × M is continuous. The first part
    takes one slope for both half cells; the second adds what their own slopes gain. Both follow
    from taking the minimum over the magnetisation on the face: between cells 1 and 2

        ⟨D S⟩ = (D1S1 A2S2 + D2S2 A1S1)/(A1S1 + A2S2),

    and the gain (dx/8) J²/(A1S1 + A2S2) is shared by the two cells; an end cell has (dx/8) D²S/A.
    Without the gain, the condition 2A ∂x M = −D d × M at a free end would hold to first order only
    where M has a part along d.

    Attributes:
        cells: the wire.
        constant: D in J/m².
        stiffness: A in J/m, of the exchange that the wire also has; above zero in every cell.
        axis: d.
        coupling: ⟨D S⟩ of the faces between cells, J/m².
        edge: e of the cells, J/m².
    """

    cells: Cells
    constant: PerCell
    stiffness: PerCell
    axis: Float[Array, " 3"]
    coupling: Float[Array, " faces"]
    edge: PerCell

    def __init__(
        self,
        cells: Cells,
        constant: PerCell,
        stiffness: PerCell,
        axis: tuple[float, float, float],
    ):
        xp, (dmi, a, area, spacing) = known(constant, stiffness, cells.area, cells.spacing)
        chiral, exchange = dmi * area, a * area
        both = exchange[:-1] + exchange[1:]
        self.cells = cells
        self.constant = constant
        self.stiffness = stiffness
        self.axis = jax.device_put(np.asarray(axis))
        coupling = (chiral[:-1] * exchange[1:] + chiral[1:] * exchange[:-1]) / both
        self.coupling = jax.device_put(coupling)
        jumps = 0.5 * (chiral[1:] - chiral[:-1]) ** 2 / both
        first, last = chiral[:1] ** 2 / exchange[:1], chiral[-1:] ** 2 / exchange[-1:]
        gains = xp.concatenate([first, jumps]) + xp.concatenate([jumps, last])
        self.edge = jax.device_put(0.125 * spacing * gains)

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        pairs = self.coupling[:, None]
        ahead = jnp.pad(pairs * m[1:], ((0, 1), (0, 0)))
        behind = jnp.pad(pairs * m[:-1], ((1, 0), (0, 0)))
        turned = jnp.cross(self.axis, ahead - behind)
        tilted = (2.0 * self.edge * along(m, self.axis))[:, None] * self.axis
        return (turned - tilted) / self.cells.weight[:, None]

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        pairs = self.coupling * along(jnp.cross(m[:-1], m[1:]), self.axis)
        return jnp.sum(pairs) - jnp.sum(self.edge * (1.0 - along(m, self.axis) ** 2))
