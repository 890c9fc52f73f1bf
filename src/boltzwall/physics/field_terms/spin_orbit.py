"""What a current in a neighbouring heavy metal does: spin–orbit torque and Oersted field."""

from typing import ClassVar

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling, zeeman_energy
from boltzwall.physics.waveforms import Waveform
from boltzwall.relations import oersted_field, spin_orbit_field
from boltzwall.typing import PerCell, Scalar, Vectors


class SpinOrbitTorque(FieldTerm):
    """H = f(t) (H_DL m × ŝ + H_FL ŝ), [M12]: T = −γ0 H_DL m×(m×ŝ) − γ0 H_FL m×ŝ.

    ŝ is the direction of the magnetic moment that the carriers bring: H_DL > 0 pushes m to ŝ.
    The damping-like part does work and has no energy; that of the field-like one is
    E = −Σ µ0 Ms m·ŝ H_FL S dx.

    Attributes:
        cells: the wire.
        damping_like, field_like: H_DL, H_FL in A/m, in every cell.
        axis: ŝ, a unit vector.
        waveform: f, that of the current.
    """

    driven: ClassVar[bool] = True

    cells: Cells
    damping_like: PerCell
    field_like: PerCell
    axis: Float[Array, " 3"]
    waveform: Waveform

    def scaled(self, cells: Cells, scaling: Scaling) -> "SpinOrbitTorque":
        damping, field = (p / scaling.magnetisation for p in (self.damping_like, self.field_like))
        return SpinOrbitTorque(cells, damping, field, self.axis, self.waveform)

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        turned = self.damping_like[:, None] * jnp.cross(m, self.axis)
        return self.waveform.at(t) * (turned + self.field_like[:, None] * self.axis)

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        field = self.waveform.at(t) * self.field_like[:, None] * self.axis
        return zeeman_energy(self.cells, m, field)


class OerstedField(FieldTerm):
    """H = f(t) H_Oe, [M13], with E = −Σ µ0 Ms m·H S dx.

    Attributes:
        cells: the wire.
        strength: H_Oe in A/m, (cells, 3).
        waveform: f, that of the current.
    """

    driven: ClassVar[bool] = True

    cells: Cells
    strength: Vectors
    waveform: Waveform

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        return self.waveform.at(t) * self.strength

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return zeeman_energy(self.cells, m, self.field(m, t))


def spin_orbit_strength(
    angle: float, current_density: float, magnetisation: PerCell, thickness: float
) -> PerCell:
    """H = ħθj/(2eµ0Ms t) in A/m, [M12].

    Arguments:
        angle: θ, spin current that is absorbed over charge current, in units of ħ/2e.
        current_density: j in the heavy metal, A/m².
        magnetisation: Ms in A/m.
        thickness: t of the magnetic layer, m.
    """
    field: PerCell = spin_orbit_field(angle, current_density, magnetisation, thickness)
    return field


def oersted_strength(
    current_density: float, thickness: float, width: float | None, distance: float
) -> float:
    """|H| of a current along x in a plate below, in A/m, [M13]; it points along −y above the plate.

    ½ j t of an endless plate; of one of the width w, in the plane at the distance d from its upper
    face and averaged over that width,

        (j/2π) ∫_d^{d+t} [2 arctan(w/z) − (z/w) ln(1 + w²/z²)] dz.

    Arguments:
        current_density: j in A/m².
        thickness: t of the plate, m.
        width: w in m; None for an endless plate.
        distance: d in m, at least 0.
    """
    return oersted_field(current_density, thickness, width, distance)
