"""Without a drive the energy of the magnetisation never rises, whatever the start."""

from dataclasses import replace

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.numerics.evolution import Accuracy, TimeRange
from boltzwall.numerics.stepping import integrate
from tests.walls import wall

CELLS = 32
SAVED = 60


def _model(demagnetising, m, damping=0.05):
    config = wall(
        2e4, damping,
        wire={"cells": CELLS, "length": 96e-9, "width": 20e-9, "thickness": 6e-9},
        material={"cubic_anisotropy": 3e4},
        field={"cubic_anisotropy": True, "demagnetising": demagnetising},
        profile={"kind": "pinning", "width": 15e-9, "magnetisation_factor": 0.8,
                 "anisotropy_factor": 1.5},
        drive={"magnetic_field": (1e4, -2e4, 3e4)},
    )  # fmt: skip
    config["transport"] = {"model": "none"}
    return replace(Problem.of(load_config(config)), start=m).coupled()


def _random(seed):
    m = np.random.default_rng(seed).normal(size=(CELLS, 3))
    return jnp.asarray(m / np.linalg.norm(m, axis=1, keepdims=True))


@eqx.filter_jit
def _energies(model, m, times, relax):
    """(E along the way, M at the end)."""
    moving = model.relaxation() if relax else model.evolution()
    span = TimeRange(jnp.zeros(()), times, times[0] / 100.0)
    accuracy = Accuracy(jnp.asarray(1e-7), jnp.asarray(1e-9), jnp.zeros(0))
    states = integrate(moving, m, span, accuracy).states
    along = jnp.concatenate([m[None], states])
    return jax.vmap(lambda one: model.energies(jnp.zeros(()), one)["energy_total"])(along), states[
        -1
    ]


@pytest.mark.slow_but("local-relaxation")
@pytest.mark.parametrize("relax", [False, True], ids=["motion", "relaxation"])
@pytest.mark.parametrize("demagnetising", ["local", "full"])
def test_energy_never_rises(demagnetising, relax):
    times = jnp.asarray(np.geomspace(1e-14, 2e-9, SAVED))
    for seed in (1, 2):
        m = _random(seed)
        energies, last = _energies(_model(demagnetising, m), m, times, relax)
        steps = np.diff(np.asarray(energies))
        fallen = float(energies[0] - energies[-1])
        assert fallen > 0.0
        assert steps.max() < 1e-7 * fallen
        np.testing.assert_allclose(np.linalg.norm(np.asarray(last), axis=1), 1.0, atol=1e-12)


@pytest.mark.parametrize("demagnetising", ["local", "full"])
def test_power_is_that_of_the_damping(demagnetising):
    """dE/dt = −(αµ0/γ0) Σ Ms |dM/dt|² S dx of the motion, exactly."""
    m = _random(3)
    model = _model(demagnetising, m)
    rate = model.evolution().rate(jnp.zeros(()), m)
    magnet = model.magnet
    power = jax.jvp(lambda one: model.energies(jnp.zeros(()), one)["energy_total"], (m,), (rate,))[
        1
    ]
    weight = magnet.cells.weight * magnet.damping / magnet.gyromagnetic_ratio
    lost = float(jnp.sum(weight[:, None] * rate**2))
    assert float(power) == pytest.approx(-lost, rel=1e-10)
