"""A wall of permalloy's size in runs of one shape, so that all tests share compiled code."""

from typing import Any

import numpy as np
import xarray as xr

from boltzwall.simulation import simulate_batch

GAMMA, MS, STIFFNESS, EASY = 2.21e5, 8e5, 13e-12, 1e5
MU0 = 4e-7 * np.pi
WIDTH = float(np.sqrt(STIFFNESS / EASY))  # 11.4 nm
HARD = 2e4
HARD_FIELD = 2.0 * HARD / (MU0 * MS)  # H_K
MEMBERS, CELLS, SPACING, SAVES = 4, 160, 2e-9, 40
Sections = dict[str, dict[str, Any]]


def wall(
    hard: float = 0.0, damping: float = 0.1, end: float = 1e-9, **sections: dict[str, Any]
) -> Sections:
    """A Néel wall in the middle of 320 nm, with a torque of u = 0 unless it is given.

    A section with a kind replaces the whole section, any other is put over it.
    """
    base: Sections = {
        "material": {
            "gyromagnetic_ratio": GAMMA, "damping": damping, "saturation_magnetisation": MS,
            "exchange_stiffness": STIFFNESS, "uniaxial_anisotropy": EASY,
            "hard_axis_anisotropy": hard,
        },
        "wire": {"length": CELLS * SPACING, "cells": CELLS},
        "texture": {"kind": "neel", "width": WIDTH},
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": {"model": "zhang-li", "u": 0.0, "beta": 0.0},
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {
            "end_time": end, "save_interval": end / SAVES, "stop": "end",
            "checkpoint_interval": SAVES,
        },
    }  # fmt: skip
    replaced = {
        name: section if "kind" in section else {**base.get(name, {}), **section}
        for name, section in sections.items()
    }
    return base | replaced


def run(configs: list[Sections]) -> list[xr.Dataset]:
    """The runs, filled up to a batch of MEMBERS with copies of the last."""
    found: list[xr.Dataset] = []
    for first in range(0, len(configs), MEMBERS):
        batch = configs[first : first + MEMBERS]
        filled = batch + [batch[-1]] * (MEMBERS - len(batch))
        found += simulate_batch(filled)[: len(batch)]
    return found


def slope(run: xr.Dataset, name: str = "wall_position", share: float = 0.5) -> float:
    """Mean rate of change over the last ``share`` of the run."""
    last = slice(-round(share * run.time.size), None)
    return float(np.polyfit(run.time.values[last], run[name].values[last], 1)[0])
