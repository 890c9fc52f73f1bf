"""Keys that follow from other keys, filled in once after the sections have been validated."""

import math

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.heavy_metal import heavy_metal
from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.errors import InputError
from boltzwall.relations import spin_orbit_field

_TIMES = ("momentum_time_majority", "momentum_time_minority")
_NOISE_SHARE = 0.2  # of the angle by which the fastest spin precesses in a step, rad


def complete(config: Config) -> None:
    """Fill in what the user left to other keys; whether all of it can hold is judged elsewhere."""
    for step in (
        _wire_of_the_file,
        _places_on_the_wire,
        _momentum_times,
        _stepping_method,
        _noise_step,
        _nominal_current,
        _electric_field,
    ):
        step(config)


def highest_frequency(config: Config) -> float:
    """An upper bound of the rate of precession in 1/s, of which noise takes a fixed share."""
    metal, field = config.material, config.field
    moment = VACUUM_PERMEABILITY * metal.saturation_magnetisation
    dx = config.wire.length / config.wire.cells
    strength = math.hypot(*config.drive.magnetic_field) + _of_the_file(config.drive)

    def size(key: str) -> float:
        return abs(getattr(metal, key) or 0.0)

    if field.exchange:
        strength += 8.0 * size("exchange_stiffness") / (moment * dx**2)
    for key in ("uniaxial_anisotropy", "hard_axis_anisotropy", "cubic_anisotropy"):
        if getattr(field, key):
            strength += 2.0 * size(key) / moment
    for key in ("bulk_dmi", "interfacial_dmi"):
        if getattr(field, key):
            strength += 4.0 * size(key) / (moment * dx)
    if field.demagnetising != "none":
        strength += metal.saturation_magnetisation
    strength += _of_the_heavy_metal(config)
    strength += abs(field.initial_state_field) * metal.saturation_magnetisation
    return metal.gyromagnetic_ratio * strength


def _of_the_file(drive: sections.Drive) -> float:
    """The largest field of a file, A/m."""
    if drive.magnetic_field_file is None:
        return 0.0
    from boltzwall.config.magnetic_fields import read_magnetic_field

    try:
        found = read_magnetic_field(drive.magnetic_field_file, drive.magnetic_field_section)
    except InputError:  # said by the checks
        return 0.0
    return float(max(math.hypot(*row) for row in found.strength.tolist()))


def _of_the_heavy_metal(config: Config) -> float:
    """The largest field of a current beside the wire, A/m."""
    layer = heavy_metal(config.field, config.material, config.drive)
    moment = config.material.saturation_magnetisation
    current, strength = abs(layer.current_density or 0.0), 0.0
    if config.field.spin_orbit_torque and config.wire.thickness:
        angle = abs(layer.damping_like or 0.0) + abs(layer.field_like)
        strength += spin_orbit_field(angle, current, moment, config.wire.thickness)
    if config.field.oersted:
        strength += 0.5 * current * (layer.thickness or 0.0)
    return strength


def _wire_of_the_file(config: Config) -> None:
    """The cells and the length of a texture's file, where [wire] does not give them."""
    texture, given = config.texture, config.wire.model_fields_set
    if not isinstance(texture, sections.FileTexture) or {"cells", "length"} <= given:
        return
    from boltzwall.config.textures import texture_file

    try:
        found = texture_file(texture)
    except InputError:  # said by the checks
        return
    if "cells" not in given:
        _fill_in(config, "wire", "cells", found.cells)
    if "length" not in given and found.length is not None:
        _fill_in(config, "wire", "length", found.length)


def _places_on_the_wire(config: Config) -> None:
    texture, site, length = config.texture, config.profile, config.wire.length
    if isinstance(texture, sections.Wang2022Texture) and "width" not in texture.model_fields_set:
        _fill_in(config, "texture", "width", length)
    if isinstance(texture, sections.WallTexture) and "centre" not in texture.model_fields_set:
        _fill_in(config, "texture", "centre", 0.5 * length)
    sites = (sections.PinningProfile, sections.NotchProfile)
    if isinstance(site, sites) and "centre" not in site.model_fields_set:
        _fill_in(config, "profile", "centre", 0.5 * length)


def _momentum_times(config: Config) -> None:
    metal = config.material
    values: dict[str, float] = {}
    if config.transport.model == "consistent" and "momentum_time" not in metal.model_fields_set:
        values = metal.known().transport_values()
    for key in _TIMES:
        if key not in config.transport.model_fields_set:
            _fill_in(config, "transport", key, values.get(key, metal.momentum_time))


def _stepping_method(config: Config) -> None:
    if "method" in config.dynamics.model_fields_set:
        return
    field = config.field
    stiff = field.exchange or field.bulk_dmi or field.interfacial_dmi
    noisy = config.dynamics.thermal_noise
    method = "heun" if noisy else "semi-implicit" if stiff else "explicit"
    _fill_in(config, "dynamics", "method", method)


def _noise_step(config: Config) -> None:
    if "noise_step" in config.dynamics.model_fields_set:
        return
    rate, longest = highest_frequency(config), config.dynamics.save_interval
    step = min(longest, _NOISE_SHARE / rate) if rate else longest
    _fill_in(config, "dynamics", "noise_step", step)


def nominal_current(config: Config) -> float | None:
    """j in A/m² that the voltage would drive at T_ref through an even wire; None: not known."""
    voltage, conductivity = config.drive.voltage, config.material.conductivity
    if voltage is None or conductivity is None:
        return None
    return voltage * conductivity / config.wire.length


def _nominal_current(config: Config) -> None:
    nominal, given = nominal_current(config), config.drive.current_density
    if nominal is not None and (given is None or same_field(given, nominal)):
        _fill_in(config, "drive", "current_density", nominal)


def _electric_field(config: Config) -> None:
    drive, conductivity = config.drive, config.material.conductivity
    given = "electric_field" in drive.model_fields_set
    if config.transport.model == "consistent":
        if not given and (drive.current_density is not None or drive.circuit == "open"):
            _fill_in(config, "drive", "electric_field", math.nan)
    elif drive.current_density is not None and conductivity is not None:
        implied = drive.current_density / conductivity
        if not given or same_field(drive.electric_field, implied):
            _fill_in(config, "drive", "electric_field", implied)


def same_field(given: float, implied: float) -> bool:
    """Whether E was written down beside the j that it follows from; text rounds."""
    return math.isclose(given, implied, rel_tol=1e-9)


def _fill_in(config: Config, section: str, key: str, value: float | str) -> None:
    # In a copy: the caller may share the section that he passed with another configuration.
    filled = getattr(config, section).model_copy()
    filled.fill(key, value)
    config.fill(section, filled)
