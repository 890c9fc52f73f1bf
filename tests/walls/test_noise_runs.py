"""The walls of runs at a finite temperature: what is told of them is right within its error."""

from typing import Any

import numpy as np
import pytest

from boltzwall.relations import wall_diffusion
from tests.systems.walls import Walker
from tests.walls import EASY, GAMMA, MS, MU0, STIFFNESS, WIDTH, Sections, run, wall

ALPHA, STRIP = 0.1, {"width": 50e-9, "thickness": 5e-9}
STRONG = 2e5  # A/m, far beyond breakdown


def noisy(hard: float, seed: int, **sections: dict[str, Any]) -> Sections:
    config = wall(hard, ALPHA, 1e-9, **sections)
    config["wire"] = config["wire"] | STRIP
    config["dynamics"] = config["dynamics"] | {
        "thermal_noise": True, "noise_seed": seed, "noise_step": 4e-14, "method": "heun",
    }  # fmt: skip
    return config


@pytest.fixture(scope="module")
def runs():
    field = 0.3 * Walker(ALPHA, STIFFNESS, EASY, 5e4, MS).walker_field
    start = {"centre": 90e-9}
    return run(
        [
            noisy(5e4, 0, drive={"magnetic_field": (0, 0, field)}, texture=start),
            noisy(5e4, 1),
            noisy(0.0, 2, transport={"u": 100.0, "beta": ALPHA}, texture=start),
            noisy(0.0, 3, drive={"magnetic_field": (0, 0, STRONG)}),
        ]
    )


def told(one):
    return (float(one[name][0]) for name in ("mean_velocity", "mean_velocity_error"))


@pytest.mark.slow
def test_a_field_that_noise_hides_moves_no_steady_wall(runs):
    """37 m/s in the end, 22 on average over the nanosecond in which it would get there."""
    assert runs[0].attrs["wall_regime"] == "transient"
    velocity, error = told(runs[0])
    assert abs(velocity - 22.0) < 2.0 * error


@pytest.mark.slow
def test_a_wall_that_nothing_drives_is_not_said_to_move(runs):
    assert runs[1].attrs["wall_regime"] == "pinned"
    velocity, error = told(runs[1])
    assert abs(velocity) < 2.0 * error


@pytest.mark.slow
def test_a_fast_wall_is_steady(runs):
    assert runs[2].attrs["wall_regime"] == "steady"
    velocity, error = told(runs[2])
    assert abs(velocity - 100.0) < 2.0 * error < 60.0


@pytest.mark.slow
def test_a_turning_wall_turns_with_its_frequency(runs):
    assert runs[3].attrs["wall_regime"] == "precessing"
    rate = GAMMA * STRONG / (1.0 + ALPHA**2)
    assert float(runs[3]["precession_frequency"][0]) == pytest.approx(rate / 2.0 / np.pi, rel=0.01)
    velocity, error = told(runs[3])
    assert abs(velocity - ALPHA * rate * WIDTH) < 2.0 * error


def test_diffusion_by_einsteins_relation():
    """2Dt is the displacement under the noise of a force whose power is 4kT/mobility·t."""
    moment = MS * 50e-9 * 5e-9
    speed = GAMMA * WIDTH / ALPHA  # of a unit field, which is the force 2µ0MsS
    expected = 1.380649e-23 * 300.0 * speed / (2.0 * MU0 * moment)
    assert wall_diffusion(300.0, GAMMA, ALPHA, moment, WIDTH) == pytest.approx(expected, rel=1e-6)
    assert np.sqrt(2.0 * expected * 1e-9) == pytest.approx(20e-9, rel=0.05)
