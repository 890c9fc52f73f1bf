"""How a configuration was read, where that is not plain from its text: units converted, files."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.kinds import parts_unit
from boltzwall.config.messages import section_models
from boltzwall.config.units import RefusedError, Unit

_SHIFTED = 1e-6  # of a cell: what lies nearer to x = 0 begins there
_EQUAL = 1e-3  # relative difference below which two numbers of Ms are the same


def notes(config: Config, given: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each thing to know; ``given``: the tables that ``config`` was made from."""
    return (*_conversions(given), *_texture(config), *_tables(config))


def _conversions(given: Mapping[str, Any]) -> Iterator[str]:
    """Quantities in Gaussian units, or converted by a formula such as H = B/µ0."""
    for section, models in section_models(Config).items():
        table = given.get(section)
        if not isinstance(table, Mapping):
            continue
        units = {k: parts_unit(info) for one in models for k, info in one.model_fields.items()}
        for key, value in table.items():
            unit = units.get(key)
            if unit is not None:
                yield from (f"{section}.{key}: {text}" for text in _of(unit, value))


def _of(unit: Unit, value: object) -> Iterator[str]:
    for part in value if isinstance(value, list | tuple) else (value,):
        try:
            text = unit.conversion(part)
        except RefusedError:  # said by the configuration itself
            continue
        if text:
            yield text


def _texture(config: Config) -> Iterator[str]:
    """What a texture's file holds, and what was made of it."""
    texture, wire = config.texture, config.wire
    if not isinstance(texture, sections.FileTexture):
        return
    from boltzwall.config.textures import texture_file

    found = texture_file(texture)
    if found.spacing is None or found.length is None:
        default = "" if "length" in wire.model_fields_set else ", the default"
        yield (
            f"texture.path: {found.cells} cells; the file does not say how long they are, but "
            f"wire.length does, {wire.length * 1e9:.6g} nm{default}"
        )
    else:
        yield (
            f"texture.path: {found.cells} cells of {found.spacing * 1e9:.6g} nm, a wire of "
            f"{found.length * 1e9:.6g} nm"
        )
        if abs(found.origin) > _SHIFTED * found.spacing:
            yield f"texture.path: what is at x = {found.origin * 1e9:.6g} nm there is at x = 0 here"
    yield from (f"texture.path: {remark}" for remark in found.remarks)
    if found.saturation is not None:
        yield f"texture.path: {_saturation(found.saturation, config)}"
    if texture.resample:
        yield (
            f"texture.path: interpolated onto the {wire.cells} cells of "
            f"{wire.length / wire.cells * 1e9:.6g} nm of [wire]"
        )


def _saturation(found: Any, config: Config) -> str:
    """The Ms of a file, of which only the directions are used."""
    low, high = float(found.min()), float(found.max())
    size = f"{low:.6g}" if high - low < _EQUAL * high else f"{low:.6g} to {high:.6g}"
    used = config.material.saturation_magnetisation
    other = max(abs(low - used), abs(high - used)) > _EQUAL * used
    note = f"; material.saturation_magnetisation, {used:.6g} A/m, is what counts" if other else ""
    return f"Ms = {size} A/m in the file, whose M is brought to unit length{note}"


def _tables(config: Config) -> Iterator[str]:
    """What the columns of tables were taken for."""
    from boltzwall.config import table_columns as columns
    from boltzwall.config.tables import read_table

    drive, field = config.drive, config.field
    named: list[tuple[str, Path | None, Sequence[columns.Column]]] = []
    if isinstance(config.temperature, sections.FileTemperature):
        named.append(("temperature.path", config.temperature.path, columns.TEMPERATURE))
    if isinstance(config.temperature, sections.HistoryTemperature):
        from boltzwall.config.history import read_history

        found = read_history(config.temperature.path, config.wire.length)
        yield (
            f"temperature.path: T at {found.x.size} places and {found.times.size} times, "
            f"{found.times[0]:g} to {found.times[-1]:g} s, {found.kelvin.min():.4g} to "
            f"{found.kelvin.max():.4g} K"
        )
    if isinstance(config.profile, sections.FileProfile):
        named.append(("profile.path", config.profile.path, columns.PROFILE))
    for of in ("electric", "magnetic"):
        if getattr(drive, f"{of}_waveform") == "file":
            named.append((f"drive.{of}_file", getattr(drive, f"{of}_file"), columns.WAVEFORM))
    if field.temperature_law == "file":
        named.append(("field.temperature_file", field.temperature_file, columns.MAGNETISATION_LAW))
    for key, path, wanted in named:
        if path is not None:
            yield f"{key}: {read_table(path, wanted).in_words()}"
    if drive.magnetic_field_file is not None:
        from boltzwall.config.magnetic_fields import read_magnetic_field

        field_of_file = read_magnetic_field(drive.magnetic_field_file, drive.magnetic_field_section)
        yield from (f"drive.magnetic_field_file: {text}" for text in field_of_file.in_words())
    if config.material.scattering_file is not None:
        yield f"material.scattering_file: {_scattering(config.material.scattering_file, config)}"


def _scattering(path: Path, config: Config) -> str:
    if config.transport.model != "consistent":  # which alone reads it, and refuses what is wrong
        return f'not read, for the model "{config.transport.model}" does not use it'
    from boltzwall.config.scattering import in_words

    return in_words(path)
