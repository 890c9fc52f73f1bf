"""The conduction electrons of the consistent model: two spin bands, each with its own time τ_±."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import PLANCK, REDUCED_PLANCK

Scalar = Float[Array, ""]


class Carriers(eqx.Module):
    """Constants of the conduction electrons (SI). "+" is the minority, "−" the majority.

    Attributes:
        time_minority, time_majority: momentum relaxation times τ_+ and τ_-.
        channel_density: n_ch, channels per cross-section in 1/m²; only for 1D electrons.
        dimension: 1 (two streams) or 3.
    """

    mass: Scalar
    fermi_energy: Scalar
    exchange_splitting: Scalar
    time_minority: Scalar
    time_majority: Scalar
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
    def mean_rate(self) -> Scalar:
        """a = ½(1/τ_+ + 1/τ_-) in 1/s."""
        return 0.5 * (1.0 / self.time_minority + 1.0 / self.time_majority)

    def phase_space(self, p: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """dn/dp of one spin, all directions together, 1/(m³ kg m/s).

        3D: 4πp²/(2πħ)³. 1D: 2 n_ch/(2πħ), both signs of p.
        """
        if self.dimension == 1:
            return 2.0 * self.channel_density / PLANCK + jnp.zeros_like(p)
        return 4.0 * jnp.pi * p * p / PLANCK**3
