"""From a configuration to the consistent transport model, and what a Dataset says about it."""

import math
from typing import Any

import equinox as eqx

from boltzwall.build.place import Place, constant
from boltzwall.config import Config, sections
from boltzwall.config.scales.common import channel_density, hottest
from boltzwall.config.scales.scattering import scattering_table
from boltzwall.config.scattering import ScatteringTable
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
from boltzwall.transport.consistent.pumping import Pump
from boltzwall.transport.consistent.transport import ConsistentTransport

PANELS = 64  # of the fine grid of momenta, enough up to this ratio of temperatures
RATIO = 2.0


def build_consistent(config: Config, place: Place) -> ConsistentTransport:
    """The consistent transport model of a configuration."""
    model = _assemble(
        build_carriers(config),
        _wire(place),
        constant(_supply(config.drive)),
        place.magnet_cells.magnetisation,
        _options(config.transport, config.drive, place),
        constant(config.material.anisotropic_magnetoresistance or 0.0),
    )
    return ConsistentTransport(model, _pump(model) if config.transport.pumping else None)


def _wire(place: Place) -> HeatedWire:
    """Where T changes, the gradient's amplitude stays, and its profile follows T."""
    amplitude = constant(1.0) if place.changes else None
    return HeatedWire(place.temperature, constant(place.length), amplitude)


def build_carriers(config: Config) -> Carriers:
    """The electrons' constants; two streams are electrons in one dimension."""
    material, transport = config.material, config.transport
    one = transport.streams == 2
    table, thermal = None, 0.0
    if material.scattering == "table":
        table, thermal = scattering_table(config), BOLTZMANN * hottest(config)
    return Carriers(
        mass=constant(material.effective_mass),
        fermi_energy=constant(material.fermi_energy),
        exchange_splitting=constant(material.exchange_splitting),
        scattering=build_scattering(material, transport, table, thermal),
        spin_flip_time=constant(material.spin_flip_time),
        channel_density=constant(channel_density(config) if one else 0.0),
        dimension=1 if one else 3,
    )


def build_scattering(
    metal: sections.Material,
    transport: sections.Transport,
    table: ScatteringTable | None,
    thermal: float,
) -> Scattering:
    """The law of the momentum times; ``thermal``: k_BT in J at the hottest place of the wire."""
    if table is not None:
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
        "circuit": _circuit(config.drive),
        "torque_sign": "torques are contributions to dM/dt",
        **conduction_attributes(build_carriers(config), place.mean_temperature),
    }


def conduction_attributes(carriers: Carriers, temperature: float) -> dict[str, float]:
    """Transport coefficients of a uniform wire of this metal at a temperature in K."""
    found = _conduction(carriers, constant(temperature))
    return {
        "conduction_temperature": temperature,
        "conductivity": float(found.conductivity),
        "seebeck_coefficient": float(found.seebeck),
        "electronic_thermal_conductivity": float(found.thermal_conductivity),
        "polarisation": float(found.polarisation),
        "spin_conversion": float(found.spin_conversion),
    }


_assemble = eqx.filter_jit(ConsistentModel.of)
_pump = eqx.filter_jit(Pump.of)
_conduction = eqx.filter_jit(conduction)


def _options(
    transport: sections.Transport, drive: sections.Drive, place: Place
) -> ConsistentOptions:
    """The static choices."""
    return ConsistentOptions(
        cells=place.cells,
        streams=transport.streams,
        bulk=transport.boundary == "bulk",
        exchange_force=transport.exchange_force,
        momentum_nodes=transport.momentum_nodes,
        panels=PANELS * math.ceil(place.temperature_ratio / RATIO),
        current_given=drive.circuit == "open" or drive.current_density is not None,
    )


def _supply(drive: sections.Drive) -> float:
    """The field, or the current where that is given: 0 in an open circuit."""
    if drive.circuit == "open":
        return 0.0
    return drive.electric_field if drive.current_density is None else drive.current_density


def _circuit(drive: sections.Drive) -> str:
    if drive.circuit == "open":
        return "open"
    given = drive.current_density is not None
    return "closed, current given" if given else "closed, field given"
