"""Sources times smooth responses: interpolated in p, integrated exactly."""

from functools import cache

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.product_rule import ProductRule, gauss_panels

LOW, HIGH, CENTRE = 1.5, 3.4, 2.3
POINTS, WEIGHTS = (np.asarray(a) for a in gauss_panels(jnp.asarray(LOW), jnp.asarray(HIGH), 30))


def _bell(p, centre=CENTRE, width=0.06):
    return 1.0 / np.cosh((p - centre) / width) ** 2


@cache
def _rule(count):
    return ProductRule.of(jnp.asarray(POINTS), jnp.asarray(WEIGHTS * _bell(POINTS)), count)


def test_panels_integrate_polynomials_and_cover_the_interval():
    assert POINTS.shape == WEIGHTS.shape == (480,)
    assert POINTS.min() > LOW
    assert POINTS.max() < HIGH
    exact = (HIGH**32 - LOW**32) / 32.0
    np.testing.assert_allclose(np.sum(WEIGHTS * POINTS**31), exact, rtol=1e-13)


def test_nodes_are_gausss_own():
    """For a flat weight on (−1, 1) they are the zeros of Legendre's polynomial."""
    points, weights = gauss_panels(jnp.asarray(-1.0), jnp.asarray(1.0), 8)
    rule = ProductRule.of(points, weights, 12)
    np.testing.assert_allclose(rule.nodes, np.polynomial.legendre.leggauss(12)[0], atol=1e-14)


@pytest.mark.parametrize("count", [2, 7, 16, 32])
def test_the_polynomials_add_up_to_one_and_their_slopes_to_zero(count):
    rule = _rule(count)
    inside = _bell(POINTS) > 1e-12
    basis, slope = np.asarray(rule.basis)[inside], np.asarray(rule.slope)[inside]
    assert np.abs(basis.sum(axis=1) - 1.0).max() < 1e-12 * np.abs(basis).sum(axis=1).max()
    assert np.abs(slope.sum(axis=1)).max() < 1e-12 * max(np.abs(slope).sum(axis=1).max(), 1.0)


@pytest.mark.parametrize("count", [2, 7, 16])
def test_basis_and_slopes_are_lagranges(count):
    rule = _rule(count)
    nodes = np.asarray(rule.nodes)
    some = POINTS[np.abs(POINTS - CENTRE) < 0.15]
    expected = np.stack(
        [
            np.prod([(some - q) / (nodes[k] - q) for q in np.delete(nodes, k)], axis=0)
            for k in range(count)
        ],
        axis=1,
    )
    rows = np.abs(POINTS - CENTRE) < 0.15
    scale = np.abs(expected).max()
    np.testing.assert_allclose(np.asarray(rule.basis)[rows], expected, atol=1e-11 * scale)
    terms = [1.0 / (some[:, None] - np.delete(nodes, k)) for k in range(count)]
    slopes = expected * np.stack([t.sum(axis=1) for t in terms], axis=1)
    found = np.asarray(rule.slope)[rows]
    np.testing.assert_allclose(found, slopes, atol=1e-8 * np.abs(slopes).max())


@pytest.mark.parametrize("shift", [0.0, 0.05, -0.08])
@pytest.mark.parametrize("count", [4, 12])
def test_exact_for_polynomial_responses_and_shifted_sources(count, shift):
    rule = _rule(count)
    source = WEIGHTS * _bell(POINTS, CENTRE + shift, 0.05) * (POINTS - CENTRE)
    response = np.polynomial.Polynomial(np.random.default_rng(3).normal(size=count))
    found = source @ np.asarray(rule.basis) @ response(np.asarray(rule.nodes) - CENTRE)
    exact = np.sum(source * response(POINTS - CENTRE))
    assert abs(found - exact) < 1e-12 * np.sum(np.abs(source * response(POINTS - CENTRE)))


def test_by_parts_a_derivative_of_the_source_is_exact_too():
    """∫ r s' dp = −∫ r' s dp for a source that vanishes at both ends."""
    rule = _rule(10)
    width = 0.05
    source = _bell(POINTS, CENTRE + 0.03, width)
    derivative = -2.0 / width * np.tanh((POINTS - CENTRE - 0.03) / width) * source
    response = np.polynomial.Polynomial(np.random.default_rng(5).normal(size=10))
    exact = np.sum(WEIGHTS * derivative * response(POINTS - CENTRE))
    gathered = -(WEIGHTS * source) @ np.asarray(rule.slope)
    found = gathered @ response(np.asarray(rule.nodes) - CENTRE)
    np.testing.assert_allclose(found, exact, rtol=1e-10)


def test_converges_faster_than_any_power_for_a_smooth_response():
    source = WEIGHTS * _bell(POINTS)
    exact = np.sum(source * np.cos(25.0 * POINTS))
    errors = []
    for count in (4, 8, 16, 24):
        rule = _rule(count)
        found = source @ np.asarray(rule.basis) @ np.cos(25.0 * np.asarray(rule.nodes))
        errors.append(abs(found / exact - 1.0))
    assert errors[1] < 1e-2 * errors[0]
    assert errors[2] < 1e-3 * errors[1]
    assert errors[3] < 1e-11, errors
