"""Read a configuration: a TOML file, a dict, or another configuration, with overrides."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boltzwall.config.checks import problems
from boltzwall.config.completion import complete
from boltzwall.config.config import Config
from boltzwall.config.messages import from_validation, joined
from boltzwall.config.units import shown
from boltzwall.errors import InputError

PATH_KEYS = (("texture", "path"), ("temperature", "path"), ("output", "path"))


def load_config(
    source: str | Path | Mapping[str, Any] | Config | None = None, overrides: Sequence[str] = ()
) -> Config:
    """Return the validated configuration.

    Args:
        source: path of a TOML file, a mapping of the same shape, a configuration to start from,
            or None for the paper's wall at 2 K/nm. Relative paths in a TOML file start from the
            folder of that file, all others from the working directory.
        overrides: "section.key=value" texts, each with the value as TOML or as plain text.

    Raises:
        InputError: one message that lists everything that is wrong.
    """
    data = _as_dict(source)
    for text in overrides:
        _override(data, text)
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise InputError(from_validation(error, Config, data)) from None
    complete(config)
    found = problems(config)
    if found:
        raise InputError(joined(found))
    return config


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
        return _read_toml(Path(source))
    raise InputError(
        "Argument `source` must be a path, a mapping, a Config or None, "
        f"but {shown(source)} was given."
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except IsADirectoryError:
        raise InputError(f"The configuration must be a file, but {path} is a folder.") from None
    except FileNotFoundError:
        raise InputError(f"The configuration file {shown(str(path))} does not exist.") from None
    except UnicodeDecodeError:
        raise InputError(
            f"The configuration file {path} must be text in UTF-8, but it is not."
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise InputError(
            f"The configuration file {shown(str(path))} cannot be read: {reason}."
        ) from None
    for section, key in PATH_KEYS:
        table = data.get(section)
        if isinstance(table, dict) and isinstance(table.get(key), str) and table[key]:
            table[key] = str(path.parent / table[key])
    return data


def _override(data: dict[str, Any], text: str) -> None:
    name, equals, value = text.partition("=") if isinstance(text, str) else ("", "", "")
    section, dot, key = (part.strip() for part in name.partition("."))
    if not (equals and section and dot and key and value.strip()):
        raise InputError(
            'An override must read section.key=value, such as drive.electric_field="-1e4 V/m", '
            f"but {shown(text)} was given."
        )
    table = data.setdefault(section, {})
    if isinstance(table, dict):
        table[key] = _value(value.strip())


def _value(text: str) -> Any:
    try:
        parsed = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return parsed["value"] if list(parsed) == ["value"] else text
