"""Runs in which the electrons' time derivatives are kept."""

from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.config.config import Config
from boltzwall.errors import NumericsError
from boltzwall.numerics.sphere import normalise
from boltzwall.simulation.coupled import CoupledModel, build_coupled
from boltzwall.simulation.record import Record
from boltzwall.simulation.spin_torque import KineticTorque
from boltzwall.simulation.timed_electrons import TimedElectrons, build_timed

Vectors = Float[Array, "cells 3"]


class _Run(eqx.Module):
    """The magnetisation with its quasi-steady electrons, and those that act in this run."""

    coupled: CoupledModel
    electrons: TimedElectrons


class _State(eqx.Module):
    t: Array
    m: Vectors
    electrons: Any


def simulate_time_dependent(
    config: Config,
    *,
    progress: Callable[[float, float, str], None] | None = None,
    checkpoint: Callable[[xr.Dataset], None] | None = None,
    electrons: xr.Dataset | None = None,
) -> xr.Dataset:
    """`simulate` with (5),(6) or [C1],[C2] stepped in time together with (26).

    The electrons take steps of ``dynamics.electron_step`` (shortened to divide the saved interval);
    M follows by Heun's method with the torque at both ends of the step.
    """
    free_compiled_code()
    m, _ = build_magnetisation(config)
    run = _build(build_coupled(config, m))
    record = Record(config)
    if electrons is None:
        state = _begin(run, m, config.transport.initial_distribution == "steady")
    else:
        state = _State(jnp.zeros(()), m, run.electrons.given(electrons))
    _record(record, run, state, 0.0, 0)
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
            state = _advance(run, state, jnp.asarray(stretch / steps), steps, moving)
            saved += 1
            time = min(saved * interval, end)
            _record(record, run, state, time, 4 * steps)
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


@eqx.filter_jit
def _build(coupled: CoupledModel) -> _Run:
    assert isinstance(coupled.torque, KineticTorque)
    return _Run(coupled, build_timed(coupled.torque.electrons))


@eqx.filter_jit
def _begin(run: _Run, m: Vectors, steady: bool) -> _State:
    return _State(jnp.zeros(()), m, run.electrons.begin(m, steady=steady))


@eqx.filter_jit
def _advance(run: _Run, state: _State, step: Array, steps: int, moving: bool) -> _State:
    coupled, electrons = run.coupled, run.electrons

    def rate(t: Array, m: Vectors, y: Any) -> Vectors:
        torque = electrons.steady.torque(m, electrons.spin(y, m))
        return coupled.rate_under(t, m, torque)

    def one(state: _State, _: None) -> tuple[_State, None]:
        t, m, y = state.t, state.m, state.electrons
        if not moving:
            return _State(t + step, m, electrons.step(y, (m, m), step)), None
        now = rate(t, m, y)
        guess = normalise(m + step * now)
        y = electrons.step(y, (m, guess), step)
        then = rate(t + step, guess, y)
        return _State(t + step, normalise(m + 0.5 * step * (now + then)), y), None

    state, _ = jax.lax.scan(one, state, None, length=steps)
    return state


@eqx.filter_jit
def _observe(run: _Run, state: _State) -> dict[str, Array]:
    arrays = run.electrons.observe(state.electrons, state.m)
    rate = run.coupled.rate_under(state.t, state.m, arrays["torque_total"])
    energies = run.coupled.energies(state.t, state.m)
    return {**arrays, **energies, "magnetisation": state.m, "_rate": jnp.max(jnp.abs(rate))}


def _record(record: Record, run: _Run, state: _State, time: float, solves: int) -> None:
    outputs: dict[str, Any] = jax.device_get(_observe(run, state))
    if not np.all(np.isfinite(outputs["spin_accumulation"])):
        raise NumericsError(
            f"The electrons' distribution is not finite after t = {time:g} s. Use a smaller "
            "`dynamics.electron_step`."
        )
    arrays = {name: np.asarray(value)[None] for name, value in outputs.items()}
    numbers = {"time_step": record.config.dynamics.electron_step, "transport_update_error": 0.0}
    record.extend(np.array([time]), arrays, numbers, solves)
