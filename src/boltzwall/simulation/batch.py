"""The coupled loop, for one run or several that share shapes and compiled code.

The members of a batch differ in numbers only; each has its own time steps. The loop goes from
checkpoint to checkpoint, or with a moving window from saved state to saved state; between two of
them everything is one compiled call.
"""

import warnings
from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float

from boltzwall.build.consistent import current_given
from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.compilation.programs import Kept
from boltzwall.config import Config
from boltzwall.errors import InputError, NumericsError
from boltzwall.numerics.stepping import Progression, integrate
from boltzwall.simulation.coupled import CoupledModel, advance_coupled, build_coupled, outputs_at
from boltzwall.simulation.electrons import check_converged
from boltzwall.simulation.record import Record
from boltzwall.simulation.window import centred

Progress = Callable[[float, float, str], None]
_CHEAP_REPEATS = 100
_RELAXATION_STRETCH = 1e-10  # s of the dissipative motion
_MOST_STRETCHES = 500
_AT_REST = 0.1  # of dynamics.steady_rate


class Batch:
    """The state of some runs that go through the loop together."""

    def __init__(
        self,
        configs: list[Config],
        resume: list[xr.Dataset] | None,
        tolerant: bool = False,
        last_only: bool = False,
    ) -> None:
        """Begin or resume some runs.

        Arguments:
            tolerant: a member that fails is noted in ``failures``, and the others go on.
            last_only: of the states before the last, only M is kept.
        """
        free_compiled_code()
        self.tolerant, self.last_only = tolerant, last_only
        self.failures: dict[int, NumericsError] = {}
        self.first = configs[0]
        for config in configs:
            _check_same_shape(self.first, config)
        self.configs = configs
        self.starts = [build_magnetisation(config)[0] for config in configs]
        update = self.first.transport.update
        self.update = None if update == "stage" else np.asarray(float(update))
        self.resumed = resume is not None
        if resume is None:
            self.records = [Record(config) for config in configs]
            self.states = np.stack(self.starts)
            self.step = np.array([0.2 * c.dynamics.save_interval for c in configs])
            self.interval = self.step
        else:
            self.records = [Record.resumed(c, d) for c, d in zip(configs, resume, strict=True)]
            self.states = np.stack([record.last_state for record in self.records])
            self.step, self.interval = (
                np.array([record.last(name) for record in self.records])
                for name in ("time_step", "transport_interval")
            )
        self._build()
        if self.resumed and self.first.dynamics.moving_window:
            self._follow()  # as the undisturbed run did after it had recorded this state

    def run(
        self, progress: Progress | None, report: Callable[[list[Record]], None] | None
    ) -> list[xr.Dataset | NumericsError]:
        """Go from checkpoint to checkpoint until every member rests or the end time is reached."""
        try:
            if not self.resumed:
                self._begin(progress)
            while not all(record.stopped for record in self.records):
                if progress:
                    progress(*self._progress())
                self._proceed()
                if report and self._at_checkpoint():
                    report(self.records)
        except (KeyboardInterrupt, NumericsError) as error:
            reason = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            for record in self.records:
                record.stopped = record.stopped or reason
            if report and all(record.times for record in self.records):
                report(self.records)
            raise
        if self.last_only:
            self._observe_last()
        if progress:
            progress(*self._progress())
        return [self.failures.get(k) or r.dataset() for k, r in enumerate(self.records)]

    def _build(self) -> None:
        """The models on the present windows."""
        offsets = [record.offset for record in self.records]
        built = zip(self.configs, self.starts, offsets, strict=True)
        self.model = _stack([build_coupled(*one) for one in built])

    def _begin(self, progress: Progress | None) -> None:
        """Bring M to rest where that is wanted, and record the first state."""
        if self.first.dynamics.relax:
            self._relax(progress)
        # The start as often as a stretch has states: the same compiled code serves both.
        repeats = min(self._saves_at_once(), _CHEAP_REPEATS)
        states = np.repeat(np.asarray(self.states)[:, None], repeats, axis=1)
        times = np.zeros((len(self.records), repeats))
        self._observe(states, times, np.ones(len(self.records), dtype=int), kept=1)
        if self.first.dynamics.moving_window:
            self._follow()

    def _relax(self, progress: Progress | None) -> None:
        model = self.model
        if not self.first.dynamics.relax_field:
            still = jnp.zeros_like(model.magnet.terms["zeeman"].external)  # type: ignore[attr-defined]
            model = eqx.tree_at(lambda m: m.magnet.terms["zeeman"].external, model, still)
        step = np.full(len(self.records), 1e-14)
        wanted = _AT_REST * self.first.dynamics.steady_rate
        for _ in range(_MOST_STRETCHES):
            self.states, step, success, rates = _relaxed(model, self.states, step)
            if not np.all(success):
                raise NumericsError("The relaxation before the drive failed; try more cells.")
            rate = float(np.max(rates))
            if rate < wanted:
                return
            if progress:
                progress(0.0, 1.0, f"relaxing, |dM/dt| {rate:.1e}, rests at {wanted:.0e}/s")
        warnings.warn(
            f"The magnetisation still moves at {rate:.1e} 1/s after the relaxation; the run starts "
            "from there. Raise `dynamics.steady_rate` or start from another texture.",
            stacklevel=2,
        )

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

    def _saves_at_once(self) -> int:
        dynamics = self.first.dynamics
        return 1 if dynamics.moving_window else dynamics.checkpoint_interval

    def _at_checkpoint(self) -> bool:
        """Whether what was computed so far is to be written; the end is written elsewhere."""
        if all(record.stopped for record in self.records):
            return False
        every = self.first.dynamics.checkpoint_interval
        return not self.first.dynamics.moving_window or self.records[0].saved % every == 0

    def _proceed(self) -> None:
        """One stretch, to the next checkpoint or, with a moving window, to the next saved state."""
        count = self._saves_at_once()
        start = np.array([record.reached for record in self.records])
        times = np.stack([record.next_times(count) for record in self.records])
        span = (start, times, self.step, self.interval)
        progression = jax.device_get(_advance(self.model, self.states, span, self.update))
        progression = self._checked(progression, start)
        states: Any = progression.states
        self.step, self.states = np.asarray(progression.step), states[:, -1]
        self.interval = np.asarray(progression.interval)
        self._observe(states, times, progression.evaluations, progression.held_error)
        if self.first.dynamics.moving_window:
            self._follow()

    def _observe(
        self,
        states: Any,
        times: Any,
        evaluations: Any,
        held_error: Any | None = None,
        kept: int | None = None,
    ) -> None:
        outputs = self._outputs_at(times, states)
        errors = np.zeros(len(self.records)) if held_error is None else held_error
        for k, record in enumerate(self.records):
            try:
                check_converged({name: values[k] for name, values in outputs.items()})
            except NumericsError as error:
                self._fail(k, error)
            arrays = {
                "magnetisation": np.asarray(states[k]),
                **{n: a[k] for n, a in outputs.items()},
            }
            record.extend(
                times[k][:kept],
                {name: values[:kept] for name, values in arrays.items()},
                {
                    "time_step": float(self.step[k]),
                    "transport_interval": float(self.interval[k]),
                    "transport_update_error": float(errors[k]),
                },
                int(evaluations[k]),
            )

    def _outputs_at(self, times: Any, states: Any) -> dict[str, Any]:
        if not self.last_only:
            return dict(jax.device_get(_outputs(self.model, times, states)))
        if all(config.dynamics.stop == "end" for config in self.configs):
            return {"_rate": np.full(np.shape(times), np.nan)}
        return {"_rate": np.asarray(_rates(self.model, times, states))}

    def _observe_last(self) -> None:
        """Everything at the last state of each member."""
        going = [record for record in self.records if record.pieces]
        if not going:
            return
        chosen = [record if record.pieces else going[0] for record in self.records]
        times = np.array([[record.reached] for record in chosen])
        states = np.stack([record.last_state[None] for record in chosen])
        outputs = jax.device_get(_outputs(self.model, times, states))
        for k, record in enumerate(self.records):
            found = {name: values[k, 0] for name, values in outputs.items() if name != "_rate"}
            try:
                check_converged(found)
            except NumericsError as error:
                record.stopped = ""
                self._fail(k, error)
            record.at_end = found

    def _follow(self) -> None:
        """Shift the windows so that the walls stand in their middles."""
        moved = [centred(np.asarray(state)) for state in self.states]
        if not any(cells for _, cells in moved):
            return
        self.states = np.stack([m for m, _ in moved])
        for record, (_, cells) in zip(self.records, moved, strict=True):
            record.offset += cells * record.config.wire.length / record.config.wire.cells
        self._build()

    def _checked(self, progression: Progression, start: Any) -> Progression:
        """The same, with the members that failed in the place of a copy of one that did not."""
        finite = np.isfinite(progression.states).all(axis=(1, 2, 3))
        good = finite & np.asarray(progression.success)
        if np.all(good):
            return progression
        for k in np.flatnonzero(~good):
            self._fail(int(k), _stepping_failed(start[k]))
        if not np.any(good):
            return progression
        # The failed ones would go on with ever smaller steps, and all others wait for them.
        source = np.where(good, np.arange(good.size), np.flatnonzero(good)[0])
        self.model = jax.tree.map(lambda leaf: leaf[source], self.model)
        return jax.tree.map(lambda leaf: leaf[source], progression)

    def _fail(self, member: int, error: NumericsError) -> None:
        if not self.tolerant:
            raise error
        record = self.records[member]
        if not record.stopped:
            record.stopped = "failed"
            self.failures[member] = error


