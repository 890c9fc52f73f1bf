"""Where a table is broken."""

import numpy as np

from boltzwall.numerics.pieces import breaks_of


def test_every_corner_of_a_coarse_table_is_a_break():
    points = np.array([-20.0, -0.6, -0.55, 0.5, 0.504, 20.0])
    steps = [np.array([1.0, 1.0, 1.2, 1.5, 0.6, 0.6]), np.array([1.0, 1.0, 1.0, 1.05, 1.05, 1.0])]
    np.testing.assert_array_equal(breaks_of(points, steps, 1.0), points[1:-1])


def test_a_straight_line_needs_none_and_corners_far_away_do_not_count():
    points = np.linspace(-20.0, 20.0, 41)
    assert breaks_of(points, [2.0 + 0.01 * points], 1.0).size == 0
    assert breaks_of(points, [1.0 + np.maximum(points - 17.0, 0.0)], 0.5).size == 0


def test_a_fine_table_breaks_where_it_is_steep():
    points = np.linspace(-20.0, 20.0, 401)
    found = breaks_of(points, [1.0 + 0.3 * np.tanh((points - 1.0) / 0.5)], 1.0)
    assert 3 <= found.size <= 11
    assert np.all(np.diff(found) > 0.0)
    assert np.median(np.abs(found - 1.0)) < 1.5
    assert np.all(np.isin(found, points))
