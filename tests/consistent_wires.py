"""Wires of the consistent model for the tests: one description for the package and the others."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float
from numpy.typing import NDArray

from boltzwall.numerics.frames import local_frames
from boltzwall.numerics.spin_components import from_components, to_components
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.scattering import (
    ConstantScattering,
    PerSpin,
    PowerScattering,
    Scattering,
    TabulatedScattering,
)
from boltzwall.physics.temperature import Temperature
from boltzwall.transport.consistent.cell import CollisionRates
from boltzwall.transport.consistent.many_streams import Answer, CellSource, Guide, ManyStreams
from boltzwall.transport.consistent.model import (
    ConsistentModel,
    ConsistentOptions,
    HeatedWire,
    Response,
    half_range,
)
from boltzwall.transport.consistent.two_stream import (
    Faces,
    Inflow,
    StreamDensities,
    StreamSource,
    TwoStreamCell,
    factor,
)
from tests.reference.consistent_problem import ConsistentProblem
from tests.reference.consistent_wires import of_electrons
from tests.systems.consistent_transport import BOHR_MAGNETON, HBAR, Electrons, Power, Table
from tests.systems.textures import RandomTexture

Values = NDArray[np.float64]
TABLE = Electrons()
UNEQUAL = replace(TABLE, time_minority=0.7e-15, time_majority=2e-15)
FLIPPING = replace(TABLE, spin_flip_time=3e-15)
DIRECTION = (0.3, -0.5, 0.7)
SATURATION = 8e5


class Constants(eqx.Module):
    """Constants of a wire as they enter a compiled function."""

    carriers: Carriers
    temperature: Temperature
    length: Float[Array, ""]
    supply: Float[Array, ""]

    def model(self, options: ConsistentOptions) -> ConsistentModel:
        wire = HeatedWire(self.temperature, self.length)
        saturation = jnp.full(options.cells, SATURATION)
        return ConsistentModel.of(self.carriers, wire, self.supply, saturation, options)


class DrivenTemperature(Temperature):
    """T rises from ``cold_end`` with ``slope``, and the gradient that drives is ``gradient``.

    With a slope of zero the gradient drives an isothermal wire, as in the closed forms.
    """

    cold_end: Float[Array, ""]
    slope: Float[Array, ""]
    gradient: Float[Array, ""]

    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.cold_end + self.slope * x

    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.gradient + jnp.zeros_like(x)

    def flattened(self) -> "DrivenTemperature":
        none = jnp.zeros_like(self.slope)
        return DrivenTemperature(self.cold_end, none, none)


def carriers(electrons: Electrons) -> Carriers:
    """The package's carriers with the constants of ``electrons``."""
    channels = electrons.channel_density
    if channels is None:
        k_square = 2.0 * electrons.mass * electrons.fermi_energy / HBAR**2
        channels = k_square / (6.0 * np.pi)
    return Carriers(
        mass=jnp.asarray(electrons.mass),
        fermi_energy=jnp.asarray(electrons.fermi_energy),
        exchange_splitting=jnp.asarray(electrons.exchange_splitting),
        scattering=scattering(electrons),
        spin_flip_time=jnp.asarray(electrons.spin_flip_time),
        channel_density=jnp.asarray(channels),
        dimension=electrons.dimension,
    )


def scattering(electrons: Electrons) -> Scattering:
    """The package's law of the times of ``electrons``; a table breaks at its points."""
    law, times = electrons.law, (electrons.time_minority, electrons.time_majority)
    plus, minus = (jnp.asarray(time) for time in times)
    if isinstance(law, Power):
        exponents = PerSpin(jnp.asarray(law.minority), jnp.asarray(law.majority))
        return PowerScattering(plus, minus, exponents)
    if isinstance(law, Table):
        energies = jnp.asarray(law.energies)
        values = PerSpin(plus * jnp.asarray(law.minority), minus * jnp.asarray(law.majority))
        return TabulatedScattering(energies, values, energies, of_conductivity=False)
    return ConstantScattering(plus, minus)


