"""The identity of walls: births, deaths, and who is who."""

import numpy as np
import pytest

from boltzwall.variables import WALL_ENDS, WALL_STARTS
from tests.systems.moving_walls import Drawn, Strip

T = np.linspace(0.0, 10e-9, 201)
STILL = np.zeros_like(T)
STRIP = Strip()


def read(*walls, strip=STRIP, offset=0.0, time=T):
    return strip.read(strip.draw(walls, offset), time, offset).arrays


def fates(arrays):
    """(start, end) of each wall in words."""
    starts = [WALL_STARTS[code] for code in arrays["wall_starts"]]
    return list(zip(starts, [WALL_ENDS[code] for code in arrays["wall_ends"]], strict=True))


def test_walls_keep_their_numbers_when_one_leaves():
    arrays = read(Drawn(300e-9 + 60 * T, STILL), Drawn(700e-9 + 60 * T, STILL))
    assert fates(arrays) == [("at_the_start", "stays"), ("at_the_start", "left_at_the_right")]
    first, second = arrays["wall_positions"].T
    np.testing.assert_allclose(first, 300e-9 + 60 * T, atol=1e-12)
    inside = T < 4.6e-9
    np.testing.assert_allclose(second[inside], 700e-9 + 60 * T[inside], atol=1e-10)
    assert np.isnan(second[T > 5.05e-9]).all()
    assert arrays["wall_end_time"][1] == pytest.approx(5e-9, abs=0.5e-10)
    assert np.isnan(arrays["wall_end_time"][0])
    alone = arrays["wall_count"] == 1.0
    np.testing.assert_array_equal(arrays["wall_position"][alone], first[alone])
    assert np.isnan(arrays["wall_position"][~alone]).all()


def test_a_wall_leaves_as_another_of_its_kind_enters():
    """Between two states both happen: they are two walls, not one that jumped back."""
    arrays = read(
        Drawn(960e-9 + 400 * T, STILL), Drawn(500e-9 + STILL, STILL), Drawn(-70e-9 + 400 * T, STILL)
    )
    assert fates(arrays)[0][0] == "at_the_start"
    assert sum(start == "entered_at_the_left" for start, _ in fates(arrays)) == 1


def test_nucleation_in_the_middle_and_annihilation():
    apart = np.clip(40 * (T - 2e-9), 0.0, 100e-9) * (T < 6e-9)
    arrays = read(Drawn(500e-9 - apart, STILL), Drawn(500e-9 + apart, STILL, winding=-1.0))
    assert fates(arrays) == [("nucleated", "annihilated")] * 2
    assert arrays["wall_start_time"] == pytest.approx([2e-9, 2e-9], abs=5e-10)
    assert arrays["wall_end_time"] == pytest.approx([6e-9, 6e-9], abs=5e-11)
    assert set(arrays["wall_count"]) == {0.0, 2.0}


def test_merged_walls_leave_something_behind():
    """A pair of 360° pressed together until M·a no longer turns over has not annihilated."""
    half = np.maximum(40e-9 - 10 * T, 0.0)
    theta_left = 30e-9  # of the pair that remains: a dip of M·a, not a reversed domain
    x = (np.arange(500) + 0.5) * 2e-9
    dip = np.where(
        T[:, None] < 5e-9,
        0.0,
        1.2 / np.cosh((x - 500e-9) / theta_left),
    )
    m = STRIP.draw([Drawn(500e-9 - half, STILL), Drawn(500e-9 + half, STILL, winding=-1.0)])
    turned = np.stack([np.sin(dip), 0 * dip, np.cos(dip)], axis=-1)
    m = np.where((T >= 5e-9)[:, None, None], turned, m)
    arrays = STRIP.read(m, T).arrays
    assert [end for _, end in fates(arrays)] == ["merged", "merged"]


def test_a_wall_at_the_end_that_wavers_is_one_wall():
    """It is out of sight for a state or two, and comes back."""
    arrays = read(Drawn(995e-9 + 8e-9 * np.sin(np.arange(T.size)), STILL))
    assert fates(arrays) == [("at_the_start", fates(arrays)[0][1])]


