"""A configuration as a person reads it: TOML in a console, a table in a notebook."""

from collections.abc import Iterator
from html import escape
from typing import Any

from pydantic import BaseModel

from boltzwall.config.literals import known, literal

_HEAD = "# boltzwall configuration"
_STYLE = (
    "<style>.boltzwall-config td {text-align: left; padding: 0 1em 0 0; vertical-align: top} "
    ".boltzwall-config i {font-style: normal; opacity: 0.6}</style>"
)


def toml_of(config: BaseModel) -> str:
    """What was given and is no default, as TOML that `load_config` reads."""
    own = _own(config)
    if not own:
        return f"{_HEAD}: every key has its default"
    blocks = [f"{_HEAD}; what is not shown has its default"]
    for name, keys in own.items():
        section = getattr(config, name)
        fields = type(section).model_fields
        lines = [f"{key} = {literal(value, fields[key])}" for key, value in keys.items()]
        blocks.append("\n".join([f"[{name}]", *lines]))
    return "\n".join(blocks)


def html_of(config: BaseModel) -> str:
    """Every section as a table of keys, values and meanings; what was given stands out."""
    own = _own(config)
    blocks = [_section(config, name, own.get(name, {})) for name in type(config).model_fields]
    inside = "".join([_STYLE, "<b>boltzwall configuration</b>", *blocks])
    return f'<div class="boltzwall-config">{inside}</div>'


def _section(config: BaseModel, name: str, own: dict[str, Any]) -> str:
    rows = "".join(_rows(getattr(config, name), own))
    opened = " open" if own else ""
    meaning = escape(type(config).model_fields[name].description or "")
    head = f"<summary><code>[{name}]</code> <i>{meaning}</i></summary>"
    return f"<details{opened}>{head}<table>{rows}</table></details>"


def _rows(section: BaseModel, own: dict[str, Any]) -> Iterator[str]:
    foreign = section.foreign_keys() if hasattr(section, "foreign_keys") else frozenset()
    for key, info in type(section).model_fields.items():
        if key in foreign:
            continue
        value = known(getattr(section, key))
        shown = "—" if value is None else escape(literal(value, info).strip('"'))
        tag = "b" if key in own else "i"
        meaning = f"<i>{escape(info.description or '')}</i>"
        cells = (f"<{tag}><code>{key}</code></{tag}>", f"<{tag}>{shown}</{tag}>", meaning)
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _own(config: BaseModel) -> dict[str, dict[str, Any]]:
    """The keys, by section, that were given and have another value than the default."""
    found: dict[str, dict[str, Any]] = {}
    for name in type(config).model_fields:
        section = getattr(config, name)
        for key, info in type(section).model_fields.items():
            value = known(getattr(section, key))
            if key in section.model_fields_set and value not in (None, info.default):
                found.setdefault(name, {})[key] = value
    return found
