"""From a configuration to the consistent transport model, and what a Dataset says about it."""

import math
from typing import Any

import equinox as eqx

from boltzwall.build.place import Place, constant
from boltzwall.config import Config
from boltzwall.config.scales.common import channel_density, hottest
from boltzwall.config.scales.scattering import scattering_table
from boltzwall.constants import BOLTZMANN
from boltzwall.numerics.pieces import breaks_of
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import conduction
from boltzwall.physics.scattering import (
    ConstantScattering,
    PerSpin,
    PowerScattering,
    Scattering,
    TabulatedScattering,
)
from boltzwall.relations import wide_wall_beta, xi_of
from boltzwall.transport.consistent.model import ConsistentModel, ConsistentOptions, HeatedWire
from boltzwall.transport.consistent.transport import ConsistentTransport

PANELS = 64  # of the fine grid of momenta, enough up to this ratio of temperatures
RATIO = 2.0


def build_consistent(config: Config, place: Place) -> ConsistentTransport:
    """The consistent transport model of a configuration."""
    model = _assemble(
        build_carriers(config),
        HeatedWire(place.temperature, constant(place.length)),
        constant(_supply(config)),
        place.magnet_cells.magnetisation,
        _options(config, place),
        constant(config.material.anisotropic_magnetoresistance or 0.0),
    )
    return ConsistentTransport(model)


def build_carriers(config: Config) -> Carriers:
    """The electrons' constants; two streams are electrons in one dimension."""
    material, transport = config.material, config.transport
    one = transport.streams == 2

    return Carriers(
        mass=constant(material.effective_mass),
        fermi_energy=constant(material.fermi_energy),
        exchange_splitting=constant(material.exchange_splitting),
        scattering=build_scattering(config),
        spin_flip_time=constant(material.spin_flip_time),
        channel_density=constant(channel_density(config) if one else 0.0),
        dimension=1 if one else 3,
    )


def build_scattering(config: Config) -> Scattering:
    """The law of the momentum times."""
    metal, transport = config.material, config.transport
    if metal.scattering == "table":
        table = scattering_table(config)
        thermal = BOLTZMANN * hottest(config)
        return TabulatedScattering(
            constant(table.energy),
            PerSpin(constant(table.values.minority), constant(table.values.majority)),
            constant(breaks_of(table.energy, table.values, thermal)),
            of_conductivity=table.of_conductivity,
        )
    times = PerSpin(
        constant(transport.momentum_time_minority), constant(transport.momentum_time_majority)
    )
    if metal.scattering == "power":
        exponents = (metal.scattering_exponent_minority, metal.scattering_exponent_majority)
        return PowerScattering(*times, PerSpin(*(constant(power) for power in exponents)))
    return ConstantScattering(*times)


def describe_consistent(config: Config, place: Place) -> dict[str, Any]:
    """Attributes of a Dataset of this model."""
    material = config.material
    xi = xi_of(material.exchange_splitting, material.spin_flip_time)
    return {
        "spin_accumulation_is": "spin density",
        "xi": xi,
        "beta_wide_wall": wide_wall_beta(xi),
        "circuit": _circuit(config),
        "torque_sign": "torques are contributions to dM/dt",
        **conduction_attributes(config, place.mean_temperature),
    }


def conduction_attributes(config: Config, temperature: float) -> dict[str, float]:
    """Transport coefficients of a uniform wire of this metal at a temperature in K."""
    found = _conduction(build_carriers(config), constant(temperature))
    return {
        "conduction_temperature": temperature,
        "conductivity": float(found.conductivity),
        "seebeck_coefficient": float(found.seebeck),
        "electronic_thermal_conductivity": float(found.thermal_conductivity),
        "polarisation": float(found.polarisation),
        "spin_conversion": float(found.spin_conversion),
    }


_assemble = eqx.filter_jit(ConsistentModel.of)
_conduction = eqx.filter_jit(conduction)


def _options(config: Config, place: Place) -> ConsistentOptions:
    """The static choices."""
    transport, drive = config.transport, config.drive
    return ConsistentOptions(
        cells=place.cells,
        streams=transport.streams,
        bulk=transport.boundary == "bulk",
        exchange_force=transport.exchange_force,
        momentum_nodes=transport.momentum_nodes,
        panels=PANELS * math.ceil(place.temperature_ratio / RATIO),
        current_given=drive.circuit == "open" or drive.current_density is not None,
    )


def _supply(config: Config) -> float:
    """The field, or the current where that is given: 0 in an open circuit."""
    drive = config.drive
    if drive.circuit == "open":
        return 0.0
    return drive.electric_field if drive.current_density is None else drive.current_density


def _circuit(config: Config) -> str:
    if config.drive.circuit == "open":
        return "open"
    given = config.drive.current_density is not None
    return "closed, current given" if given else "closed, field given"
