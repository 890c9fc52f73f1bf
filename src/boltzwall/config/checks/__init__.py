"""What must hold between the keys of a configuration.

Each raises an InputError with the cure; nothing is filled in here, and nothing is computed from it.
"""

import math
from collections.abc import Callable, Iterator, Sequence

from boltzwall.config import files, sections
from boltzwall.config.checks.consistent import consistent_problems
from boltzwall.config.checks.heat import heat_problems
from boltzwall.config.checks.micromagnetic import (
    micromagnetic_problems,
    phenomenological_problems,
)
from boltzwall.config.checks.voltage import voltage_problems
from boltzwall.config.completion import same_field
from boltzwall.config.config import Config
from boltzwall.config.sections.transport import models_of
from boltzwall.errors import InputError

_MOST_SAVES = 1_000_000
_SAME = 1e-9


def problems(config: Config) -> list[str]:
    """Every contradiction between keys, as whole sentences; an empty list if there is none."""
    groups = [
        _temperature,
        _texture,
        _foreign_keys,
        _dynamics,
        voltage_problems,
        micromagnetic_problems,
        heat_problems,
    ]
    if config.transport.model == "consistent":
        return [*_of(groups, config), *consistent_problems(config)]
    if config.transport.model in ("zhang-li", "bauer"):
        return _of([*groups, phenomenological_problems], config)
    return _of([*groups, _fermi_energy, _drive, _window, _nodes], config)


def _of(groups: Sequence[Callable[[Config], Iterator[str]]], config: Config) -> list[str]:
    return [message for group in groups for message in group(config)]


def _temperature(config: Config) -> Iterator[str]:
    profile, length = config.temperature, config.wire.length
    if isinstance(profile, sections.LinearTemperature):
        end = profile.cold_end + profile.gradient * length
        if not 0.0 < end < math.inf:
            yield (
                "Key `temperature.gradient` must keep the temperature positive on the whole wire, "
                f"but cold_end + gradient·length is {end:.6g} K at x = {length:.6g} m."
            )
    elif isinstance(profile, sections.FileTemperature):
        try:
            files.read_temperature(profile.path, length)
        except InputError as error:
            yield f"Key `temperature.path` {error}"
    elif isinstance(profile, sections.HistoryTemperature):
        yield from _history(config, profile)


def _history(config: Config, profile: sections.HistoryTemperature) -> Iterator[str]:
    from boltzwall.config.history import read_history

    try:
        read_history(profile.path, config.wire.length)
    except InputError as error:
        yield f"Key `temperature.path` {error}"
    if config.transport.time_dependent:
        yield (
            'Key `temperature.kind` must be another than "history" with '
            "`transport.time_dependent`, but both were given: electrons in time are solved for at "
            "one temperature. Set `transport.time_dependent` to false."
        )


def _texture(config: Config) -> Iterator[str]:
    if isinstance(config.texture, sections.FileTexture):
        from boltzwall.config.textures import read_magnetisation

        try:
            read_magnetisation(config.texture, config.wire)
        except InputError as error:
            yield str(error)


def _foreign_keys(config: Config) -> Iterator[str]:
    transport = config.transport
    for key in sorted(transport.foreign_keys() & transport.model_fields_set):
        yield (
            f"Key `transport.{key}` belongs to the model {_listed(models_of(key))}, not to "
            f'"{transport.model}". Remove it or change `transport.model`.'
        )


def _listed(names: Sequence[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def _fermi_energy(config: Config) -> Iterator[str]:
    energy = config.material.fermi_energy
    if not energy > 0.0:
        yield (
            'Key `material.fermi_energy` must be greater than 0 J, such as "0.14 eV", but '
            f"{energy:.6g} J was given. Only the consistent model (`transport.model`) takes one "
            "down to −J/2."
        )


def _drive(config: Config) -> Iterator[str]:
    drive, conductivity = config.drive, config.material.conductivity
    if drive.circuit == "open":
        yield (
            'Key `drive.circuit` must be "closed" with the models "published" and "none", but '
            '"open" was given: the published model conserves no charge, so that the field of an '
            "open circuit is not defined. Give `drive.electric_field`, or set `transport.model` to "
            '"consistent".'
        )
    if drive.current_density is None:
        return
    if conductivity is None:
        yield (
            "Key `drive.current_density` must come with `material.conductivity`, but the material "
            "has none. Give it, or give `drive.electric_field`."
        )
        return
    implied = drive.current_density / conductivity
    given = "electric_field" in drive.model_fields_set
    if given and not same_field(drive.electric_field, implied):
        yield (
            "Keys `drive.electric_field` and `drive.current_density` must not both be given, but "
            f"E = {drive.electric_field:.6g} V/m and j = {drive.current_density:.6g} A/m^2 were "
            f"(j/σ is {implied:.6g} V/m). Remove one."
        )


def _window(config: Config) -> Iterator[str]:
    transport, metal = config.transport, config.material
    low, high = transport.momentum_window
    if not low < high:
        yield (
            "Key `transport.momentum_window` must have p_min < p_max, "
            f"but [{low:.6g}, {high:.6g}] was given."
        )
    if transport.model == "none" or transport.inflow != "left" or not metal.fermi_energy > 0.0:
        return
    # v = u in units of p_F: p = m u and p_F = √(2 m E_F).
    singular = metal.spinor_velocity * math.sqrt(metal.effective_mass / (2.0 * metal.fermi_energy))
    if not low > singular:
        yield (
            f"Key `transport.momentum_window` must begin above {singular:.4g} p_F, where v = u, "
            f'as long as `transport.inflow` is "left", but p_min = {low:.6g} p_F was given. '
            "Electrons with v <= u need a condition at the right end too: raise p_min, or set "
            '`transport.inflow` to "characteristic".'
        )


def _nodes(config: Config) -> Iterator[str]:
    transport = config.transport
    if transport.momentum_rule == "gauss" and transport.momentum_nodes % 4:
        yield (
            'Key `transport.momentum_nodes` must be a multiple of 4 with the rule "gauss", '
            f"but {transport.momentum_nodes} was given."
        )
    if transport.momentum_rule != "gauss" and transport.inflow == "characteristic":
        yield (
            'Key `transport.momentum_rule` must be "gauss" as long as `transport.inflow` is '
            f'"characteristic", but "{transport.momentum_rule}" was given.'
        )


def _dynamics(config: Config) -> Iterator[str]:
    end, interval = config.dynamics.end_time, config.dynamics.save_interval
    if interval > end:
        yield (
            "Key `dynamics.save_interval` must be at most `dynamics.end_time`, "
            f"but {interval:.6g} s and {end:.6g} s were given."
        )
    elif end / interval > _MOST_SAVES:
        yield (
            f"Key `dynamics.save_interval` must give at most {_MOST_SAVES} saved states, "
            f"but {interval:.6g} s gives {end / interval:.6g} in {end:.6g} s."
        )
    if config.transport.time_dependent and config.transport.model == "none":
        yield (
            'Key `transport.time_dependent` must be false with the model "none", but true was '
            "given: there are no electrons to follow."
        )
    if config.transport.time_dependent and config.dynamics.electron_step > interval:
        yield (
            "Key `dynamics.electron_step` must be at most `dynamics.save_interval`, "
            f"but {config.dynamics.electron_step:.6g} s and {interval:.6g} s were given."
        )
