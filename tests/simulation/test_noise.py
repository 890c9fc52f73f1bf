"""Thermal noise in runs: equilibrium of single spins and of a chain, seeds, temperature profiles.

Independent samples are cells or seeds; averages over time are taken of each first, so that the
scatter among them is the standard error.
"""

from functools import cache

import numpy as np
import pytest

from boltzwall.constants import BOLTZMANN
from boltzwall.simulation import simulate_batch
from tests.walls import GAMMA, MS, MU0

SIDE = 2e-9
VOLUME = SIDE**3
CELLS, SAVES, SKIPPED = 500, 60, 20
KELVIN = 300.0
THERMAL = BOLTZMANN * KELVIN
FIELD = 1.5 * THERMAL / (MU0 * MS * VOLUME)
ANISOTROPY = 1.5 * THERMAL / VOLUME


def config(damping, end, step, seed=0, temperature=None):
    """Spins without exchange, in a field and with an easy axis of 1.5 k_BT each, from across it."""
    return {
        "material": {
            "damping": damping, "gyromagnetic_ratio": GAMMA, "saturation_magnetisation": MS,
            "uniaxial_anisotropy": ANISOTROPY,
        },
        "wire": {"length": CELLS * SIDE, "cells": CELLS, "width": SIDE, "thickness": SIDE},
        "texture": {"kind": "uniform", "direction": (1.0, 0.0, 0.0)},
        "temperature": temperature or {"kind": "uniform", "value": KELVIN},
        "transport": {"model": "none"},
        "drive": {"magnetic_field": (0.0, 0.0, FIELD)},
        "field": {"uniaxial_anisotropy": True},
        "dynamics": {
            "end_time": end, "save_interval": end / SAVES, "stop": "end",
            "checkpoint_interval": SAVES, "thermal_noise": True, "noise_seed": seed,
            "noise_step": step,
        },
    }  # fmt: skip


def boltzmann(power, kelvin=KELVIN):
    """⟨M_z^n⟩ of the density exp((µ0MsVH z + KV z²)/k_BT)."""
    z = np.linspace(-1.0, 1.0, 4001)
    exponent = 1.5 * (z + z**2) * KELVIN / np.atleast_1d(kelvin)[:, None]
    density = np.exp(exponent - exponent.max())
    return np.trapezoid(density * z**power, z, axis=1) / np.trapezoid(density, z, axis=1)


def spins(*configs):
    """M of the runs once in equilibrium, (time, cells, 3) each."""
    return [run.magnetisation.values[SKIPPED:] for run in simulate_batch(configs)]


