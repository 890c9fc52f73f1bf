"""What must hold between the keys of a configuration of the consistent model."""

from collections.abc import Iterator

from boltzwall.config.config import Config
from boltzwall.constants import ELEMENTARY_CHARGE


def consistent_problems(config: Config) -> list[str]:
    """Every contradiction between the keys that the consistent model uses."""
    return [message for group in (_bands, _drive, _grid, _output) for message in group(config)]


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
