"""Position, width and tilt of single profiles, by integrals and by a fit; where they differ."""

import numpy as np
import pytest

from boltzwall.walls import Mesh, Reader
from tests.systems.moving_walls import Drawn, Strip

STILL = np.zeros(2)
TIME = np.array([0.0, 1e-12])


def single(position, strip, width=12e-9, tilt=0.7, winding=1.0):
    drawn = Drawn(position + STILL, tilt + STILL, width, winding)
    return strip.read(strip.draw([drawn]), TIME)


@pytest.mark.parametrize("cells", [4000, 200, 67, 40])
def test_a_tanh_wall_is_read_exactly(cells):
    """Cells from 0.1 to 10 nm, for Δ = 12 nm: the sum over cells is exact where it resolves Δ."""
    found = single(230e-9, Strip(400e-9, cells)).arrays
    assert found["wall_position"][0] == pytest.approx(230e-9, rel=1e-6)
    assert found["wall_width"][0] == pytest.approx(12e-9, rel=1e-5 if cells > 40 else 1e-3)
    assert found["wall_tilt"][0] == pytest.approx(0.7, rel=1e-6)
    assert found["wall_velocity"][0] == 0.0
    assert found["wall_position_fit"][0] == pytest.approx(230e-9, rel=1e-9)
    assert found["wall_width_fit"][0] == pytest.approx(12e-9, rel=1e-9)
    assert found["wall_count"][0] == 1.0
    assert found["wall_deviations"].max() < 1e-3


@pytest.mark.parametrize("away", [5.0, 2.0, 1.0, 0.5])
def test_a_wall_at_the_end_of_the_wire(away):
    """The fit holds to the end; the integral, which lacks the rest of the wall, is flagged."""
    found = single(400e-9 - away * 12e-9, Strip(400e-9, 400))
    fitted = found.arrays["wall_position_fit"][0]
    assert fitted == pytest.approx(400e-9 - away * 12e-9, abs=0.02 * 12e-9)
    assert found.arrays["wall_width_fit"][0] == pytest.approx(12e-9, rel=0.02)
    assert ("differ" in found.attributes["wall_note"]) == (away <= 1.0)


def test_signs():
    """Polarity, tilt and chirality of Néel and Bloch walls, x and y from the axis z."""
    strip = Strip(400e-9, 200)
    for winding in (1.0, -1.0):
        for tilt in (0.0, 0.5 * np.pi, np.pi - 1e-9, -0.5 * np.pi):
            m = strip.draw([Drawn(200e-9 + STILL, tilt + STILL, winding=winding)])
            found = strip.read(m, TIME).arrays
            middle = m[0, 100]
            assert found["wall_tilts"][0, 0] == pytest.approx(
                np.arctan2(middle[1], middle[0]), abs=1e-9
            )
            assert found["wall_polarities"][0] == 1.0  # M·z falls
            turning = np.cross(m[0, 99], m[0, 100])
            expected = turning[1] / np.linalg.norm(turning)
            assert found["wall_chiralities"][0, 0] == pytest.approx(expected, abs=1e-3)
    risen = strip.read(-m, TIME).arrays
    assert risen["wall_polarities"][0] == -1.0


def test_a_pair_of_360_degrees_turns_in_one_sense_and_one_of_0_back():
    strip = Strip(600e-9, 300)
    for winding, same in ((1.0, True), (-1.0, False)):
        walls = [Drawn(200e-9 + STILL, STILL), Drawn(400e-9 + STILL, STILL, winding=winding)]
        found = strip.read(strip.draw(walls), TIME).arrays
        assert found["wall_polarities"].tolist() == [1.0, -1.0]
        chiralities = found["wall_chiralities"][0]
        assert (chiralities[0] * chiralities[1] > 0.99) == same


