"""Electrons in time slow the precession of a uniform M: docs/consistent-model.md, section 12."""

import numpy as np
import pytest

import boltzwall
from boltzwall.constants import BOHR_MAGNETON, BOLTZMANN, REDUCED_PLANCK

TEMPERATURE = 100.0
WIRE = {
    "wire": {"length": "300 nm", "cells": 12},
    "material": {"damping": 0.02},
    "texture": {"kind": "uniform", "direction": [1.0, 0.0, 1.0]},
    "temperature": {"kind": "uniform", "value": TEMPERATURE},
    "drive": {"electric_field": 0.0, "magnetic_field": [0.0, 0.0, 1e7]},
    "dynamics": {
        "end_time": "0.6 ps",
        "save_interval": "10 fs",
        "electron_step": "1 fs",
        "stop": "end",
    },
}


def carried_moment() -> float:
    """µ_B N0/Ms for two streams: the moment of the carriers at rest over that of M."""
    material = boltzwall.load_config(WIRE).material
    mass, top, J = material.effective_mass, material.fermi_energy, material.exchange_splitting
    kT = BOLTZMANN * TEMPERATURE
    k = np.linspace(0.0, np.sqrt(2.0 * mass * (top + J + 40.0 * kT)) / REDUCED_PLANCK, 200_001)
    kinetic = (REDUCED_PLANCK * k) ** 2 / (2.0 * mass)
    minority, majority = (
        1.0 / (1.0 + np.exp(np.clip((kinetic + 0.5 * s * J - top) / kT, -500.0, 500.0)))
        for s in (1, -1)
    )
    channels = 2.0 * mass * top / REDUCED_PLANCK**2 / (6.0 * np.pi)
    n0 = channels * np.trapezoid(majority - minority, k) / np.pi
    return float(BOHR_MAGNETON * n0 / material.saturation_magnetisation)


def precession(transport: dict[str, object]) -> float:
    """Angular velocity of the middle cell about z in rad/s, once the electrons follow."""
    run = boltzwall.simulate({**WIRE, "transport": transport}, progress=False)
    middle = run.isel(x=run.sizes["x"] // 2, time=slice(20, None))
    m = middle["magnetisation"].values
    angle = np.unwrap(np.arctan2(m[:, 1], m[:, 0]))
    return float(np.polyfit(middle["time"].values, angle, 1)[0])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The cells")
def test_the_carriers_moment_slows_the_precession():
    consistent = {
        "model": "consistent",
        "streams": 2,
        "momentum_nodes": 8,
        "time_dependent": True,
    }
    slower = precession(consistent) / precession({"model": "none"}) - 1.0
    assert slower == pytest.approx(-carried_moment(), rel=0.05)
