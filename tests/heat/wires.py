"""Heated wires by numbers, and one compiled advance for all of them."""

from dataclasses import dataclass, field
from typing import Any

import equinox as eqx
import jax.numpy as jnp

from boltzwall.heat import (
    GivenCurrent,
    HalfSpace,
    Insulated,
    Linear,
    Metal,
    NoSubstrate,
    Storing,
    ThermalWire,
)
from boltzwall.physics.waveforms import AlwaysOn
from boltzwall.substrates import half_space_terms

CELLS = 8
RESISTIVITY, CAPACITY, CONDUCTIVITY = 2.5e-7, 3.7582e6, 46.4
THICKNESS, WIDTH = 20e-9, 200e-9
CURRENT = 1e12


def number(value: float) -> Any:
    """A constant of a model."""
    return jnp.asarray(value, dtype=float)


def law(value: float, slope: float = 0.0) -> Linear:
    """Linear in T about 300 K."""
    return Linear(number(value), number(slope), number(300.0))


def steady(density: float = CURRENT) -> GivenCurrent:
    """A current that is always on."""
    return GivenCurrent(number(density), AlwaysOn())


def half_space(conductivity: float, capacity: float, conductance: float = jnp.inf) -> HalfSpace:
    """A half-space under the wire."""
    terms = half_space_terms()
    return HalfSpace(
        number(conductivity),
        number(capacity),
        number(1.0 / conductance),
        jnp.asarray(terms.rates),
        jnp.asarray(terms.amplitudes),
        number(terms.instant),
    )


@dataclass(frozen=True)
class Asked:
    """What a test asks of a wire; the rest is a permalloy wire on nothing."""

    cells: int = CELLS
    length: float = 1e-6
    capacity: Storing = field(default_factory=lambda: law(CAPACITY))
    conductivity: Any = field(default_factory=lambda: law(CONDUCTIVITY))
    resistivity: Any = field(default_factory=lambda: law(RESISTIVITY))
    seebeck: Any = field(default_factory=lambda: law(0.0))
    substrate: Any = field(default_factory=NoSubstrate)
    ends: Any = field(default_factory=lambda: (Insulated(), Insulated()))
    laser: Any = None
    section: Any = 1.0
    start: Any = 300.0
    tolerance: float = 1e-6
    breaks: tuple[float, ...] = ()

    def wire(self) -> ThermalWire:
        """The wire."""
        section = jnp.broadcast_to(jnp.asarray(self.section, dtype=float), (self.cells,))
        return ThermalWire(
            spacing=number(self.length / self.cells),
            thickness=number(THICKNESS),
            section=section,
            width=WIDTH * section,
            start=jnp.broadcast_to(jnp.asarray(self.start, dtype=float), (self.cells,)),
            metal=Metal(self.conductivity, self.capacity, self.resistivity, self.seebeck),
            ends=self.ends,
            substrate=self.substrate,
            laser=self.laser,
            tolerance=number(self.tolerance),
            breaks=jnp.asarray(self.breaks, dtype=float),
        )


@eqx.filter_jit
def advanced(wire: ThermalWire, state: Any, span: Any, current: Any, power: Any = 0.0) -> Any:
    """The state at the end of the span."""
    return wire.advance(state, span[0], span[1], current, power)


def warmed(wire: ThermalWire, until: float, current: Any = None, power: Any = 0.0) -> Any:
    """The state at a time, from the start."""
    span = (number(0.0), number(until))
    drive = steady() if current is None else current
    return advanced(wire, wire.initial(), span, drive, jnp.asarray(power, dtype=float))


def residual(wire: ThermalWire, state: Any) -> float:
    """What the balance leaves."""
    return abs(float(wire.energies(state)["heat_balance_residual"]))
