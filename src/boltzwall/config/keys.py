"""Keys by name: "wire.length", and "drive.magnetic_field.z" for one number of a list."""

from typing import Any

from pydantic.fields import FieldInfo

from boltzwall.config.config import Config
from boltzwall.config.kinds import Numbers, declared
from boltzwall.config.messages import section_models
from boltzwall.errors import InputError


def put(tables: dict[str, Any], name: str, value: object) -> None:
    """Set a key of ``tables``, or one number of a key that is a list.

    A list that the tables do not give has its default.

    Raises:
        InputError: one number is to be set of a list that is neither given nor has a default, or
            that has no such number.
    """
    section, _, key = name.partition(".")
    table = tables.setdefault(section, {})
    if not isinstance(table, dict):  # which the configuration itself refuses
        return
    head, dot, _ = key.partition(".")
    info = _field(section, head) if dot else None
    numbers = numbers_of(info)
    if info is None or numbers is None:
        table[key] = value
        return
    current = table.get(head, info.default)
    if not isinstance(current, list | tuple):
        raise InputError(
            f"Key `{name}` must be one number of a list, but `{section}.{head}` is no list yet. "
            f"Give it whole, such as {section}.{head} = {numbers.example}."
        )
    changed = list(current)
    changed[place(numbers, name, len(changed))] = value
    table[head] = changed


def numbers_of(info: FieldInfo | None) -> Numbers | None:
    """What parses a key that is a list of numbers; None for any other key."""
    found = () if info is None else declared(info)
    return next((entry for entry in found if isinstance(entry, Numbers)), None)


def place(numbers: Numbers, name: str, length: int) -> int:
    """The place in a list of ``length`` numbers of that which ``name`` ends with."""
    part = name.rpartition(".")[2]
    names = numbers.parts or tuple(str(number) for number in range(length))
    if part not in names or names.index(part) >= length:
        listed = ", ".join(f"`{one}`" for one in names)
        raise InputError(
            f"Key `{name}` must end with the name of one number of the list, {listed}, "
            f"but it ends with `{part}`."
        )
    return names.index(part)


def _field(section: str, key: str) -> FieldInfo | None:
    """The declaration of a key; those of several kinds are alike."""
    models = section_models(Config).get(section, [])
    found = [one.model_fields[key] for one in models if key in one.model_fields]
    return next(iter(found), None)
