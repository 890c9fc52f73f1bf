"""What a run has produced so far, and the Dataset made of it."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from boltzwall.config.config import Config
from boltzwall.errors import InputError
from boltzwall.result import build_dataset
from boltzwall.simulation.attributes import describe_config
from boltzwall.simulation.wall import settling_time, wall_arrays
from boltzwall.variables import VARIABLES

Values = NDArray[np.float64]
_MARKS = ("_rate", "_charge", "_spin")


class Record:
    """The saved states of one run, in order of time.

    ``stopped`` says why the run is over: "steady", "end_time", "interrupted", "failed", or "".
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.pieces: list[dict[str, Values]] = []
        self.times: list[Values] = []
        self.stopped = ""
        self.reached = 0.0

    @classmethod
    def resumed(cls, config: Config, dataset: xr.Dataset) -> "Record":
        """Go on from the last checkpoint in a Dataset.

        Raises:
            InputError: the Dataset is not that of a run.
        """
        if "time" not in dataset.dims or "magnetisation" not in dataset:
            raise InputError(
                "Argument `resume` must be the Dataset of a run, but it holds no magnetisation "
                "against time. Start without it."
            )
        record = cls(config)
        arrays = {
            name: dataset[name].values
            for name, entry in VARIABLES.items()
            if name in dataset and entry.dims[:1] == ("time",) and name not in _DERIVED
        }
        record.times = [arrays.pop("time")]
        count = record.times[0].size
        for name in _STATIC:
            if name in dataset:
                arrays[name] = np.tile(dataset[name].values, (count, 1))
        marks = {"_rate": np.full(count, np.inf)}
        for mark, name in (("_charge", "residual_charge"), ("_spin", "residual_spin")):
            marks[mark] = np.full(count, dataset.attrs.get(f"{name}_relative", 0.0))
        record.pieces = [{**arrays, **marks}]
        record.reached = float(record.times[0][-1])
        finished = dataset.attrs.get("stopped_because", "")
        steady = finished == "steady" and config.dynamics.stop == "steady"
        if steady or record.reached >= config.dynamics.end_time:
            record.stopped = finished
        return record

    @property
    def last_state(self) -> Values:
        """The magnetisation to go on from."""
        return self.pieces[-1]["magnetisation"][-1]

    @property
    def rate(self) -> float:
        """Largest |dM/dt| in 1/s at the last state; infinite just after a resumption."""
        return float(self.pieces[-1]["_rate"][-1])

    def share(self) -> float:
        """How much is done, from 0 to 1: of the time or, with a decaying |dM/dt|, towards rest."""
        dynamics = self.config.dynamics
        of_time = self.reached / dynamics.end_time
        first, rest = float(self.pieces[0]["_rate"][0]), dynamics.steady_rate
        if dynamics.stop != "steady" or not 0.0 < rest < self.rate < first < np.inf:
            return of_time
        return max(of_time, float(np.log(first / self.rate) / np.log(first / rest)))

    @property
    def next_step(self) -> float:
        """The time step to go on with."""
        return float(self.pieces[-1]["time_step"][-1])

    def next_times(self) -> Values:
        """Times to save until the next checkpoint; beyond the end they only fill the shape."""
        dynamics = self.config.dynamics
        first = round(self.reached / dynamics.save_interval) + 1
        index = np.arange(first, first + dynamics.checkpoint_interval, dtype=np.float64)
        times = index * dynamics.save_interval
        late = np.flatnonzero(times > dynamics.end_time * (1.0 - 1e-12))
        if late.size:
            beyond = dynamics.save_interval * np.arange(late.size)
            times[late] = dynamics.end_time + beyond
        return times

    def extend(
        self, times: Values, arrays: dict[str, Values], how: tuple[float, int, float]
    ) -> None:
        """Take in new states, up to the end of the run.

        Arguments:
            how: (next time step, transport solutions since the last call, largest error of a
                held torque).
        """
        if self.stopped:
            return
        step, solves, held = how
        count = len(times)
        before = int(self.pieces[-1]["transport_solves"][-1]) if self.pieces else 0
        arrays = {
            **arrays,
            "time_step": np.full(count, step),
            "transport_solves": np.full(count, before + solves),
            "transport_update_error": np.full(count, held),
        }
        keep = count if not self.pieces else self._find_end(times, arrays["_rate"])
        self.times.append(times[:keep])
        self.pieces.append({name: values[:keep] for name, values in arrays.items()})
        self.reached = float(times[keep - 1])

    def _find_end(self, times: Values, rates: Values) -> int:
        """How many of the new states belong to the run; sets why it stopped."""
        dynamics = self.config.dynamics
        at_end = np.flatnonzero(times >= dynamics.end_time * (1.0 - 1e-12))
        at_rest = np.flatnonzero(rates < dynamics.steady_rate)
        last = len(times)
        if at_end.size:
            last, self.stopped = int(at_end[0]) + 1, "end_time"
        rests = dynamics.stop == "steady" and dynamics.magnetisation == "moving"
        if rests and at_rest.size and at_rest[0] < last:
            last, self.stopped = int(at_rest[0]) + 1, "steady"
        return last

    def dataset(self) -> xr.Dataset:
        """The run so far."""
        from boltzwall.config.build import build_temperature

        names = self.pieces[0].keys()
        arrays = {n: np.concatenate([piece[n] for piece in self.pieces]) for n in names}
        marks = {mark: arrays.pop(mark) for mark in _MARKS if mark in arrays}
        time, m = np.concatenate(self.times), arrays["magnetisation"]
        length, cells = self.config.wire.length, self.config.wire.cells
        x = (np.arange(cells) + 0.5) * (length / cells)
        mean = m.mean(axis=1)
        for name in _STATIC:
            if name in arrays:
                arrays[name] = arrays[name][0]
        arrays |= wall_arrays(m, time, length)
        arrays |= {"time": time, "x": x, "mean_magnetisation": mean}
        arrays["temperature"] = np.asarray(build_temperature(self.config).at(jnp.asarray(x)))
        return build_dataset(arrays, self._attributes(time, mean, marks))

    def _attributes(self, time: Values, mean: Values, marks: dict[str, Values]) -> dict[str, Any]:
        settled = settling_time(time, mean, self.config.dynamics.settling_tolerance)
        texture = self.config.texture
        width = getattr(texture, "width", self.config.wire.length)
        attributes = describe_config(self.config) | {
            "stopped_because": self.stopped or "running",
            "settling_time": settled,
            "wall_velocity_estimate": width / settled if settled > 0.0 else np.nan,
        }
        for mark, name in (("_charge", "residual_charge"), ("_spin", "residual_spin")):
            if mark in marks:
                attributes[f"{name}_relative"] = float(np.max(marks[mark]))
        return attributes


_STATIC = ("thermal_current_a", "thermal_current_b", "thermal_charge_density")
_DERIVED = (
    "mean_magnetisation", "wall_position", "wall_velocity", "wall_width", "wall_tilt",
)  # fmt: skip