@dataclass(frozen=True)
class ConsistentWire:
    """A wire; SI units. `isothermal` keeps T at `temperature` while the gradient drives."""

    texture: Callable[[Values], Values] = field(default_factory=lambda: RandomTexture(3, 20e-9))
    length: float = 20e-9
    electrons: Electrons = TABLE
    temperature: float = 100.0
    gradient: float = 3e9
    isothermal: bool = False
    streams: int = 2
    bulk: bool = True
    force: bool = True
    cells: int = 150
    nodes: int = 32
    panels: int = 60
    supply: float | None = None

    def but(self, **changes: Any) -> "ConsistentWire":
        """The same wire with some things changed."""
        return replace(self, **changes)

    @property
    def x(self) -> Values:
        """Cell centres."""
        return np.asarray((np.arange(self.cells) + 0.5) * (self.length / self.cells), dtype=float)

    @property
    def magnetisation(self) -> Array:
        """M at the cell centres."""
        return jnp.asarray(self.texture(self.x))

    @property
    def ends(self) -> Array:
        """M at both ends of the wire."""
        return jnp.asarray(self.texture(np.array([0.0, self.length])))

    @property
    def dimensional(self) -> Electrons:
        """The electrons, 1D for two streams and 3D for more."""
        return replace(self.electrons, dimension=1 if self.streams == 2 else 3)

    @property
    def options(self) -> ConsistentOptions:
        """What fixes the shape of the computation."""
        return ConsistentOptions(
            self.cells, self.streams, self.bulk, self.force, self.nodes, self.panels,
            self.supply is not None,
        )  # fmt: skip

    @property
    def constants(self) -> "Constants":
        """What does not."""
        slope = 0.0 if self.isothermal else self.gradient
        profile = DrivenTemperature(
            *(jnp.asarray(v, dtype=float) for v in (self.temperature, slope, self.gradient))
        )
        supply = 1.0 if self.supply is None else self.supply
        return Constants(
            carriers(self.dimensional), profile, jnp.asarray(self.length), jnp.asarray(supply)
        )

    def model(self) -> ConsistentModel:
        """The package's model; a `supply` is the given current density, without one E = 1 V/m."""
        return self.constants.model(self.options)

    def problem(self) -> ConsistentProblem:
        """The same wire for the slow solver."""
        electrons = self.electrons
        slope = 0.0 if self.isothermal else self.gradient
        return ConsistentProblem(
            self.texture,
            lambda x: self.temperature + slope * np.asarray(x),
            lambda x: self.gradient + 0.0 * np.asarray(x),
            self.length,
            streams=self.streams,
            boundary="bulk" if self.bulk else "reservoir",
            exchange_force=self.force,
            **of_electrons(electrons),
        )

    def respond(self) -> "Moments":
        """The moments for 1 V/m and for the gradient of the wire, made once per wire."""
        return _respond(self)


@dataclass(frozen=True)
class Moments:
    """Moments with the drive as the first axis, named as in the slow solver."""

    n: Values
    m: Values
    j_e: Values
    j_s: Values
    j_q: Values
    error: float
    iterations: int

    def torque(self, wire: ConsistentWire) -> Values:
        """[C3] in 1/s, (drives, cells, 3)."""
        rate = wire.electrons.exchange_splitting / HBAR * BOHR_MAGNETON / SATURATION
        return np.asarray(rate * np.cross(np.asarray(wire.magnetisation), self.m))


@cache
def _respond(wire: ConsistentWire) -> Moments:
    response = respond(wire.constants, wire.options, wire.magnetisation, wire.ends)
    scale = np.array([1.0, wire.gradient])
    parts = [np.moveaxis(np.asarray(part) * scale, -1, 0) for part in response[:5]]
    return Moments(
        parts[0], parts[1], parts[2], parts[3], parts[4],
        float(response.error), int(response.iterations),
    )  # fmt: skip


@eqx.filter_jit
def respond(
    constants: Constants, options: ConsistentOptions, magnetisation: Array, ends: Array
) -> Response:
    """Moments of both basis solutions, compiled once for each set of options."""
    return constants.model(options).respond(magnetisation, ends)


def rates_of(electrons: Electrons, shift: float = 0.0) -> CollisionRates:
    """CollisionRates of electrons with constant times."""
    return CollisionRates.of(carriers(electrons), jnp.zeros(1), shift)


def two_streams(
    electrons: Electrons,
    speeds: Values,
    magnetisation: Values,
    spacing: float,
    source: StreamSource,
    inflow: Inflow,
) -> tuple[StreamDensities, Faces]:
    """Two streams ±v at given speeds (lanes,); sources (cells, 4, lanes), inflow (4, lanes)."""
    rates, crossing = rates_of(electrons), jnp.asarray(spacing / speeds)
    return _two_streams(rates, crossing, jnp.asarray(magnetisation), source, inflow)


@eqx.filter_jit
def _two_streams(
    rates: CollisionRates,
    crossing: Array,
    magnetisation: Array,
    source: StreamSource,
    inflow: Inflow,
) -> tuple[StreamDensities, Faces]:
    return factor(TwoStreamCell.of(rates, crossing), magnetisation).solve(source, inflow)


def many_streams(
    electrons: Electrons,
    speeds: Values,
    magnetisation: Values,
    spacing: float,
    count: int,
    source: CellSource,
    inflow: Inflow,
) -> tuple[Values, Values, Answer]:
    """N streams at given speeds: <y> (cells, 4, …, lanes), <µy> at the faces, and the answer.

    Sources (cells, 4, N/2 directions, drives, lanes) and inflow (4, N/2, drives, lanes) are
    Cartesian.
    """
    rates, crossing = rates_of(electrons), jnp.asarray(spacing / speeds)
    mean, answer = _many_streams(rates, crossing, jnp.asarray(magnetisation), count, source, inflow)
    return np.asarray(mean), np.asarray(answer.sweep.flux), answer


@eqx.filter_jit
def _many_streams(
    rates: CollisionRates,
    crossing: Array,
    magnetisation: Array,
    count: int,
    source: Any,
    inflow: Any,
) -> tuple[Array, Answer]:
    frames = local_frames(magnetisation)
    cosines, weights = (jnp.asarray(a) for a in half_range(count))
    streams = ManyStreams.of(rates, crossing, frames, (cosines, weights))
    data = CellSource(*(to_components(frames, part) for part in source))
    entering = Inflow(
        to_components(frames[:1], inflow.left[None])[0],
        to_components(frames[-1:], inflow.right[None])[0],
    )
    guide = Guide.of(rates, crossing, magnetisation)
    answer = streams.solve(lambda row: row, data, entering, guide)
    return from_components(frames, answer.sweep.densities.mean), answer
