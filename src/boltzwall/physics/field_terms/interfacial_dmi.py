"""Dzyaloshinskii–Moriya interaction of an interface whose normal is z, [M4]."""

from boltzwall.physics.field_terms.chiral import ChiralInteraction
from boltzwall.physics.field_terms.term import Cells, Scaling
from boltzwall.typing import PerCell


class InterfacialDMI(ChiralInteraction):
    """Energy density D [M_z ∇·M − (M·∇)M_z] = D (M_z ∂x M_x − M_x ∂x M_z), film normal z, d = +y.

    H = −2D/(µ0Ms) [(∇·M) z − ∇M_z]. D > 0 winds M = (sin θ, 0, cos θ) with ∂x θ < 0: a cycloid of
    pitch 4πA/|D| without anisotropy. With the easy axis z it is the wall in the x–z plane (Néel's)
    that gains, 4√(AK) − π|D|, until D_c = 4√(AK)/π; for D > 0 its middle points along −x between up
    on the left and down on the right. The free ends of a long wire with M_z > 0 cant by
    sin θ = D/(2√(AK)) on the left and −D/(2√(AK)) on the right.

    Source: S. Rohart and A. Thiaville, Phys. Rev. B 88, 184422 (2013).

    Arguments:
        cells: the wire.
        constant: D in J/m².
        stiffness: A in J/m, above zero in every cell.
    """

    def __init__(self, cells: Cells, constant: PerCell, stiffness: PerCell):
        super().__init__(cells, constant, stiffness, (0.0, 1.0, 0.0))

    def scaled(self, cells: Cells, scaling: Scaling) -> "InterfacialDMI":
        return InterfacialDMI(
            cells, self.constant * scaling.dmi, self.stiffness * scaling.stiffness
        )
