"""Adaptive time stepping of unit-vector fields with diffrax."""

from collections.abc import Callable
from typing import Any, NamedTuple

import diffrax
import equinox as eqx
import jax
import jax.numpy as jnp
import optimistix as optx
from jaxtyping import Array, Float, Int

Vectors = Float[Array, "cells 3"]


def normalise(m: Vectors) -> Vectors:
    """Unit vectors along ``m``."""
    return m / jnp.linalg.norm(m, axis=-1, keepdims=True)


class OnSphere(diffrax.AbstractWrappedSolver):
    """A Runge–Kutta method whose result is brought back to unit length after every step.

    The correction is of the order of the step's own error; the right-hand side must not depend on
    the length of its argument, so that stages reused from the step before stay right.
    """

    solver: diffrax.Tsit5  # type: ignore[misc] # a field, as diffrax wants it

    @property
    def term_structure(self) -> Any:
        return self.solver.term_structure

    @property
    def scan_kind(self) -> Any:
        return self.solver.scan_kind

    @property
    def interpolation_cls(self) -> Any:  # type: ignore[override] # as in diffrax's own wrappers
        return self.solver.interpolation_cls

    def order(self, terms: Any) -> int | None:
        return self.solver.order(terms)

    def error_order(self, terms: Any) -> Any:
        return self.solver.error_order(terms)

    def init(self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any) -> Any:
        return self.solver.init(terms, t0, t1, y0, args)

    def step(
        self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any, solver_state: Any, made_jump: Any
    ) -> Any:
        y1, error, dense, state, result = self.solver.step(
            terms, t0, t1, y0, args, solver_state, made_jump
        )
        y1 = normalise(y1)
        return y1, error, {**dense, "y1": y1}, state, result

    def func(self, terms: Any, t0: Any, y0: Any, args: Any) -> Any:
        return self.solver.func(terms, t0, y0, args)


class Accuracy(eqx.Module):
    """Error allowed in a time step."""

    relative: Float[Array, ""]
    absolute: Float[Array, ""]


class Progression(NamedTuple):
    """States at the times asked for, and how the stepping went.

    Attributes:
        step: a good first step for what follows, s.
        evaluations: how often the right-hand side was computed anew.
        held_error: largest error of a held right-hand side, 1/s; 0 where none is held.
        success: whether every step met its tolerance.
    """

    states: Float[Array, "times cells 3"]
    step: Float[Array, ""]
    evaluations: Int[Array, ""]
    held_error: Float[Array, ""]
    success: Array


STAGES = 6  # evaluations in a step of Tsit5
MAX_STEPS = 100_000
SHORTEST_STEP = 1e-21  # s; a state that is not finite would shrink the step without end


def _solve(rate: Callable, start: Vectors, span: tuple, accuracy: Accuracy, **options: Any) -> Any:
    t0, t1, step = span
    return diffrax.diffeqsolve(
        diffrax.ODETerm(lambda _, y, __: rate(normalise(y))),
        OnSphere(diffrax.Tsit5(scan_kind="lax")),
        t0=t0,
        t1=t1,
        dt0=step,
        y0=start,
        stepsize_controller=diffrax.PIDController(
            rtol=accuracy.relative,
            atol=accuracy.absolute,
            pcoeff=0.2,
            icoeff=0.5,
            dtmin=SHORTEST_STEP,
            force_dtmin=False,
        ),
        max_steps=MAX_STEPS,
        adjoint=diffrax.ForwardMode(),
        throw=False,
        **options,
    )


def advance(
    rate: Callable[[Vectors], Vectors],
    start: Vectors,
    span: tuple[Array, Array, Array],
    accuracy: Accuracy,
) -> Progression:
    """Integrate dM/dt = rate(M) and give M at the times wanted, of unit length.

    Arguments:
        span: (t0, times wanted, in increasing order, first step), s.
    """
    t0, times, step = span
    saved = diffrax.SaveAt(ts=times)
    solution = _solve(rate, start, (t0, times[-1], step), accuracy, saveat=saved)
    steps = solution.stats["num_steps"]
    accepted = jnp.maximum(solution.stats["num_accepted_steps"], 1)
    return Progression(
        states=jax.vmap(normalise)(solution.ys),
        step=(times[-1] - t0) / accepted,
        evaluations=STAGES * steps + 1,
        held_error=jnp.zeros(()),
        success=solution.result == diffrax.RESULTS.successful,
    )


class Held(NamedTuple):
    """A right-hand side in two parts: one computed now and then, one always.

    Attributes:
        compute: the costly part, e.g. the spin accumulation of a magnetisation.
        rate: dM/dt from M and a costly part that may belong to an earlier M.
        torque: what of dM/dt the costly part causes, for the error made by holding it.
        tolerance: how far any component of M may move before it is computed again.
    """

    compute: Callable[[Vectors], Array]
    rate: Callable[[Vectors, Array], Vectors]
    torque: Callable[[Vectors, Array], Vectors]
    tolerance: Float[Array, ""]


def advance_held(
    held: Held, start: Vectors, span: tuple[Array, Array, Array], accuracy: Accuracy
) -> Progression:
    """As `advance`, with the costly part held until M has moved by a tolerance.

    Each stretch ends, by an event of the time stepping, where M has moved that far.
    """
    t0, times, step = span

    def stretch(state: "_Stretch") -> "_Stretch":
        def moved(t: Any, y: Vectors, args: Any, **_: Any) -> Array:
            return jnp.max(jnp.abs(y - state.origin)) - held.tolerance

        event = diffrax.Event(moved, optx.Newton(1e-3, 1e-3))
        solution = _solve(
            lambda y: held.rate(y, state.costly),
            state.m,
            (state.t, state.end, jnp.minimum(step, state.end - state.t)),
            accuracy,
            saveat=diffrax.SaveAt(t1=True),
            event=event,
        )
        m, t = normalise(solution.ys[0]), solution.ts[0]
        good = (solution.result == diffrax.RESULTS.successful) | (
            solution.result == diffrax.RESULTS.event_occurred
        )
        fresh = held.compute(m)
        error = jnp.max(jnp.abs(held.torque(m, fresh) - held.torque(m, state.costly)))
        return _Stretch(
            m, t, state.end, fresh, m, state.solves + 1, jnp.maximum(state.error, error),
            state.success & good,
        )  # fmt: skip

    def until(carry: tuple[Any, ...], end: Array) -> tuple[tuple[Any, ...], Vectors]:
        m, t, costly, count, error, success = carry
        first = _Stretch(m, t, end, costly, m, count, error, success)
        last = jax.lax.while_loop(
            lambda s: (s.t < s.end * (1.0 - 1e-12)) & s.success, stretch, first
        )
        return (last.m, last.t, last.costly, last.solves, last.error, last.success), last.m

    count = jnp.ones((), dtype=int)
    begin = (start, t0, held.compute(start), count, jnp.zeros(()), jnp.array(True))
    (_, _, _, count, error, success), states = jax.lax.scan(until, begin, times)
    return Progression(states, step, count, error, success)


class _Stretch(NamedTuple):
    m: Vectors
    t: Array
    end: Array
    costly: Array
    origin: Vectors
    solves: Array
    error: Array
    success: Array
