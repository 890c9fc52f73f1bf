"""What must hold between the keys of the magnetisation: fields, drives in time, stepping."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.heavy_metal import heavy_metal
from boltzwall.errors import InputError

KINETIC = ("published", "consistent")
_CONSTANT_OF = {
    "exchange": "exchange_stiffness",
    "uniaxial_anisotropy": "uniaxial_anisotropy",
    "hard_axis_anisotropy": "hard_axis_anisotropy",
    "cubic_anisotropy": "cubic_anisotropy",
    "bulk_dmi": "bulk_dmi",
    "interfacial_dmi": "interfacial_dmi",
}


def micromagnetic_problems(config: Config) -> Iterator[str]:
    """Every contradiction between the keys of [field], [profile], [drive] and [dynamics]."""
    for group in (
        _constants, _cross_section, _heavy_metal, _laws, _profile, _waveforms, _magnetic_field,
        _stepping, _window,
    ):  # fmt: skip
        yield from group(config)


def phenomenological_problems(config: Config) -> Iterator[str]:
    """Every contradiction between the keys of the torques of a known form."""
    transport, drive, metal = config.transport, config.drive, config.material
    if drive.circuit == "open":
        yield (
            f'Key `drive.circuit` must be "closed" with the model "{transport.model}", but "open" '
            "was given. Only the consistent model knows an open circuit."
        )
    if transport.time_dependent:
        yield (
            f'Key `transport.time_dependent` must be false with the model "{transport.model}", '
            "but true was given: there are no electrons to follow."
        )
    if transport.model == "bauer":
        needed = {
            "transport.spin_conversion": transport.spin_conversion,
            "material.seebeck_coefficient": metal.seebeck_coefficient,
            "material.conductivity": metal.conductivity,
        }
        for key, value in needed.items():
            if value is None:
                yield f'Key `{key}` must be given with the model "bauer", but is missing.'
    elif (transport.u is None) == (transport.polarisation is None):
        yield (
            "Keys `transport.u` and `transport.polarisation` must be given one without the other "
            f'with the model "zhang-li", but {"none" if transport.u is None else "both"} was. Give '
            "`transport.u`, or `transport.polarisation` with `drive.current_density`."
        )
    elif transport.polarisation is not None and drive.current_density is None:
        yield (
            "Key `transport.polarisation` must come with `drive.current_density`, but that is "
            "missing. Give it, or `transport.u` instead."
        )


def _constants(config: Config) -> Iterator[str]:
    for term, constant in _CONSTANT_OF.items():
        if getattr(config.field, term) and getattr(config.material, constant) is None:
            yield (
                f"Key `field.{term}` must come with `material.{constant}`, but the material has "
                "none. Give it."
            )
    for term in ("bulk_dmi", "interfacial_dmi"):
        if getattr(config.field, term) and not config.field.exchange:
            yield (
                f"Key `field.{term}` must come with `field.exchange` = true, but that is false: "
                "without exchange nothing holds the magnetisation against it."
            )


def _cross_section(config: Config) -> Iterator[str]:
    wire = config.wire
    needs = {
        "field.demagnetising": config.field.demagnetising != "none",
        "dynamics.thermal_noise": config.dynamics.thermal_noise,
    }
    for key, wanted in needs.items():
        for side in ("width", "thickness"):
            if wanted and getattr(wire, side) is None:
                yield f"Key `{key}` must come with `wire.{side}`, but that is missing. Give it."


def _heavy_metal(config: Config) -> Iterator[str]:
    layer, field = heavy_metal(config.field, config.material, config.drive), config.field
    needs: dict[str, dict[str, object]] = {
        "spin_orbit_torque": {
            "field.heavy_metal_current_density` or `drive.current_density": layer.current_density,
            "field.spin_hall_angle": layer.damping_like,
            "wire.thickness": config.wire.thickness,
        },
        "oersted": {
            "field.heavy_metal_current_density` or `drive.current_density": layer.current_density,
            "field.heavy_metal_thickness": layer.thickness,
        },
    }
    for key, numbers in needs.items():
        for name, number in numbers.items():
            if getattr(field, key) and number is None:
                yield f"Key `field.{key}` must come with `{name}`, but that is missing. Give it."


def _laws(config: Config) -> Iterator[str]:
    law, curie = config.field.temperature_law, config.material.curie_temperature
    if law == "file":
        from boltzwall.config.profiles import read_magnetisation_law

        yield from _readable(
            "field.temperature_file", config.field.temperature_file, read_magnetisation_law
        )
    if law in ("none", "file"):
        return
    if curie is None:
        yield (
            f'Key `field.temperature_law` = "{law}" must come with `material.curie_temperature`, '
            "but the material has none. Give it."
        )
        return
    changes = isinstance(config.temperature, sections.HistoryTemperature)  # warned of
    hottest = 0.0 if changes else max(_temperatures(config), default=0.0)
    highest = max(hottest, config.field.reference_temperature)
    if not highest < curie:
        yield (
            f"Key `material.curie_temperature` must be above every temperature of the wire and "
            f"`field.reference_temperature`, but {curie:.6g} K was given and {highest:.6g} K occur."
        )


def _temperatures(config: Config) -> tuple[float, ...]:
    from boltzwall.config.scales.common import end_temperatures

    try:
        return end_temperatures(config)
    except InputError:  # reported with the temperature
        return ()


def _profile(config: Config) -> Iterator[str]:
    profile = config.profile
    kinetic = config.transport.model in KINETIC
    columns: set[str] = set()
    if isinstance(profile, sections.FileProfile):
        from boltzwall.config.profiles import read_profile

        try:
            columns = set(read_profile(profile.path, config.wire.length))
        except InputError as error:
            yield f"Key `profile.path` {error}"
    narrow = isinstance(profile, sections.NotchProfile) or "cross_section" in columns
    if narrow and kinetic:
        yield (
            "Key `profile.kind` must leave the cross-section uniform with a kinetic model, but it "
            f'does not: the model "{config.transport.model}" solves for a straight wire. Use '
            '`transport.model` = "zhang-li" with the u and β that it computes.'
        )
    if narrow and config.field.demagnetising == "full":
        yield (
            'Key `field.demagnetising` must not be "full" with a cross-section that changes, but '
            'it is: its kernel is that of a straight wire. Use "local".'
        )


def _waveforms(config: Config) -> Iterator[str]:
    drive = config.drive
    for of in ("electric", "magnetic"):
        kind = getattr(drive, f"{of}_waveform")
        if kind == "file":
            from boltzwall.config.profiles import read_waveform

            read = partial(read_waveform, end_time=config.dynamics.end_time)
            yield from _readable(f"drive.{of}_file", getattr(drive, f"{of}_file"), read)
        if kind == "pulse" and getattr(drive, f"{of}_rise") > getattr(drive, f"{of}_duration"):
            yield (
                f"Key `drive.{of}_rise` must be at most `drive.{of}_duration`, but "
                f"{getattr(drive, f'{of}_rise'):.6g} s was given: the pulse would not reach 1."
            )
    if (
        drive.magnetic_region is not None
        and not drive.magnetic_region[0] < drive.magnetic_region[1]
    ):
        yield "Key `drive.magnetic_region` must have its first end before its second, but has not."


def _magnetic_field(config: Config) -> Iterator[str]:
    path = config.drive.magnetic_field_file
    if path is None:
        return
    from boltzwall.config.magnetic_fields import read_magnetic_field

    try:
        read_magnetic_field(path, config.drive.magnetic_field_section, config.wire.length)
    except InputError as error:
        yield f"Key `drive.magnetic_field_file` {error}"


def _readable(key: str, path: Path | None, read: Callable[[Path], object]) -> Iterator[str]:
    if path is None:
        yield f"Key `{key}` must name a file, but is missing."
        return
    try:
        read(path)
    except InputError as error:
        yield f"Key `{key}` {error}"


def _stepping(config: Config) -> Iterator[str]:
    dynamics, field = config.dynamics, config.field
    if dynamics.thermal_noise and dynamics.method != "heun":
        yield (
            'Key `dynamics.method` must be "heun" with `dynamics.thermal_noise`, but '
            f'"{dynamics.method}" was given: the noise is taken in the sense of Stratonovich with '
            "fixed steps. Leave it out."
        )
    if dynamics.method == "semi-implicit" and not (field.exchange):
        yield (
            'Key `dynamics.method` = "semi-implicit" must come with `field.exchange` = true, but '
            'that is false: there is nothing stiff. Use "explicit".'
        )
    if config.transport.time_dependent:
        for key in ("moving_window", "thermal_noise", "relax"):
            if getattr(dynamics, key):
                yield (
                    f"Key `dynamics.{key}` must be false with `transport.time_dependent`, but true "
                    "was given. Runs of electrons in time are too short for it."
                )
        if config.drive.electric_waveform != "constant":
            yield (
                'Key `drive.electric_waveform` must be "constant" with `transport.time_dependent`, '
                f'but "{config.drive.electric_waveform}" was given.'
            )


def _window(config: Config) -> Iterator[str]:
    if config.dynamics.moving_window and config.field.initial_state_field != 0.0:
        yield (
            "Key `field.initial_state_field` must be 0 with `dynamics.moving_window`, but "
            f"{config.field.initial_state_field:.6g} was given: the first state stays behind."
        )
