"""Implicit steps of the heated wire, with diffrax's control of their error."""

from typing import Any, ClassVar, NamedTuple

import diffrax
import jax
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.heat.state import HeatState, Load
from boltzwall.heat.substrate import Contact, Terms
from boltzwall.typing import PerCell, Scalar

# Kvaernø's 3(2), BIT 44, 489 (2004): an explicit stage and three implicit ones, stiffly accurate
# and L-stable, as is the second-order solution in it, which is the third stage.
GAMMA = 0.43586652150845899942
_LAST = (-6.0 * GAMMA**2 + 6.0 * GAMMA - 1.0) / (6.0 * GAMMA - 3.0)
A = (
    (GAMMA,),
    ((-4.0 * GAMMA**2 + 6.0 * GAMMA - 1.0) / (4.0 * GAMMA), (1.0 - 2.0 * GAMMA) / (4.0 * GAMMA)),
    ((6.0 * GAMMA - 1.0) / (12.0 * GAMMA), -1.0 / ((24.0 * GAMMA - 12.0) * GAMMA), _LAST),
)
C = (2.0 * GAMMA, 1.0, 1.0)
_INSIDE = 1e-9  # of a step: a source that jumps at its ends is taken as it is within
_ITERATIONS = 8
_CONVERGED = 1e-9  # of T, for the last change of Newton's iteration
_MAX_STEPS = 100_000
_SHORTEST_STEP = 1e-21  # s
_ABOUT = 1e-3
_UNUSABLE = 1e6  # an error, in tolerances, that no step is kept with


class Warmth(NamedTuple):
    """What is stepped, all in K but the ledger.

    Attributes:
        content: ∫C dT since the start over C there.
        ledger: J/m², as `HeatState.ledger`.
    """

    content: PerCell
    memory: Terms
    ledger: Array


class HeatProblem(NamedTuple):
    """What does not change while it is stepped."""

    wire: Any  # a ThermalWire
    load: Load
    contact: Contact

    def slopes(self, t: Scalar, kelvin: PerCell, memory: Terms, flux: PerCell) -> Warmth:
        """d/dt of everything, [H1]."""
        wire = self.wire
        density = wire.density(t, kelvin, self.load.current)
        found = wire.changes(t, kelvin, density, self.load)
        lost = flux / wire.thickness
        out = wire.spacing * jnp.sum(wire.section * lost)
        return Warmth(
            (found.power - lost) / wire.metal.capacity.at(wire.start),
            self.contact.weights * flux - self.contact.rates * memory,
            jnp.concatenate([found.parts, out[None]]),
        )

    def kelvin(self, content: PerCell) -> PerCell:
        """T of a content."""
        capacity, start = self.wire.metal.capacity, self.wire.start
        return capacity.reached(start, content * capacity.at(start))

    def at(self, t: Scalar, heat: Warmth) -> Warmth:
        """The slopes of a state."""
        kelvin = self.kelvin(heat.content)
        flux = self.contact.flux(kelvin - self.wire.start, heat.memory)
        return self.slopes(t, kelvin, heat.memory, flux)

    def implicit(
        self, t: Scalar, base: Warmth, h: Scalar, guess: PerCell
    ) -> tuple[PerCell, Warmth, Array]:
        """(T, slopes, whether it converged) of y = base + h·slopes(t, y)."""
        wire, contact = self.wire, self.contact
        capacity = wire.metal.capacity
        # The memory is linear and local: it is eliminated, and what is left of it is a resistance.
        shrink = 1.0 / (1.0 + h * contact.rates)
        kept = jnp.sum(shrink * base.memory, axis=0)
        resistance = contact.resistance + h * jnp.sum(shrink * contact.weights, axis=0)
        scale = capacity.at(wire.start)

        def flux(kelvin: PerCell) -> PerCell:
            return (kelvin - wire.start - kept) / resistance

        def left(kelvin: PerCell, density: Scalar) -> PerCell:
            power = wire.changes(t, kelvin, density, self.load).power
            content = capacity.stored(wire.start, kelvin) / scale
            return content - base.content - h / scale * (power - flux(kelvin) / wire.thickness)

        def iterate(carry: tuple[PerCell, Scalar, Array]) -> tuple[PerCell, Scalar, Array]:
            kelvin, _, count = carry
            density = wire.density(t, kelvin, self.load.current)
            change = _newton_change(lambda y: left(y, density), kelvin)
            return kelvin - change, jnp.max(jnp.abs(change) / kelvin), count + 1

        def going(carry: tuple[PerCell, Scalar, Array]) -> Array:
            return (carry[1] > _CONVERGED) & (carry[2] < _ITERATIONS)

        start = (guess, jnp.asarray(jnp.inf), jnp.asarray(0))
        kelvin, change, _ = jax.lax.while_loop(going, iterate, start)
        flow = flux(kelvin)
        memory = shrink * (base.memory + h * contact.weights * flow)
        return kelvin, self.slopes(t, kelvin, memory, flow), change <= _CONVERGED


