"""From a configuration to the models that compute, once per run."""

import math
from itertools import pairwise

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.config.config import Config
from boltzwall.config.files import read_temperature
from boltzwall.config.schema import FileTemperature, UniformTemperature
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import NumericsError
from boltzwall.numerics.momentum import NODES_PER_PANEL, share_panels
from boltzwall.physics.electrons import Electrons
from boltzwall.physics.llg import InitialStateField, Magnet, Zeeman
from boltzwall.physics.temperature import LinearTemperature, TabulatedTemperature, Temperature
from boltzwall.transport.published.march import FieldSchedule
from boltzwall.transport.published.model import PublishedModel, PublishedOptions
from boltzwall.transport.published.outputs import HeatConstants


def build_published(config: Config) -> PublishedModel:
    """The published transport model of a configuration."""
    material, transport = config.material, config.transport
    electrons = Electrons(
        *(
            jnp.asarray(value, dtype=float)
            for value in (
                material.effective_mass,
                material.fermi_energy,
                material.exchange_splitting,
                material.spinor_velocity,
                material.momentum_time,
                material.spin_flip_time,
            )
        )
    )
    density = transport.reference_density
    return PublishedModel(
        electrons=electrons,
        temperature=build_temperature(config),
        length=jnp.asarray(config.wire.length),
        electric_field=jnp.asarray(config.drive.electric_field, dtype=float),
        window=jnp.asarray(transport.momentum_window, dtype=float),
        reference_density=jnp.asarray(fermi_density(config) if density is None else density),
        saturation_magnetisation=jnp.asarray(material.saturation_magnetisation),
        options=published_options(config),
    )


def fermi_density(config: Config) -> float:
    """n_F = k_F³/3π² in 1/m³, the default of n_ref."""
    return (_fermi_momentum(config) / REDUCED_PLANCK) ** 3 / (3.0 * math.pi**2)


def build_heat_constants(config: Config) -> HeatConstants:
    """S and ℒ, nan where the material does not give them."""
    material = config.material
    values = (material.seebeck_coefficient, material.lorenz_number)
    return HeatConstants(*(jnp.asarray(math.nan if v is None else v) for v in values))


def build_temperature(config: Config) -> Temperature:
    """T(x)."""
    section = config.temperature
    if isinstance(section, FileTemperature):
        x, values = read_temperature(section.path, config.wire.length)
        return TabulatedTemperature(jnp.asarray(x), jnp.asarray(values))
    if isinstance(section, UniformTemperature):
        return LinearTemperature(jnp.asarray(section.value), jnp.zeros(()))
    return LinearTemperature(jnp.asarray(section.cold_end), jnp.asarray(section.gradient))


def build_magnet(config: Config, initial: Float[Array, "cells 3"]) -> Magnet:
    """γ0, α and the effective field."""
    material = config.material
    strength = config.field.initial_state_field * material.saturation_magnetisation
    return Magnet(
        gyromagnetic_ratio=jnp.asarray(material.gyromagnetic_ratio),
        damping=jnp.asarray(material.damping),
        terms=(
            Zeeman(jnp.asarray(config.drive.magnetic_field, dtype=float)),
            InitialStateField(jnp.asarray(strength, dtype=float), initial),
        ),
    )


def published_options(config: Config) -> PublishedOptions:
    """The static choices: grid, closure, and how the field term is iterated."""
    transport, unit = config.transport, _fermi_momentum(config)
    low, high = (edge * unit for edge in transport.momentum_window)
    speed = config.material.effective_mass * config.material.spinor_velocity
    breaks = tuple(k for k in (-1.0, 0.0, 1.0) if low < k * speed < high)
    characteristic = transport.inflow == "characteristic"
    nodes = transport.momentum_nodes
    panels: tuple[int, ...]
    if transport.momentum_rule == "uniform":
        order, breaks, panels = 1, (), (nodes,)
        resolved = 4.0 * (high - low) / nodes
    else:
        order = NODES_PER_PANEL if nodes % NODES_PER_PANEL == 0 else NODES_PER_PANEL // 2
        marks = [low, *(k * speed for k in breaks), high]
        lengths = [b - a for a, b in pairwise(marks)]
        panels = share_panels(lengths, nodes // order)
        resolved = min(length / count for length, count in zip(lengths, panels, strict=True))
    speeds = [abs(edge) for edge in (low, high)]
    slowest = (max(speeds) if characteristic else min(speeds)) / config.material.effective_mass
    return PublishedOptions(
        cells=config.wire.cells,
        equilibrium_vector=transport.equilibrium_vector,
        moment_convention=transport.spin_convention == "moment",
        characteristic_inflow=characteristic,
        momentum_rule=transport.momentum_rule,
        panels=panels,
        nodes_per_panel=order,
        breakpoints=breaks,
        schedule=_schedule(config, slowest, resolved),
    )


def _schedule(config: Config, slowest: float, resolved: float) -> FieldSchedule:
    cell = config.wire.length / config.wire.cells
    push = abs(ELEMENTARY_CHARGE * config.drive.electric_field) * cell / slowest
    schedule = FieldSchedule.choose(push, resolved, config.wire.cells)
    if schedule is None and config.transport.inflow == "characteristic":
        return FieldSchedule(1, 1, panelwise=True)
    if schedule is None:
        raise NumericsError(
            f"The field of {config.drive.electric_field:g} V/m pushes electrons through more of "
            "the momentum grid in one cell than the iteration of the field term can follow. Use "
            "more cells (`wire.cells`) or fewer momenta (`transport.momentum_nodes`)."
        )
    return schedule


def _fermi_momentum(config: Config) -> float:
    return math.sqrt(2.0 * config.material.effective_mass * config.material.fermi_energy)