def test_tilted_domains_do_not_move_the_wall():
    """A field across the domains turns both by 30°: levels below 1 are those of the domains."""
    for slope in (0.1, np.radians(30.0), np.radians(55.0)):
        found = single(230e-9, Strip(400e-9, 400, slope=slope), tilt=0.0).arrays
        assert found["wall_position"][0] == pytest.approx(230e-9, abs=1e-3 * 12e-9)
        assert found["wall_tilt"][0] == pytest.approx(0.0, abs=1e-6)


def test_the_easy_axis_is_taken_where_it_is_known():
    """Of a pair that is being born there is no second domain yet; the axis is that of the first."""
    strip = Strip(400e-9, 200)
    m = strip.draw([Drawn(196e-9 + STILL, STILL), Drawn(204e-9 + STILL, STILL, winding=-1.0)])
    assert m[..., 2].min() > -0.4
    m = strip.draw([Drawn(185e-9 + STILL, STILL), Drawn(215e-9 + STILL, STILL, winding=-1.0)])
    reader = Reader(Mesh(400e-9, 200))
    reader.read(m)
    assert reader.axis is not None
    np.testing.assert_allclose(reader.axis.along, [0.0, 0.0, 1.0])
    hinted = Reader(Mesh(400e-9, 200), np.array([0.1, 0.0, 1.0]))
    hinted.read(m)
    assert hinted.axis is not None
    np.testing.assert_allclose(hinted.axis.along, np.array([0.1, 0.0, 1.0]) / np.sqrt(1.01))


def test_the_wall_of_the_paper_fills_the_wire():
    """M turns by π from end to end: the integrals are [B11] over all of the wire."""
    x = (np.arange(100) + 0.5) / 100
    theta = np.pi * x
    m = np.stack([np.sin(theta), 0 * x, np.cos(theta)], axis=-1)
    strip = Strip(5e-9, 100)
    found = strip.read(np.stack([m, m]), TIME)
    assert found.filled
    assert found.arrays["wall_position"][0] == pytest.approx(2.5e-9, rel=1e-9)
    assert found.arrays["wall_width"][0] == pytest.approx(1.25e-9, rel=1e-3)  # ½∫sin²(πx/d)dx
    assert found.arrays["wall_deviations"][0, 0] > 0.02  # no tanh


def test_no_wall_has_no_numbers_but_a_reason():
    strip = Strip(1e-9, 5)
    uniform = np.broadcast_to(np.array([0.0, 0.0, 1.0]), (2, 5, 3))
    found = strip.read(uniform, TIME)
    assert np.all(found.arrays["wall_count"] == 0.0)
    for name in ("wall_position", "wall_velocity", "wall_width", "wall_tilt", "wall_position_fit"):
        assert np.isnan(found.arrays[name]).all()
    assert found.arrays["wall_positions"].shape == (2, 0)
    assert found.attributes["wall_regime"] == "none"
    assert "one domain" in found.attributes["wall_note"]


def test_rough_magnetisation_has_no_walls():
    """M that differs from cell to cell at random changes its sign everywhere, without domains."""
    m = np.random.default_rng(0).normal(size=(2, 200, 3))
    m /= np.linalg.norm(m, axis=-1, keepdims=True)
    found = Strip(400e-9, 200).read(m, TIME)
    assert found.arrays["wall_positions"].shape == (2, 0)
    assert "no domains" in found.attributes["wall_note"]


def test_states_are_read_one_by_one():
    """Whatever the pieces in which a run is read, the answer is the same to the last digit."""
    time = np.linspace(0.0, 1e-9, 41)
    strip = Strip(noise=0.05)
    m = strip.draw([Drawn(300e-9 + 100 * time, 5e9 * time), Drawn(700e-9 + 100 * time, time)])
    whole = Reader(Mesh(strip.length, strip.cells)).read(m)
    reader = Reader(Mesh(strip.length, strip.cells))
    pieces = type(whole).joined([reader.read(m[k : k + 7]) for k in range(0, 41, 7)])
    for name in ("state", "position", "width", "tilt", "position_fit", "width_fit"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(pieces, name))
