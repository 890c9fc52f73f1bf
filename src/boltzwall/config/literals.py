"""Values as TOML writes them, in the unit in which a person reads them."""

import json
import math
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from boltzwall.config.kinds import Numbers, declared, unit_of
from boltzwall.config.units import Unit, in_display_unit


def literal(value: Any, info: FieldInfo) -> str:
    """The value of a key as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | Path):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, tuple):
        numbers = next(entry for entry in declared(info) if isinstance(entry, Numbers))
        return f"[{', '.join(_quantity(entry, numbers.unit) for entry in value)}]"
    unit = unit_of(info)
    return str(value) if unit is None else _quantity(value, unit)


def known(value: Any) -> Any:
    """None for a number that is none: the field that the consistent model has yet to find."""
    return None if isinstance(value, float) and math.isnan(value) else value


def choices_of(info: FieldInfo) -> tuple[Any, ...]:
    """The named values of a key, and true and false of a switch; none of a quantity."""
    return ("true", "false") if info.annotation is bool else _choices(info.annotation)


def _choices(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(choice for part in get_args(annotation) for choice in _choices(part))


def _quantity(value: float, unit: Unit) -> str:
    text = in_display_unit(value, unit)
    return f'"{text}"' if unit.si else text
