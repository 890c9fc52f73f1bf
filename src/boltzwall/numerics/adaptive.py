"""Adaptive time steps of unit-vector fields, with diffrax."""

from typing import Any

import diffrax
import jax
import jax.numpy as jnp

from boltzwall.numerics.evolution import Accuracy, Evolution, Stretch, TimeRange
from boltzwall.numerics.rosenbrock import STAGES as ROSENBROCK_STAGES
from boltzwall.numerics.rosenbrock import SemiImplicit
from boltzwall.numerics.sphere import normalise
from boltzwall.typing import Scalar, Vectors

STAGES = 6  # evaluations in a step of Tsit5
MAX_STEPS = 10_000_000
_ABOUT = 1e-3  # of a stretch
SHORTEST_STEP = 1e-21  # s; a state that is not finite would shrink the step without end


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


def adaptive(
    evolution: Evolution,
    start: Vectors,
    span: TimeRange,
    accuracy: Accuracy,
) -> Stretch:
    """M at the times wanted; the arguments are those of `boltzwall.numerics.stepping.integrate`."""
    t0, times, step = span
    solver: Any = OnSphere(diffrax.Tsit5(scan_kind="lax"))
    if evolution.stiffness is not None:
        solver = SemiImplicit(evolution.stiffness)
    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, y, _: evolution.rate(t, normalise(y))),
        solver,
        t0=t0,
        t1=times[-1],
        dt0=_first(step, times[-1] - t0),
        y0=start,
        stepsize_controller=_controller(accuracy),
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


def _controller(accuracy: Accuracy) -> Any:
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
    return controller


def _first(step: Scalar, reach: Scalar) -> Scalar:
    """The first step in s; one that ends about where the stretch does goes beyond it.

    diffrax cuts it there, while one that rounding ends before would leave a last step of some 1e-24
    s: the controller takes its like for the steps to come, and gives up.
    """
    return jnp.where(jnp.abs(step - reach) < _ABOUT * reach, (1.0 + _ABOUT) * reach, step)
