"""Commented example files, written from the schema: units, meanings and defaults stand there.

No text that a section could give: a key that is added there appears here by itself.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from boltzwall.config.config import Config
from boltzwall.config.kinds import Numbers, Whole, declared, unit_of
from boltzwall.config.literals import choices_of, known, literal
from boltzwall.config.load import load_config
from boltzwall.config.messages import section_models
from boltzwall.config.sections import Material, Section, Transport
from boltzwall.config.sections.transport import models_of
from boltzwall.config.templates.study import STUDY, study_template
from boltzwall.config.units import Unit
from boltzwall.errors import InputError

_WIDTH = 96
_NOT_SET = "not set"
_HEAD = (
    "Numbers are in SI units; a text may give another unit. A key behind a # has the value shown: "
    "its default, the preset's, or what follows from the other keys. Where the line ends in "
    f"“{_NOT_SET}” it has none, and shows how to give one."
)


@dataclass(frozen=True)
class Example:
    """An example: what it shows, the keys in which it differs from the defaults, a word on them."""

    description: str
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: str = ""


EXAMPLES: dict[str, Example] = {
    "wang2022": Example("the wall of Wang et al. (2022) in a gradient of 2 K/nm"),
    "uniform-temperature": Example(
        "the same wall at one temperature, driven by the electric field alone",
        {"temperature": {"kind": "uniform", "value": 300.0}},
    ),
    "characteristic": Example(
        "a momentum window on both sides of v = u, with data at both ends of the wire",
        {
            "transport": {
                "inflow": "characteristic",
                "momentum_window": (0.6, 1.6),
                "momentum_nodes": 128,
            }
        },
    ),
    "time-dependent": Example(
        "the electrons followed in time until they are steady, some 30 fs",
        {
            "transport": {"time_dependent": True},
            "dynamics": {"end_time": 1e-13, "save_interval": 2e-15, "stop": "end"},
        },
    ),
    "wall": Example(
        "a wall held by exchange and anisotropy in a moving window, driven by a current",
        {
            "material": {
                "preset": "permalloy",
                "uniaxial_anisotropy": 1e5,
                "hard_axis_anisotropy": 1e5,
            },
            "wire": {"length": 4e-7, "cells": 200},
            "texture": {"kind": "neel", "width": 1.14e-8},
            "temperature": {"kind": "uniform", "value": 300.0},
            "drive": {"current_density": -1e12},
            "transport": {"model": "zhang-li", "polarisation": 0.4, "beta": 0.02},
            "field": {
                "exchange": True,
                "uniaxial_anisotropy": True,
                "hard_axis_anisotropy": True,
            },
            "dynamics": {
                "end_time": 1e-8,
                "save_interval": 5e-11,
                "stop": "end",
                "relax": True,
                "moving_window": True,
            },
        },
        notes="The wall relaxes before the current sets in. With transport.model = "
        '"consistent" the torque is computed from the electrons instead, and polarisation and '
        "transport.beta go; "
        "transport.update = 1e-3 then solves for them as often as that accuracy asks.",
    ),
    "pair": Example(
        "two walls of one chirality, which a current carries along the wire",
        {
            "material": {
                "preset": "permalloy",
                "uniaxial_anisotropy": 1e5,
                "hard_axis_anisotropy": 1e5,
                "damping": 0.05,
            },
            "wire": {"length": 1e-6, "cells": 500},
            "texture": {"kind": "walls", "centres": (2e-7, 4.5e-7), "width": 1.14e-8},
            "temperature": {"kind": "uniform", "value": 300.0},
            "drive": {"current_density": -1e12},
            "transport": {"model": "zhang-li", "polarisation": 0.4, "beta": 0.1},
            "field": {
                "exchange": True,
                "uniaxial_anisotropy": True,
                "hard_axis_anisotropy": True,
            },
            "dynamics": {
                "end_time": 6e-9,
                "save_interval": 5e-11,
                "stop": "end",
                "relax": True,
            },
        },
        notes="Every wall is followed by itself and has its own regime and velocity. A field along "
        "z drives neighbours against each other; with texture.chirality = "
        '"alternating" they then annihilate.',
    ),
    "stack": Example(
        "a chiral wall in 0.6 nm of cobalt on platinum, driven by the spin–orbit torque of the "
        "current in the platinum",
        {
            "material": {"preset": "platinum-cobalt"},
            "wire": {"length": 6e-7, "cells": 400, "width": 1e-7, "thickness": 6e-10},
            "texture": {"kind": "neel", "width": 5.6e-9, "reverse": True},
            "temperature": {"kind": "uniform", "value": 300.0},
            "transport": {"model": "none"},
            "field": {
                "exchange": True,
                "uniaxial_anisotropy": True,
                "interfacial_dmi": True,
                "demagnetising": "local",
                "spin_orbit_torque": True,
                "heavy_metal_current_density": 2e11,
                "oersted": True,
            },
            "dynamics": {
                "end_time": 2e-9,
                "save_interval": 1e-11,
                "stop": "end",
                "relax": True,
                "moving_window": True,
            },
        },
        notes="A film of cobalt that is so thin carries little of the current itself: with "
        'transport.model = "zhang-li" and drive.current_density its own torque is added. On '
        "tantalum, whose spin Hall angle is negative, the wall moves the other way.",
    ),
    "heat": Example(
        "a permalloy wire with a notch on oxidised silicon, warmed by a current pulse",
        {
            "material": {"preset": "permalloy"},
            "wire": {"length": 2e-6, "cells": 200, "width": 2e-7, "thickness": 2e-8},
            "texture": {"kind": "uniform", "direction": (1.0, 0.0, 0.0)},
            "temperature": {"kind": "uniform", "value": 300.0},
            "profile": {"kind": "notch", "width": 3e-7, "depth": 0.2},
            "drive": {
                "current_density": 5e11,
                "electric_waveform": "pulse",
                "electric_duration": 5e-9,
            },
            "transport": {"model": "none"},
            "heat": {
                "kind": "wire",
                "substrate": "half-space",
                "substrate_material": "silicon",
                "film_material": "silicon-dioxide",
                "film_thickness": 3e-7,
            },
            "dynamics": {"end_time": 1e-8, "save_interval": 1e-10, "stop": "end"},
        },
        notes="`boltzwall heat` computes T(x, t) and draws it; `boltzwall check` says beforehand "
        "how far the wire warms.",
    ),
    "consistent": Example(
        "the consistent model: a wall in a wire of many mean free paths, a current and a gradient",
        {
            "material": {"uniaxial_anisotropy": 1.3e5, "hard_axis_anisotropy": 1e5},
            "wire": {"length": 2e-7, "cells": 1000},
            "texture": {"kind": "neel", "width": 1e-8},
            "temperature": {"cold_end": 300.0, "gradient": 1e8},
            "drive": {"current_density": -1e10},
            "transport": {"model": "consistent", "update": 1e-3},
            "field": {
                "exchange": True,
                "uniaxial_anisotropy": True,
                "hard_axis_anisotropy": True,
            },
            "dynamics": {"save_interval": 5e-11, "stop": "end"},  # dM/dt is slow from the start
        },
        notes="In a closed circuit give either drive.current_density, whose field follows, or "
        "drive.electric_field; without both, the field has its default. In an open circuit, drive."
        'circuit = "open", give neither: the field is the one that stops the current which the '
        "gradient drives, and the wall moves by the gradient alone.",
    ),
}


def names() -> tuple[str, ...]:
    """The names of the examples."""
    return (*EXAMPLES, STUDY)


def template(name: str) -> str:
    """The example file of this name as TOML; InputError lists the names for any other."""
    if name == STUDY:
        return study_template()
    if name not in EXAMPLES:
        listed = ", ".join(f'"{known}"' for known in names())
        raise InputError(f'Argument `name` must be one of {listed}, but "{name}" was given.')
    example = EXAMPLES[name]
    config = load_config(example.settings)
    blocks = ["\n".join(_comment(f"boltzwall: {example.description}. {_HEAD}"))]
    if example.notes:
        blocks[0] += "\n" + "\n".join(_comment(example.notes))
    for section in Config.model_fields:
        blocks.append("\n".join(_section(config, section, example.settings.get(section, {}))))
    return "\n\n".join(blocks) + "\n"


def _section(config: Config, name: str, given: Mapping[str, Any]) -> Iterator[str]:
    section: Section = getattr(config, name)
    yield f"[{name}]"
    yield from _comment((Config.model_fields[name].description or "").capitalize() + ".")
    yield from _other_kinds(name, section)
    foreign = section.foreign_keys() if isinstance(section, Transport) else frozenset()
    for key, info in type(section).model_fields.items():
        if key not in foreign:
            yield from _comment(_meaning(key, info))
            yield _line(section, key, info, set_here=key in given)


def _line(section: Section, key: str, info: FieldInfo, set_here: bool) -> str:
    """The key with its value; behind a # unless it is set here or the default of all models."""
    value = known(getattr(section, key))
    if value is None:
        return f"# {key} = {literal(_example(info), info)}  # {_NOT_SET}"
    hidden = not set_here and _follows(section, key, info)
    return f"{'# ' if hidden else ''}{key} = {literal(value, info)}"


