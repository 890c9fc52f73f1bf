"""The consistent model: [C1],[C2] at given M(x) and T(x), by linear response to E and ∇T."""

from dataclasses import dataclass
from typing import NamedTuple

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.numerics.frames import centred, derivative_along, extrapolate_ends, local_frames
from boltzwall.numerics.spin_components import from_components, to_components
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.temperature import Temperature
from boltzwall.physics.torque import exchange_torque
from boltzwall.transport.consistent.cell import CollisionRates
from boltzwall.transport.consistent.circuit import ChargeWeights, Even
from boltzwall.transport.consistent.drive import DriveSources, GridCounts
from boltzwall.transport.consistent.many_streams import CellSource, Effort, Guide, ManyStreams
from boltzwall.transport.consistent.two_stream import (
    Inflow,
    StreamSource,
    TwoStreamCell,
    factor,
)
from boltzwall.typing import Ends, PerCell, Vectors


@dataclass(frozen=True)
class ConsistentOptions:
    """Choices that fix the shape of the computation.

    Attributes:
        streams: 2 (1D electrons) or an even number of Gauss–Legendre directions (3D).
        bulk: whether the wire goes on unchanged beyond its ends; else nothing flows in.
        panels: of the fine grid of p on which the sources are integrated.
        current_given: whether the current is given (0 for an open circuit), or else the field.
    """

    cells: int
    streams: int
    bulk: bool
    exchange_force: bool
    momentum_nodes: int
    panels: int
    current_given: bool


class HeatedWire(NamedTuple):
    """T(x), the length in m, and the amplitude in K/m of the gradient; None: the largest."""

    temperature: Temperature
    length: Float[Array, ""]
    amplitude: Float[Array, ""] | None = None


class Response(NamedTuple):
    """Moments for the two drives, (…, 2): E = 1 V/m, and the profile of ∇T with 1 K/m.

    Attributes:
        density: 2∫δF in 1/m³ and ``spin``, 2∫δG, in the cells.
        charge_current: −2e∫v_x δF in A/m² at the cells+1 faces, ``spin_current`` 2∫v_x δG.
        heat_current: ∫v_x Σ_±(ε_± − µ)δf_± in W/m² in the cells.
        added_current: W of [C11] in A/m² in the cells, what the texture adds to the current.
        error: what the iteration leaves, relative; 0 where none is needed. ``iterations`` it took.
    """

    density: Float[Array, "cells 2"]
    spin: Float[Array, "cells 3 2"]
    charge_current: Float[Array, "faces 2"]
    spin_current: Float[Array, "faces 3 2"]
    heat_current: Float[Array, "cells 2"]
    added_current: Float[Array, "cells 2"]
    error: Float[Array, ""]
    iterations: Array

    def driven(self, amplitudes: Float[Array, " drives"]) -> "Response":
        """The moments at these amplitudes; the last axis is gone."""
        density, spin, charge, flow, heat, added = (part @ amplitudes for part in self[:6])
        return Response(density, spin, charge, flow, heat, added, self.error, self.iterations)


