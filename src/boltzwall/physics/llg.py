"""The Landau–Lifshitz–Gilbert–Levy equation (26)."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Complex

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling
from boltzwall.typing import AnyShape, PerCell, Scalar, Vectors


def magnetisation_rate(
    m: Vectors,
    field: Vectors,
    torque: Vectors,
    gyromagnetic_ratio: Scalar,
    damping: AnyShape,
) -> Vectors:
    """dM/dt in 1/s from (26), solved for the derivative, [B9]:

    dM/dt = (T + α M × T)/(1 + α²),  T = −γ0 M × H + T_sd.

    Arguments:
        field: H in A/m.
        torque: T_sd in 1/s, perpendicular to M.
        gyromagnetic_ratio: γ0 in m/(A s).
        damping: α, one number or one of each cell.
    """
    alpha = damping[:, None] if damping.ndim else damping
    total = torque - gyromagnetic_ratio * jnp.cross(m, field)
    return (total + alpha * jnp.cross(m, total)) / (1.0 + alpha**2)


class Magnet(eqx.Module):
    """The magnetisation's own constants and fields."""

    gyromagnetic_ratio: Scalar
    damping: PerCell
    cells: Cells
    terms: dict[str, FieldTerm]

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        """H in A/m, the sum of all terms."""
        return sum((term.field(m, t) for term in self.terms.values()), jnp.zeros_like(m))

    def scaled(self, scaling: Scaling) -> "Magnet":
        """The same with other constants, as at another temperature."""
        old = self.cells
        cells = Cells(old.spacing, old.magnetisation * scaling.magnetisation, old.area)
        terms = {name: term.scaled(cells, scaling) for name, term in self.terms.items()}
        return Magnet(self.gyromagnetic_ratio, self.damping * scaling.damping, cells, terms)

    def undriven(self) -> "Magnet":
        """The same without the fields of currents."""
        kept = {name: term for name, term in self.terms.items() if not term.driven}
        return Magnet(self.gyromagnetic_ratio, self.damping, self.cells, kept)

    def energies(self, m: Vectors, t: Scalar) -> dict[str, Scalar]:
        """E in J/m² of each term, by its name."""
        return {name: term.energy(m, t) for name, term in self.terms.items()}

    def rate(self, m: Vectors, t: Scalar, torque: Vectors) -> Vectors:
        """dM/dt in 1/s under a given spin torque."""
        field = self.field(m, t)
        return magnetisation_rate(m, field, torque, self.gyromagnetic_ratio, self.damping)

    def dissipation(self, rate: Vectors) -> PerCell:
        """What M in motion, by ``rate`` in 1/s, loses to the lattice, (αµ0Ms/γ0)|∂tM|², W/m³."""
        moment = VACUUM_PERMEABILITY * self.cells.magnetisation / self.gyromagnetic_ratio
        return self.damping * moment * jnp.sum(rate * rate, axis=-1)

    @property
    def precession(self) -> Complex[Array, " cells"]:
        """γ0(α − i)/(1 + α²): with δ across M as a complex number and a field along M, δ' of it.

        M × δ is iδ, and −γ0/(1 + α²) [M × H + α M × (M × H)] of a field H across M is this times H.
        """
        return self.gyromagnetic_ratio * (self.damping - 1j) / (1.0 + self.damping**2)

    @property
    def response(self) -> Complex[Array, " cells"]:
        """(1 + iα)/(1 + α²): what a torque across M does to M, both as complex numbers."""
        return (1.0 + 1j * self.damping) / (1.0 + self.damping**2)
