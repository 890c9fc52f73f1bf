"""Runs in which the electrons' time derivatives are kept."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.dynamics.electrons_in_time import TimedRun, TimedState
from boltzwall.errors import NumericsError
from boltzwall.progress import Report
from boltzwall.simulation.record import Record


def simulate_time_dependent(
    problem: Problem,
    *,
    progress: Report | None = None,
    checkpoint: Callable[[xr.Dataset], None] | None = None,
    electrons: xr.Dataset | None = None,
) -> xr.Dataset:
    """`simulate` with (5),(6) or [C1],[C2] stepped in time together with (26).

    The electrons take steps of ``dynamics.electron_step`` (shortened to divide the saved interval);
    M follows by Heun's method with the torque at both ends of the step.
    """
    free_compiled_code()
    dynamics, record = problem.dynamics, Record(problem)
    run = TimedRun.of(problem.coupled())
    state = _start(problem, run, electrons)
    _record(record, run, state, 0.0, 0)
    interval, end, saved = dynamics.save_interval, dynamics.end_time, 0
    steps = max(1, round(interval / dynamics.electron_step))
    moving = dynamics.magnetisation == "moving"
    try:
        while not record.stopped:
            if progress:
                progress(record.reached, end, f"{record.reached * 1e15:.0f} fs")
            # The last stretch is shorter where the end time is no multiple of the interval.
            stretch = min(interval, end - record.reached)
            state = run.advance(state, jnp.asarray(stretch / steps), steps, moving)
            saved += 1
            _record(record, run, state, min(saved * interval, end), 4 * steps)
            if checkpoint and saved % dynamics.checkpoint_interval == 0:
                checkpoint(record.dataset())
    except (KeyboardInterrupt, NumericsError) as error:
        record.stopped = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
        if checkpoint:
            checkpoint(record.dataset())
        raise
    if progress:
        progress(end, end, f"{record.reached * 1e15:.0f} fs")
    return record.dataset()


def _start(problem: Problem, run: TimedRun, electrons: xr.Dataset | None) -> TimedState:
    if electrons is None:
        steady = problem.config.transport.initial_distribution == "steady"
        return run.begin(problem.start, steady)
    arrays = {str(name): variable.values for name, variable in electrons.variables.items()}
    return TimedState(jnp.zeros(()), problem.start, run.electrons.given(arrays))


def _record(record: Record, run: TimedRun, state: TimedState, time: float, solves: int) -> None:
    outputs: dict[str, Any] = jax.device_get(run.observe(state))
    if not np.all(np.isfinite(outputs["spin_accumulation"])):
        raise NumericsError(
            f"The electrons' distribution is not finite after t = {time:g} s. Use a smaller "
            "`dynamics.electron_step`."
        )
    arrays = {name: np.asarray(value)[None] for name, value in outputs.items()}
    numbers = {"time_step": record.dynamics.electron_step, "transport_update_error": 0.0}
    record.extend(np.array([time]), arrays, numbers, solves)
