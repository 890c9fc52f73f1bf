"""GMRES for many independent systems side by side, with a preconditioner."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

Unknowns = Float[Array, "unknowns lanes"]
Map = Callable[[Unknowns], Unknowns]


class KrylovSolution(NamedTuple):
    """``error``: the residual that is left in each system, relative to its right-hand side."""

    value: Unknowns
    error: Float[Array, " lanes"]
    iterations: Int[Array, ""]


class _State(NamedTuple):
    basis: Float[Array, "steps unknowns lanes"]
    triangle: Float[Array, "steps columns lanes"]
    rotations: Float[Array, "2 columns lanes"]
    right: Float[Array, "steps lanes"]
    k: Int[Array, ""]


class _Progress(NamedTuple):
    """Value and residual, its size, and the steps taken."""

    value: Unknowns
    left: Unknowns
    error: Float[Array, " lanes"]
    done: Int[Array, ""]


@jax.custom_batching.custom_vmap
def any_lane(condition: Bool[Array, " lanes"]) -> Bool[Array, ""]:
    """Whether it holds in any lane, those of all members of a batch counted.

    Members then go through a loop together, without a copy of its state for each step. A lane that
    has converged stays as it is, so that none feels the others.
    """
    return jnp.any(condition)


@any_lane.def_vmap
def _(_size: int, _batched: Any, condition: Array) -> tuple[Array, bool]:
    return any_lane(condition.reshape(-1)), False


def gmres(
    matvec: Map, right: Unknowns, tolerance: float, most: int, kept: int | None = None
) -> KrylovSolution:
    """Solve A y = b for each lane, from y = 0.

    Every lane has its own Krylov space; the iteration ends when the residual of each is below
    ``tolerance`` times its right-hand side, or after ``most`` steps.

    Arguments:
        kept: directions that are kept, after which it begins anew with the residual; the memory
            that it takes. All, if not given.
    """
    size = jnp.linalg.norm(right, axis=0)
    goal, kept = tolerance * size, most if kept is None else min(kept, most)

    def going(state: _Progress) -> Bool[Array, ""]:
        return (state.done < most) & any_lane(state.error > goal)

    def cycle(state: _Progress) -> _Progress:
        limit = jnp.minimum(kept, most - state.done)
        last = _directions(matvec, state.left, goal, (kept, limit))
        weights = _back_substitute(last.triangle[:kept], last.right[:kept])
        missing = _unrotated(last)

        def add(j: Array, both: tuple[Array, Array]) -> tuple[Array, Array]:
            return both[0] + weights[j] * last.basis[j], both[1] + missing[j] * last.basis[j]

        start = state.value, missing[last.k] * last.basis[last.k]
        value, left = jax.lax.fori_loop(0, last.k, add, start)
        error = jnp.where(state.error > goal, jnp.abs(last.right[last.k]), state.error)
        return _Progress(value, left, error, state.done + last.k)

    none = jnp.zeros((), dtype=int)
    last = jax.lax.while_loop(going, cycle, _Progress(jnp.zeros_like(right), right, size, none))
    return KrylovSolution(last.value, _divide(last.error, size), last.done)


def _directions(
    matvec: Map, right: Unknowns, goal: Float[Array, " lanes"], steps: tuple[int, Array]
) -> _State:
    """Arnoldi's from ``right``: as many as needed, of at most the second of ``steps``."""
    kept, limit = steps
    unknowns, lanes = right.shape
    size = jnp.linalg.norm(right, axis=0)
    start = _State(
        basis=jnp.zeros((kept + 1, unknowns, lanes)).at[0].set(_divide(right, size)),
        triangle=jnp.zeros((kept + 1, kept, lanes)),
        rotations=jnp.zeros((2, kept, lanes)),
        right=jnp.zeros((kept + 1, lanes)).at[0].set(size),
        k=jnp.zeros((), dtype=int),
    )

    def going(state: _State) -> Bool[Array, ""]:
        return (state.k < limit) & any_lane(jnp.abs(state.right[state.k]) > goal)

    return jax.lax.while_loop(going, lambda state: _step(matvec, state, goal), start)


def _step(matvec: Map, state: _State, goal: Float[Array, " lanes"]) -> _State:
    k, basis = state.k, state.basis
    w = matvec(basis[k])

    def orthogonalise(j: Array, state: tuple[Array, Array]) -> tuple[Array, Array]:
        w, column = state
        part = jnp.sum(basis[j] * w, axis=0)
        return w - part * basis[j], column.at[j].set(part)

    w, column = jax.lax.fori_loop(0, k + 1, orthogonalise, (w, jnp.zeros(basis.shape[::2])))
    size = jnp.linalg.norm(w, axis=0)
    # A lane that has converged has nothing to add; its direction would be rounding alone.
    done = jnp.abs(state.right[k]) <= goal
    direction = jnp.where(done, 0.0, _divide(w, size))
    column = column.at[k + 1].set(size)

    def rotate(i: Array, column: Array) -> Array:
        cos, sin = state.rotations[0, i], state.rotations[1, i]
        upper, lower = column[i], column[i + 1]
        turned = column.at[i].set(cos * upper + sin * lower)
        return turned.at[i + 1].set(cos * lower - sin * upper)

    column = jax.lax.fori_loop(0, k, rotate, column)
    length = jnp.hypot(column[k], column[k + 1])
    cos, sin = _divide(column[k], length), _divide(column[k + 1], length)
    cos = jnp.where(done | (length == 0.0), 1.0, cos)
    sin = jnp.where(done, 0.0, sin)
    diagonal = jnp.where(done | (length == 0.0), 1.0, length)
    column = jnp.where(done, 0.0, column).at[k].set(diagonal).at[k + 1].set(0.0)
    value = jnp.where(done, 0.0, state.right[k])
    rest = jnp.where(done, state.right[k], -sin * state.right[k])
    return _State(
        basis.at[k + 1].set(direction),
        state.triangle.at[:, k].set(column),
        state.rotations.at[:, k].set(jnp.stack([cos, sin])),
        state.right.at[k].set(cos * value).at[k + 1].set(rest),
        k + 1,
    )


def _unrotated(state: _State) -> Float[Array, "steps lanes"]:
    """The residual in the directions: its one component, with all rotations undone."""

    def back(n: Array, parts: Array) -> Array:
        i = state.k - 1 - n
        cos, sin = state.rotations[0, i], state.rotations[1, i]
        upper, lower = parts[i], parts[i + 1]
        parts = parts.at[i].set(cos * upper - sin * lower)
        return parts.at[i + 1].set(sin * upper + cos * lower)

    alone = jnp.zeros_like(state.right).at[state.k].set(state.right[state.k])
    return jax.lax.fori_loop(0, state.k, back, alone)


def _back_substitute(triangle: Array, right: Array) -> Array:
    count = right.shape[0]

    def row(i: Array, y: Array) -> Array:
        k = count - 1 - i
        rest = right[k] - jnp.einsum("jl,jl->l", triangle[k], y)
        return y.at[k].set(_divide(rest, triangle[k, k]))

    return jax.lax.fori_loop(0, count, row, jnp.zeros_like(right))


def _divide(value: Array, by: Array) -> Array:
    """value/by, and 0 where ``by`` is 0."""
    zero = by == 0.0
    return jnp.where(zero, 0.0, value / jnp.where(zero, 1.0, by))
