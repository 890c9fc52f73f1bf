"""Small wires of every model, field term, stepper and drive, with random numbers and textures.

Each kind of wire has one shape, so that its compiled code serves all that are drawn from it.
"""

import math
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from boltzwall.config import Config
from boltzwall.config.kinds import unit_of
from boltzwall.config.messages import section_models
from boltzwall.config.units import RefusedError

Tables = dict[str, Any]

_WALL: Tables = {
    "material": {
        "preset": "permalloy", "exchange_stiffness": 1.3e-11, "uniaxial_anisotropy": 1e5,
        "damping": 0.1,
    },
    "wire": {"length": 1e-7, "cells": 24, "width": 4e-8, "thickness": 5e-9},
    "temperature": {"kind": "uniform", "value": 250.0},
    "drive": {"electric_field": 0.0, "magnetic_field": [0.0, 0.0, 2e3]},
    "field": {"exchange": True, "uniaxial_anisotropy": True},
    "dynamics": {
        "end_time": 4e-12, "save_interval": 1e-12, "stop": "end", "checkpoint_interval": 2,
    },
}  # fmt: skip
_LOCAL: Tables = {"model": "zhang-li", "u": 40.0, "beta": 0.05}
_PAPER: Tables = {
    "wire": {"length": 5e-9, "cells": 24},
    "transport": {"model": "published", "momentum_nodes": 8},
    "dynamics": {**_WALL["dynamics"], "end_time": 8e-12, "save_interval": 2e-12},
}
_TWO: Tables = {"model": "consistent", "streams": 2, "momentum_nodes": 8}
_CURRENT: Tables = {"current_density": 1e11}
_IN_TIME: Tables = {
    "end_time": 4e-15, "save_interval": 1e-15, "stop": "end", "electron_step": 2.5e-16,
}  # fmt: skip


def _with(base: Tables, **sections: Mapping[str, Any]) -> Tables:
    merged = {name: dict(table) for name, table in base.items()}
    for name, table in sections.items():
        merged[name] = {**merged.get(name, {}), **table}
    return merged


def _driven(transport: Tables, drive: Tables = _CURRENT, **sections: Mapping[str, Any]) -> Tables:
    """The wall with kinetic electrons, which give E themselves."""
    merged = _with(_WALL, transport=transport, **sections)
    merged["drive"] = {"magnetic_field": [0.0, 0.0, 2e3], **drive}
    return merged


STACK: Tables = {
    "spin_orbit_torque": True, "oersted": True, "interfacial_dmi": True,
    "heavy_metal_current_density": 1e11, "spin_hall_angle": 0.1, "fieldlike_angle": 0.02,
    "heavy_metal_thickness": 3e-9,
}  # fmt: skip
KINDS: dict[str, Tables] = {
    "published, march": _PAPER,
    "published, activated, c": _with(
        _PAPER, transport={"closure": "activated"}, field={"initial_state_field": 0.1}
    ),
    "published, both ends": _with(
        _PAPER, transport={"inflow": "characteristic", "closure": "repaired-signs"}
    ),
    "published, held": _with(_PAPER, transport={"update": 1e-3}),
    "published in time": _with(
        _PAPER, transport={"time_dependent": True, "inflow": "characteristic"}, dynamics=_IN_TIME
    ),
    "two streams": _driven(_TWO),
    "two streams, reservoirs, open": _driven(
        {**_TWO, "boundary": "reservoir"}, {"circuit": "open"},
        temperature={"kind": "linear", "cold_end": 200.0, "gradient": 1e9, "value": None},
    ),
    "two streams, held, pumping": _driven({**_TWO, "pumping": True, "update": 1e-3}),
    "two streams in time": _driven({**_TWO, "time_dependent": True}, dynamics=_IN_TIME),
    "four streams": _driven({**_TWO, "streams": 4}),
    "Zhang and Li": _with(_WALL, transport=_LOCAL),
    "Zhang and Li, explicit": _with(_WALL, transport=_LOCAL, dynamics={"method": "explicit"}),
    "all anisotropies, law, strip": _with(
        _WALL,
        transport=_LOCAL,
        material={"hard_axis_anisotropy": 5e4, "cubic_anisotropy": 2e4, "curie_temperature": 850.0},
        field={
            "hard_axis_anisotropy": True, "cubic_anisotropy": True, "demagnetising": "local",
            "temperature_law": "bloch",
        },
    ),
    "demagnetising, pinned": _with(
        _WALL,
        transport=_LOCAL,
        field={"demagnetising": "full"},
        profile={"kind": "pinning", "width": 1e-8, "anisotropy_factor": 1.2},
    ),
    "bulk DMI": _with(
        _WALL, transport=_LOCAL, material={"bulk_dmi": 5e-4}, field={"bulk_dmi": True}
    ),
    "stack": _with(_WALL, transport=_LOCAL, material={"interfacial_dmi": 5e-4}, field=STACK),
    "noise": _with(_WALL, transport=_LOCAL, dynamics={"thermal_noise": True}),
    "noise, moving window": _with(
        _WALL, transport={**_LOCAL, "u": 800.0},
        dynamics={"thermal_noise": True, "moving_window": True},
    ),
    "moving window": _with(
        _WALL, transport={**_LOCAL, "u": 800.0}, dynamics={"moving_window": True}
    ),
    "no electrons, relaxed": _with(
        _WALL, transport={"model": "none"}, dynamics={"relax": True, "steady_rate": 1e10}
    ),
    "Bauer": _with(
        _WALL,
        transport={"model": "bauer", "spin_conversion": 0.4, "beta": 0.1},
        material={"seebeck_coefficient": -1.8e-5, "conductivity": 6e6},
        temperature={"kind": "linear", "cold_end": 200.0, "gradient": 1e9, "value": None},
    ),
}  # fmt: skip
TURNING = (
    "Zhang and Li", "Zhang and Li, explicit", "bulk DMI", "two streams", "four streams",
    "two streams, reservoirs, open", "no electrons, relaxed", "Bauer", "published, held",
)  # fmt: skip
"""Kinds whose physics does not change when M is turned about x, or with all axes."""
_FIXED = ("wire.length", "wire.width", "dynamics.end_time", "dynamics.save_interval")
_SPREAD = 0.15
_WAVES = ("constant", "ramp", "linear", "pulse", "sine")


