"""From a configuration to the consistent transport model."""

import math

import equinox as eqx
import numpy as np

from boltzwall.build.published import build_temperature, constant, temperature_at
from boltzwall.config.config import Config
from boltzwall.config.scales.consistent import channel_density
from boltzwall.physics.carriers import Carriers
from boltzwall.transport.consistent.model import ConsistentModel, ConsistentOptions

PANELS = 64  # of the fine grid of momenta, enough up to this ratio of temperatures
RATIO = 2.0


def build_consistent(config: Config, offset: float = 0.0) -> ConsistentModel:
    """The consistent transport model of a configuration; its wire begins at ``offset`` in m."""
    temperature = build_temperature(config, offset)
    return _assemble(
        build_carriers(config),
        (temperature, constant(config.wire.length)),
        constant(_supply(config)),
        constant(config.material.saturation_magnetisation),
        consistent_options(config),
    )


_assemble = eqx.filter_jit(ConsistentModel.of)


def build_carriers(config: Config) -> Carriers:
    """The electrons' constants; two streams are electrons in one dimension."""
    material, transport = config.material, config.transport
    one = transport.streams == 2

    return Carriers(
        mass=constant(material.effective_mass),
        fermi_energy=constant(material.fermi_energy),
        exchange_splitting=constant(material.exchange_splitting),
        time_minority=constant(transport.momentum_time_minority),
        time_majority=constant(transport.momentum_time_majority),
        spin_flip_time=constant(material.spin_flip_time),
        channel_density=constant(channel_density(config) if one else 0.0),
        dimension=1 if one else 3,
    )


def consistent_options(config: Config) -> ConsistentOptions:
    """The static choices."""
    transport = config.transport
    return ConsistentOptions(
        cells=config.wire.cells,
        streams=transport.streams,
        bulk=transport.boundary == "bulk",
        exchange_force=transport.exchange_force,
        momentum_nodes=transport.momentum_nodes,
        panels=PANELS * math.ceil(_temperature_ratio(config) / RATIO),
        current_given=current_given(config),
    )


def current_given(config: Config) -> bool:
    """Whether the current is given (0 in an open circuit), and the field follows."""
    return config.drive.circuit == "open" or config.drive.current_density is not None


def _supply(config: Config) -> float:
    drive = config.drive
    if drive.circuit == "open":
        return 0.0
    return drive.electric_field if drive.current_density is None else drive.current_density


def _temperature_ratio(config: Config) -> float:
    kelvin = temperature_at(config, np.linspace(0.0, config.wire.length, 257))
    return float(kelvin.max() / kelvin.min())
