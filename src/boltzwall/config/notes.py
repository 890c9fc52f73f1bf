"""How a configuration was read, where that is not plain from its text: units converted, files."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.kinds import parts_unit
from boltzwall.config.messages import section_models
from boltzwall.config.units import RefusedError, Unit


def notes(config: Config, given: Mapping[str, Any]) -> tuple[str, ...]:
    """One line for each thing to know; ``given``: the tables that ``config`` was made from."""
    return (*_conversions(given), *_tables(config))


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


def _tables(config: Config) -> Iterator[str]:
    """What the columns of tables were taken for."""
    from boltzwall.config import tables

    drive, field = config.drive, config.field
    named: list[tuple[str, Path | None, Sequence[tables.Column]]] = []
    if isinstance(config.temperature, sections.FileTemperature):
        named.append(("temperature.path", config.temperature.path, tables.TEMPERATURE))
    if isinstance(config.profile, sections.FileProfile):
        named.append(("profile.path", config.profile.path, tables.PROFILE))
    for of in ("electric", "magnetic"):
        if getattr(drive, f"{of}_waveform") == "file":
            named.append((f"drive.{of}_file", getattr(drive, f"{of}_file"), tables.WAVEFORM))
    if field.temperature_law == "file":
        named.append(("field.temperature_file", field.temperature_file, tables.MAGNETISATION_LAW))
    for key, path, wanted in named:
        if path is not None:
            yield f"{key}: {tables.read_table(path, wanted).in_words()}"
    if config.material.scattering_file is not None:
        from boltzwall.config.scattering import in_words

        yield f"material.scattering_file: {in_words(config.material.scattering_file)}"
