"""The compiled calls of the loop, each for all members of a batch at once."""

from collections.abc import Callable, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.compilation.programs import Kept
from boltzwall.dynamics.steady_electrons import CoupledModel, TimeSpan, advance_coupled, outputs_at
from boltzwall.numerics.evolution import TimeRange
from boltzwall.numerics.stepping import Progression, integrate

_RELAXATION_STRETCH = 1e-10  # s of the dissipative motion


def stacked(models: Sequence[Any]) -> Any:
    """Several models, or other trees, of one structure as one, with a first axis of members."""
    return jax.tree.map(lambda *leaves: np.stack(leaves), *models)


def each(function: Callable, model: Any, *arguments: Any) -> Any:
    """The function of every member; a batch of one without `vmap`, which would slow it."""
    leaves = jax.tree.leaves(arguments)
    if leaves[0].shape[0] > 1:
        return eqx.filter_vmap(function)(model, *arguments)
    alone = jax.tree.map(lambda leaf: leaf[0], (model, *arguments))
    return jax.tree.map(lambda leaf: leaf[None], function(*alone))


@Kept
def advance_members(model: CoupledModel, states: Any, span: Any, update: Any) -> Progression:
    """To the times wanted; ``span``: parts of a `TimeSpan`, ``update``: of each member, or None."""
    return each(
        lambda m, y, own, tolerance: advance_coupled(m, y, TimeSpan(*own), tolerance),
        model, states, span, update,
    )  # fmt: skip


@Kept
def outputs_of_members(model: CoupledModel, times: Any, states: Any) -> dict[str, Any]:
    """Everything for the Datasets, (members, times, …)."""
    return each(outputs_at, model, times, states)


@Kept
def rates_of_members(model: CoupledModel, times: Any, states: Any) -> Array:
    """Largest |dM/dt| in 1/s at each state."""

    def one(model: CoupledModel, times: Any, states: Any) -> Array:
        rate = model.prepared().evolution().rate
        return jax.lax.map(lambda both: jnp.max(jnp.abs(rate(*both))), (times, states))

    return each(one, model, times, states)


@Kept
def relax_members(
    model: CoupledModel, states: Float[Array, "members cells 3"], step: Float[Array, " members"]
) -> tuple[Array, Array, Array, Array]:
    """(M, next step, success, largest |dM/dt|) after a stretch of dissipative motion."""

    def one(model: CoupledModel, m: Array, step: Array) -> tuple[Array, Array, Array, Array]:
        evolution = model.relaxation()
        span = TimeRange(jnp.zeros(()), jnp.array([_RELAXATION_STRETCH]), step)
        found = integrate(evolution, m, span, model.accuracy)
        last = found.states[-1]
        rate = jnp.max(jnp.abs(evolution.rate(jnp.zeros(()), last)))
        return last, found.step, found.success, rate

    return each(one, model, states, step)
