"""What must hold between the keys of a configuration of the consistent model."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from boltzwall.config.config import Config
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE
from boltzwall.errors import InputError

if TYPE_CHECKING:
    from boltzwall.config.scattering import ScatteringTable

_SHORTEST, _LONGEST = 1e-21, 1e-7  # s, of a momentum time


def consistent_problems(config: Config) -> list[str]:
    """Every contradiction between the keys that the consistent model uses."""
    return [
        message
        for group in (_bands, _scattering, _drive, _grid, _output, _pumping)
        for message in group(config)
    ]


def _pumping(config: Config) -> Iterator[str]:
    if config.transport.pumping and config.transport.time_dependent:
        yield (
            "Key `transport.pumping` must be false with `transport.time_dependent`, but true was "
            "given: electrons in time follow the motion of M by themselves. Remove one of them."
        )


def _bands(config: Config) -> Iterator[str]:
    metal, transport = config.material, config.transport
    bottom = -0.5 * metal.exchange_splitting
    if not metal.fermi_energy > bottom:
        yield (
            f"Key `material.fermi_energy` must be greater than {_in_ev(bottom)}, the bottom −J/2 "
            f"of the majority band, but {_in_ev(metal.fermi_energy)} was given: no band holds "
            "electrons. Raise it; it is measured from the middle of the two band bottoms."
        )
    elif transport.streams == 2 and transport.channel_density is None and metal.fermi_energy <= 0.0:
        yield (
            "Key `transport.channel_density` must be given with 2 streams as long as "
            f"`material.fermi_energy` is not positive, but it is {_in_ev(metal.fermi_energy)}: "
            "its default k_F²/6π does not exist then. Give it, or more streams for 3D electrons."
        )
    if transport.streams != 2 and transport.channel_density is not None:
        yield (
            "Key `transport.channel_density` must be given only with 2 streams, but "
            f"`transport.streams` is {transport.streams}: the number of 3D electrons follows from "
            "the bands. Remove it, or set `transport.streams` to 2."
        )


def _scattering(config: Config) -> Iterator[str]:
    metal, transport = config.material, config.transport
    if metal.scattering_file is not None and metal.scattering != "table":
        yield (
            'Key `material.scattering` must be "table" as long as `material.scattering_file` is '
            f'given, but "{metal.scattering}" was given. Remove one of them.'
        )
    if metal.scattering == "table":
        from boltzwall.config.scales.scattering import scattering_table

        try:
            table = scattering_table(config)
        except InputError as error:
            yield f"Key `material.scattering_file` {error}"
        else:
            yield from _table_of_conductivity(config, table)
        for spin in ("majority", "minority"):
            if f"momentum_time_{spin}" in transport.model_fields_set:
                yield (
                    f"Key `transport.momentum_time_{spin}` must not be given with "
                    '`material.scattering` = "table", whose file holds the times. Remove it.'
                )
    if metal.scattering == "power":
        yield from _power(config)


def _table_of_conductivity(config: Config, table: "ScatteringTable") -> Iterator[str]:
    """A conductivity where there is no band would need an endless time."""
    filling = config.material.fermi_energy - 0.5 * config.material.exchange_splitting
    reach = -float(table.energy[0])
    if table.of_conductivity and not filling > reach:
        yield (
            "Key `material.scattering_file` must hold times instead of conductivities where the "
            f"minority band is filled by {_in_ev(filling)} only, less than the {_in_ev(reach)} of "
            "the window of −∂f/∂ε: below the bottom of the band no time gives a conductivity."
        )


def _power(config: Config) -> Iterator[str]:
    metal = config.material
    filling = metal.fermi_energy - 0.5 * metal.exchange_splitting
    if not filling > 0.0:
        yield (
            'Key `material.scattering` must be "constant" or "table" where the minority band is '
            'empty (E_F <= J/2), but it is "power": k/k_F+ has no meaning there.'
        )
        return
    from boltzwall.config.scales.common import hottest
    from boltzwall.config.scales.scattering import momentum_times
    from boltzwall.config.scattering import WINDOW

    try:
        reach = WINDOW * BOLTZMANN * hottest(config)
    except InputError:  # reported with the temperature
        return
    low = max(-reach, -0.999 * filling)
    for spin in ("majority", "minority"):
        times = [getattr(momentum_times(config, energy), spin) for energy in (low, reach)]
        if not all(_SHORTEST <= time <= _LONGEST for time in times):
            power = getattr(metal, f"scattering_exponent_{spin}")
            yield (
                f"Key `material.scattering_exponent_{spin}` must leave the time between "
                f"{_SHORTEST:g} and {_LONGEST:g} s within {WINDOW:g} k_BT of µ, but {power:g} "
                f"gives {times[0]:.3g} s at {_in_ev(low)} and {times[1]:.3g} s at {_in_ev(reach)}."
            )


def _drive(config: Config) -> Iterator[str]:
    drive = config.drive
    field = "electric_field" in drive.model_fields_set
    if drive.circuit == "open":
        if field:
            yield (
                'Key `drive.electric_field` must not be given as long as `drive.circuit` is "open",'
                f" but {drive.electric_field:.6g} V/m was given: the field follows from j = 0. "
                "Remove one of them."
            )
        if drive.current_density:
            yield (
                'Key `drive.current_density` must be 0 as long as `drive.circuit` is "open", but '
                f"{drive.current_density:.6g} A/m^2 was given. Remove one of them."
            )
    elif field and drive.current_density is not None:
        yield (
            "Keys `drive.electric_field` and `drive.current_density` must not both be given, but "
            f"E = {drive.electric_field:.6g} V/m and j = {drive.current_density:.6g} A/m^2 were: "
            "the consistent model finds the field of a current. Remove one."
        )


def _grid(config: Config) -> Iterator[str]:
    nodes = config.transport.momentum_nodes
    if nodes % 2:
        yield (
            "Key `transport.momentum_nodes` must be even with the consistent model, half of them "
            f"for each spin, but {nodes} was given."
        )


def _output(config: Config) -> Iterator[str]:
    if config.output.distributions:
        yield (
            "Key `output.distributions` must be false with the consistent model, but true was "
            "given: F and G of its many directions are not kept. Remove it."
        )


def _in_ev(energy: float) -> str:
    return f"{energy / ELEMENTARY_CHARGE:.6g} eV"
