"""Time stepping of unit-vector fields: adaptive with diffrax, or Heun's method under noise."""

from collections.abc import Callable
from typing import Any, NamedTuple

import diffrax
import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from boltzwall.numerics.rosenbrock import STAGES as ROSENBROCK_STAGES
from boltzwall.numerics.rosenbrock import SemiImplicit
from boltzwall.numerics.sphere import normalise
from boltzwall.numerics.tangent import Coefficients

Vectors = Float[Array, "cells 3"]
Scalar = Float[Array, ""]


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
    """Error allowed in a time step, and the times at which a step must end."""

    relative: Scalar
    absolute: Scalar
    breaks: Float[Array, " breaks"]


class Noise(NamedTuple):
    """A fluctuating part of the right-hand side, constant within a step.

    Attributes:
        step: length of the fixed steps, s; every time wanted is a multiple of it.
        rate: dM/dt in 1/s from M and the number of the step, counted from t = 0.
    """

    step: Scalar
    rate: Callable[[Vectors, Array], Vectors]


class Evolution(NamedTuple):
    """How a unit-vector field moves.

    Attributes:
        rate: dM/dt in 1/s from (t, M).
        stiffness: its stiff part at (t, M), for the semi-implicit method; None: explicit.
        noise: for Heun's method with fixed steps; None: adaptive steps.
    """

    rate: Callable[[Any, Vectors], Vectors]
    stiffness: Callable[[Any, Vectors], Coefficients] | None = None
    noise: Noise | None = None


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


class Stretch(NamedTuple):
    """States wanted of one call of `integrate`, and how it went."""

    states: Float[Array, "times cells 3"]
    step: Scalar
    evaluations: Int[Array, ""]
    success: Array


STAGES = 6  # evaluations in a step of Tsit5
MAX_STEPS = 10_000_000
SHORTEST_STEP = 1e-21  # s; a state that is not finite would shrink the step without end


def integrate(
    evolution: Evolution,
    start: Vectors,
    span: tuple[Array, Array, Array],
    accuracy: Accuracy,
) -> Stretch:
    """M at the times wanted, of unit length.

    Arguments:
        span: (t0, times wanted, in increasing order, first step), s.
    """
    if evolution.noise is not None:
        return _heun(evolution.rate, evolution.noise, start, span)
    t0, times, step = span
    solver: Any = OnSphere(diffrax.Tsit5(scan_kind="lax"))
    if evolution.stiffness is not None:
        solver = SemiImplicit(evolution.stiffness)
    controller: Any = diffrax.PIDController(
        rtol=accuracy.relative,
        atol=accuracy.absolute,
        pcoeff=0.2,
        icoeff=0.5,
        dtmin=SHORTEST_STEP,
        force_dtmin=False,
    )
    if accuracy.breaks.size:
        controller = diffrax.ClipStepSizeController(controller, step_ts=accuracy.breaks)
    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, y, _: evolution.rate(t, normalise(y))),
        solver,
        t0=t0,
        t1=times[-1],
        dt0=step,
        y0=start,
        stepsize_controller=controller,
        saveat=diffrax.SaveAt(ts=times),
        max_steps=MAX_STEPS,
        adjoint=diffrax.ForwardMode(),
        throw=False,
    )
    accepted = jnp.maximum(solution.stats["num_accepted_steps"], 1)
    stages = STAGES if evolution.stiffness is None else ROSENBROCK_STAGES
    taken = times[-1] - t0
    return Stretch(
        # A stretch of no length is not stepped, and its states are never written.
        states=jnp.where((times > t0)[:, None, None], jax.vmap(normalise)(solution.ys), start),
        step=jnp.where(taken > 0.0, taken / accepted, step),
        evaluations=stages * solution.stats["num_steps"] + 1,
        success=solution.result == diffrax.RESULTS.successful,
    )


def advance(
    evolution: Evolution,
    start: Vectors,
    span: tuple[Array, Array, Array],
    accuracy: Accuracy,
) -> Progression:
    """As `integrate`, for a right-hand side of which nothing is held."""
    stretch = integrate(evolution, start, span, accuracy)
    none = jnp.zeros(())
    return Progression(
        stretch.states, stretch.step, span[2], stretch.evaluations, none, stretch.success
    )


def _heun(
    rate: Callable[[Any, Vectors], Vectors],
    noise: Noise,
    start: Vectors,
    span: tuple[Array, Array, Array],
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
