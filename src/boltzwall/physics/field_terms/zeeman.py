"""An applied magnetic field, [B10]."""

from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, zeeman_energy
from boltzwall.physics.waveforms import Waveform
from boltzwall.typing import PerCell, Scalar, Vectors


class Zeeman(FieldTerm):
    """H_i = f(t) g_i H0, E = −Σ µ0 Ms m·H S dx.

    Attributes:
        cells: the wire.
        external: H0 in A/m.
        profile: g, the factor of place.
        waveform: f, the factor of time.
    """

    cells: Cells
    external: Float[Array, " 3"]
    profile: PerCell
    waveform: Waveform

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        return (self.waveform.at(t) * self.profile)[:, None] * self.external

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return zeeman_energy(self.cells, m, self.field(m, t))
