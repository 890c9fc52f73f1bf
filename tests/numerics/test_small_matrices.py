"""Products and inverses of many small matrices against NumPy's, lane by lane."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.small_matrices import apply, invert, multiply
from tests.compare import assert_close_to_largest

RNG = np.random.default_rng(8)


@pytest.mark.parametrize("lanes", [(), (5,), (3, 2)])
def test_products(lanes):
    a, b = RNG.normal(size=(2, 4, 4, *lanes))
    expected = np.einsum("ik...,kj...->ij...", a, b)
    assert_close_to_largest(multiply(jnp.asarray(a), jnp.asarray(b)), expected, 1e-15)


@pytest.mark.parametrize("before", [(), (3,), (2, 3)])
def test_a_vector_may_have_axes_before_the_lanes(before):
    a, y = RNG.normal(size=(4, 4, 5)), RNG.normal(size=(4, *before, 5))
    expected = np.einsum("ikl,k...l->i...l", a, y)
    assert_close_to_largest(apply(jnp.asarray(a), jnp.asarray(y)), expected, 1e-15)


@pytest.mark.parametrize("lanes", [(), (6,)])
def test_inverse(lanes):
    a = np.eye(4).reshape(4, 4, *(1,) * len(lanes)) + 0.3 * RNG.normal(size=(4, 4, *lanes))
    found = np.moveaxis(np.asarray(invert(jnp.asarray(a))), (0, 1), (-2, -1))
    expected = np.linalg.inv(np.moveaxis(a, (0, 1), (-2, -1)))
    assert_close_to_largest(found, expected, 1e-13)