def test_a_moving_window_shows_places_in_the_laboratory():
    """Two walls in a window that follows one: the other stays where it is and drops out."""
    offset = np.floor(100 * T / 2e-9) * 2e-9
    arrays = read(
        Drawn(300e-9 + STILL, STILL), Drawn(600e-9 + 100 * T, STILL),
        strip=Strip(800e-9, 400), offset=offset,
    )  # fmt: skip
    assert fates(arrays) == [("at_the_start", "left_at_the_left"), ("at_the_start", "stays")]
    first, second = arrays["wall_positions"].T
    seen = np.isfinite(first) & (offset < 200e-9)
    np.testing.assert_allclose(first[seen], 300e-9, atol=1e-11)
    np.testing.assert_allclose(second, 600e-9 + 100 * T, atol=1e-11)
    assert arrays["mean_velocity"][1] == pytest.approx(100.0, rel=1e-6)


def test_a_texture_that_breaks_up_ends_its_walls():
    m = STRIP.draw([Drawn(300e-9 + 30 * T, STILL)])
    rough = np.random.default_rng(2).normal(size=m[100:].shape)
    m[100:] = rough / np.linalg.norm(rough, axis=-1, keepdims=True)
    found = STRIP.read(m, T)
    assert fates(found.arrays) == [("at_the_start", "broke_up")]
    assert found.attributes["wall_regime"] == "broken"
    assert found.arrays["mean_velocity"][0] == pytest.approx(30.0, rel=1e-6)
    assert np.isnan(found.arrays["wall_position"][100:]).all()


def test_ripples_of_noise_are_no_walls():
    """A cell that is turned over for a moment is no pair of walls."""
    m = STRIP.draw([Drawn(300e-9 + 30 * T, STILL)])
    m[50, 400] *= -1.0
    m[51, 401] *= -1.0
    arrays = STRIP.read(m, T).arrays
    assert fates(arrays) == [("at_the_start", "stays")]
    assert np.all(arrays["wall_count"] == 1.0)


def test_states_too_far_apart_for_a_turning_wall():
    """At 5.1 turns from state to state φ seems to turn slowly; dM/dt knows better."""
    m = STRIP.draw([Drawn(300e-9 + 30 * T, 2 * np.pi * 5.1 * np.arange(T.size))])
    from boltzwall.walls import Mesh, Reader, follow

    reader = Reader(Mesh(STRIP.length, STRIP.cells))
    rate = np.full(T.size, 2 * np.pi * 5.1 / (T[1] - T[0]))
    found = follow(reader.read(m), T, STILL, reader, rate)
    assert found.attributes["wall_regime"] == "precessing"
    assert np.isnan(found.arrays["precession_frequency"][0])
    assert found.arrays["mean_velocity"][0] == pytest.approx(30.0, rel=1e-6)
    assert "save_interval" in found.attributes["wall_note"]


def test_hundred_thousand_states_take_no_loop_over_them():
    """Where walls only move, whole stretches are taken at once."""
    time = np.linspace(0.0, 1e-6, 20_000)
    strip = Strip(400e-9, 40)
    arrays = read(Drawn(200e-9 + 50e-9 * np.sin(1e8 * time), 0 * time), strip=strip, time=time)
    assert arrays["wall_positions"].shape == (20_000, 1)
    np.testing.assert_allclose(
        arrays["wall_positions"][:, 0], 200e-9 + 50e-9 * np.sin(1e8 * time), atol=1e-11
    )


@pytest.mark.parametrize("states", [1, 2, 3, 4])
def test_few_states(states):
    arrays = read(Drawn(300e-9 + 30 * T[:states], STILL[:states]), time=T[:states])
    if states == 1:
        assert np.isnan(arrays["mean_velocity"][0])
    else:
        assert arrays["mean_velocity"][0] == pytest.approx(30.0, rel=1e-6)
    assert arrays["wall_regimes"][0] == 4  # transient: too few to tell
