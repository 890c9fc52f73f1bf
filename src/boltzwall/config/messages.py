"""One message for everything that is wrong with a configuration."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from boltzwall.config.units import RefusedError, shown


class InconsistentError(ValueError):
    """Several things that are wrong, each a whole sentence."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = tuple(messages)


def joined(messages: Sequence[str]) -> str:
    """One message out of one or several."""
    unique = list(dict.fromkeys(messages))
    if len(unique) == 1:
        return unique[0]
    return f"The configuration has {len(unique)} errors:\n" + "\n".join(f"- {m}" for m in unique)


def from_validation(error: ValidationError, model: type[BaseModel], data: object) -> str:
    """What pydantic found, in the words of this package; ``data`` is what the user gave."""
    messages: list[str] = []
    for entry in error.errors(include_url=False):
        cause = entry.get("ctx", {}).get("error")
        if isinstance(cause, InconsistentError):
            messages.extend(cause.messages)
        else:
            messages.append(_sentence(entry, cause, model, data))
    return joined(messages)


def listed(names: Sequence[str], quote: str = '"') -> str:
    """The names, quoted and separated by commas."""
    return ", ".join(f"{quote}{name}{quote}" for name in names)


def unknown(name: object, allowed: Sequence[str], section: str = "") -> str:
    """The message for a key or section that does not exist, with the nearest that does."""
    prefix = f"{section}." if section else ""
    word = "Key" if section else "Section"
    text = f"{word} `{prefix}{_plain(name)}` is unknown."
    close = get_close_matches(str(name).lower(), allowed, n=1, cutoff=0.6)
    if close:
        text += f" Did you mean `{prefix}{close[0]}`?"
    return f"{text} Allowed: {', '.join(allowed)}."


def _sentence(entry: Mapping[str, Any], cause: object, model: type[BaseModel], data: object) -> str:
    kind = entry["type"]
    location = [str(part) for part in entry["loc"]]
    if not location:
        return f"A configuration must be a table of sections, but {shown(data)} was given."
    sections = section_models(model)
    if not any(sections.values()):
        return _sentence_on_section(entry, cause, model)
    section, keys = location[0], location[1:]
    models = sections.get(section, [])
    chosen = models
    if len(models) > 1 and keys:  # pydantic puts the kind of a texture or temperature first
        chosen = [one for one in models if keys[0] in _kinds(one)] or models
        keys = keys[1:]
    key = ".".join(keys)
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(section, key, models, chosen, model)
    if kind.startswith("union_tag"):
        allowed = [one for member in models for one in _kinds(member)]
        given = _kind_given(entry["input"])
        return f"Key `{section}.kind` {_one_of(allowed, given)}{_only_in_one_dimension(given)}"
    if not key:
        given = shown(entry["input"])
        return f"Section `{_plain(section)}` must be a table of keys, but {given} was given."
    return f"Key `{section}.{key}` {_predicate(kind, entry, cause)}"


def _sentence_on_section(entry: Mapping[str, Any], cause: object, model: type[BaseModel]) -> str:
    """Of a section that was made by itself, and does not know its name."""
    key = ".".join(str(part) for part in entry["loc"])
    if entry["type"] in ("extra_forbidden", "invalid_key"):
        return unknown(key, list(model.model_fields), model.__name__)
    return f"Key `{key}` of {model.__name__} {_predicate(entry['type'], entry, cause)}"


def _predicate(kind: str, entry: Mapping[str, Any], cause: object) -> str:
    if isinstance(cause, RefusedError):
        return str(cause)
    if kind == "missing":
        return "must be given, but is missing."
    given = shown(entry["input"])
    if kind == "literal_error":
        allowed = entry["ctx"]["expected"].replace("'", '"')
        return f"must be one of {allowed}, but {given} was given."
    if kind.startswith("bool"):
        return f"must be true or false, but {given} was given."
    if kind.startswith("string"):
        return f"must be a text, but {given} was given."
    return f"cannot be used: {entry['msg']}, but {given} was given."


def _unknown_key(
    section: str,
    key: str,
    models: Sequence[type[BaseModel]],
    chosen: Sequence[type[BaseModel]],
    root: type[BaseModel],
) -> str:
    if section == "sweep" and not models:
        return (
            "Section `sweep` makes this a study of many runs, not one configuration. Compute it "
            "with `boltzwall sweep`, in Python `boltzwall.sweep`, or take the section out."
        )
    if not models:
        return unknown(section, list(root.model_fields))
    owners = [kind for one in models if key in one.model_fields for kind in _kinds(one)]
    if owners:
        mine = [kind for one in chosen for kind in _kinds(one)]
        return (
            f"Key `{section}.{key}` belongs to kind {listed(owners)}, not to {listed(mine)}. "
            f"Remove it or change `{section}.kind`."
        )
    return unknown(key, list(dict.fromkeys(k for one in chosen for k in one.model_fields)), section)


def section_models(root: type[BaseModel]) -> dict[str, list[type[BaseModel]]]:
    """The model of each section, or its models where a ``kind`` chooses among several."""
    found = {}
    for name, field in root.model_fields.items():
        members = get_args(field.annotation) or (field.annotation,)
        found[name] = [m for m in members if isinstance(m, type) and issubclass(m, BaseModel)]
    return found


def _kinds(model: type[BaseModel]) -> tuple[str, ...]:
    field = model.model_fields.get("kind")
    return get_args(field.annotation) if field else ()


def _kind_given(section: object) -> object:
    return section.get("kind") if isinstance(section, Mapping) else section


def _only_in_one_dimension(kind: object) -> str:
    words = ("skyrmion", "vortex", "meron", "bubble", "hopfion")
    if any(word in str(kind).lower() for word in words):
        return (
            " M depends on x alone here: skyrmions, vortices and the like, which need two or three "
            "dimensions, do not exist."
        )
    return ""


def _one_of(allowed: Sequence[str], given: object) -> str:
    return f"must be one of {listed(allowed)}, but {shown(given)} was given."


def _plain(name: object) -> str:
    text = str(name)[:60]
    return text if text.isprintable() else text.encode("unicode_escape").decode()
