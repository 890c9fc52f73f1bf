"""The momentum times τ_±(ε) of a configuration, [C10], without JAX: for checks and scales."""

import math
from typing import Any

import numpy as np

from boltzwall.config.config import Config
from boltzwall.config.scales.common import channel_density, hottest
from boltzwall.config.scattering import WINDOW, ScatteringTable, Spins, read_scattering
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import InputError


def scattering_table(config: Config) -> ScatteringTable:
    """The table of `material.scattering_file` within the window of the hottest place."""
    metal = config.material
    if metal.scattering_file is None:
        raise InputError('must name a file with `material.scattering` = "table", but is missing.')
    table = read_scattering(metal.scattering_file, metal.scattering_zero)
    return table.within(WINDOW * BOLTZMANN * hottest(config))


def momentum_times(config: Config, energy: Any = 0.0) -> Spins:
    """τ_± in s of the consistent model at ``energy`` in J from µ.

    Raises:
        InputError: the table of the times cannot be used.
    """
    metal, transport = config.material, config.transport
    half = 0.5 * metal.exchange_splitting
    fillings = Spins(metal.fermi_energy + half, metal.fermi_energy - half)
    times = Spins(transport.momentum_time_majority, transport.momentum_time_minority)
    if metal.scattering == "table":
        table = scattering_table(config)
        if not table.of_conductivity:
            return table.at(energy)
        drude = (_drude(config, filling + np.asarray(energy)) for filling in fillings)
        return Spins(*(s / d for s, d in zip(table.at(energy), drude, strict=True)))
    if metal.scattering == "constant":
        return times
    exponents = Spins(metal.scattering_exponent_majority, metal.scattering_exponent_minority)
    parts = zip(times, fillings, exponents, strict=True)
    with np.errstate(over="ignore"):
        return Spins(*(t * (1.0 + np.asarray(energy) / edge) ** power for t, edge, power in parts))


def _drude(config: Config, kinetic: Any) -> Any:
    """e²(dn/dε)<v_x²> in S/(m s) of one spin at a kinetic energy in J."""
    mass = config.material.effective_mass
    wave, speed = np.sqrt(2.0 * mass * kinetic) / REDUCED_PLANCK, np.sqrt(2.0 * kinetic / mass)
    if config.transport.streams == 2:
        return ELEMENTARY_CHARGE**2 * channel_density(config) * speed / (math.pi * REDUCED_PLANCK)
    return ELEMENTARY_CHARGE**2 * wave**2 * speed / (6.0 * math.pi**2 * REDUCED_PLANCK)
