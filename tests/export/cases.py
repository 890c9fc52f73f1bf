"""Wires that the scripts are tried with, and dm/dt of the run itself."""

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.physics.llg import magnetisation_rate
from tests.export.results import rough_wall

CELLS, DX = 60, 1e-9
MU0 = 1.25663706212e-6
METAL = {
    "preset": "permalloy",
    "damping": 0.1,
    "gyromagnetic_ratio": 2.3e5,  # not MuMax3's own
    "uniaxial_anisotropy": 1e5,
    "hard_axis_anisotropy": 2e4,
    "cubic_anisotropy": 3e4,
    "interfacial_dmi": 4e-4,
    "bulk_dmi": 3e-4,
    "curie_temperature": 850.0,
}
WIRE = {"length": CELLS * DX, "cells": CELLS, "width": 2e-8, "thickness": 5e-9}
CURRENT = {"model": "zhang-li", "polarisation": 0.4, "beta": 0.3}


def settings(**sections: Any) -> dict[str, Any]:
    """A wire with exchange, both anisotropies and a current, changed by ``sections``."""
    base: dict[str, Any] = {
        "material": METAL,
        "wire": WIRE,
        "texture": {"kind": "bloch", "width": 6e-9},
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": CURRENT,
        "drive": {"current_density": -1e12},
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {"end_time": 4e-10, "save_interval": 1e-10},
    }
    for name, section in sections.items():
        base[name] = base.get(name, {}) | section
        if "kind" in section or "model" in section:
            base[name] = section
    return base


def our_rate(
    given: dict[str, Any], m: np.ndarray, t: float, demagnetising: bool = False
) -> np.ndarray:
    """dm/dt of the run in 1/s, with MuMax3's difference of second order for ∂xM."""
    config = load_config(given)
    problem = Problem.of(config, rough_wall(len(m)))
    magnet = problem.magnet()
    terms = {k: v for k, v in magnet.terms.items() if demagnetising or k != "demagnetising"}
    field = sum(np.asarray(term.field(jnp.asarray(m), jnp.asarray(t))) for term in terms.values())
    torque = np.zeros_like(m)
    form = problem.electrons().form
    if form is not None:
        padded = np.concatenate([m[:1], m, m[-1:]])
        slope = (padded[2:] - padded[:-2]) / (2.0 * DX)
        slope -= np.sum(slope * m, axis=1, keepdims=True) * m
        u = np.asarray(form.velocity)[:, None] * float(
            problem.waveforms.electric.at(jnp.asarray(t))
        )
        torque = -u * slope + float(form.beta) * u * np.cross(m, slope)
    rate = magnetisation_rate(
        jnp.asarray(m), jnp.asarray(field), jnp.asarray(torque), magnet.gyromagnetic_ratio,
        magnet.damping,
    )  # fmt: skip
    return np.asarray(rate)


NO_CURRENT = {"model": "none"}
PULSE = {
    "electric_waveform": "pulse",
    "electric_start": 1e-11,
    "electric_duration": 1e-10,
    "electric_rise": 2e-11,
}
HEAVY = {
    "spin_orbit_torque": True,
    "spin_hall_angle": 0.12,
    "fieldlike_angle": -0.05,
    "heavy_metal_thickness": 4e-9,
    "oersted": True,
}
CASES = {
    "current": settings(),
    "negative beta, positive current": settings(
        drive={"current_density": 2e12}, transport=CURRENT | {"beta": -0.2}
    ),
    "u as it is": settings(
        transport={"model": "zhang-li", "u": -30.0, "beta": 1.5}, drive={"current_density": None}
    ),
    "current pulse and field sine": settings(
        drive=PULSE
        | {
            "magnetic_field": [1e3, -2e4, 3e4],
            "magnetic_waveform": "sine",
            "magnetic_frequency": 3e9,
            "magnetic_start": 2e-11,
        }
    ),
    "ramps": settings(
        drive={
            "electric_waveform": "ramp",
            "electric_start": 1e-11,
            "electric_duration": 1e-10,
            "magnetic_field": [0.0, 0.0, 3e4],
            "magnetic_waveform": "linear",
            "magnetic_duration": 2e-10,
        }
    ),
    "field alone": settings(
        transport=NO_CURRENT, drive={"current_density": None, "magnetic_field": [0, 0, 2e4]}
    ),
    "field in a region": settings(
        drive={"magnetic_field": [0, 1e4, 2e4], "magnetic_region": [1.5e-8, 4e-8]}
    ),
    "interfacial DMI": settings(field={"interfacial_dmi": True}),
    "bulk DMI and cubic anisotropy": settings(field={"bulk_dmi": True, "cubic_anisotropy": True}),
    "other axes": settings(field={"easy_axis": [1, 2, 3], "hard_axis": [0, 1, 1]}),
    "shape": settings(field={"demagnetising": "local"}),
    "notch with DMI and shape": settings(
        profile={"kind": "notch", "width": 5e-9, "depth": 0.4},
        field={"demagnetising": "local", "interfacial_dmi": True},
    ),
    "pinning": settings(
        profile={
            "kind": "pinning",
            "width": 4e-9,
            "anisotropy_factor": 0.7,
            "stiffness_factor": 1.2,
            "magnetisation_factor": 0.8,
            "damping_factor": 1.5,
        }
    ),
    "constants that follow T": settings(
        temperature={"kind": "linear", "cold_end": 200.0, "gradient": 5e9},
        field={"temperature_law": "kuzmin", "demagnetising": "local"},
        transport={"model": "bauer", "spin_conversion": 0.4, "beta": 0.05},
        drive={"current_density": None},
        material=METAL | {"seebeck_coefficient": -1.8e-5, "conductivity": 6e6},
    ),
    "spin-orbit torque and Oersted field": settings(
        field=HEAVY,
        drive=PULSE | {"magnetic_field": [0, 0, 1e4]},
        profile={"kind": "notch", "width": 5e-9, "depth": 0.4},
    ),
    "heavy metal above, alone": settings(
        transport=NO_CURRENT,
        drive={"current_density": None},
        field=HEAVY | {"heavy_metal_side": "above", "heavy_metal_current_density": 2e12},
    ),
    "static field of a file": settings(
        drive={"magnetic_field_file": str(Path(__file__).with_name("stray-field.txt"))}
    ),
    "initial state": settings(field={"initial_state_field": 0.3}),
}