class ConsistentModel(eqx.Module):
    """Linear transport for any magnetisation on one wire.

    Attributes:
        drive: the sources at x = 0, the cell centres, and x = L.
        gradient: amplitude of the temperature gradient in K/m.
        supply: E in V/m, or with ``options.current_given`` the current density in A/m².
        saturation_magnetisation: Ms in A/m of each cell.
        anisotropic_magnetoresistance: (ρ∥ − ρ⊥)/ρ, which [C1],[C2] do not hold.
    """

    carriers: Carriers
    temperature: Temperature
    length: Float[Array, ""]
    drive: DriveSources
    gradient: Float[Array, ""]
    supply: Float[Array, ""]
    saturation_magnetisation: PerCell
    anisotropic_magnetoresistance: Float[Array, ""]
    options: ConsistentOptions = eqx.field(static=True)

    @classmethod
    def of(
        cls,
        carriers: Carriers,
        wire: HeatedWire,
        supply: Float[Array, ""],
        saturation_magnetisation: PerCell,
        options: ConsistentOptions,
        anisotropic_magnetoresistance: Float[Array, ""] | float = 0.0,
    ) -> "ConsistentModel":
        """Gather the sources."""
        temperature, length, given = wire
        centres = length / options.cells * (jnp.arange(options.cells) + 0.5)
        places = jnp.concatenate([jnp.zeros(1), centres, jnp.reshape(length, (1,))])
        slope = temperature.gradient_at(places)
        amplitude, profile = gradient_profile(slope) if given is None else (given, slope / given)
        counts = GridCounts(options.momentum_nodes, options.panels)
        drive = DriveSources.of(carriers, temperature.at(places), profile, counts)
        return cls(
            carriers, temperature, length, drive, amplitude, supply, saturation_magnetisation,
            jnp.asarray(anisotropic_magnetoresistance, dtype=float), options,
        )  # fmt: skip

    @property
    def spacing(self) -> Float[Array, ""]:
        """Length of a cell in m."""
        return self.length / self.options.cells

    @property
    def centres(self) -> Float[Array, " cells"]:
        """Cell centres in m."""
        return self.spacing * (jnp.arange(self.options.cells) + 0.5)

    @property
    def velocities(self) -> Float[Array, " nodes"]:
        """v of the momentum nodes in m/s."""
        return self.drive.momenta / self.carriers.mass

    @property
    def rates(self) -> CollisionRates:
        """Collision rates at the momentum nodes."""
        return CollisionRates.of(self.carriers, self.drive.energy)

    def respond(self, magnetisation: Vectors, ends: Ends | None = None) -> Response:
        """The moments of both basis solutions.

        Arguments:
            magnetisation: unit vectors at the cell centres.
            ends: unit vectors at both ends of the wire; extrapolated if not given.
        """
        ends = extrapolate_ends(magnetisation) if ends is None else ends
        if self.options.streams == 2:
            return self._two_streams(magnetisation, ends)
        return self._many_streams(magnetisation, ends)

    def amplitudes(self, response: Response) -> Float[Array, " 2"]:
        """(E in V/m, gradient in K/m): for a given current, E follows from the response, [C7]."""
        return self.amplitudes_of(jnp.mean(response.charge_current, axis=0))

    def amplitudes_of(self, current: Float[Array, " 2"]) -> Float[Array, " 2"]:
        """The same from the mean charge current densities of both drives."""
        if not self.options.current_given:
            return jnp.stack([self.supply, self.gradient])
        field = (self.supply - self.gradient * current[1]) / current[0]
        return jnp.stack([field, self.gradient])

    def bulk_current(self) -> Float[Array, "cells drives"]:
        """What each drive carries in a uniform wire of the local temperature, in A/m²: σ, −σSg."""
        carried = -ELEMENTARY_CHARGE * self._bulk_times * self.velocities**2
        dimension = self.carriers.dimension
        return jnp.einsum("cdk,k->cd", self.drive.strength[1:-1], carried / dimension)

    @property
    def _bulk_times(self) -> Float[Array, " nodes"]:
        """τ_s of the band that is driven at each node, in s."""
        times = self.carriers.times(self.drive.energy)
        return jnp.where(self.drive.spin > 0.0, times.minority, times.majority)

    def _weights(self) -> ChargeWeights:
        force = self.options.exchange_force
        return ChargeWeights.of(self.carriers, self.drive.momenta, self.drive.energy, force=force)

    def spin(self, magnetisation: Vectors) -> Vectors:
        """The spin density m_n in 1/m³ under the drive of the wire."""
        response = self.respond(magnetisation)
        return response.spin @ self.amplitudes(response)

    def torque(self, magnetisation: Vectors, spin: Vectors) -> Vectors:
        """T_sd = (J/ħ)(µ_B/Ms) M×m_n in 1/s, the contribution to dM/dt, [C3]."""
        rate = self.carriers.precession_rate * BOHR_MAGNETON / self.saturation_magnetisation
        return exchange_torque(magnetisation, spin, rate)

    def _two_streams(self, m: Vectors, ends: Ends) -> Response:
        pull = self.pull(m)
        source = pull.source(None)
        cell = TwoStreamCell.of(self.rates, self.spacing / self.velocities)
        left, right = self.inflow(ends)
        densities, faces = factor(cell, m).solve(source, Inflow(left, -right))
        flux = 0.5 * (faces.forward - faces.backward)
        even = Even(densities.mean, densities.mean)
        return self.moments(m, even, flux, Effort.none())

    def _many_streams(self, m: Vectors, ends: Ends) -> Response:
        frames = local_frames(m)
        cosines, weights = (jnp.asarray(a) for a in half_range(self.options.streams))
        rates, crossing = self.rates, self.spacing / self.velocities
        streams = ManyStreams.of(rates, crossing, frames, (cosines, weights))
        mu = cosines[:, None, None]
        pull = Pull(*(to_components(frames, part) for part in self.pull(m)))

        def expand(row: Pull) -> CellSource:
            return CellSource(*Pull(*(part[:, None] for part in row)).source(mu))

        left, right = self.inflow(ends)
        inflow = Inflow(
            mu * to_components(frames[:1], left[None])[0][:, None],
            -mu * to_components(frames[-1:], right[None])[0][:, None],
        )
        answer = streams.solve(expand, pull, inflow, Guide.of(rates, crossing, m))
        # Where nobody asks for W, the compiler leaves this sweep out.
        both = streams.stream_means(expand, pull, inflow, answer.sweep.densities)
        second = jnp.einsum("s,casdk->cadk", weights * cosines**2, both[0] + both[1])
        means = answer.sweep.densities.mean, second
        even = Even(*(from_components(frames, part) for part in means))
        return self.moments(m, even, answer.sweep.flux, answer.effort)

    def pull(self, m: Vectors) -> "Pull":
        """The sources in the cells, (cells, 4, drives, nodes)."""
        drive = self.drive
        strength = self.velocities * drive.strength[1:-1]
        slope = 0.5 * self.spacing * derivative_along(strength, self.spacing)
        none = jnp.zeros_like(strength)
        if self.options.exchange_force:
            turn = 0.5 * self.carriers.exchange_splitting * derivative_along(m, self.spacing)
            along, across = (
                jnp.stack([none, *(turn[:, k, None, None] * part[1:-1] for k in range(3))], axis=1)
                for part in (drive.along, drive.across)
            )
        else:
            along = across = jnp.stack([none] * 4, axis=1)
        odd, slope = (_on_band(m, drive.spin, part) for part in (strength, slope))
        return Pull(odd, slope, along, across)

    def inflow(self, ends: Ends) -> tuple[Array, Array]:
        """τ_s S_s/µ at both ends, (4, drives, nodes) each; 0 for reservoirs."""
        drive = self.drive
        reach = self.velocities * self._bulk_times if self.options.bulk else 0.0
        strength = drive.strength[np.array([0, -1])] * reach
        both = _on_band(ends, drive.spin, strength)
        return both[0], both[1]

    def moments(self, m: Vectors, even: Even, flux: Array, effort: Effort) -> Response:
        """Sum over the momentum nodes; ``flux``: <µ y> at the faces, (faces, 4, drives, nodes)."""
        carriers, v, mean = self.carriers, self.velocities, even.mean
        energy = self.drive.momenta**2 / (2.0 * carriers.mass) - carriers.fermi_energy
        middle = centred(flux)
        along = jnp.einsum("ck,ckdn->cdn", m, middle[:, 1:])
        heat = 2.0 * middle[:, 0] @ (v * energy) + carriers.exchange_splitting * (along @ v)
        return Response(
            density=2.0 * jnp.sum(mean[:, 0], axis=-1),
            spin=2.0 * jnp.sum(mean[:, 1:], axis=-1),
            charge_current=-2.0 * ELEMENTARY_CHARGE * (flux[:, 0] @ v),
            spin_current=2.0 * (flux[:, 1:] @ v),
            heat_current=heat,
            added_current=self._weights().added(derivative_along(m, self.spacing), even),
            error=effort.error,
            iterations=effort.iterations,
        )