def _stepping_failed(start: float) -> NumericsError:
    return NumericsError(
        f"The time stepping failed after t = {start:g} s. Try a weaker drive, a smaller "
        "`dynamics.relative_tolerance`, more cells (`wire.cells`), or more momenta "
        "(`transport.momentum_nodes`)."
    )


def _each(function: Callable, model: CoupledModel, *arguments: Any) -> Any:
    """The function of every member; a batch of one without `vmap`, which would slow it."""
    leaves = jax.tree.leaves(arguments)
    if leaves[0].shape[0] > 1:
        return eqx.filter_vmap(function)(model, *arguments)
    alone = jax.tree.map(lambda leaf: leaf[0], (model, *arguments))
    return jax.tree.map(lambda leaf: leaf[None], function(*alone))


@Kept
def _advance(model: CoupledModel, states: Any, span: Any, update: Any) -> Progression:
    return _each(lambda m, y, own: advance_coupled(m, y, own, update), model, states, span)


@Kept
def _outputs(model: CoupledModel, times: Any, states: Any) -> dict[str, Any]:
    return _each(outputs_at, model, times, states)


@Kept
def _rates(model: CoupledModel, times: Any, states: Any) -> Array:
    """Largest |dM/dt| in 1/s at each state."""

    def one(model: CoupledModel, times: Any, states: Any) -> Array:
        rate = model.prepared().evolution().rate
        return jax.lax.map(lambda both: jnp.max(jnp.abs(rate(*both))), (times, states))

    return _each(one, model, times, states)


