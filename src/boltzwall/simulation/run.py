"""The coupled loop: electrons in their steady state, magnetisation by (26), alone or in batches.

Every run is a batch, of one by default: the members share shapes and compiled code, each has its
own time steps. The loop goes from checkpoint to checkpoint; between two of them everything is one
compiled call.
"""

from collections.abc import Callable, Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.config import Config, load_config
from boltzwall.config.build_consistent import current_given
from boltzwall.config.build_magnetisation import build_magnetisation
from boltzwall.errors import InputError, NumericsError
from boltzwall.numerics.stepping import Progression
from boltzwall.simulation.attributes import warn
from boltzwall.simulation.coupled import CoupledModel, advance_coupled, build_coupled, outputs_at
from boltzwall.simulation.electrons import check_converged
from boltzwall.simulation.record import Record

Progress = Callable[[float, float, str], None]
Checkpoint = Callable[[xr.Dataset], None]
_CHEAP_REPEATS = 100


def simulate(
    config: Any = None,
    *,
    progress: Progress | None = None,
    checkpoint: Checkpoint | None = None,
    resume: xr.Dataset | None = None,
    electrons: xr.Dataset | None = None,
) -> xr.Dataset:
    """Transport and magnetisation together, from the initial texture to rest or to the end time.

    Arguments:
        config: a Config, a dict shaped like the TOML, a path, or None for the paper's wall.
        progress: called with (done, total, message).
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
    """
    config = load_config(config)
    warn(config)
    if config.transport.time_dependent:
        from boltzwall.simulation.time_dependent import simulate_time_dependent

        if resume is not None:
            raise InputError(
                "Argument `resume` must be None with `transport.time_dependent`, but a Dataset was "
                "given: it does not hold the distributions to go on from. Start without it."
            )
        return simulate_time_dependent(
            config, progress=progress, checkpoint=checkpoint, electrons=electrons
        )
    if electrons is not None:
        raise InputError(
            "Argument `electrons` must be None for quasi-steady electrons, but a Dataset was "
            "given. Set `transport.time_dependent` = true."
        )
    batch = _Batch([config], None if resume is None else [resume])
    report = None if checkpoint is None else lambda records: checkpoint(records[0].dataset())
    return batch.run(progress, report)[0]


def simulate_batch(configs: Sequence[Any], *, progress: Progress | None = None) -> list[xr.Dataset]:
    """Several runs of one shape in one compiled call; each result is that of `simulate` alone.

    Raises:
        InputError: the configurations differ in anything that fixes the shape of the computation
            (cells, momenta, closure, saves between checkpoints, tolerance of the update).
    """
    if not configs:
        raise InputError("Argument `configs` must hold at least one run, but it is empty.")
    return _Batch([load_config(config) for config in configs], None).run(progress, None)


