"""The published model's field of the initial state, [B10]."""

from boltzwall.physics.field_terms.term import Cells, FieldTerm, zeeman_energy
from boltzwall.typing import Scalar, Vectors


class InitialStateField(FieldTerm):
    """H = c Ms M(x, 0), which stands for all fields that hold the first state.

    It does not follow M, so that its energy is that of an applied field, E = −Σ µ0 Ms m·H S dx.

    Attributes:
        cells: the wire.
        ratio: c.
        initial: M(x, 0).
    """

    cells: Cells
    ratio: Scalar
    initial: Vectors

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        return (self.ratio * self.cells.magnetisation)[:, None] * self.initial

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return zeeman_energy(self.cells, m, self.field(m, t))
