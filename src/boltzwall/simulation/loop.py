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
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.dynamics.steady_electrons import CoupledModel
from boltzwall.errors import NumericsError
from boltzwall.numerics.stepping import Progression
from boltzwall.progress import Report
from boltzwall.simulation.batch_structure import require_alike
from boltzwall.simulation.heating import Heating
from boltzwall.simulation.moving_window import recentred
from boltzwall.simulation.record import Record
from boltzwall.simulation.stretches import (
    advance_members,
    outputs_of_members,
    rates_of_members,
    relax_members,
    stacked,
)
from boltzwall.transport.model import check_converged
from boltzwall.values import Values

_CHEAP_REPEATS = 100
_MOST_STRETCHES = 500
_AT_REST = 0.1  # of dynamics.steady_rate


class Batch:
    """The state of some runs that go through the loop together."""

    def __init__(
        self,
        problems: list[Problem],
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
        self.tolerant = tolerant
        self.failures: dict[int, NumericsError] = {}
        self.problems = problems
        self.pace = problems[0].dynamics  # what `Pace` names of it is that of all members
        self.resumed = resume is not None
        if resume is None:
            self.records = [Record(problem) for problem in problems]
        else:
            self.records = [Record.resumed(p, d) for p, d in zip(problems, resume, strict=True)]
        models = self._models()
        require_alike(problems, models)
        self.model = stacked(models)
        self.heating = Heating.of(problems)
        # The heat asks for the rate of M, and the way of a wall for what moved it.
        self.last_only = last_only and self.heating is None
        if self.heating:
            if self.resumed:
                self.heating.resume([record.heat for record in self.records])
            self.model = self.heating.begin(self.model, self._saves_at_once(), self._shifts())
        if self.resumed:
            self.states = np.stack([record.last_state for record in self.records])
            self.step, self.interval = (
                np.array([record.last(name) for record in self.records])
                for name in ("time_step", "transport_interval")
            )
        else:
            self.states = np.stack([problem.start for problem in problems])
            self.step = np.array([0.2 * p.dynamics.save_interval for p in problems])
            self.interval = self.step
        updates = [problem.update for problem in problems]
        self.update = None if updates[0] is None else np.array(updates, dtype=float)
        if self.resumed and self.pace.moving_window:
            self._follow()  # as the undisturbed run did after it had recorded this state

    def run(
        self, progress: Report | None, report: Callable[[list[Record]], None] | None
    ) -> list[xr.Dataset | NumericsError]:
        """Go from checkpoint to checkpoint until every member rests or the end time is reached."""
        try:
            if not self.resumed:
                self._begin(progress)
            elif self.heating and self.heating.reacts:
                self._remember()
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

    def _models(self) -> list[CoupledModel]:
        """The models on the present windows."""
        return [
            problem.coupled(record.offset)
            for problem, record in zip(self.problems, self.records, strict=True)
        ]

    def _begin(self, progress: Report | None) -> None:
        """Bring M to rest where that is wanted, and record the first state."""
        if self.pace.relax:
            self._relax(progress)
        # The start as often as a stretch has states: the same compiled code serves both.
        repeats = min(self._saves_at_once(), _CHEAP_REPEATS)
        states = np.repeat(np.asarray(self.states)[:, None], repeats, axis=1)
        times = np.zeros((len(self.records), repeats))
        self._observe(states, times, np.ones(len(self.records), dtype=int), kept=1)
        if self.pace.moving_window:
            self._follow()

    def _relax(self, progress: Report | None) -> None:
        settings = [problem.dynamics for problem in self.problems]
        kept = np.array([float(dynamics.relax_field) for dynamics in settings])
        zeeman = lambda m: m.magnet.terms["zeeman"].external  # noqa: E731
        model = eqx.tree_at(zeeman, self.model, kept[:, None] * zeeman(self.model))
        step = np.full(len(self.records), 1e-14)
        wanted = np.array([_AT_REST * dynamics.steady_rate for dynamics in settings])
        moving = np.ones(len(self.records), dtype=bool)
        for _ in range(_MOST_STRETCHES):
            states, following, success, rates = relax_members(model, self.states, step)
            if not np.all(np.asarray(success)[moving]):
                raise NumericsError("The relaxation before the drive failed; try more cells.")
            # One that rests stays as it is, as it would alone.
            self.states = np.where(moving[:, None, None], states, self.states)
            step = np.where(moving, following, step)
            moving = moving & ~(np.asarray(rates) < wanted)
            if not np.any(moving):
                return
            slowest = int(np.argmax(np.asarray(rates) / wanted * moving))
            rate, rest = float(rates[slowest]), wanted[slowest]
            if progress:
                progress(0.0, 1.0, f"relaxing, |dM/dt| {rate:.1e}, rests at {rest:.0e}/s")
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
        if last.dynamics.stop == "steady" and np.isfinite(last.rate):
            message += f", |dM/dt| {last.rate:.1e}, rests at {last.dynamics.steady_rate:.0e}/s"
        if len(self.records) > 1:
            message += f", {len(self.records) - len(going)} of {len(self.records)} done"
        return last.share(), 1.0, message

    def _saves_at_once(self) -> int:
        dynamics = self.pace
        reacts = self.heating is not None and self.heating.reacts
        return 1 if dynamics.moving_window or reacts else dynamics.checkpoint_interval

    def _at_checkpoint(self) -> bool:
        """Whether what was computed so far is to be written; the end is written elsewhere."""
        if all(record.stopped for record in self.records):
            return False
        every = self.pace.checkpoint_interval
        return self._saves_at_once() > 1 or self.records[0].saved % every == 0

    def _proceed(self) -> None:
        """One stretch, to the next checkpoint or, with a moving window, to the next saved state."""
        count = self._saves_at_once()
        start = np.array([record.reached for record in self.records])
        times = np.stack([record.next_times(count) for record in self.records])
        if self.heating:
            self.model = self.heating.ahead(self.model, start, times, self._shifts())
        span = (start, times, self.step, self.interval)
        progression = jax.device_get(advance_members(self.model, self.states, span, self.update))
        progression = self._checked(progression, start)
        states: Any = progression.states
        self.step, self.states = np.asarray(progression.step), states[:, -1]
        self.interval = np.asarray(progression.interval)
        self._observe(states, times, progression.evaluations, progression.held_error)
        if self.pace.moving_window:
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
        if self.heating:
            both, shifts = (np.asarray(times), np.asarray(states)), self._shifts()
            outputs |= self.heating.settle(both, outputs, shifts, moved=kept is None)
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
            return dict(jax.device_get(outputs_of_members(self.model, times, states)))
        if all(problem.dynamics.stop == "end" for problem in self.problems):
            return {"_rate": np.full(np.shape(times), np.nan)}
        return {"_rate": np.asarray(rates_of_members(self.model, times, states))}

    def _observe_last(self) -> None:
        """Everything at the last state of each member."""
        going = [record for record in self.records if record.pieces]
        if not going:
            return
        chosen = [record if record.pieces else going[0] for record in self.records]
        times = np.array([[record.reached] for record in chosen])
        states = np.stack([record.last_state[None] for record in chosen])
        outputs = jax.device_get(outputs_of_members(self.model, times, states))
        for k, record in enumerate(self.records):
            found = {name: values[k, 0] for name, values in outputs.items() if name != "_rate"}
            try:
                check_converged(found)
            except NumericsError as error:
                record.stopped = ""
                self._fail(k, error)
            record.at_end = found

    def _shifts(self) -> Values:
        return np.array([record.shift for record in self.records])

    def _remember(self) -> None:
        """What M does to the heat at the state from which a run goes on."""
        assert self.heating is not None
        times = np.array([[record.reached] for record in self.records])
        states = np.asarray(self.states)[:, None]
        outputs = jax.device_get(outputs_of_members(self.model, times, states))
        self.heating.settle((times, states), outputs, self._shifts(), moved=False)

    def _follow(self) -> None:
        """Shift the windows so that the walls stand in their middles."""
        moved = [recentred(np.asarray(state)) for state in self.states]
        if not any(cells for _, cells in moved):
            return
        self.states = np.stack([m for m, _ in moved])
        for record, (_, cells) in zip(self.records, moved, strict=True):
            record.offset += cells * record.place.length / record.place.cells
        self.model = stacked(self._models())

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
