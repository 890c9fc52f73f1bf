"""Runs of electrons in their steady state with the magnetisation by (26), alone or in batches."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.config.scales import run_warnings
from boltzwall.errors import InputError, NumericsError
from boltzwall.progress import Report, reporting
from boltzwall.simulation.early_warnings import warn_of
from boltzwall.simulation.loop import Batch
from boltzwall.simulation.time_dependent import simulate_time_dependent

Checkpoint = Callable[[xr.Dataset], None]
_TITLE = "Simulating"


def simulate(
    config: Any = None,
    *,
    progress: Report | bool | None = True,
    checkpoint: Checkpoint | None = None,
    resume: xr.Dataset | None = None,
    electrons: xr.Dataset | None = None,
) -> xr.Dataset:
    """Transport and magnetisation together, from the initial texture to rest or to the end time.

    Arguments:
        config: a Config, a dict shaped like the TOML, a path, or None for the paper's wall.
        progress: whether a bar is shown, in a terminal or a notebook, once the call takes more than
            a second; or what to call with (done, total, message).
        checkpoint: called with the Dataset so far every ``dynamics.checkpoint_interval`` saved
            states, and before an interruption or a failure is passed on.
        resume: a Dataset of this configuration to go on from.
        electrons: a Dataset with the distributions F and G to start from, as `solve_transport`
            gives them with ``output.distributions``; only with ``transport.time_dependent``.

    Returns:
        The Dataset of the run; see docs/variables.md.

    Raises:
        InputError: the configuration cannot be used.
        NumericsError: the stepping or the transport failed; what was computed went to `checkpoint`.

    Examples:
        Below Walker's breakdown a hard axis holds the wall's tilt, and it moves at (β/α)u.

        >>> import boltzwall
        >>> wire = {
        ...     "material": {
        ...         "damping": 0.3,
        ...         "exchange_stiffness": "1e-11 J/m",
        ...         "uniaxial_anisotropy": "1e5 J/m^3",
        ...         "hard_axis_anisotropy": "1e5 J/m^3",
        ...     },
        ...     "wire": {"length": "120 nm", "cells": 40},
        ...     "texture": {"kind": "neel", "width": "10 nm"},
        ...     "temperature": {"kind": "uniform", "value": "300 K"},
        ...     "transport": {"model": "zhang-li", "u": "5 m/s", "beta": 0.6},
        ...     "field": {
        ...         "exchange": True,
        ...         "uniaxial_anisotropy": True,
        ...         "hard_axis_anisotropy": True,
        ...     },
        ...     "dynamics": {"end_time": "2 ns", "save_interval": "0.1 ns", "stop": "end"},
        ... }
        >>> run = boltzwall.simulate(wire, progress=False)
        >>> round(float(run["mean_velocity"][0]))  # m/s
        10
    """
    config = load_config(config)
    warn_of(run_warnings(config))
    problem = Problem.of(config)
    if config.transport.time_dependent:
        if resume is not None:
            raise InputError(
                "Argument `resume` must be None with `transport.time_dependent`, but a Dataset was "
                "given: it does not hold the distributions to go on from. Start without it."
            )
        with reporting(_TITLE, progress) as shown:
            return simulate_time_dependent(
                problem, progress=shown, checkpoint=checkpoint, electrons=electrons
            )
    if electrons is not None:
        raise InputError(
            "Argument `electrons` must be None for quasi-steady electrons, but a Dataset was "
            "given. Set `transport.time_dependent` = true."
        )
    report = None if checkpoint is None else lambda records: checkpoint(records[0].dataset())
    with reporting(_TITLE, progress) as shown:
        batch = Batch([problem], None if resume is None else [resume])
        found = batch.run(shown, report)[0]
    assert isinstance(found, xr.Dataset)  # a batch that is not tolerant raises instead
    return found


@overload
def simulate_batch(
    configs: Sequence[Any],
    *,
    progress: Report | bool | None = True,
    failures: Literal["raise"] = "raise",
    last_only: bool = False,
) -> list[xr.Dataset]: ...
@overload
def simulate_batch(
    configs: Sequence[Any],
    *,
    progress: Report | bool | None = True,
    failures: Literal["return"],
    last_only: bool = False,
) -> list[xr.Dataset | NumericsError]: ...
def simulate_batch(
    configs: Sequence[Any],
    *,
    progress: Report | bool | None = True,
    failures: Literal["raise", "return"] = "raise",
    last_only: bool = False,
) -> Any:
    """Several runs of one shape in one compiled call; each result is that of `simulate` alone.

    Arguments:
        configs: what `simulate` takes, one for each run.
        progress: as in `simulate`.
        failures: with "return", a run that fails is answered by its NumericsError, and the others
            go on; with "raise", the first failure ends them all.
        last_only: the electrons' moments, torques and energies are given at the last state only,
            without time; M and the wall at every saved state as ever. Saves a third of the time.

    Returns:
        The Datasets of the runs, in the order of ``configs``.

    Raises:
        NumericsError: a run failed, and ``failures`` is "raise".
        InputError: the configurations differ in anything that fixes the shape of the computation
            (cells, momenta, closure, saves between checkpoints, tolerance of the update).
    """
    if not configs:
        raise InputError("Argument `configs` must hold at least one run, but it is empty.")
    problems = [Problem.of(load_config(config)) for config in configs]
    if any(problem.config.transport.time_dependent for problem in problems):
        raise InputError(
            "Argument `configs` must hold quasi-steady runs, but `transport.time_dependent` is "
            "true in one. Give it to `simulate`."
        )
    with reporting(_TITLE, progress) as shown:
        batch = Batch(problems, None, tolerant=failures == "return", last_only=last_only)
        return batch.run(shown, None)
