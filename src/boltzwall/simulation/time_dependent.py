"""Runs in which the electrons' time derivatives are kept."""

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float

from boltzwall.config.build import build_magnetisation
from boltzwall.config.config import Config
from boltzwall.errors import InputError, NumericsError
from boltzwall.numerics.stepping import normalise
from boltzwall.simulation.coupled import CoupledModel, build_coupled
from boltzwall.simulation.record import Record
from boltzwall.transport.published.evolution import (
    Distribution,
    densities,
    equilibrium_distribution,
    steady_distribution,
    step_electrons,
)
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.outputs import density_arrays

Vectors = Float[Array, "cells 3"]


class _State(eqx.Module):
    m: Vectors
    y: Distribution


def simulate_time_dependent(
    config: Config,
    *,
    progress: Callable[[float, float, str], None] | None = None,
    checkpoint: Callable[[xr.Dataset], None] | None = None,
    electrons: xr.Dataset | None = None,
) -> xr.Dataset:
    """`simulate` with (5),(6) stepped in time together with (26).

    The electrons take steps of ``dynamics.electron_step`` (shortened to divide the saved interval);
    M follows by Heun's method with the torque at both ends of the step.
    """
    m, _ = build_magnetisation(config)
    model = build_coupled(config, m)
    record = Record(config)
    if electrons is None:
        state = _begin(model, m, config.transport.initial_distribution == "steady")
    else:
        state = _State(m, _given(electrons, _published(model)))
    _record(record, model, state, 0.0, 0)
    interval = config.dynamics.save_interval
    steps = max(1, round(interval / config.dynamics.electron_step))
    moving = config.dynamics.magnetisation == "moving"
    end, saved = config.dynamics.end_time, 0
    try:
        while not record.stopped:
            if progress:
                progress(record.reached, end, f"{record.reached * 1e15:.0f} fs")
            # The last stretch is shorter where the end time is no multiple of the interval.
            stretch = min(interval, end - record.reached)
            state = _advance(model, state, jnp.asarray(stretch / steps), steps, moving)
            saved += 1
            time = min(saved * interval, end)
            _record(record, model, state, time, 4 * steps)
            if checkpoint and saved % config.dynamics.checkpoint_interval == 0:
                checkpoint(record.dataset())
    except (KeyboardInterrupt, NumericsError) as error:
        record.stopped = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
        if checkpoint:
            checkpoint(record.dataset())
        raise
    if progress:
        progress(end, end, f"{record.reached * 1e15:.0f} fs")
    return record.dataset()


def _given(electrons: xr.Dataset, model: PublishedModel) -> Distribution:
    """F and G of a Dataset that holds them, on the grid of this run."""
    shape = (model.options.cells, model.grid().nodes.size)
    names = ("distribution_scalar", "distribution_vector")
    if any(name not in electrons for name in names):
        raise InputError(
            "Argument `electrons` must hold distribution_scalar and distribution_vector, but it "
            "does not. Make it with `output.distributions` = true."
        )
    scalar, vector = (np.asarray(electrons[name].values, dtype=float) for name in names)
    if scalar.shape != shape or vector.shape != (*shape, 3):
        raise InputError(
            f"Argument `electrons` must hold distributions on {shape} cells and momenta, but they "
            f"have the shape {scalar.shape}. Use the wire and the momenta of this run."
        )
    return jnp.concatenate([jnp.asarray(scalar)[None], jnp.moveaxis(jnp.asarray(vector), 2, 0)])


def _published(model: CoupledModel) -> PublishedModel:
    assert model.transport is not None
    return model.transport


@eqx.filter_jit
def _begin(model: CoupledModel, m: Vectors, steady: bool) -> _State:
    start = steady_distribution if steady else equilibrium_distribution
    return _State(m, start(_published(model), m))


@eqx.filter_jit
def _advance(model: CoupledModel, state: _State, step: Array, steps: int, moving: bool) -> _State:
    transport = _published(model)

    def rate(m: Vectors, y: Distribution) -> Vectors:
        return model.rate_under(m, model.torque(m, densities(transport, m, y).spin))

    def one(state: _State, _: None) -> tuple[_State, None]:
        if not moving:
            return _State(state.m, step_electrons(transport, state.y, (state.m,) * 2, step)), None
        now = rate(state.m, state.y)
        guess = normalise(state.m + step * now)
        y = step_electrons(transport, state.y, (state.m, guess), step)
        m = normalise(state.m + 0.5 * step * (now + rate(guess, y)))
        return _State(m, y), None

    state, _ = jax.lax.scan(one, state, None, length=steps)
    return state


@eqx.filter_jit
def _observe(model: CoupledModel, state: _State) -> dict[str, Array]:
    transport, m = _published(model), state.m
    now = densities(transport, m, state.y)
    steady = transport.moments(m).spin
    distance = jnp.max(jnp.abs(now.spin - steady)) / jnp.max(jnp.abs(steady))
    torque = transport.torque(m, now.spin)
    return {
        **density_arrays(transport, now),
        "magnetisation": m,
        "torque_total": torque,
        "torque_quasi_steady": transport.torque(m, steady),
        "spin_accumulation_quasi_steady": transport.density_scale * steady,
        "electron_deviation": distance,
        "_rate": jnp.max(jnp.abs(model.rate_under(m, torque))),
    }


def _record(record: Record, model: CoupledModel, state: _State, time: float, solves: int) -> None:
    outputs: dict[str, Any] = jax.device_get(_observe(model, state))
    if not np.all(np.isfinite(outputs["spin_accumulation"])):
        raise NumericsError(
            f"The electrons' distribution is not finite after t = {time:g} s. Use a smaller "
            "`dynamics.electron_step`."
        )
    arrays = {name: np.asarray(value)[None] for name, value in outputs.items()}
    record.extend(np.array([time]), arrays, (record.config.dynamics.electron_step, solves, 0.0))
