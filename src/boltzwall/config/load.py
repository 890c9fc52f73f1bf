"""Read a configuration: a TOML file, a dict, or another configuration, with overrides."""

import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from boltzwall.config.changes import Change, changed
from boltzwall.config.checks import problems
from boltzwall.config.completion import complete
from boltzwall.config.config import Config
from boltzwall.config.messages import from_validation, joined, section_models
from boltzwall.config.toml import parse_value, read_toml
from boltzwall.config.units import shown
from boltzwall.errors import InputError


def load_config(
    source: str | Path | Mapping[str, Any] | Config | None = None, overrides: Sequence[str] = ()
) -> Config:
    """Read and check a configuration.

    Arguments:
        source: path of a TOML file, a mapping of the same shape, a configuration to start from,
            or None for the paper's wall at 2 K/nm. Relative paths in a TOML file start from the
            folder of that file, all others from the working directory.
        overrides: "section.key=value" texts, each with the value as TOML or as plain text.

    Returns:
        The configuration, filled in, every quantity in SI units.

    Raises:
        InputError: one message that lists everything that is wrong.

    Examples:
        >>> import boltzwall
        >>> wall = boltzwall.load_config(
        ...     {"wire": {"length": "100 nm", "cells": 200}}, ["temperature.gradient=4 K/nm"]
        ... )
        >>> wall.wire.length
        1e-07
        >>> wall.temperature.gradient
        4000000000.0
    """
    return _changed(_as_dict(source), [_change(text) for text in overrides])


def given_tables(
    source: str | Path | Mapping[str, Any] | Config | None, overrides: Sequence[str] = ()
) -> dict[str, Any]:
    """What ``load_config`` makes a configuration from, as it was given; raises as it does."""
    return changed(_as_dict(source), [_change(text) for text in overrides])[0]


def _changed(tables: dict[str, Any], changes: Sequence[Change]) -> Config:
    """The configuration of the tables with some keys changed; warns of what they displace."""
    data, displaced = changed(tables, changes)
    for text in displaced:
        warnings.warn(text, stacklevel=4)
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise InputError(from_validation(error, Config, data)) from None
    complete(config)
    found = problems(config)
    if found:
        raise InputError(joined(found))
    return config


def _changing(config: Config, changes: Mapping[str, Any]) -> Config:
    return _changed(config.given(), [Change(*_parts(n), v) for n, v in changes.items()])


Config.changing = _changing


def _as_dict(source: object) -> dict[str, Any]:
    if source is None:
        return {}
    if isinstance(source, Config):
        return source.given()
    if isinstance(source, Mapping):
        return {
            key: dict(section) if isinstance(section, Mapping) else section
            for key, section in source.items()
        }
    if isinstance(source, (str, Path)):
        return read_tables(Path(source))
    raise InputError(
        "Argument `source` must be a path, a mapping, a Config or None, "
        f"but {shown(source)} was given."
    )


@cache
def path_keys() -> frozenset[tuple[str, str]]:
    """(section, key) of every key that the sections declare as a path."""
    return frozenset(
        (section, key)
        for section, models in section_models(Config).items()
        for model in models
        for key, info in model.model_fields.items()
        if _holds_path(info.annotation)
    )


def read_tables(path: Path, what: str = "configuration") -> dict[str, Any]:
    """The tables of a TOML file, with every path counted from the folder of that file.

    Raises:
        InputError: as ``read_toml``.
    """
    data = read_toml(path, what)
    for section, key in path_keys():
        table = data.get(section)
        if isinstance(table, dict) and isinstance(table.get(key), str) and table[key]:
            table[key] = str(path.parent / table[key])
    return data


def _holds_path(annotation: Any) -> bool:
    parts = get_args(annotation)
    return annotation is Path or any(_holds_path(part) for part in parts)


def _change(text: str) -> Change:
    name, equals, value = text.partition("=") if isinstance(text, str) else ("", "", "")
    section, dot, key = (part.strip() for part in name.partition("."))
    if not (equals and section and dot and key and value.strip()):
        raise InputError(
            'An override must read section.key=value, such as drive.electric_field="-1e4 V/m", '
            f"but {shown(text)} was given."
        )
    return Change(section, key, parse_value(value.strip()))


def _parts(name: object) -> tuple[str, str]:
    section, dot, key = name.partition(".") if isinstance(name, str) else ("", "", "")
    if not (section and dot and key):
        raise InputError(
            'A key to replace must read "section.key", such as "drive.current_density", but '
            f"{shown(name)} was given."
        )
    return section, key
