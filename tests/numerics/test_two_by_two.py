"""Functions of 2 × 2 matrices against scipy's."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.linalg import expm, funm

from boltzwall.numerics.two_by_two import TwoByTwo, mean_decay
from tests.compare import assert_close_to_largest

# Real eigenvalues: generic, negative product of the off-diagonals, triangular, scalar, nearly so.
MATRICES = np.array(
    [
        [[1.0, 0.4], [0.7, -0.3]],
        [[3.0, -0.5], [0.4, 0.2]],
        [[0.8, 0.0], [2.0, 0.1]],
        [[0.6, 0.0], [0.0, 0.6]],
        [[0.6, 1e-9], [1e-9, 0.6]],
        [[2.0, -1.0], [-1.0, 2.0]],
    ]
)


def _function(f, matrices):
    entries = TwoByTwo(*(jnp.asarray(matrices[:, a, b]) for a in (0, 1) for b in (0, 1)))
    return np.stack(entries.function(f), axis=-1).reshape(-1, 2, 2)


def test_exponential_is_that_of_scipy():
    for ours, matrix in zip(_function(lambda a: jnp.exp(-a), MATRICES), MATRICES, strict=True):
        assert_close_to_largest(ours, expm(-matrix), 1e-14)


def test_mean_decay_is_that_of_scipy():
    ours = _function(mean_decay, MATRICES)
    for value, matrix in zip(ours[:3], MATRICES[:3], strict=True):
        assert_close_to_largest(value, funm(matrix, lambda z: -np.expm1(-z) / z), 1e-12)


def test_mean_decay_is_the_average_of_the_decay():
    """Σ w e^{−As} over Gauss nodes in 0 ≤ s ≤ 1 is the mean to rounding."""
    nodes, weights = np.polynomial.legendre.leggauss(16)
    for ours, matrix in zip(_function(mean_decay, MATRICES), MATRICES, strict=True):
        pairs = zip(nodes, weights, strict=True)
        expected = sum(0.5 * w * expm(-0.5 * (s + 1.0) * matrix) for s, w in pairs)
        assert_close_to_largest(ours, expected, 1e-14)


@pytest.mark.parametrize("z", [0.0, 1e-12, 1e-9, 1e-7, 1e-3, 0.5, 30.0, 1e-9j, 0.3 - 2.0j, 1e-5j])
def test_mean_decay_without_cancellation(z):
    series = sum((-z) ** k / float(np.prod(np.arange(1.0, k + 2))) for k in range(12))
    expected = series if abs(z) < 0.1 else (1.0 - np.exp(-z)) / z
    np.testing.assert_allclose(mean_decay(jnp.asarray(z)), expected, rtol=1e-14)


@pytest.mark.parametrize("matrix", MATRICES[[0, 3, 5]])
def test_gradient_is_finite_also_where_the_eigenvalues_meet(matrix):
    def trace(scale):
        entries = (jnp.asarray(matrix[a, b]) * scale for a in (0, 1) for b in (0, 1))
        result = TwoByTwo(*entries).function(mean_decay)
        return result.a11 + result.a22

    step = 1e-5
    expected = (trace(1.0 + step) - trace(1.0 - step)) / (2.0 * step)
    np.testing.assert_allclose(jax.grad(trace)(1.0), expected, rtol=1e-8)