class _Batch:
    """The state of some runs that go through the loop together."""

    def __init__(self, configs: list[Config], resume: list[xr.Dataset] | None) -> None:
        first = configs[0]
        for config in configs:
            _check_same_shape(first, config)
        self.first = first
        starts = [build_magnetisation(config)[0] for config in configs]
        self.model = _stack(
            [build_coupled(config, start) for config, start in zip(configs, starts, strict=True)]
        )
        update = first.transport.update
        self.update = None if update == "stage" else jnp.asarray(float(update))
        if resume is None:
            self.records = [Record(config) for config in configs]
            self.states = jnp.stack(starts)
            # From NumPy: a weakly typed step, unlike all later ones, would compile the loop twice.
            self.step = jnp.asarray(np.array([0.2 * c.dynamics.save_interval for c in configs]))
            # The start as often as a stretch has states: the same compiled code serves both.
            repeats = min(first.dynamics.checkpoint_interval, _CHEAP_REPEATS)
            states = jnp.repeat(self.states[:, None], repeats, axis=1)
            start = np.zeros((len(configs), 1))
            self._observe(states, start, np.ones(len(configs), dtype=int))
        else:
            self.records = [Record.resumed(c, d) for c, d in zip(configs, resume, strict=True)]
            self.states = jnp.stack([record.last_state for record in self.records])
            self.step = jnp.asarray([record.next_step for record in self.records])

    def run(
        self, progress: Progress | None, report: Callable[[list[Record]], None] | None
    ) -> list[xr.Dataset]:
        """Go from checkpoint to checkpoint until every member rests or the end time is reached."""
        try:
            while not all(record.stopped for record in self.records):
                if progress:
                    progress(*self._progress())
                self._proceed()
                if report and not all(record.stopped for record in self.records):
                    report(self.records)
        except (KeyboardInterrupt, NumericsError) as error:
            reason = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            for record in self.records:
                record.stopped = record.stopped or reason
            if report:
                report(self.records)
            raise
        if progress:
            progress(*self._progress())
        return [record.dataset() for record in self.records]

    def _progress(self) -> tuple[float, float, str]:
        """(done, total, message) of the member that is furthest from its end."""
        going = [record for record in self.records if not record.stopped]
        if not going:
            return 1.0, 1.0, "done"
        last = min(going, key=Record.share)
        message = f"{last.reached * 1e9:.3f} ns"
        if last.config.dynamics.stop == "steady" and np.isfinite(last.rate):
            message += (
                f", |dM/dt| {last.rate:.1e}, rests at {last.config.dynamics.steady_rate:.0e}/s"
            )
        if len(self.records) > 1:
            message += f", {len(self.records) - len(going)} of {len(self.records)} done"
        return last.share(), 1.0, message

    def _proceed(self) -> None:
        """One stretch, from a checkpoint to the next."""
        start = np.array([record.reached for record in self.records])
        times = np.stack([record.next_times() for record in self.records])
        span = (jnp.asarray(start), jnp.asarray(times))
        progression = jax.device_get(
            _advance(self.model, self.states, (*span, self.step), self.update)
        )
        self._check(progression, start.min())
        states = jnp.asarray(progression.states)
        self.step, self.states = jnp.asarray(progression.step), states[:, -1]
        self._observe(states, times, progression.evaluations, progression.held_error)

    def _observe(
        self, states: Any, times: Any, evaluations: Any, held_error: Any | None = None
    ) -> None:
        outputs = jax.device_get(_outputs(self.model, states))
        check_converged(outputs)
        errors = np.zeros(len(self.records)) if held_error is None else held_error
        for k, record in enumerate(self.records):
            record.extend(
                times[k],
                {"magnetisation": np.asarray(states[k]), **{n: a[k] for n, a in outputs.items()}},
                (float(self.step[k]), int(evaluations[k]), float(errors[k])),
            )

    def _check(self, progression: Progression, start: float) -> None:
        if np.all(progression.success) and np.all(np.isfinite(progression.states)):
            return
        raise NumericsError(
            f"The time stepping failed after t = {start:g} s. Try a weaker drive, a smaller "
            "`dynamics.relative_tolerance`, more cells (`wire.cells`), or more momenta "
            "(`transport.momentum_nodes`)."
        )


@eqx.filter_jit
def _advance(model: CoupledModel, states: Any, span: Any, update: Any) -> Progression:
    return eqx.filter_vmap(lambda m, y, *member: advance_coupled(m, y, member, update))(
        model, states, *span
    )


@eqx.filter_jit
def _outputs(model: CoupledModel, states: Any) -> dict[str, Any]:
    return eqx.filter_vmap(outputs_at)(model, states)


def _stack(models: list[CoupledModel]) -> CoupledModel:
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *models)


def _check_same_shape(first: Config, other: Config) -> None:
    """Members of a batch may differ in numbers only."""

    def shape(config: Config) -> dict[str, Any]:
        transport = config.transport
        return {
            "wire.cells": config.wire.cells,
            "temperature.kind": config.temperature.kind == "file",
            **{
                f"transport.{key}": getattr(transport, key)
                for key in (
                    "model", "equilibrium_vector", "spin_convention", "inflow", "momentum_nodes",
                    "momentum_rule", "time_dependent", "update", "streams", "boundary",
                    "exchange_force",
                )
            },
            "dynamics.checkpoint_interval": config.dynamics.checkpoint_interval,
            "drive (field or current given)": current_given(config),
        }  # fmt: skip

    if other.transport.time_dependent:
        raise InputError(
            "Argument `configs` must hold quasi-steady runs, but `transport.time_dependent` is "
            "true in one. Give it to `simulate`."
        )
    mine, theirs = shape(first), shape(other)
    different = [key for key in mine if mine[key] != theirs[key]]
    if different:
        raise InputError(
            "Argument `configs` must hold runs of one shape, but these keys differ: "
            f"{', '.join(different)}. Give them to separate batches."
        )
