"""A magnetic field that depends on the place alone, such as the stray field of a neighbour."""

from boltzwall.physics.field_terms.term import Cells, FieldTerm, zeeman_energy
from boltzwall.typing import Scalar, Vectors


class StaticField(FieldTerm):
    """H_i = H(x_i), E = −Σ µ0 Ms m·H S dx.

    Attributes:
        cells: the wire.
        strength: H in A/m, (cells, 3).
    """

    cells: Cells
    strength: Vectors

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        return self.strength

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return zeeman_energy(self.cells, m, self.strength)