@Kept
def _relaxed(
    model: CoupledModel, states: Float[Array, "members cells 3"], step: Float[Array, " members"]
) -> tuple[Array, Array, Array, Array]:
    """(M, next step, success, largest |dM/dt|) after a stretch of dissipative motion."""

    def one(model: CoupledModel, m: Array, step: Array) -> tuple[Array, Array, Array, Array]:
        evolution = model.relaxation()
        span = (jnp.zeros(()), jnp.array([_RELAXATION_STRETCH]), step)
        found = integrate(evolution, m, span, model.accuracy)
        last = found.states[-1]
        rate = jnp.max(jnp.abs(evolution.rate(jnp.zeros(()), last)))
        return last, found.step, found.success, rate

    return _each(one, model, states, step)


def _stack(models: list[CoupledModel]) -> CoupledModel:
    return jax.tree.map(lambda *leaves: np.stack(leaves), *models)


def _check_same_shape(first: Config, other: Config) -> None:
    """Members of a batch may differ in numbers only."""

    def shape(config: Config) -> dict[str, Any]:
        transport, drive = config.transport, config.drive
        keys = (
            "model", "equilibrium_vector", "spin_convention", "inflow", "momentum_nodes",
            "momentum_rule", "time_dependent", "update", "streams", "boundary", "exchange_force",
        )  # fmt: skip
        steps = ("checkpoint_interval", "method", "moving_window", "relax", "thermal_noise")
        return {
            "wire.cells": config.wire.cells,
            "temperature.kind": config.temperature.kind == "file",
            **{f"transport.{key}": getattr(transport, key) for key in keys},
            **{f"dynamics.{key}": getattr(config.dynamics, key) for key in steps},
            **{
                f"field.{key}": value
                for key, value in config.field
                if isinstance(value, bool | str)
            },
            "field.initial_state_field (0 or not)": config.field.initial_state_field == 0.0,
            "drive.electric_waveform": drive.electric_waveform,
            "drive.magnetic_waveform": drive.magnetic_waveform,
            "drive (field or current given)": current_given(config),
        }

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
