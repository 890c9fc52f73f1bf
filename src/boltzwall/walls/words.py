"""What became of the walls of a run, in words; what `run` and `info` print."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from boltzwall.variables import VELOCITY_KINDS, WALL_ENDS, WALL_REGIMES, WALL_STARTS

Row = tuple[str, str]
_PREFIXES = (
    (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""), (1e-3, "m"),
    (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f"),
)  # fmt: skip
_MOTIONS = {
    "steady": ("moves steadily at", "before that it moved steadily at"),
    "precessing": ("precesses,", "before that it precessed,"),
    "transient": ("is not yet steady,", "on its way there"),
}
_ENDS = {
    "left_at_the_left": "left through the left end",
    "left_at_the_right": "left through the right end",
    "annihilated": "annihilated with its neighbour",
    "merged": "merged with its neighbour",
    "broke_up": "broke up",
}
_STARTS = {
    "entered_at_the_left": "entered through the left end",
    "entered_at_the_right": "entered through the right end",
    "nucleated": "nucleated",
}
_LISTED = 24  # points of a sweep
_MANY = 8  # walls, beyond which only the first are told of


def wall_rows(run: Any) -> Iterator[Row]:
    """(label, text) of each wall: its regime and its velocity, where it is, what is doubtful.

    Arguments:
        run: the Dataset of a run.
    """
    if "wall_regimes" not in run:
        return
    count = run["wall_regimes"].size
    note = str(run.attrs.get("wall_note", ""))
    if count == 0:
        yield "wall", "none" + (f": {note.removeprefix('no wall: ')}" if note else "")
        return
    if count > 1:
        yield "walls", f"{count} in all, {int(run['wall_count'][-1])} at the end"
    for n in range(min(count, _MANY)):
        label = "wall" if count == 1 else f"wall {n}"
        wall = _Numbers(run, n)
        yield label, wall.sentence()
        place = wall.place()
        if place:
            yield "" if count > 1 else "at the end", place
    if count > _MANY:
        yield "", f"… and {count - _MANY} more: wall_regimes, mean_velocity in the file"
    for doubt in note.split("; "):
        if doubt:
            yield "note", doubt


def settling_rows(run: Any) -> Iterator[Row]:
    """(label, text) of the settling time and of d/t_s; nothing where walls have not settled."""
    settled = float(run.attrs.get("settling_time", np.nan))
    if np.isnan(settled):
        why = str(run.attrs.get("settling_time_note", ""))
        if why and "wall" not in why:  # what the walls do is said of them
            yield "settling time", f"none: {why}"
        return
    yield "settling time", quantity(settled, "s")
    estimate = float(run.attrs.get("wall_velocity_estimate", np.nan))
    if np.isfinite(estimate):
        text = "an estimate: width of the wall over its settling time"
        yield "wall velocity", f"d/t_s = {estimate:.4g} m/s, {text}"


def quantity(value: float, unit: str) -> str:
    """A value with a prefix, to five digits."""
    size = abs(value)
    for factor, prefix in _PREFIXES:
        if size >= factor:
            return f"{value / factor:.5g} {prefix}{unit}"
    return f"{value:.5g} {unit}"


def _span(since: float, until: float) -> str:
    """Two times with the unit of the second."""
    factor, prefix = next((one for one in _PREFIXES if until >= one[0]), _PREFIXES[0])
    return f"{since / factor:.4g} to {until / factor:.4g} {prefix}s"


def with_error(value: float, error: float) -> str:
    """A value as exactly as it is known: 415.2 ± 0.1; without an error far below five digits."""
    if not np.isfinite(value):
        return "unknown"
    if not np.isfinite(error):
        return f"{value:.3g}"
    if error <= 1e-4 * abs(value) or error == 0.0:
        return f"{value:.5g}"
    digits = max(0, 1 - int(np.floor(np.log10(error))))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


class _Numbers:
    """The numbers of one wall of a run."""

    def __init__(self, run: Any, wall: int) -> None:
        self._run, self._wall = run, wall
        self.regime = WALL_REGIMES[int(self._of("wall_regimes"))]
        self.motion = WALL_REGIMES[int(self._of("wall_motions"))]
        self.end = WALL_ENDS[int(self._of("wall_ends"))]

    def _of(self, name: str) -> float:
        return float(self._run[name].values[self._wall])

    def sentence(self) -> str:
        """What became of the wall, and its velocity."""
        parts = []
        start = _STARTS.get(WALL_STARTS[int(self._of("wall_starts"))])
        if start:
            parts.append(f"{start} at {quantity(self._of('wall_start_time'), 's')}")
        gone = self.end in _ENDS
        if gone:
            when = self._of("wall_end_time")
            at = f" at {quantity(when, 's')}" if np.isfinite(when) else " in the end"
            parts.append(_ENDS[self.end] + at)
        parts.append(self._motion(gone))
        return "; ".join(parts)

    def _motion(self, gone: bool) -> str:
        kind = VELOCITY_KINDS[int(self._of("mean_velocity_kind"))]
        if kind == "none":
            return "seen in too few states for a velocity"
        if self.motion == "pinned":
            where = self._of_path("wall_positions")
            return f"{'was' if gone else 'is'} at rest at {quantity(where[-1], 'm')}"
        speed = with_error(self._of("mean_velocity"), self._of("mean_velocity_error")) + " m/s"
        words = [_MOTIONS[self.motion][gone], speed]
        if kind == "mean_over_whole_periods":
            words.append(f"on average over {self._turns()}")
        elif kind != "mean_while_steady":
            words.append("on average")
        words.append(f"({_span(self._of('mean_velocity_since'), self._of('mean_velocity_until'))})")
        return " ".join(words) + self._frequency()

    def _turns(self) -> str:
        turns = self._of("precession_turns")
        return "half a turn" if turns == 0.5 else "a turn" if turns == 1.0 else f"{turns:g} turns"

    def _frequency(self) -> str:
        frequency = self._of("precession_frequency")
        if self.motion != "precessing" or np.isnan(frequency):
            return ""
        return f", {quantity(frequency, 'Hz')}"

    def _of_path(self, name: str) -> np.ndarray:
        values = self._run[name].values[:, self._wall]
        return np.asarray(values[np.isfinite(values)])

    def place(self) -> str:
        """Where the wall is at the last state, or nothing if it is no longer there."""
        last = {
            name: float(self._run[name].values[-1, self._wall])
            for name in ("wall_positions", "wall_widths", "wall_velocities", "wall_tilts")
        }
        if np.isnan(last["wall_positions"]):
            return ""
        where = f"at {quantity(last['wall_positions'], 'm')}"
        shape = f"Δ = {quantity(last['wall_widths'], 'm')}, φ = {last['wall_tilts']:.3g} rad"
        speed = last["wall_velocities"]
        moving = "" if np.isnan(speed) else f"; at that moment {speed:.4g} m/s"
        return f"{where}, {shape}{'' if self.regime == 'pinned' else moving}"


def sweep_rows(sweep: Any) -> Iterator[tuple[str, ...]]:
    """Velocity and regime of the wall at every point of a small sweep, their ranges in a large one.

    Arguments:
        sweep: the Dataset of a sweep of runs.
    """
    if "wall_regime" not in sweep or not np.isfinite(sweep["wall_regime"].values).any():
        return
    if sweep["wall_regime"].size <= _LISTED:
        yield from _points(sweep)
        return
    names = str(sweep["wall_regime"].attrs["flag_meanings"]).split()
    codes = sweep["wall_regime"].values.ravel()
    velocity = sweep["mean_wall_velocity"].values.ravel()
    yield "regime", "points", "wall velocity"
    for code, name in enumerate(names):
        own = velocity[codes == code]
        if own.size:
            known = own[np.isfinite(own)]
            span = f"{known.min():.4g} to {known.max():.4g} m/s" if known.size else "none"
            yield name, str(own.size), span


def _points(sweep: Any) -> Iterator[tuple[str, ...]]:
    codes = sweep["wall_regime"]
    names = str(codes.attrs["flag_meanings"]).split()
    keys = [str(name) for name in sweep.coords if set(sweep[name].dims) <= set(codes.dims)]
    keys = [name for name in keys if name not in ("wall", "component")]
    yield (*keys, "wall velocity", "regime")
    for place in np.ndindex(codes.shape):
        point = sweep.isel(dict(zip(codes.dims, place, strict=True)))
        code = float(point["wall_regime"])
        known = np.isfinite(code)
        velocity = float(point["mean_wall_velocity"])
        speed = with_error(velocity, float(point["mean_wall_velocity_error"]))
        yield (
            *(_key(point[name]) for name in keys),
            f"{speed} m/s" if np.isfinite(velocity) else "none",
            _regime(names[int(code)], point) if known else str(point["status"].values),
        )


def _regime(name: str, point: Any) -> str:
    """With how the wall moved before, if it is no longer there."""
    motion = str(point["wall_motion"].attrs["flag_meanings"]).split()[int(point["wall_motion"])]
    return name if motion == name else f"{name}, before that {motion}"


def _key(value: Any) -> str:
    units = value.attrs.get("units", "1")
    number = value.values[()]
    shown = f"{number:.6g}" if isinstance(number, float | np.floating) else str(number)
    return shown if units in ("1", "") else f"{shown} {units}"
