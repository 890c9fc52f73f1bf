"""The conduction electrons' constants and their local equilibrium <F>, <G>."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import REDUCED_PLANCK
from boltzwall.physics.fermi import equilibrium_pair


class Electrons(eqx.Module):
    """Constants of the conduction electrons (SI)."""

    mass: Float[Array, ""]
    fermi_energy: Float[Array, ""]
    exchange_splitting: Float[Array, ""]
    spinor_velocity: Float[Array, ""]
    momentum_time: Float[Array, ""]
    spin_flip_time: Float[Array, ""]

    @property
    def precession_rate(self) -> Float[Array, ""]:
        """J/ħ in 1/s."""
        return self.exchange_splitting / REDUCED_PLANCK

    @property
    def xi(self) -> Float[Array, ""]:
        """ξ = Jτ_sf/ħ, below (16)."""
        return self.precession_rate * self.spin_flip_time

    @property
    def fermi_momentum(self) -> Float[Array, ""]:
        """p_F = √(2mE_F)."""
        return jnp.sqrt(2.0 * self.mass * self.fermi_energy)

    def velocity(self, p: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """v = p/m, kept away from 0 by 10⁻⁹ of the Fermi velocity, where phases are singular."""
        floor = 1e-9 * self.fermi_momentum / self.mass
        v = p / self.mass
        return jnp.where(jnp.abs(v) < floor, floor, v)

    def energy(self, p: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """p²/2m − µ in J."""
        return p * p / (2.0 * self.mass) - self.fermi_energy


class Cells(eqx.Module):
    """What the local equilibrium depends on, for some cells of the wire."""

    x: Float[Array, " cells"]
    temperature: Float[Array, " cells"]
    frame: Float[Array, "cells 3 3"]


class LocalEquilibrium(eqx.Module):
    """<F> = F0 and <G> in the frame (M, e₁, e₂) of each cell.

    ``kind`` is one of the readings of <G>, [B3] of docs/equations.md: with φ = J(x − x_in)/ħv,
    `unit-phase` cos φ M; `polarised-phase` |g0| cos φ M; `polarised` |g0| M; `rotating`
    |g0| R_M(φ) M_in, the inflow spin turned about M; `z-axis` ∓g0 ẑ, (3).
    ``moment`` says whether G is a moment density (then `z-axis` is −g0 ẑ).
    """

    electrons: Electrons
    length: Float[Array, ""]
    ends: Float[Array, "2 3"]
    kind: str = eqx.field(static=True)
    moment: bool = eqx.field(static=True)

    def at(self, p: Float[Array, " momenta"], cells: Cells) -> tuple[Array, Array, Array, Array]:
        """(<F>, <G>·M, <G>·e₁, <G>·e₂), each of shape (cells, momenta)."""
        scalar, polarisation = equilibrium_pair(
            self.electrons.energy(p), self.electrons.exchange_splitting, cells.temperature[:, None]
        )
        zero = jnp.zeros_like(scalar)
        if self.kind == "polarised":
            return scalar, -polarisation, zero, zero
        if self.kind == "z-axis":
            sign = -1.0 if self.moment else 1.0
            along = sign * polarisation
            axis = cells.frame[:, :, 2:]
            return scalar, along * axis[:, 0], along * axis[:, 1], along * axis[:, 2]
        if self.kind == "rotating":
            return scalar, *self._rotating(p, cells, -polarisation)
        phase = jnp.cos(self._phase(p, cells.x[:, None]))
        if self.kind == "unit-phase":
            return scalar, phase + zero, zero, zero
        return scalar, -polarisation * phase, zero, zero

    def _phase(self, p: Array, distance: Array) -> Array:
        return self.electrons.precession_rate * distance / self.electrons.velocity(p)

    def _rotating(self, p: Array, cells: Cells, size: Array) -> tuple[Array, Array, Array]:
        forward = p > 0.0
        start = jnp.einsum("cab,eb->eca", cells.frame, self.ends)
        m = [jnp.where(forward, start[0, :, k, None], start[1, :, k, None]) for k in range(3)]
        distance = cells.x[:, None] - jnp.where(forward, 0.0, self.length)
        phase = self._phase(p, distance)
        cos, sin = jnp.cos(phase), jnp.sin(phase)
        return size * m[0], size * (cos * m[1] - sin * m[2]), size * (sin * m[1] + cos * m[2])
