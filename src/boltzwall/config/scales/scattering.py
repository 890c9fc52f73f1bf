"""The momentum times τ_±(ε) of a configuration, [C10], without JAX: for checks and scales."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from boltzwall.config.config import Config
from boltzwall.config.scales.common import channel_density, hottest
from boltzwall.config.scattering import WINDOW, ScatteringTable, Spins, read_scattering
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import InputError

_EXPONENTS = ("scattering_exponent_majority", "scattering_exponent_minority")
_BANDS = ("fermi_energy", "effective_mass", "exchange_splitting")


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


def scattering_warnings(config: Config) -> Iterator[str]:
    """What about the law of the times deserves a second look."""
    if config.material.scattering == "power":
        yield from _near_the_bottom(config)
        yield from _not_of_the_fit(config)


def _near_the_bottom(config: Config) -> Iterator[str]:
    metal, reach = config.material, WINDOW * BOLTZMANN * hottest(config)
    half = 0.5 * metal.exchange_splitting
    exponents = (metal.scattering_exponent_majority, metal.scattering_exponent_minority)
    fillings = (metal.fermi_energy + half, metal.fermi_energy - half)
    for spin, power, filling in zip(Spins._fields, exponents, fillings, strict=True):
        if power and filling < reach:
            thermal = filling / (reach / WINDOW)
            yield (
                f"The bottom of the {spin} band is {thermal:.3g} k_B T below µ at the hottest "
                f"place: so far down the power law of its time, (k/k_F)^{power:.3g}, is a guess, "
                "and below 0.001 k_F the time is held. Bring τ_±(ε) as a table, "
                '`material.scattering_file`, or set `material.scattering` to "constant".'
            )


def _not_of_the_fit(config: Config) -> Iterator[str]:
    metal = config.material
    preset = metal.known()
    if preset.scattering != "power" or any(
        getattr(metal, key) != preset.values()[key] for key in _EXPONENTS
    ):
        return
    own = [key for key in _BANDS if getattr(metal, key) != preset.values()[key]]
    if own:
        names = ", ".join(f"`material.{key}`" for key in own)
        yield (
            f'The times and exponents of "{metal.preset}" were fitted together with its bands, but '
            f"{names} {'is' if len(own) == 1 else 'are'} another: σ, P and S are no longer the "
            f"measured ones. `boltzwall materials {metal.preset} --fit` fits them anew."
        )


def _drude(config: Config, kinetic: Any) -> Any:
    """e²(dn/dε)<v_x²> in S/(m s) of one spin at a kinetic energy in J."""
    mass = config.material.effective_mass
    wave, speed = np.sqrt(2.0 * mass * kinetic) / REDUCED_PLANCK, np.sqrt(2.0 * kinetic / mass)
    if config.transport.streams == 2:
        return ELEMENTARY_CHARGE**2 * channel_density(config) * speed / (math.pi * REDUCED_PLANCK)
    return ELEMENTARY_CHARGE**2 * wave**2 * speed / (6.0 * math.pi**2 * REDUCED_PLANCK)
