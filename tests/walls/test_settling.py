"""Settling: only where something settled, and at once is not never."""

import numpy as np
import pytest

from boltzwall.walls.settling import settled, settling_time
from tests.systems.moving_walls import Drawn, Strip

T = np.linspace(0.0, 10e-9, 201)
STILL = np.zeros_like(T)
STRIP = Strip()


def judged(*walls, came_to_rest=False, strip=STRIP, time=T, turning=False):
    m = strip.draw(walls)
    return settled((time, m.mean(axis=1)), 0.02, strip.read(m, time), came_to_rest, turning)


def test_settling_time_of_an_exponential() -> None:
    time = np.linspace(0.0, 20.0, 20001)
    mean = np.stack([np.exp(-time), 0.5 * np.exp(-time), 1.0 - 0.1 * np.exp(-time)], axis=-1)
    assert settling_time(time, mean, 0.02) == pytest.approx(np.log(50.0), rel=1e-4)


def test_at_once_is_zero() -> None:
    assert judged(Drawn(300e-9 + STILL, STILL)) == (0.0, "")


def test_a_wall_that_comes_to_rest_settles() -> None:
    """<M_z> = 2q/L − 1 is within 0.02 of its end when q is within 10 nm."""
    found = judged(Drawn(500e-9 - 100e-9 * np.exp(-T / 5e-10), STILL))
    assert found.time == pytest.approx(5e-10 * np.log(10.0), rel=0.01)
    assert found.reason == ""


@pytest.mark.parametrize(
    ("walls", "reason"),
    [
        ((Drawn(300e-9 + 30 * T, STILL),), "the wall moves on steadily"),
        ((Drawn(300e-9 + 30 * T, 5e9 * T),), "the wall precesses"),
        ((Drawn(300e-9 + 3e9 * T**2, STILL),), "the wall still moves"),
        ((Drawn(500e-9 + 100 * T, STILL),), "the wall left the wire"),
        ((Drawn(300e-9 + STILL, STILL), Drawn(700e-9 + 9 * T, STILL)), "wall 1 moves on steadily"),
    ],
)
def test_nothing_has_settled(walls, reason) -> None:
    """Nan for never, with the reason; also of a wall that left, after which the wire is uniform."""
    found = judged(*walls)
    assert np.isnan(found.time)
    assert found.reason == reason


@pytest.mark.parametrize("length", [60e-9, 1e-6])
def test_a_run_too_short_to_tell(length) -> None:
    """A wall on its way, in 1 ps: neither one that fills the wire nor another has settled."""
    time = T * 1e-4
    wall = Drawn(0.5 * length + 60 * time, np.zeros_like(time))  # 0.06 nm
    found = judged(wall, strip=Strip(length, 500), time=time, turning=True)
    assert np.isnan(found.time)
    assert found.reason == "the wall moves on steadily"


def test_a_uniform_wire_that_turns_too_slowly_to_tell() -> None:
    turn = T * 1e5  # 1 mrad in all
    m = np.stack([np.sin(turn), 0 * turn, np.cos(turn)], axis=-1)[:, None] + np.zeros((1, 500, 1))
    found = settled((T, m.mean(axis=1)), 0.02, STRIP.read(m, T), False, turning=True)
    assert np.isnan(found.time)
    assert found.reason == "the magnetisation still changes"


def test_a_small_ringing_that_dies_away_is_rest_from_the_start() -> None:
    ring = 5e-9 * np.exp(-T / 5e-10) * np.cos(6e9 * T)
    assert judged(Drawn(300e-9 + ring, STILL), turning=True) == (0.0, "")


def test_a_mean_that_still_changes_has_not_settled() -> None:
    """A uniform wire that turns has no wall, and settles only if it stops."""
    angle = np.stack([T * 1e9, 0.3 * np.exp(-T / 3e-10)])
    for turn, settles in zip(angle, (False, True), strict=True):
        m = np.stack([np.sin(turn), 0 * turn, np.cos(turn)], axis=-1)[:, None] + np.zeros(
            (1, 500, 1)
        )
        found = settled((T, m.mean(axis=1)), 0.02, STRIP.read(m, T), False)
        assert np.isfinite(found.time) == settles
    assert found.time == pytest.approx(3e-10 * np.log(0.3 / 0.02), rel=0.02)


def test_what_never_moved_has_not_settled():
    m = np.broadcast_to([0.0, 0.0, 1.0], (T.size, 40, 3))
    found = settled((T, m.mean(axis=1)), 0.02, STRIP.read(m, T), True)
    assert np.isnan(found.time)
    assert found.reason == "M rests from the start"