class Pull(NamedTuple):
    """Sources in the cells, (cells, 4, drives, nodes).

    A stream with the cosine µ has µ(odd + slope ζ) + (1 − 3µ²) across − µ² along, in 1D ±(odd +
    slope ζ) − along.
    """

    odd: Array
    slope: Array
    along: Array
    across: Array

    def source(self, cosine: Array | None) -> StreamSource:
        """Of the streams ±µ; None: of the two streams in one dimension."""
        odd, slope, even = self.odd, self.slope, -self.along
        if cosine is not None:
            odd, slope = cosine * odd, cosine * slope
            even = (1.0 - 3.0 * cosine**2) * self.across - cosine**2 * self.along
        return StreamSource(even + odd, slope, even - odd, -slope)


def half_range(streams: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss–Legendre cosines in (0, 1) and their weights, which add up to ½."""
    nodes, weights = np.polynomial.legendre.leggauss(streams // 2)
    return 0.5 * (nodes + 1.0), 0.25 * weights


def gradient_profile(slope: Float[Array, " places"]) -> tuple[Array, Array]:
    """(amplitude, profile) with ∇T = amplitude × profile; without a gradient, a uniform profile."""
    largest = slope[jnp.argmax(jnp.abs(slope))]
    none = largest == 0.0
    return largest, jnp.where(none, 1.0, slope / jnp.where(none, 1.0, largest))


def _on_band(m: Vectors, spin: Array, strength: Array) -> Array:
    """δf_s = strength as (F, G): ½ and ±½M, (places, 4, drives, nodes)."""
    half = 0.5 * strength
    vector = [m[:, k, None, None] * spin * half for k in range(3)]
    return jnp.stack([half, *vector], axis=1)