def drawn(kind: str, seed: int) -> Tables:
    """A wire of a kind: each of its numbers another by some fifteen per cent, any texture."""
    chance = random.Random(f"{kind} {seed}")
    tables = {s: {k: v for k, v in t.items() if v is not None} for s, t in KINDS[kind].items()}
    for section, table in tables.items():
        for key, value in table.items():
            if isinstance(value, float) and f"{section}.{key}" not in _FIXED:
                table[key] = _spread(section, key, value, chance)
    drive = tables.setdefault("drive", {})
    if tables["transport"].get("time_dependent"):
        return {**tables, "texture": _texture(tables, chance)}
    end = tables["dynamics"]["end_time"]
    for of in ("electric", "magnetic"):
        drive[f"{of}_waveform"] = chance.choice(_WAVES)
        drive[f"{of}_start"] = chance.uniform(0.0, 0.5 * end)
        drive[f"{of}_duration"] = chance.uniform(0.1, 1.0) * end
        drive[f"{of}_frequency"] = chance.uniform(0.1, 2.0) / end
    if tables.get("temperature", {}).get("kind") == "uniform" and chance.random() < 0.5:
        start = tables["temperature"]["value"]
        tables["temperature"] = {
            "kind": "linear", "cold_end": start, "gradient": chance.uniform(-5e8, 5e8),
        }  # fmt: skip
    tables["texture"] = _texture(tables, chance)
    return tables


def _spread(section: str, key: str, value: float, chance: random.Random) -> float:
    found = value * math.exp(chance.gauss(0.0, _SPREAD))
    for model in section_models(Config)[section]:
        unit = unit_of(model.model_fields[key]) if key in model.model_fields else None
        try:
            return found if unit is None else unit.parse(found)
        except RefusedError:
            return value
    return value


def _texture(tables: Tables, chance: random.Random) -> Tables:
    length = tables["wire"]["length"]
    width, centre = chance.uniform(0.08, 0.2) * length, chance.uniform(0.4, 0.6) * length
    angle = chance.uniform(-math.pi, math.pi)
    kind = chance.choice(
        ("neel", "bloch", "head-to-head", "walls", "uniform", "spiral", "wang2022")
    )
    if kind == "uniform":
        return {"kind": kind, "direction": [chance.gauss(0.0, 1.0) for _ in range(3)]}
    if kind == "spiral":
        return {"kind": kind, "period": chance.choice((-1.0, 1.0)) * chance.uniform(1, 3) * length}
    if kind == "wang2022":
        return {"kind": kind}
    own: Tables = {"kind": kind, "width": width, "tilt": angle, "reverse": chance.random() < 0.5}
    if kind == "walls":
        sides = ("same", "alternating")
        return own | {
            "centres": [0.3 * length, 0.7 * length], "chirality": chance.choice(sides),
            "width": 0.5 * width, "wall": chance.choice(("neel", "bloch")),
        }  # fmt: skip
    return own | {"centre": centre}


def turned(tables: Tables, states: np.ndarray, folder: Path, quarter: bool) -> Tables:
    """The same wire from M of ``states``, with M and all axes turned about x by 90° if so."""
    rotation = ABOUT_X if quarter else np.eye(3)
    file = folder / f"start-{quarter}.npy"
    np.save(file, states @ rotation.T)
    field, drive = dict(tables.get("field", {})), dict(tables["drive"])
    field["easy_axis"] = (rotation @ [0.0, 0.0, 1.0]).tolist()
    drive["magnetic_field"] = (rotation @ drive.get("magnetic_field", [0.0, 0.0, 0.0])).tolist()
    texture = {"kind": "file", "path": str(file)}
    return {**tables, "field": field, "drive": drive, "texture": texture}


ABOUT_X = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
