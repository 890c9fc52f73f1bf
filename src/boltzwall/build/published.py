"""From a configuration to the models that compute, once per run."""

import math
from itertools import pairwise
from typing import Any

import jax
import numpy as np
from jaxtyping import Array
from numpy.typing import NDArray

from boltzwall.config.config import Config
from boltzwall.config.files import read_temperature
from boltzwall.config.sections import FileTemperature, UniformTemperature
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import NumericsError
from boltzwall.numerics.momentum import NODES_PER_PANEL, share_panels
from boltzwall.physics.electrons import Electrons
from boltzwall.physics.temperature import (
    LinearTemperature,
    ShiftedTemperature,
    TabulatedTemperature,
    Temperature,
)
from boltzwall.transport.published.field import FieldSchedule
from boltzwall.transport.published.model import PublishedModel, PublishedOptions
from boltzwall.transport.published.outputs import HeatConstants


def constant(value: Any) -> Array:
    """Numbers for a model, by way of NumPy: JAX would compile a program for each conversion."""
    return jax.device_put(np.asarray(value, dtype=np.float64))


def build_published(config: Config, offset: float = 0.0) -> PublishedModel:
    """The published transport model of a configuration; its wire begins at ``offset`` in m."""
    material, transport = config.material, config.transport
    electrons = Electrons(
        *(
            constant(value)
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
        temperature=build_temperature(config, offset),
        length=constant(config.wire.length),
        electric_field=constant(config.drive.electric_field),
        window=constant(transport.momentum_window),
        reference_density=constant(fermi_density(config) if density is None else density),
        saturation_magnetisation=constant(material.saturation_magnetisation),
        options=published_options(config),
    )


def fermi_density(config: Config) -> float:
    """n_F = k_F³/3π² in 1/m³, the default of n_ref."""
    return (_fermi_momentum(config) / REDUCED_PLANCK) ** 3 / (3.0 * math.pi**2)


def build_heat_constants(config: Config) -> HeatConstants:
    """S and ℒ, nan where the material does not give them."""
    material = config.material
    values = (material.seebeck_coefficient, material.lorenz_number)
    return HeatConstants(*(constant(math.nan if v is None else v) for v in values))


def build_temperature(config: Config, offset: float = 0.0) -> Temperature:
    """T(x) of a wire that begins at ``offset`` in m, x counted from there."""
    if config.dynamics.moving_window:
        return ShiftedTemperature(_temperature(config), constant(offset))
    return _temperature(config)


def temperature_at(
    config: Config, x: NDArray[np.float64], offset: float = 0.0
) -> NDArray[np.float64]:
    """T in K at ``x`` in m, counted from where the wire begins."""
    profile = build_temperature(config, offset)
    base, shift = profile, 0.0
    if isinstance(profile, ShiftedTemperature):
        base, shift = profile.base, offset
    if isinstance(base, LinearTemperature):  # as it does itself, with nothing to compile
        return float(base.cold_end) + float(base.gradient) * (x + shift)
    return np.asarray(profile.at(constant(x)))


def _temperature(config: Config) -> Temperature:
    section = config.temperature
    if isinstance(section, FileTemperature):
        x, values = read_temperature(section.path, config.wire.length)
        return TabulatedTemperature(constant(x), constant(values))
    if isinstance(section, UniformTemperature):
        return LinearTemperature(constant(section.value), constant(0.0))
    return LinearTemperature(constant(section.cold_end), constant(section.gradient))


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
        return FieldSchedule(1, panelwise=True)
    if schedule is None:
        raise NumericsError(
            f"The field of {config.drive.electric_field:g} V/m pushes electrons through more of "
            "the momentum grid in one cell than the iteration of the field term can follow. Use "
            "more cells (`wire.cells`) or fewer momenta (`transport.momentum_nodes`)."
        )
    return schedule


def _fermi_momentum(config: Config) -> float:
    return math.sqrt(2.0 * config.material.effective_mass * config.material.fermi_energy)
