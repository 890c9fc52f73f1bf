"""Axial maps against the 4 × 4 matrices that they stand for."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.axial import Axial
from tests.compare import assert_close_to_largest

RNG = np.random.default_rng(4)
AXIS = np.array([0.6, -0.48, 0.64])
LANES = 5


def _map(seed):
    return Axial(*(jnp.asarray(v) for v in np.random.default_rng(seed).uniform(0.3, 2.0, (6, 5))))


def _dense(axial, axis=AXIS):
    """Lane by lane from the definition: (lanes, 4, 4)."""
    x, y, z = axis
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    along = np.outer(axis, axis)
    matrices = []
    for ff, fg, gf, gg, re, im in np.asarray(axial).T:
        matrix = np.zeros((4, 4))
        matrix[0, 0], matrix[0, 1:], matrix[1:, 0] = ff, fg * axis, gf * axis
        matrix[1:, 1:] = gg * along + re * (np.eye(3) - along) + im * cross
        matrices.append(matrix)
    return np.array(matrices)


def _of_matrix(axial, axis=AXIS):
    return np.moveaxis(np.asarray(axial.matrix(jnp.asarray(axis)[:, None])), -1, 0)


def test_the_matrix_is_that_of_the_definition():
    assert_close_to_largest(_of_matrix(_map(1)), _dense(_map(1)), 1e-15)


def test_a_map_is_applied_lane_by_lane():
    y = RNG.uniform(-1.0, 1.0, (4, LANES))
    expected = np.einsum("lab,bl->al", _dense(_map(1)), y)
    assert_close_to_largest(_map(1)(jnp.asarray(AXIS)[:, None], jnp.asarray(y)), expected, 1e-15)


def test_an_axis_per_place_and_extra_axes_broadcast():
    axes = RNG.normal(size=(3, 7, 1))
    axes /= np.linalg.norm(axes, axis=0)
    y = RNG.uniform(-1.0, 1.0, (4, 7, LANES))
    found = np.asarray(_map(2)(jnp.asarray(axes), jnp.asarray(y)))
    for k in range(7):
        expected = np.einsum("lab,bl->al", _dense(_map(2), axes[:, k, 0]), y[:, k])
        assert_close_to_largest(found[:, k], expected, 1e-14)


def test_sums_and_multiples():
    first, second = _dense(_map(1)), _dense(_map(2))
    assert_close_to_largest(_of_matrix(_map(1).plus(_map(2))), first + second, 1e-15)
    assert_close_to_largest(_of_matrix(_map(1).minus(_map(2))), first - second, 1e-15)
    assert_close_to_largest(_of_matrix(_map(1).scaled(-0.3)), -0.3 * first, 1e-15)
    per_lane = jnp.arange(1.0, 6.0)
    scaled = np.arange(1.0, 6.0)[:, None, None] * first
    assert_close_to_largest(_of_matrix(_map(1).scaled(per_lane)), scaled, 1e-15)


def test_products_do_the_other_map_first():
    expected = _dense(_map(1)) @ _dense(_map(2))
    assert_close_to_largest(_of_matrix(_map(1).after(_map(2))), expected, 1e-14)
    other_way = _dense(_map(2)) @ _dense(_map(1))
    assert np.abs(expected - other_way).max() > 1e-3, "these two maps do not commute"


def test_inverse():
    expected = np.linalg.inv(_dense(_map(3)))
    assert_close_to_largest(_of_matrix(_map(3).inverse()), expected, 1e-13)
    one = _map(3).after(_map(3).inverse())
    assert_close_to_largest(_of_matrix(one), np.tile(np.eye(4), (LANES, 1, 1)), 1e-13)


def test_identity():
    one = Axial.identity(jnp.zeros(LANES))
    np.testing.assert_array_equal(_dense(one), np.tile(np.eye(4), (LANES, 1, 1)))


@pytest.mark.parametrize("across", [0.7 + 0.4j, -1.3j])
def test_maps_from_their_three_factors(across):
    """F ± M·G and the part across M are its eigenvectors."""
    plus, minus = jnp.asarray([2.0, 0.1]), jnp.asarray([0.5, 3.0])
    axial = Axial.of(plus, minus, jnp.full(2, across))
    axis = jnp.asarray(AXIS)[:, None]
    for sign, factor in ((1.0, plus), (-1.0, minus)):
        y = jnp.asarray(np.append(1.0, sign * AXIS)[:, None] * np.ones(2))
        assert_close_to_largest(axial(axis, y), factor * y, 1e-15)
    first = np.array([0.8, 0.6, 0.0])
    first -= (first @ AXIS) * AXIS
    second = np.cross(AXIS, first)
    flat = np.append(0.0, first)[:, None] * np.ones(2)
    turned = np.append(0.0, across.real * first + across.imag * second)[:, None] * np.ones(2)
    assert_close_to_largest(axial(axis, jnp.asarray(flat)), turned, 1e-15)
    np.testing.assert_allclose(axial.across, across)
