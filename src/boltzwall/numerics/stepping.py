"""Time stepping of unit-vector fields: adaptive with diffrax, or Heun's method under noise."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from boltzwall.numerics.evolution import Accuracy, Evolution, Noise, Stretch, TimeRange
from boltzwall.numerics.sphere import normalise
from boltzwall.typing import Scalar, Vectors


class Progression(NamedTuple):
    """States at the times asked for, and how the stepping went.

    Attributes:
        step: a good first step for what follows, s.
        interval: a good first time for which to hold a right-hand side, s.
        evaluations: how often the right-hand side was computed anew.
        held_error: largest relative error of a held right-hand side; 0 where none is held.
        success: whether every step met its tolerance.
    """

    states: Float[Array, "times cells 3"]
    step: Scalar
    interval: Scalar
    evaluations: Int[Array, ""]
    held_error: Scalar
    success: Array


def integrate(
    evolution: Evolution,
    start: Vectors,
    span: TimeRange,
    accuracy: Accuracy,
) -> Stretch:
    """M at the times wanted, of unit length."""
    if evolution.noise is not None:
        return _heun(evolution.rate, evolution.noise, start, span)
    from boltzwall.numerics.adaptive import adaptive  # not before: diffrax takes long to import

    return adaptive(evolution, start, span, accuracy)


def advance(
    evolution: Evolution,
    start: Vectors,
    span: TimeRange,
    accuracy: Accuracy,
) -> Progression:
    """As `integrate`, for a right-hand side of which nothing is held."""
    stretch = integrate(evolution, start, span, accuracy)
    none = jnp.zeros(())
    return Progression(
        stretch.states, stretch.step, span.step, stretch.evaluations, none, stretch.success
    )


def _heun(
    rate: Callable[[Any, Vectors], Vectors],
    noise: Noise,
    start: Vectors,
    span: TimeRange,
) -> Stretch:
    """Heun's method, which takes the noise in the sense of Stratonovich."""
    t0, times, _ = span
    h = noise.step

    def step(index: Array, m: Vectors) -> Vectors:
        t = index * h
        first = rate(t, m) + noise.rate(m, index)
        guess = normalise(m + h * first)
        second = rate(t + h, guess) + noise.rate(guess, index)
        return normalise(m + 0.5 * h * (first + second))

    def until(carry: tuple[Array, Vectors], time: Array) -> tuple[tuple[Array, Vectors], Vectors]:
        index, m = carry
        last = jnp.round(time / h).astype(int)
        m = jax.lax.fori_loop(index, last, step, m)
        return (last, m), m

    first = jnp.round(t0 / h).astype(int)
    (last, _), states = jax.lax.scan(until, (first, start), times)
    success = jnp.all(jnp.isfinite(states))
    return Stretch(states, h, 2 * (last - first), success)
