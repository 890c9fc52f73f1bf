"""GMRES of many lanes against dense solutions."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.krylov import gmres
from tests.compare import assert_close_to_largest

SIZE = 30


def _matrices():
    """Lanes: identity (one step), three eigenvalues, mild, and a wide spread of eigenvalues."""
    rng = np.random.default_rng(6)
    turn, _ = np.linalg.qr(rng.normal(size=(SIZE, SIZE)))
    few = turn @ np.diag(np.repeat([1.0, 2.0, 5.0], 10)) @ turn.T
    mild = np.eye(SIZE) + 0.05 * rng.normal(size=(SIZE, SIZE))
    wide = turn @ np.diag(np.geomspace(1e-3, 1.0, SIZE)) @ np.linalg.inv(turn)
    return np.stack([np.eye(SIZE), few, mild, wide + 1e-3 * rng.normal(size=(SIZE, SIZE))])


MATRICES = _matrices()
RIGHT = np.random.default_rng(7).normal(size=(SIZE, len(MATRICES))) * [1.0, 1e8, 1e-8, 3.0]


@jax.jit
def _solve(matrices, right):
    return gmres(lambda y: jnp.einsum("lab,bl->al", matrices, y), right, 1e-13, SIZE)


def test_each_lane_is_solved_whatever_the_others_need():
    solution = _solve(MATRICES, RIGHT)
    for lane, matrix in enumerate(MATRICES):
        expected = np.linalg.solve(matrix, RIGHT[:, lane])
        allowed = 1e-13 * np.linalg.cond(matrix)
        assert_close_to_largest(solution.value[:, lane], expected, allowed, f"lane {lane}")
    assert int(solution.iterations) == SIZE, "the wide spread needs all steps"


def test_the_error_is_the_residual_over_the_right_side():
    solution = gmres(lambda y: jnp.einsum("lab,bl->al", MATRICES, y), jnp.asarray(RIGHT), 1e-13, 5)
    value = np.asarray(solution.value)
    left = RIGHT - np.einsum("lab,bl->al", MATRICES, value)
    relative = np.linalg.norm(left, axis=0) / np.linalg.norm(RIGHT, axis=0)
    np.testing.assert_allclose(solution.error, relative, atol=1e-12)
    assert int(solution.iterations) == 5
    assert relative[3] > 1e-3, "five steps are too few for this lane"


def test_a_lane_that_has_converged_stays_as_it_is():
    """Three eigenvalues need three steps; thirty more must not spoil the lane."""
    alone = _solve(MATRICES[1:2], RIGHT[:, 1:2])
    assert int(alone.iterations) == 3
    together = _solve(MATRICES, RIGHT)
    assert_close_to_largest(together.value[:, 1], alone.value[:, 0], 1e-14)


def test_nothing_comes_of_nothing():
    right = RIGHT.copy()
    right[:, 2] = 0.0
    solution = _solve(MATRICES, right)
    np.testing.assert_array_equal(solution.value[:, 2], 0.0)
    assert float(solution.error[2]) == 0.0
    assert_close_to_largest(solution.value[:, 1], np.linalg.solve(MATRICES[1], right[:, 1]), 1e-12)
    all_zero = _solve(MATRICES, np.zeros_like(right))
    np.testing.assert_array_equal(all_zero.value, 0.0)
    assert int(all_zero.iterations) == 0


@pytest.mark.parametrize("lane", [0, 2])
def test_the_size_of_the_right_side_does_not_matter(lane):
    small = _solve(MATRICES[lane][None], 1e-100 * RIGHT[:, lane : lane + 1])
    large = _solve(MATRICES[lane][None], RIGHT[:, lane : lane + 1])
    assert_close_to_largest(1e100 * small.value, large.value, 1e-13)


def test_it_begins_anew_where_memory_is_short():
    """With 8 directions kept: the same solution of the mild lanes, in about as many steps."""
    mild, right = MATRICES[1:3], jnp.asarray(RIGHT[:, 1:3])

    def matvec(y):
        return jnp.einsum("lab,bl->al", mild, y)

    whole, short = (gmres(matvec, right, 1e-13, 60, kept) for kept in (None, 8))
    assert int(whole.iterations) > 8
    assert int(short.iterations) < 2 * int(whole.iterations)
    assert float(jnp.max(short.error)) < 1e-13
    left = right - matvec(short.value)
    assert np.all(np.linalg.norm(left, axis=0) < 2e-13 * np.linalg.norm(right, axis=0))


def test_a_member_of_a_batch_is_solved_as_it_would_be_alone():
    def solve(matrix, right):
        found = gmres(lambda y: matrix @ y, right[:, None], 1e-6, 60, 8)
        return found.value[:, 0]

    together = jax.vmap(solve)(jnp.asarray(MATRICES[:3]), jnp.asarray(RIGHT[:, :3].T))
    for k in range(3):
        alone = solve(jnp.asarray(MATRICES[k]), jnp.asarray(RIGHT[:, k]))
        assert_close_to_largest(together[k], alone, 1e-13)
