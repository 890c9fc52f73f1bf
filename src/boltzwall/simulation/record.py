"""What a run has produced so far, and the Dataset made of it."""

from collections.abc import Iterable
from typing import Any

import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.config import sections
from boltzwall.config.resumption import require_same
from boltzwall.errors import InputError
from boltzwall.relations import wall_diffusion
from boltzwall.result import build_dataset
from boltzwall.simulation.applied_drive import APPLIED_NAMES, applied_arrays
from boltzwall.simulation.displacements import displacements
from boltzwall.transport.consistent.wall_element import element_note
from boltzwall.values import Values
from boltzwall.variables import VARIABLES, WALL_NAMES
from boltzwall.walls import Mesh, Reader, Sightings, Walls, follow
from boltzwall.walls.settling import settled

_RATIOS = ("residual_charge_ratio", "residual_spin_ratio")


class Record:
    """The saved states of one run, in order of time.

    ``stopped`` says why the run is over: "steady", "end_time", "interrupted", "failed", or "".
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.place, self.dynamics = problem.place, problem.dynamics
        self.pieces: list[dict[str, Values]] = []
        self.times: list[Values] = []
        self.stopped = ""
        self.reached = 0.0
        self.offset = 0.0  # where the first cell begins, m
        self.heat: Values | None = None  # at the last time, to go on from
        self.at_end: dict[str, Values] = {}  # what is known of the last state alone
        mesh = Mesh(self.place.length, self.place.cells)
        self._reader = Reader(mesh, _expected_axis(problem.config.field, problem.config.texture))
        self._sightings: list[Sightings] = []  # of the first pieces

    @classmethod
    def resumed(cls, problem: Problem, dataset: xr.Dataset) -> "Record":
        """Go on from the last checkpoint in a Dataset.

        Raises:
            InputError: the Dataset is not that of a run, or that of another one.
        """
        if "time" not in dataset.dims or "magnetisation" not in dataset:
            raise InputError(
                "Argument `resume` must be the Dataset of a run, but it holds no magnetisation "
                "against time. Start without it."
            )
        require_same(problem.config, dataset)
        _require_states(dataset, problem.place.cells)
        record = cls(problem)
        derived = _DERIVED - {"current_density"} if problem.place.heated else _DERIVED
        arrays = {
            name: dataset[name].values
            for name, entry in VARIABLES.items()
            if name in dataset and entry.dims[:1] == ("time",) and name not in derived
        }
        if "time" in dataset["temperature"].dims:
            arrays["temperature"] = dataset["temperature"].values
        record.times = [arrays.pop("time")]
        count = record.times[0].size
        for name in _STATIC:
            if name in dataset:
                arrays[name] = np.tile(dataset[name].values, (count, 1))
        rate = arrays.pop("largest_rate", np.full(count, np.inf))
        record.pieces = [{**arrays, "_rate": rate}]
        record.reached = float(record.times[0][-1])
        if "heat_state" in dataset:
            record.heat = dataset["heat_state"].values
        if "window_offset" in arrays:
            record.offset = float(arrays["window_offset"][-1])
        finished = dataset.attrs.get("stopped_because", "")
        steady = finished == "steady" and record.dynamics.stop == "steady"
        if steady or record.reached >= record.dynamics.end_time:
            record.stopped = finished
        return record

    @property
    def last_state(self) -> Values:
        """The magnetisation to go on from."""
        return self.pieces[-1]["magnetisation"][-1]

    @property
    def shift(self) -> int:
        """By how many cells the window is further on than the wire."""
        return round(self.offset / self.place.spacing)

    @property
    def rate(self) -> float:
        """Largest |dM/dt| in 1/s at the last state."""
        return float(self.pieces[-1]["_rate"][-1])

    def share(self) -> float:
        """How much is done, from 0 to 1: of the time or, with a decaying |dM/dt|, towards rest."""
        dynamics = self.dynamics
        of_time = self.reached / dynamics.end_time
        first, rest = float(self.pieces[0]["_rate"][0]), dynamics.steady_rate
        if dynamics.stop != "steady" or not 0.0 < rest < self.rate < first < np.inf:
            return of_time
        return max(of_time, float(np.log(first / self.rate) / np.log(first / rest)))

    @property
    def saved(self) -> int:
        """How many states there are."""
        return sum(piece.size for piece in self.times)

    def last(self, name: str) -> float:
        """The last value of a number that is kept against time, such as the next time step."""
        return float(self.pieces[-1][name][-1])

    def next_times(self, count: int) -> Values:
        """The next ``count`` times to save; after the end that is repeated."""
        dynamics = self.dynamics
        first = round(self.reached / dynamics.save_interval) + 1
        index = np.arange(first, first + count, dtype=np.float64)
        times = index * dynamics.save_interval
        late = times > dynamics.end_time * (1.0 - 1e-12)
        return np.where(late, max(dynamics.end_time, self.reached), times).astype(np.float64)

    def extend(
        self, times: Values, arrays: dict[str, Values], numbers: dict[str, float], solves: int
    ) -> None:
        """Take in new states, up to the end of the run.

        Arguments:
            numbers: of the stepping, the same for all of these states.
            solves: transport solutions since the last call.
        """
        if self.stopped:
            return
        count, heat = len(times), arrays.get("heat_state")
        arrays = {name: a for name, a in arrays.items() if name not in _PASSING}
        self._require_names(arrays.keys())
        before = int(self.pieces[-1]["transport_solves"][-1]) if self.pieces else 0
        arrays = {
            **arrays,
            **{name: np.full(count, value) for name, value in numbers.items()},
            "transport_solves": np.full(count, before + solves),
        }
        if self.dynamics.moving_window:
            arrays["window_offset"] = np.full(count, self.offset)
            arrays.setdefault("temperature", np.tile(self._temperature(), (count, 1)))
        keep = count if not self.pieces else self._find_end(times, arrays["_rate"])
        if heat is not None:
            self.heat = heat[keep - 1]
        self.times.append(times[:keep])
        self.pieces.append({name: values[:keep] for name, values in arrays.items()})
        self.reached = float(times[keep - 1])

    def _require_names(self, names: Iterable[str]) -> None:
        """Raise InputError where a run that goes on keeps what the earlier one has lost."""
        lost = sorted(set(names) - self.pieces[0].keys()) if self.pieces else []
        if lost:
            raise InputError(
                "Argument `resume` must hold all that a run keeps, but it lacks "
                f"{', '.join(f'`{name}`' for name in lost)}. Begin a new run, or take a whole file."
            )

    def _find_end(self, times: Values, rates: Values) -> int:
        """How many of the new states belong to the run; sets why it stopped."""
        dynamics = self.dynamics
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
        names = self.pieces[0].keys()
        arrays = {n: np.concatenate([piece[n] for piece in self.pieces]) for n in names}
        rate = arrays.pop("_rate")
        if np.isfinite(rate).all():
            arrays["largest_rate"] = rate
        time, mean = np.concatenate(self.times), arrays["magnetisation"].mean(axis=1)
        for name in _STATIC:
            if name in arrays:
                arrays[name] = arrays[name][0]
        offset = arrays.get("window_offset", np.zeros_like(time))
        walls = self._walls(time, offset, rate)
        arrays |= walls.arrays
        arrays |= {"time": time, "x": self._centres(), "mean_magnetisation": mean}
        arrays.setdefault("temperature", self._temperature())
        arrays |= applied_arrays(self.problem, time, arrays)
        arrays |= self.at_end
        if self.heat is not None:
            arrays["heat_state"] = self.heat
        return build_dataset(arrays, self._attributes(arrays, walls))

    def _walls(self, time: Values, offset: Values, rate: Values) -> Walls:
        """The walls so far; a state is read once, however often the run is written."""
        for piece in self.pieces[len(self._sightings) :]:
            self._sightings.append(self._reader.read(piece["magnetisation"]))
        found = Sightings.joined(self._sightings)
        if not self.dynamics.thermal_noise:
            return follow(found, time, offset, self._reader, rate)
        return follow(found, time, offset, self._reader, agitation=_agitation(self.problem))

    def _centres(self) -> Values:
        return self.place.centres

    def _temperature(self) -> Values:
        """T in the cells where they are now."""
        return self.place.moved(self.offset).kelvin

    def _attributes(self, arrays: dict[str, Values], walls: Walls) -> dict[str, Any]:
        found = settled(
            (arrays["time"], arrays["mean_magnetisation"]),
            self.dynamics.settling_tolerance,
            walls,
            came_to_rest=self.stopped == "steady",
            turning="largest_rate" in arrays
            and bool(arrays["largest_rate"][-1] > self.dynamics.steady_rate),
        )
        estimate, no_estimate = np.nan, found.reason
        if not no_estimate and not walls.filled:
            no_estimate = "the wall does not fill the wire: its width is not the way it goes"
        if not no_estimate and not found.time > 0.0:
            no_estimate = "the mean magnetisation stays close to its end from the start"
        if not no_estimate:
            width = getattr(self.problem.config.texture, "width", self.place.length)
            estimate = width / found.time  # [B13]
        attributes = self.problem.attributes | {
            "stopped_because": self.stopped or "running",
            **walls.attributes,
            "settling_time": found.time,
            "settling_time_note": found.reason,
            "wall_velocity_estimate": estimate,
            "wall_velocity_estimate_note": no_estimate,
        }
        attributes |= _element_note(arrays)
        for name in _RATIOS:
            if name in arrays:
                attributes[name.replace("ratio", "relative")] = float(np.max(arrays[name]))
        if not walls.filled:
            attributes |= displacements(arrays, self.place.length)
        return attributes


def _element_note(arrays: dict[str, Values]) -> dict[str, str]:
    """Why there is no resistance of the wall, at the first of the states without one."""
    found = np.atleast_1d(arrays.get("wall_resistance_area", np.zeros(1)))
    missing = np.flatnonzero(np.isnan(found))
    if not missing.size:
        return {}
    # Of a batch that keeps the last state alone, it is known there alone.
    states = arrays["magnetisation"][-found.size :]
    return {"wall_element_note": element_note(jnp.asarray(states[missing[0]]))}


_PASSING = ("_dissipation", "heat_state")  # not kept against time
_STATIC = ("thermal_current_a", "thermal_current_b", "thermal_charge_density")
_DERIVED = frozenset({"mean_magnetisation", *WALL_NAMES, *APPLIED_NAMES})


_NEEDED = ("time_step", "transport_interval", "transport_solves", "temperature")
_UNIT = 1e-6  # how far from unit length M may be


def _require_states(dataset: xr.Dataset, cells: int) -> None:
    """Raise InputError unless a Dataset holds states that a run can go on from."""
    lost = [name for name in _NEEDED if name not in dataset]
    if lost:
        raise InputError(
            f"Argument `resume` must be the Dataset of a run, but it lacks {', '.join(lost)}. "
            "Begin a new run, or take a whole file."
        )
    states = dataset["magnetisation"]
    lengths = np.linalg.norm(states.values, axis=-1)
    shape = (dataset.sizes["time"], cells, 3)
    if states.shape != shape or not np.all(np.abs(lengths - 1.0) < _UNIT):
        raise InputError(
            f"Argument `resume` must hold unit vectors of the shape {shape} as `magnetisation`, "
            "but it does not. Begin a new run, or take a whole file."
        )


def _agitation(problem: Problem) -> float:
    """D/Δ of a wall under the noise of a run, m/s; 0 without damping."""
    metal, wire = problem.config.material, problem.config.wire
    section = float(wire.width or 0.0) * float(wire.thickness or 0.0)
    if not (metal.damping and section):
        return 0.0
    moment = metal.saturation_magnetisation * section
    kelvin = problem.place.mean_temperature
    return float(wall_diffusion(kelvin, metal.gyromagnetic_ratio, metal.damping, moment, width=1.0))


def _expected_axis(field: sections.EffectiveField, texture: sections.Texture) -> Values | None:
    """The easy axis; without one, that of the domains of the texture."""
    if field.uniaxial_anisotropy:
        return np.asarray(field.easy_axis, dtype=np.float64)
    return _TEXTURE_AXES.get(getattr(texture, "wall", texture.kind))


_X, _, _Z = np.eye(3)
_TEXTURE_AXES = {"wang2022": _Z, "neel": _Z, "bloch": _Z, "head-to-head": _X}
