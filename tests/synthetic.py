"""Datasets with the shape and scale of a run, from closed forms, for tests that need no solver.

The wall M = (cos θ, 0, sin θ), θ = π/2 − πx/L, turns at every x towards +z at a common rate and
precesses about z meanwhile; m follows M with a transverse part that dies out with the motion.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.result import build_dataset
from boltzwall.version import __version__

DENSITY = 2.4e26  # 1/m³
EXCHANGE_RATE = 1.61e14  # 1/s
MAGNETON_PER_MS = 9.274e-24 / 8e5  # m³
CHARGE = 1.602176634e-19  # C


def configuration(gradient: float = 2e9, cold_end: float = 100.0, **transport: Any) -> dict:
    return {
        "wire": {"length": 5e-9, "cells": 40},
        "texture": {"kind": "wang2022"},
        "temperature": {"kind": "linear", "cold_end": cold_end, "gradient": gradient},
        "drive": {"electric_field": -8e3},
        "transport": {"model": "published", "closure": "activated", **transport},
        "dynamics": {"end_time": 4e-10},
    }


def run_dataset(
    gradient: float = 2e9,
    cold_end: float = 100.0,
    *,
    rate: float = 3e10,
    cells: int = 40,
    saves: int = 61,
    attributes: Mapping[str, Any] | None = None,
) -> xr.Dataset:
    """A run: all variables of the published model along ``saves`` times up to 0.4 ns."""
    length = 5e-9
    x = (np.arange(cells) + 0.5) * length / cells
    time = np.linspace(0.0, 4e-10, saves)
    rate = rate * (1.0 + 1.5e-10 * gradient) * (cold_end / 100.0)
    magnetisation = relaxing_wall(x, time, length, rate)
    temperature = cold_end + gradient * x
    moments = _moments(x, time, magnetisation, temperature, rate)
    mean = magnetisation.mean(axis=1)
    away = np.abs(mean - mean[-1]).max(axis=1) > 0.02
    settled = float(time[int(np.nonzero(away)[0][-1]) + 1]) if away.any() else 0.0
    arrays = {
        "time": time,
        "x": x,
        "temperature": temperature,
        "magnetisation": magnetisation,
        "mean_magnetisation": mean,
        "wall_position": length * (1.0 - np.exp(-((rate * time) ** 2))),
        "wall_velocity": np.gradient(length * (1.0 - np.exp(-((rate * time) ** 2))), time),
        "wall_width": np.full(saves, 1.6e-9),
        "wall_tilt": 4.0 * rate * time,
        **moments,
    }
    return build_dataset(
        arrays, _attributes(gradient, cold_end, settled, length) | dict(attributes or {})
    )


def transport_dataset(gradient: float = 2e9, cold_end: float = 100.0) -> xr.Dataset:
    """A transport solution: the run's first instant, without time."""
    run = run_dataset(gradient, cold_end)
    timed = [name for name in run.data_vars if run[name].dims == ("time",)]
    still = run.drop_vars([*timed, "mean_magnetisation"]).isel(time=0, drop=True)
    still.attrs["title"] = "Transport for a given magnetisation (synthetic)"
    return still


def relaxing_wall(x: np.ndarray, time: np.ndarray, length: float, rate: float) -> np.ndarray:
    """Unit vectors (time, x, component) that turn from the wall to +z."""
    polar = np.pi * x / length  # angle from +z at t = 0
    late = np.exp(-((rate * time) ** 1.5))[:, None]
    polar = 2.0 * np.arctan(late * np.tan(0.5 * np.minimum(polar, 0.995 * np.pi)))
    azimuth = 4.0 * rate * time[:, None] * (1.0 + 0.3 * x / length)
    return np.stack(
        [np.sin(polar) * np.cos(azimuth), np.sin(polar) * np.sin(azimuth), np.cos(polar)], axis=-1
    )


def _moments(x, time, M, T, rate):
    tangent = np.gradient(M, x, axis=1)
    tangent *= 1e-9
    size = (T / 150.0)[None, :, None]
    spin = 2e-3 * DENSITY * size * (0.8 * M + 0.2 * np.cross(M, tangent) + 0.05 * tangent)
    torque = -EXCHANGE_RATE * MAGNETON_PER_MS * np.cross(M, spin)
    thermal = 0.6 * torque
    scalar = np.ones_like(M[..., 0])
    return {
        "spin_accumulation": spin,
        "spin_current_density": 2e5 * spin,
        "charge_density": DENSITY * scalar * (1.0 + 1e-3 * x / x[-1]),
        "charge_current_density": 1e10 * scalar * (1.0 + 0.05 * x / x[-1]),
        "heat_current_density": 1e9 * scalar,
        "torque_total": torque,
        "torque_electrical": 0.01 * torque,
        "torque_thermal": 0.1 * torque,
        "torque_background": 0.89 * torque,
        "torque_total_eq17": torque,
        "torque_electrical_eq21": torque - thermal,
        "torque_thermal_eq22": thermal,
        "torque_thermal_field_like": 0.01 * thermal,
        "torque_thermal_damping_like": 0.99 * thermal,
        "spin_accumulation_eq16": spin,
        "thermal_current_a": 1.93e5 * DENSITY * T / 150.0,
        "thermal_current_b": -0.01 * 1.93e5 * DENSITY * (T / 150.0) ** 2,
        "thermal_charge_density": DENSITY * T / 150.0,
        "spin_conversion_eq25": 0.2 * scalar,
        "residual_charge": 1e15 * scalar * np.sin(6.0 * x / x[-1]),
        "residual_spin": 1e-12 * spin / 1e-12,
        "window_end_charge": 1e12 * scalar,
        "window_end_spin": 1e-4 * spin / 1e-12,
    }


def _attributes(gradient, cold_end, settled, length) -> dict[str, Any]:
    xi = 161.04
    return {
        "title": "Wall driven by field and temperature gradient (synthetic)",
        "boltzwall_version": __version__,
        "configuration": json.dumps(configuration(gradient, cold_end)),
        "model": "published",
        "spin_accumulation_is": "moment density",
        "xi": xi,
        "beta_q": xi / (1.0 + xi**2),
        "reference_density": 1e28,
        "settling_time": settled,
        "wall_velocity_estimate": length / settled if settled else np.nan,
        "stopped_because": "steady",
        "residual_spin_relative": 1e-12,
        "residual_charge_relative": 0.7,
        "calibrated": "reference_density, on the settling time 0.15 ns at κ = 2 K/nm",
        "assumed": "Seebeck coefficient",
    }