@cache
def equilibrium(damping):
    """M with the step that the noise asks for, and with half of it; run once."""
    end, step = {0.1: (1.2e-9, 2e-13), 1.0: (2.4e-10, 4e-14)}[damping]
    return spins(config(damping, end, step), config(damping, end, 0.5 * step, seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("damping", [0.1, 1.0])
def test_boltzmann_moments(damping):
    """⟨M_z⟩, ⟨M_z²⟩ of Boltzmann's distribution and ⟨M_x⟩ = ⟨M_y⟩ = 0, for each step."""
    for m in equilibrium(damping):
        for power in (1, 2, 3):
            _assert_mean(np.mean(m[:, :, 2] ** power, axis=0), float(boltzmann(power)[0]))
        for component in (0, 1):
            _assert_mean(np.mean(m[:, :, component], axis=0), 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("damping", [0.1, 1.0])
def test_half_the_step_changes_moments_within_their_errors(damping):
    coarse, fine = (np.mean(m[:, :, 2], axis=0) for m in equilibrium(damping))
    error = np.sqrt((coarse.var() + fine.var()) / CELLS)
    assert abs(coarse.mean() - fine.mean()) < 4.0 * error < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("damping", [0.1, 1.0])
def test_boltzmann_distribution(damping):
    """χ² of M_z in ten classes of equal probability, at three times without memory."""
    z = np.linspace(-1.0, 1.0, 20001)
    total = np.cumsum(np.exp(1.5 * (z + z**2)))
    edges = np.interp(np.linspace(0.0, 1.0, 11), total / total[-1], z)
    edges[[0, -1]] = -1.1, 1.1
    m = np.concatenate(equilibrium(damping), axis=1)[::18, :, 2]
    counts, _ = np.histogram(m, edges)
    expected = m.size / 10.0
    assert np.sum((counts - expected) ** 2 / expected) < 33.7  # 9 degrees of freedom, 1 in 10 000


def test_seeds():
    """The same seed gives the same bits, another one another motion without correlation."""
    seeds = [config(0.1, 1.2e-10, 2e-13, seed=seed) for seed in (3, 4)]
    one, other = spins(*seeds)
    np.testing.assert_array_equal(spins(*seeds)[0], one)
    np.testing.assert_allclose(spins(seeds[0])[0], one, atol=1e-8)  # rounding of other code
    late = [m[-1, :, 1] - m[-1, :, 1].mean() for m in (one, other)]
    assert abs(np.corrcoef(*late)[0, 1]) < 4.0 / np.sqrt(CELLS)


@pytest.mark.slow
def test_temperature_profile():
    """Each cell has the equilibrium of its own T(x)."""
    length = CELLS * SIDE
    profile = {"kind": "linear", "cold_end": 60.0, "gradient": 480.0 / length}
    many = spins(*(config(0.3, 4e-10, 1e-13, seed, profile) for seed in (5, 6)))
    z = np.mean(np.concatenate(many, axis=0)[:, :, 2], axis=0)
    kelvin = 60.0 + 480.0 * (np.arange(CELLS) + 0.5) / CELLS
    off = (z - boltzmann(1, kelvin)).reshape(10, -1)
    scores = off.mean(axis=1) / (off.std(axis=1) / np.sqrt(off.shape[1]))
    assert np.abs(scores).max() < 4.0
    assert z[:50].mean() - z[-50:].mean() > 0.2


@pytest.mark.slow
def test_equipartition_of_a_chain():
    """Each mode cos k(i + ½)dx of M_x, M_y has ⟨c²⟩ = k_BT/(2V(K + 2A(1 − cos k dx)/dx²)).

    The stiffness is the second derivative of the energy of the cells' own exchange.
    """
    cells, dx, side, stiffness, anisotropy, kelvin = 24, 3e-9, 10e-9, 13e-12, 5e5, 5.0
    end = 1.8e-9
    configs = [
        {
            "material": {
                "damping": 0.5, "gyromagnetic_ratio": GAMMA, "saturation_magnetisation": MS,
                "exchange_stiffness": stiffness, "uniaxial_anisotropy": anisotropy,
            },
            "wire": {"length": cells * dx, "cells": cells, "width": side, "thickness": side},
            "texture": {"kind": "uniform"},
            "temperature": {"kind": "uniform", "value": kelvin},
            "transport": {"model": "none"},
            "field": {"exchange": True, "uniaxial_anisotropy": True},
            "dynamics": {
                "end_time": end, "save_interval": end / SAVES, "stop": "end",
                "checkpoint_interval": SAVES, "thermal_noise": True, "noise_seed": seed,
                "noise_step": 6e-14,
            },
        }
        for seed in range(12)
    ]  # fmt: skip
    m = np.stack([run.magnetisation.values[4:, :, :2] for run in simulate_batch(configs)])
    modes = np.arange(cells)
    shapes = np.cos(np.pi * modes[:, None] * (np.arange(cells) + 0.5) / cells)
    shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
    amplitudes = np.einsum("ni,rtic->rtcn", shapes, m)
    curved = 2.0 * stiffness * (1.0 - np.cos(np.pi * modes / cells)) / dx**2
    stiff = 2.0 * dx * side**2 * (anisotropy + curved)
    ratios = np.mean(amplitudes**2, axis=(0, 1, 2)) * stiff / (BOLTZMANN * kelvin)
    samples = amplitudes[..., 0].size
    np.testing.assert_allclose(ratios, 1.0, atol=4.5 * np.sqrt(2.0 / samples))
    assert ratios.mean() == pytest.approx(1.0, abs=4.0 * np.sqrt(2.0 / samples / cells))


def _assert_mean(samples, expected):
    error = samples.std() / np.sqrt(samples.size)
    assert error < 0.02
    assert abs(samples.mean() - expected) < 4.0 * error
