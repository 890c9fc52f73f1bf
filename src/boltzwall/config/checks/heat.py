"""What must hold between the keys of [heat] and those of the wire, its metal and its drive."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.heat import LAWS, bearing, film_of, given_current, read_end, read_law
from boltzwall.config.profiles import read_waveform
from boltzwall.errors import InputError

_REMEMBERS = ("half-space", "membrane")


def heat_problems(config: Config) -> Iterator[str]:
    """Every contradiction about the heat."""
    heat = config.heat
    if not isinstance(heat, sections.WireHeat):
        return
    if isinstance(config.temperature, sections.HistoryTemperature):
        yield (
            'Key `heat.kind` = "wire" must come with a temperature to start from, but '
            '`temperature.kind` = "history" gives T(x, t) itself. Change one of them.'
        )
    yield from _metal(config, heat)
    yield from _wire(config, heat)
    yield from _substrate(heat)
    yield from _film(heat)
    yield from _tables(config, heat)
    yield from _waveform(config)


def _metal(config: Config, heat: sections.WireHeat) -> Iterator[str]:
    material = config.material
    needs: dict[str, tuple[Any, str]] = {
        "material.heat_capacity": (material.heat_capacity, "heat_capacity"),
    }
    if heat.wiedemann_franz:
        needs["material.lorenz_number"] = (material.lorenz_number, "")
    else:
        needs["material.thermal_conductivity"] = (material.thermal_conductivity, "conductivity")
    if given_current(config) != 0.0 or heat.wiedemann_franz:
        needs["material.conductivity"] = (material.conductivity, "resistivity")
    for key, (value, law) in needs.items():
        if value is None and not (law and getattr(heat, f"{law}_file")):
            other = f", or `heat.{law}_file`" if law else ""
            yield (
                f'Key `heat.kind` = "wire" must come with `{key}`{other}, but the material has '
                "none. Give it."
            )


def _wire(config: Config, heat: sections.WireHeat) -> Iterator[str]:
    wire = config.wire
    if heat.substrate in _REMEMBERS and wire.width is None:
        yield (
            f'Key `heat.substrate` = "{heat.substrate}" must come with `wire.width`, but that is '
            "missing: a strip's heat spreads sideways as well. Give it."
        )
    lit = heat.laser_fluence > 0.0
    if (heat.substrate != "none" or lit) and wire.thickness is None:
        reason = "its heat goes into" if heat.substrate != "none" else "a laser's light warms"
        yield (
            f"Key `heat.{'substrate' if heat.substrate != 'none' else 'laser_fluence'}` must come "
            f"with `wire.thickness`, but that is missing: {reason} a wire of some thickness. "
            "Give it."
        )


def _substrate(heat: sections.WireHeat) -> Iterator[str]:
    if heat.substrate == "bath" and heat.interface_conductance is None:
        yield (
            'Key `heat.substrate` = "bath" must come with `heat.interface_conductance`, but that '
            "is missing: without an interface the wire would stay as it is. Give it."
        )
    if heat.substrate in _REMEMBERS and bearing(heat) is None:
        yield (
            f'Key `heat.substrate` = "{heat.substrate}" must come with `heat.substrate_material`, '
            "or with `heat.substrate_conductivity` and `heat.substrate_heat_capacity`, but they "
            "are missing. Give them."
        )
    if heat.substrate == "membrane" and heat.membrane_thickness is None:
        yield (
            'Key `heat.substrate` = "membrane" must come with `heat.membrane_thickness`, but that '
            "is missing. Give it."
        )
    if heat.substrate != "membrane" and heat.membrane_thickness is not None:
        yield (
            'Key `heat.membrane_thickness` must come with `heat.substrate` = "membrane", but '
            f'"{heat.substrate}" was given. Remove it, or change the substrate.'
        )


def _film(heat: sections.WireHeat) -> Iterator[str]:
    keys = ("film_thickness", "film_material", "film_conductivity", "film_heat_capacity")
    given = [key for key in keys if getattr(heat, key) is not None]
    if not given:
        return
    if heat.substrate != "half-space":
        yield (
            f'Key `heat.{given[0]}` must come with `heat.substrate` = "half-space", but '
            f'"{heat.substrate}" was given. Remove it, or change the substrate.'
        )
    elif bearing(heat) is not None and film_of(heat) is None:
        yield (
            f"Key `heat.{given[0]}` must come with `heat.film_thickness`, and `heat.film_material` "
            "or both `heat.film_conductivity` and `heat.film_heat_capacity`, but not all of them "
            "were given. Give the rest, or remove it."
        )


def _tables(config: Config, heat: sections.WireHeat) -> Iterator[str]:
    readers = {f"{law}_file": partial(read_law, law=law) for law in LAWS}
    end = config.dynamics.end_time
    contacts = ("left_end_file", "right_end_file")
    readers |= {key: partial(read_end, end_time=end) for key in contacts}
    for key, read in readers.items():
        path = getattr(heat, key)
        if path is None:
            continue
        try:
            first, _ = read(path)
        except InputError as error:
            yield f"Key `heat.{key}` {error}"
            continue
        if key in contacts and first[-1] < end:
            yield _too_short(f"heat.{key}", first[-1], end)


def _waveform(config: Config) -> Iterator[str]:
    drive, end = config.drive, config.dynamics.end_time
    if drive.electric_waveform != "file" or drive.electric_file is None:
        return
    try:
        times, _ = read_waveform(drive.electric_file)
    except InputError:  # said with the drive
        return
    if times[-1] < end:
        yield _too_short("drive.electric_file", times[-1], end)


def _too_short(key: str, last: float, end: float) -> str:
    return (
        f"Key `{key}` must reach to `dynamics.end_time`, {end:.6g} s, but its last time is "
        f"{last:.6g} s: what warms the wire afterwards is not said. Add a row at the end, or end "
        "the run there."
    )