class ImplicitHeat(diffrax.AbstractAdaptiveSolver):
    """Kvaernø's 3(2); what one cell loses another gains: the energy balances to rounding."""

    term_structure: ClassVar = diffrax.AbstractTerm
    interpolation_cls: ClassVar = diffrax.LocalLinearInterpolation

    def order(self, terms: Any) -> int:
        return 3

    def init(self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any) -> Any:
        return None

    def step(
        self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any, solver_state: Any, made_jump: Any
    ) -> Any:
        problem: HeatProblem = args
        h = t1 - t0
        at = lambda share: t0 + h * (_INSIDE + (1.0 - 2.0 * _INSIDE) * share)  # noqa: E731
        kelvin = problem.kelvin(y0.content)
        slopes = [problem.at(at(0.0), y0)]
        good = jnp.asarray(True)
        for weights, share in zip(A, C, strict=True):
            base = _moved(y0, h, weights, slopes)
            kelvin, slope, converged = problem.implicit(at(share), base, h * GAMMA, kelvin)
            slopes.append(slope)
            good = good & converged
        y1 = _moved(y0, h, (*A[-1], GAMMA), slopes)
        second = _moved(y0, h, (*A[-2], GAMMA), slopes)
        error = Warmth(
            jnp.where(good, y1.content - second.content, _UNUSABLE),
            jnp.where(good, y1.memory - second.memory, _UNUSABLE),
            jnp.zeros_like(y1.ledger),
        )
        return y1, error, {"y0": y0, "y1": y1}, None, diffrax.RESULTS.successful

    def func(self, terms: Any, t0: Any, y0: Any, args: Any) -> Any:
        return terms.vf(t0, y0, args)


def advance(wire: Any, state: HeatState, span: tuple[Any, Any], load: Load) -> HeatState:
    """The state at the end of ``span`` in s."""
    t0, t1 = (jnp.asarray(t, dtype=float) for t in span)
    capacity = wire.metal.capacity
    content = capacity.stored(wire.start, state.temperature) / capacity.at(wire.start)
    problem = HeatProblem(wire, load, wire.contact())
    controller: Any = diffrax.PIDController(
        rtol=wire.tolerance, atol=wire.tolerance, norm=_largest, dtmin=_SHORTEST_STEP,
        force_dtmin=False,
    )  # fmt: skip
    if wire.breaks.size:
        controller = diffrax.ClipStepSizeController(controller, step_ts=wire.breaks)
    reach = t1 - t0
    first = jnp.where(
        jnp.abs(state.step - reach) < _ABOUT * reach, (1 + _ABOUT) * reach, state.step
    )
    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, y, args: args.at(t, y)),
        ImplicitHeat(),
        t0=t0,
        t1=t1,
        dt0=first,
        y0=Warmth(content, state.memory, state.ledger),
        args=problem,
        stepsize_controller=controller,
        max_steps=_MAX_STEPS,
        adjoint=diffrax.ForwardMode(),
        throw=False,
    )
    reached: Any = jax.tree.map(lambda leaf: leaf[-1], solution.ys)
    taken = jnp.maximum(solution.stats["num_accepted_steps"], 1)
    still = reach <= 0.0
    kelvin = problem.kelvin(reached.content)
    pick = lambda new, old: jnp.where(still, old, new)  # noqa: E731
    return HeatState(
        temperature=pick(kelvin, state.temperature),
        memory=pick(reached.memory, state.memory),
        ledger=pick(reached.ledger, state.ledger),
        step=pick(reach / taken, state.step),
        success=state.success & (still | (solution.result == diffrax.RESULTS.successful)),
    )


def _newton_change(residual: Any, kelvin: PerCell) -> PerCell:
    """J⁻¹ r of a residual whose Jacobian is tridiagonal: three directional derivatives hold it."""
    cells = kelvin.shape[0]
    colour = jnp.arange(cells) % 3
    values, push = jax.linearize(residual, kelvin)
    columns = [push((colour == k).astype(kelvin.dtype)) for k in range(3)]

    def of(shift: int) -> PerCell:
        """d r_i/d T_{i+shift}."""
        wanted = (jnp.arange(cells) + shift) % 3
        return jnp.choose(wanted, columns, mode="clip")

    lower = of(-1).at[0].set(0.0)
    upper = of(1).at[-1].set(0.0)
    return jax.lax.linalg.tridiagonal_solve(lower, of(0), upper, values[:, None])[:, 0]


def _moved(y: Warmth, h: Scalar, weights: tuple[float, ...], slopes: list[Warmth]) -> Warmth:
    """y + h Σ weight·slope."""
    return jax.tree.map(
        lambda start, *each: start + h * sum(w * s for w, s in zip(weights, each, strict=False)),
        y, *slopes,
    )  # fmt: skip


def _largest(error: Warmth) -> Scalar:
    return jnp.maximum(jnp.max(jnp.abs(error.content)), jnp.max(jnp.abs(error.memory), initial=0.0))
