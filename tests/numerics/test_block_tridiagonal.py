"""Block-tridiagonal systems against dense solutions."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.block_tridiagonal import factor_block_tridiagonal
from tests.compare import assert_close_to_largest

solve = jax.jit(lambda low, diag, up, b: factor_block_tridiagonal(low, diag, up).solve(b))


def _system(rows, batch, k, seed=0):
    rng = np.random.default_rng(seed)
    low, diag, up = rng.uniform(-1.0, 1.0, (3, rows, *batch, k, k))
    return low, diag + 4.0 * k * np.eye(k), up, rng.uniform(-1.0, 1.0, (rows, *batch, k))


def _dense(low, diag, up):
    rows, k = diag.shape[:2]
    matrix = np.zeros((rows, k, rows, k))
    for i in range(rows):
        matrix[i, :, i] = diag[i]
        if i > 0:
            matrix[i, :, i - 1] = low[i]
        if i < rows - 1:
            matrix[i, :, i + 1] = up[i]
    return matrix.reshape(rows * k, rows * k)


@pytest.mark.parametrize(("rows", "k"), [(1, 3), (2, 1), (7, 4)])
def test_agrees_with_a_dense_solution(rows, k):
    low, diag, up, right = _system(rows, (), k)
    expected = np.linalg.solve(_dense(low, diag, up), right.ravel()).reshape(rows, k)
    assert_close_to_largest(solve(low, diag, up, right), expected, 1e-14)


def test_members_of_a_batch_are_solved_apart():
    low, diag, up, right = _system(5, (3, 2), 4)
    together = solve(low, diag, up, right)
    for a in range(3):
        for b in range(2):
            pieces = (piece[:, a, b] for piece in (low, diag, up))
            expected = np.linalg.solve(_dense(*pieces), right[:, a, b].ravel())
            assert_close_to_largest(together[:, a, b], expected.reshape(5, 4), 1e-14)


def test_blocks_beyond_the_ends_are_ignored():
    low, diag, up, right = _system(4, (), 2)
    marked_low, marked_up = low.copy(), up.copy()
    marked_low[0], marked_up[-1] = 99.0, -99.0
    np.testing.assert_array_equal(
        solve(low, diag, up, right), solve(marked_low, diag, marked_up, right)
    )


def test_gradient_of_a_solution():
    low, diag, up, right = map(jnp.asarray, _system(4, (), 2))

    def total(scale):
        return jnp.sum(solve(low, scale * diag, up, right) ** 2)

    step = 1e-5
    expected = (total(1.0 + step) - total(1.0 - step)) / (2.0 * step)
    np.testing.assert_allclose(jax.grad(total)(1.0), expected, rtol=1e-8)
