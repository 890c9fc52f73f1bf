"""The conduction electrons of the consistent model: two spin bands, each with its own times τ_±."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import ELEMENTARY_CHARGE, PLANCK, REDUCED_PLANCK
from boltzwall.physics.scattering import BandsAt, PerSpin, Scattering
from boltzwall.typing import AnyShape, Scalar

_BOTTOM = 1e-3  # of k_F±: closer to the bottom of its band and below, a time stays what it is there


class Carriers(eqx.Module):
    """Constants of the conduction electrons (SI). "+" is the minority, "−" the majority.

    Attributes:
        scattering: the law of the momentum relaxation times τ_±(ε).
        channel_density: n_ch, channels per cross-section in 1/m²; only for 1D electrons.
        dimension: 1 (two streams) or 3.
    """

    mass: Scalar
    fermi_energy: Scalar
    exchange_splitting: Scalar
    scattering: Scattering
    spin_flip_time: Scalar
    channel_density: Scalar
    dimension: int = eqx.field(static=True)

    @property
    def precession_rate(self) -> Scalar:
        """J/ħ in 1/s."""
        return self.exchange_splitting / REDUCED_PLANCK

    @property
    def xi(self) -> Scalar:
        """ξ = Jτ_sf/ħ."""
        return self.precession_rate * self.spin_flip_time

    @property
    def fermi_momentum(self) -> Scalar:
        """p_F = √(2mE_F)."""
        return jnp.sqrt(2.0 * self.mass * self.fermi_energy)

    @property
    def fillings(self) -> PerSpin:
        """E_F ∓ J/2 in J, µ above the bottom of each band."""
        half = 0.5 * self.exchange_splitting
        return PerSpin(self.fermi_energy - half, self.fermi_energy + half)

    def times(self, energy: Float[Array, "*batch"]) -> PerSpin:
        """τ_±(ε) in s at ``energy`` from µ in J; scalars where they do not depend on it."""
        kinetic, fillings = [], self.fillings
        for filling in fillings:
            kinetic.append(jnp.maximum(filling + energy, _BOTTOM * jnp.abs(filling)))
        ratio = PerSpin(*(k / filling for k, filling in zip(kinetic, fillings, strict=True)))
        return self.scattering.times(
            BandsAt(energy, ratio, PerSpin(*(self._drude(k) for k in kinetic)))
        )

    def mean_rate(self, energy: Float[Array, "*batch"]) -> AnyShape:
        """a = ½(1/τ_+ + 1/τ_-) in 1/s at ``energy`` from µ in J."""
        times = self.times(energy)
        return 0.5 * (1.0 / times.minority + 1.0 / times.majority)

    def _drude(self, kinetic: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """e² (dn/dε) <v_x²> of one spin at a kinetic energy in J; S/(m s)."""
        p = jnp.sqrt(2.0 * self.mass * kinetic)
        squared_charge = ELEMENTARY_CHARGE**2 / self.dimension
        return squared_charge * self.phase_space(p) * p / self.mass

    def phase_space(self, p: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """dn/dp of one spin, all directions together, 1/(m³ kg m/s).

        3D: 4πp²/(2πħ)³. 1D: 2 n_ch/(2πħ), both signs of p.
        """
        if self.dimension == 1:
            return 2.0 * self.channel_density / PLANCK + jnp.zeros_like(p)
        return 4.0 * jnp.pi * p * p / PLANCK**3
