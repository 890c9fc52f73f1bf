"""GMRES for many independent systems side by side, with a preconditioner."""

from collections.abc import Callable
from typing import NamedTuple

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


def gmres(matvec: Map, right: Unknowns, tolerance: float, most: int) -> KrylovSolution:
    """Solve A y = b for each lane, from y = 0.

    Every lane has its own Krylov space; the iteration ends when the residual of each is below
    ``tolerance`` times its right-hand side, or after ``most`` steps.
    """
    unknowns, lanes = right.shape
    size = jnp.linalg.norm(right, axis=0)
    start = _State(
        basis=jnp.zeros((most + 1, unknowns, lanes)).at[0].set(_divide(right, size)),
        triangle=jnp.zeros((most + 1, most, lanes)),
        rotations=jnp.zeros((2, most, lanes)),
        right=jnp.zeros((most + 1, lanes)).at[0].set(size),
        k=jnp.zeros((), dtype=int),
    )

    def going(state: _State) -> Bool[Array, ""]:
        left = jnp.abs(state.right[state.k])
        return (state.k < most) & jnp.any(left > tolerance * size)

    last = jax.lax.while_loop(going, lambda state: _step(matvec, state, tolerance), start)
    weights = _back_substitute(last.triangle[:most], last.right[:most])
    value = jax.lax.fori_loop(
        0, last.k, lambda j, y: y + weights[j] * last.basis[j], jnp.zeros_like(right)
    )
    return KrylovSolution(value, _divide(jnp.abs(last.right[last.k]), size), last.k)


def _step(matvec: Map, state: _State, tolerance: float) -> _State:
    k, basis = state.k, state.basis
    w = matvec(basis[k])

    def orthogonalise(j: Array, state: tuple[Array, Array]) -> tuple[Array, Array]:
        w, column = state
        part = jnp.sum(basis[j] * w, axis=0)
        return w - part * basis[j], column.at[j].set(part)

    w, column = jax.lax.fori_loop(0, k + 1, orthogonalise, (w, jnp.zeros(basis.shape[::2])))
    size = jnp.linalg.norm(w, axis=0)
    # A lane that has converged has nothing to add; its direction would be rounding alone.
    done = jnp.abs(state.right[k]) <= tolerance * jnp.abs(state.right[0])
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
