"""The comparison with other simulators measures what it says; no other simulator is needed here."""

import tomllib

import numpy as np
import pytest

from boltzwall.config import load_config
from validation.codes import boltzwall_config, cell_centres
from validation.peers import TRUSTED, as_toml, markdown
from validation.problem import (
    BETA,
    CENTRE,
    DAMPING,
    PROBLEMS,
    VELOCITY,
    Problem,
    collective,
    rates,
    wall,
)


def moving_wall(problem: Problem, velocity: float, turning: float) -> tuple[np.ndarray, np.ndarray]:
    """(times, M) of the exact profile in uniform motion."""
    times = np.linspace(0.0, problem.end_time, problem.saves + 1)
    x = cell_centres(problem)
    states = []
    for t in times:
        resting = problem.start(x - velocity * t)
        cos, sin = np.cos(turning * t), np.sin(turning * t)
        states.append(resting @ np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]]))
    return times, np.stack(states)


def test_fit_finds_the_motion_of_an_exact_wall():
    problem = PROBLEMS["free"]
    times, states = moving_wall(problem, 99.0, -5e9)
    # A code that does not keep the length of M must be judged like one that does.
    position, tilt = wall((1.0 + times[:, None, None] * 1e5) * states, cell_centres(problem))
    assert position[0] == pytest.approx(CENTRE, abs=1e-15)
    assert rates(problem, times, position, tilt) == pytest.approx((99.0, -5e9), rel=1e-9)


def test_theory_is_that_of_the_issue():
    velocity, turning = PROBLEMS["free"].theory
    assert velocity == pytest.approx(99.406, abs=5e-4)
    assert turning == pytest.approx(-5.21e8, rel=1e-3)
    assert PROBLEMS["hard axis"].theory[0] == pytest.approx(40.0)
    assert set(TRUSTED) == set(PROBLEMS)


@pytest.mark.parametrize("name", ["free", "hard axis"])
def test_collective_coordinates_end_in_the_closed_forms(name):
    problem = PROBLEMS[name]
    times = np.linspace(0.0, problem.end_time, 81)
    position, tilt = collective(problem, times)
    velocity, turning = rates(problem, times, position, tilt)
    assert velocity == pytest.approx(problem.theory[0], rel=1e-5)
    assert turning == pytest.approx(problem.theory[1], rel=1e-9, abs=1e4)


def test_hard_axis_starts_without_its_field():
    """At φ = 0 the hard axis does not act yet: the first velocity is that of the free wall."""
    times = np.array([0.0, 1e-15])
    position, _ = collective(PROBLEMS["hard axis"], times)
    expected = (1.0 + DAMPING * BETA) * VELOCITY / (1.0 + DAMPING**2)
    assert position[1] / times[1] == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("name", list(PROBLEMS))
@pytest.mark.parametrize("method", ["semi-implicit", "explicit"])
def test_problems_are_valid_configurations(name, method):
    config = boltzwall_config(PROBLEMS[name], method)
    assert tomllib.loads(as_toml(config)) == config
    loaded = load_config(config)
    assert loaded.wire.length / loaded.wire.cells == pytest.approx(PROBLEMS[name].spacing)
    assert loaded.dynamics.method == method


def test_table_shows_an_error():
    """A code that is 1 % slow must be seen as such."""
    velocity, turning = PROBLEMS["free"].theory
    result = {
        "code": "some", "problem": "free", "version": "1", "velocity": 0.99 * velocity,
        "turning": turning, "seconds": 2.0, "seconds_first": 3.0, "evaluations": 7, "load": 0.0,
    }  # fmt: skip
    table = markdown({"some | free": result}, None)
    assert "-1.0000 %" in table
    assert "+0.000 %" in table
