"""How the magnetisation and the constants that follow it fall with temperature."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import Scalar


class MagnetisationLaw(eqx.Module):
    """m(T) = Ms(T)/Ms(0)."""

    @abstractmethod
    def at(self, temperature: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """m at ``temperature`` in K; 0 at the Curie temperature and above."""


class BlochLaw(MagnetisationLaw):
    """m = 1 − τ^{3/2}, τ = T/T_C: spin waves at low temperature, taken on to T_C.

    Source: F. Bloch, Z. Phys. 61, 206 (1930).
    """

    curie_temperature: Scalar

    def at(self, temperature: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return 1.0 - jnp.minimum(temperature / self.curie_temperature, 1.0) ** 1.5


class KuzminLaw(MagnetisationLaw):
    """m = [1 − s τ^{3/2} − (1 − s) τ^p]^{1/3}, τ = T/T_C.

    Bloch's law at low temperature, (s/3) τ^{3/2}, and the exponent 1/3 of the critical point. With
    p = 5/2: s = 0.15 of Ni, 0.11 of Co; Fe has s = 0.35, p = 4.

    Source: M. D. Kuz'min, Phys. Rev. Lett. 94, 107204 (2005).

    Attributes:
        curie_temperature: T_C in K.
        shape: s, above 0 and below 5/2 (for p = 5/2).
        power: p.
    """

    curie_temperature: Scalar
    shape: Scalar
    power: Scalar = eqx.field(default_factory=lambda: jnp.asarray(2.5))

    def at(self, temperature: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        ratio = temperature / self.curie_temperature
        below = ratio < 1.0
        inside = jnp.where(below, ratio, 0.5)  # the slope of the cube root at 0 is infinite
        cube = 1.0 - self.shape * inside**1.5 - (1.0 - self.shape) * inside**self.power
        return jnp.where(below, jnp.cbrt(cube), 0.0)


class TabulatedLaw(MagnetisationLaw):
    """Linear interpolation in a table of increasing temperatures; constant beyond its ends."""

    temperatures: Float[Array, " points"]
    values: Float[Array, " points"]

    def at(self, temperature: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return jnp.interp(temperature, self.temperatures, self.values)


def scaling(
    law: MagnetisationLaw,
    temperature: Float[Array, "*batch"],
    reference: Scalar,
    exponent: float = 1.0,
) -> Float[Array, "*batch"]:
    """(m(T)/m(T_ref))^exponent, [M10], by which a constant given at T_ref is multiplied.

    The exponent is 1 for Ms. Exchange in mean field goes as the product of two neighbours' mean
    spins, A ∝ m². K ∝ m^{l(l+1)/2}: 3 for uniaxial anisotropy, l = 2, 10 for cubic, l = 4 (Callen
    and Callen, J. Phys. Chem. Solids 27, 1271, 1966).
    T_ref must be below the Curie temperature.
    """
    return (law.at(temperature) / law.at(reference)) ** exponent