def _follows(section: Section, key: str, info: FieldInfo) -> bool:
    """Whether the value is another key's doing: its preset's, closure's, model's or drive's."""
    return (
        info.default is None
        or (isinstance(section, Material) and key != "preset")
        or (isinstance(section, Transport) and bool(models_of(key)))
        or (key == "electric_field" and getattr(section, "current_density", None) is not None)
    )


def _other_kinds(name: str, section: Section) -> Iterator[str]:
    others = [model for model in section_models(Config)[name] if model is not type(section)]
    for model in others:
        kinds = " or ".join(f'"{kind}"' for kind in get_args(model.model_fields["kind"].annotation))
        keys = ", ".join(f"{key}" for key in model.model_fields if key != "kind")
        yield from _comment(f"Or kind = {kinds} with {keys}.")


def _meaning(key: str, info: FieldInfo) -> str:
    text = info.description or key
    for entry in declared(info):
        if isinstance(entry, Unit | Numbers):
            unit = entry if isinstance(entry, Unit) else entry.unit
            inside = ", ".join(part for part in (unit.si, unit.range_in_words()) if part)
            return f"{text} [{inside}]" if inside else text
        if isinstance(entry, Whole):
            return f"{text} [{entry.least} to {entry.most}]"
    choices = [] if info.annotation is bool else [f'"{choice}"' for choice in choices_of(info)]
    named = all(choice in text for choice in choices)
    return text if named or len(choices) == 1 else f"{text}: {', '.join(choices)}"


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ")


def _example(info: FieldInfo) -> Any:
    unit = unit_of(info)
    if unit:
        return unit.parse((info.examples or [unit.example.strip('"')])[0])
    numbers = next((entry for entry in declared(info) if isinstance(entry, Numbers)), None)
    if numbers:
        return numbers.parse(json.loads(numbers.example))
    return next(iter(info.examples or choices_of(info)), Path("table.txt"))
