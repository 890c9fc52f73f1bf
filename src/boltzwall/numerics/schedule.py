"""Stepping with a costly right-hand side that is held, and renewed as often as its error asks."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.numerics.evolution import Accuracy, Evolution, TimeRange
from boltzwall.numerics.stepping import Progression, integrate
from boltzwall.typing import Scalar, Vectors

SHORTEST_INTERVAL = 1e-18  # s; below it a state is no longer computed but stuck
SAFETY = 0.8
SMALLEST_CHANGE, LARGEST_CHANGE = 0.2, 3.0


class Held(NamedTuple):
    """A right-hand side in two parts: one computed now and then, one always.

    Attributes:
        compute: the costly part at (t, M).
        evolution: how M moves with a costly part that may belong to an earlier M.
        torque: what of dM/dt the costly part causes at (t, M), for the error of holding it.
        tolerance: the largest such error, relative to the largest torque.
    """

    compute: Callable[[Any, Vectors], Any]
    evolution: Callable[[Any], Evolution]
    torque: Callable[[Any, Vectors, Any], Vectors]
    tolerance: Scalar


class _State(NamedTuple):
    m: Vectors
    t: Array
    costly: Any
    interval: Array
    step: Array
    computed: Array
    error: Array
    success: Array


def advance_held(
    held: Held,
    start: Vectors,
    span: TimeRange,
    accuracy: Accuracy,
    interval: Scalar,
) -> Progression:
    """As `advance`, with the costly part renewed at the ends of intervals.

    At the end of an interval the costly part is computed anew. Where the torque then differs from
    the held one by more than the tolerance, and by more than what turns M by the absolute tolerance
    of a step, the interval is taken again, shorter; the next one has the length at which the error
    would meet the tolerance.

    Arguments:
        interval: the first interval to try, s.
    """
    t0, times, step = span

    def until(state: _State, end: Array) -> tuple[_State, Vectors]:
        last = jax.lax.while_loop(
            lambda s: ((s.t < end * (1.0 - 1e-12)) | (s.computed == 0)) & s.success,
            lambda s: _interval(held, accuracy, s, end),
            state,
        )
        return last, last.m

    # The loop's first turn computes the costly part at the start, and goes nowhere: a second call
    # of `compute` would double the time of compilation.
    nothing = jax.tree.map(
        lambda part: jnp.zeros(part.shape, part.dtype), jax.eval_shape(held.compute, t0, start)
    )
    begin = _State(
        start, t0, nothing, interval, step, jnp.zeros((), dtype=int), jnp.zeros(()), jnp.array(True)
    )
    last, states = jax.lax.scan(until, begin, times)
    return Progression(states, last.step, last.interval, last.computed, last.error, last.success)


def _interval(held: Held, accuracy: Accuracy, s: _State, end: Array) -> _State:
    """One interval, taken or tried in vain."""
    evolution = held.evolution(s.costly)
    quantum = None if evolution.noise is None else evolution.noise.step
    length, shortest = s.interval, jnp.asarray(SHORTEST_INTERVAL)
    if quantum is not None:
        length, shortest = quantum * jnp.maximum(jnp.floor(length / quantum), 1.0), 1.5 * quantum
    # An interval that nearly reaches the end does, so that no sliver is left.
    stop = jnp.where(s.t + 1.001 * length < end, s.t + length, end)
    beginning = s.computed == 0
    stop = jnp.where(beginning, s.t, stop)
    taken = stop - s.t
    first = jnp.where(beginning, s.step, jnp.minimum(s.step, taken))
    stretch = integrate(evolution, s.m, TimeRange(s.t, stop[None], first), accuracy)
    m = stretch.states[-1]
    fresh = held.compute(stop, m)
    actual = held.torque(stop, m, fresh)
    off = jnp.max(jnp.abs(actual - held.torque(stop, m, s.costly)))
    # An error that turns M by less than a time step may is none, as once a wall has left the wire.
    harmless = accuracy.absolute / jnp.where(beginning, 1.0, taken)
    scale = jnp.maximum(jnp.max(jnp.abs(actual)), harmless / held.tolerance)
    error = jnp.where(beginning, 0.0, off / scale)
    good = (error <= held.tolerance) | (taken <= shortest)
    change = SAFETY * held.tolerance / jnp.maximum(error, 1e-12)
    wanted = taken * jnp.clip(change, SMALLEST_CHANGE, LARGEST_CHANGE)
    # An interval cut short by a time wanted says little about longer ones.
    following = jnp.where(good & (taken < s.interval), jnp.maximum(wanted, s.interval), wanted)
    finite = beginning | (stretch.success & jnp.isfinite(off))
    choose = lambda new, old: jax.tree.map(lambda a, b: jnp.where(good, a, b), new, old)  # noqa: E731
    return _State(
        m=choose(m, s.m),
        t=choose(stop, s.t),
        costly=choose(fresh, s.costly),
        interval=jnp.where(beginning, s.interval, jnp.maximum(following, SHORTEST_INTERVAL)),
        step=stretch.step,
        computed=s.computed + 1,
        error=jnp.where(good, jnp.maximum(s.error, error), s.error),
        success=s.success & finite,
    )
