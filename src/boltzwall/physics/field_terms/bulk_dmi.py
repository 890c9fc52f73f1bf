"""Dzyaloshinskii–Moriya interaction of a bulk without inversion symmetry."""

from boltzwall.physics.field_terms.chiral import ChiralInteraction
from boltzwall.physics.field_terms.term import Cells, Scaling
from boltzwall.typing import PerCell


class BulkDMI(ChiralInteraction):
    """Energy density D M·(∇ × M) = D (M_z ∂x M_y − M_y ∂x M_z), d = −x, [M4].

    H = −2D/(µ0Ms) ∇ × M. D > 0 winds M = (0, sin θ, cos θ) with ∂x θ < 0, from y towards z as x
    grows: a right-handed helix about x, of pitch 4πA/|D| without anisotropy. With the easy axis z
    it is the wall that turns about x (Bloch's) that gains, 4√(AK) − π|D|, until D_c = 4√(AK)/π; a
    wall in the x–z plane (Néel's) gains nothing.

    Arguments:
        cells: the wire.
        constant: D in J/m².
        stiffness: A in J/m, above zero in every cell.
    """

    def __init__(self, cells: Cells, constant: PerCell, stiffness: PerCell):
        super().__init__(cells, constant, stiffness, (-1.0, 0.0, 0.0))

    def scaled(self, cells: Cells, scaling: Scaling) -> "BulkDMI":
        return BulkDMI(cells, self.constant * scaling.dmi, self.stiffness * scaling.stiffness)
