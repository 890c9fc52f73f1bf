"""The conduction electrons' constants and their local equilibrium <F>, <G>."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import REDUCED_PLANCK
from boltzwall.physics.fermi import equilibrium_pair
from boltzwall.typing import Ends, PerCell, Quad, Scalar


class Electrons(eqx.Module):
    """Constants of the conduction electrons (SI)."""

    mass: Scalar
    fermi_energy: Scalar
    exchange_splitting: Scalar
    spinor_velocity: Scalar
    momentum_time: Scalar
    spin_flip_time: Scalar

    @property
    def precession_rate(self) -> Scalar:
        """J/ħ in 1/s."""
        return self.exchange_splitting / REDUCED_PLANCK

    @property
    def xi(self) -> Scalar:
        """ξ = Jτ_sf/ħ, below (16)."""
        return self.precession_rate * self.spin_flip_time

    @property
    def fermi_momentum(self) -> Scalar:
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


class EquilibriumCells(eqx.Module):
    """What the local equilibrium depends on, for some cells of the wire."""

    x: PerCell
    temperature: PerCell
    frame: Float[Array, "cells 3 3"]


class Occupations(eqx.Module):
    """<F>, the signed size of <G>, and (cos, sin) of the phase by which <G> is turned, if it is."""

    scalar: Float[Array, "cells momenta"]
    vector: Float[Array, "cells momenta"]
    phase: tuple[Float[Array, "cells momenta"], Float[Array, "cells momenta"]] | None = None


class LocalEquilibrium(eqx.Module):
    """<F> = F0 and <G> in the frame (M, e₁, e₂) of each cell.

    ``kind`` is one of the readings of <G>, [B3] of docs/equations.md: with φ = J(x − x_in)/ħv,
    `unit-phase` cos φ M; `polarised-phase` |g0| cos φ M; `polarised` |g0| M; `rotating`
    |g0| R_M(φ) M_in, the inflow spin turned about M; `z-axis` ∓g0 ẑ, (3).
    ``moment`` says whether G is a moment density (then `z-axis` is −g0 ẑ).
    """

    electrons: Electrons
    length: Scalar
    ends: Ends
    kind: str = eqx.field(static=True)
    moment: bool = eqx.field(static=True)

    @property
    def along_m(self) -> bool:
        """Whether <G> is along M in every cell."""
        return self.kind in ("unit-phase", "polarised-phase", "polarised")

    def at(self, p: Float[Array, " momenta"], cells: EquilibriumCells) -> Quad:
        """(<F>, <G>·M, <G>·e₁, <G>·e₂), each of shape (cells, momenta)."""
        return self.directed(self.occupations(p, cells.x, cells.temperature), p, cells.frame)

    def occupations(
        self,
        p: Float[Array, " momenta"],
        x: PerCell,
        temperature: PerCell,
    ) -> Occupations:
        """What does not change when M moves."""
        scalar, polarisation = equilibrium_pair(
            self.electrons.energy(p), self.electrons.exchange_splitting, temperature[:, None]
        )
        if self.kind == "polarised":
            return Occupations(scalar, -polarisation)
        if self.kind == "z-axis":
            return Occupations(scalar, (-1.0 if self.moment else 1.0) * polarisation)
        if self.kind == "rotating":
            distance = x[:, None] - jnp.where(p > 0.0, 0.0, self.length)
            phase = self._phase(p, distance)
            return Occupations(scalar, -polarisation, (jnp.cos(phase), jnp.sin(phase)))
        phase = jnp.cos(self._phase(p, x[:, None]))
        return Occupations(scalar, phase if self.kind == "unit-phase" else -polarisation * phase)

    def directed(
        self,
        occupations: Occupations,
        p: Float[Array, " momenta"],
        frame: Float[Array, "cells 3 3"],
    ) -> Quad:
        """The same with the direction of <G>."""
        scalar, size = occupations.scalar, occupations.vector
        if self.kind == "z-axis":
            return scalar, size * frame[:, 0, 2:], size * frame[:, 1, 2:], size * frame[:, 2, 2:]
        if self.kind == "rotating":
            return scalar, *self._rotated(occupations, p, frame)
        zero = jnp.zeros_like(scalar)
        return scalar, size, zero, zero

    def _phase(self, p: Array, distance: Array) -> Array:
        return self.electrons.precession_rate * distance / self.electrons.velocity(p)

    def _rotated(
        self, occupations: Occupations, p: Array, frame: Array
    ) -> tuple[Array, Array, Array]:
        start = jnp.einsum("cab,eb->eca", frame, self.ends)
        forward = p > 0.0
        m = [jnp.where(forward, start[0, :, k, None], start[1, :, k, None]) for k in range(3)]
        assert occupations.phase is not None
        size, (cos, sin) = occupations.vector, occupations.phase
        return size * m[0], size * (cos * m[1] - sin * m[2]), size * (sin * m[1] + cos * m[2])
