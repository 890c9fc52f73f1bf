"""Momentum relaxation times of the two spins as functions of the energy, τ_±(ε) of [C10].

ε is the total energy from µ. Scattering is elastic: an electron keeps its ε, so that both times of
a momentum node are taken at the ε at which it is driven, not at equal p. "+" is the minority.
"""

from abc import abstractmethod
from typing import NamedTuple

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import Scalar


class PerSpin(NamedTuple):
    """A quantity of the minority and of the majority."""

    minority: Array
    majority: Array


class BandsAt(NamedTuple):
    """The bands at some energies.

    Attributes:
        energy: ε in J.
        ratio: kinetic energy of each spin at ε over that at ε = 0, k/k_F±.
        drude: σ_±(ε)/τ_±(ε) = e²(dn/dε)<v_x²> of each spin, in S/(m s).
    """

    energy: Array
    ratio: PerSpin
    drude: PerSpin


class Scattering(eqx.Module):
    """A law τ_±(ε)."""

    @abstractmethod
    def times(self, bands: BandsAt) -> PerSpin:
        """τ_± in s at the energies of ``bands``; a scalar each where they do not depend on it."""

    @property
    def breaks(self) -> Float[Array, " breaks"]:
        """Increasing energies in J between which the law is smooth."""
        return jnp.zeros(0)


class ConstantScattering(Scattering):
    """One time for each spin."""

    minority: Scalar
    majority: Scalar

    def times(self, bands: BandsAt) -> PerSpin:
        return PerSpin(self.minority, self.majority)


class PowerScattering(Scattering):
    """τ_±(ε) = τ_± (k/k_F±)^{r_±}, k the kinetic energy of that spin.

    Attributes:
        minority, majority: the times at ε = 0 in s.
        exponents: r_±.
    """

    minority: Scalar
    majority: Scalar
    exponents: PerSpin

    def times(self, bands: BandsAt) -> PerSpin:
        at_edge = PerSpin(self.minority, self.majority)
        parts = zip(at_edge, bands.ratio, self.exponents, strict=True)
        return PerSpin(*(time * ratio**exponent for time, ratio, exponent in parts))


class TabulatedScattering(Scattering):
    """Times or conductivities at increasing energies; straight lines between, constant beyond.

    Attributes:
        energies: in J from µ.
        values: τ_± in s, or σ_±(ε) in S/m with ``of_conductivity``: τ_± is then what gives that
            conductivity with the band.
        steps: the energies at which integrals over ε are to be broken.
    """

    energies: Float[Array, " rows"]
    values: PerSpin
    steps: Float[Array, " breaks"]
    of_conductivity: bool = eqx.field(static=True)

    def times(self, bands: BandsAt) -> PerSpin:
        found = PerSpin(*(jnp.interp(bands.energy, self.energies, part) for part in self.values))
        if not self.of_conductivity:
            return found
        return PerSpin(*(part / drude for part, drude in zip(found, bands.drude, strict=True)))

    @property
    def breaks(self) -> Float[Array, " breaks"]:
        return self.steps
