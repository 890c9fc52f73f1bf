"""Runs of tanh walls that move as they are told to, for tests of what reads walls or draws them."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.result import build_dataset
from boltzwall.version import __version__

CELL = 2e-9
REGIMES = (
    "none", "steady", "precessing", "pinned", "transient", "left", "annihilated", "broken",
)  # fmt: skip
Motion = Callable[[np.ndarray], np.ndarray]


def walls_dataset(
    motions: Sequence[Motion],
    *,
    length: float = 400e-9,
    width: float = 11e-9,
    end_time: float = 5e-9,
    saves: int = 51,
    moving_window: bool = False,
    drive: dict[str, Any] | None = None,
    attributes: dict[str, Any] | None = None,
) -> xr.Dataset:
    """M = (sech, 0, ±tanh) between walls at ``motions`` (m, of the time in s), nan outside.

    With ``moving_window`` the window keeps the first wall in its middle, in whole cells. Every wall
    has its own track, position, velocity, tilt and width against (time, wall), and the first one
    the names of a single wall.
    """
    time = np.linspace(0.0, end_time, saves)
    cells = round(length / CELL)
    x = (np.arange(cells) + 0.5) * CELL
    position = np.stack([motion(time) for motion in motions], axis=-1)
    offset = np.zeros(saves)
    if moving_window:
        offset = CELL * np.round((position[:, 0] - 0.5 * length) / CELL)
    place = x + offset[:, None]
    magnetisation = _between_walls(place, position, width)
    inside = (position > offset[:, None]) & (position < offset[:, None] + length)
    position = np.where(inside, position, np.nan)
    velocity = np.gradient(np.stack([m(time) for m in motions], -1), time, axis=0)
    many = {
        "wall_positions": (position, "m"),
        "wall_velocities": (np.where(inside, velocity, np.nan), "m s-1"),
        "wall_tilts": (np.where(inside, 0.3, np.nan), "rad"),
        "wall_widths": (np.where(inside, width, np.nan), "m"),
    }
    one = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")
    arrays = {
        "time": time,
        "x": x,
        "temperature": np.full(cells, 300.0),
        "magnetisation": magnetisation,
        "mean_magnetisation": magnetisation.mean(axis=1),
        **{name: values[:, 0] for name, (values, _) in zip(one, many.values(), strict=True)},
    }
    if moving_window:
        arrays["window_offset"] = offset
    dataset = build_dataset(arrays, _attributes(drive or {}) | (attributes or {}))
    for name, (values, units) in many.items():
        dataset[name] = (("time", "wall"), values, {"units": units, "long_name": name})
    return dataset


def judged(run: xr.Dataset, *motions: dict[str, Any]) -> xr.Dataset:
    """The run with what became of each wall.

    Arguments:
        motions: of each wall ``motion``, ``regime`` (of ``REGIMES``), ``velocity``, ``error``,
            ``since``, ``until``; what is left out is steady, or not known.
    """
    flags = {"flag_meanings": " ".join(REGIMES), "flag_values": np.arange(len(REGIMES))}
    moved = [m.get("motion", "steady") for m in motions]
    ended = [m.get("regime", motion) for m, motion in zip(motions, moved, strict=True)]
    run = run.assign_coords(wall=np.arange(len(motions)))
    for name, words in (("wall_motions", moved), ("wall_regimes", ended)):
        run[name] = ("wall", np.array([REGIMES.index(word) for word in words]), flags)
    for name, key in (
        ("mean_velocity", "velocity"), ("mean_velocity_error", "error"),
        ("mean_velocity_since", "since"), ("mean_velocity_until", "until"),
        ("precession_frequency", "frequency"),
    ):  # fmt: skip
        run[name] = ("wall", [m.get(key, np.nan) for m in motions])
    return run


def at_speed(start: float, velocity: float) -> Motion:
    """A wall at ``start`` in m that goes at ``velocity`` in m/s."""
    return lambda time: start + velocity * time


def _between_walls(x: np.ndarray, position: np.ndarray, width: float) -> np.ndarray:
    """Unit vectors (time, x, component): θ turns by π at every wall."""
    steps = (x[:, :, None] - position[:, None, :]) / width
    angle = np.sum(2.0 * np.arctan(np.exp(steps)), axis=-1)
    return np.stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)], axis=-1)


def _attributes(drive: dict[str, Any]) -> dict[str, Any]:
    configuration = {
        "texture": {"kind": "neel"},
        "temperature": {"kind": "uniform", "value": 300.0},
        "drive": {"current_density": -1e12, "circuit": "closed"} | drive,
        "transport": {"model": "zhang-li", "beta": 0.02},
        "field": {"exchange": True},
        "dynamics": {"magnetisation": "moving"},
    }
    return {"boltzwall_version": __version__, "configuration": json.dumps(configuration)}
