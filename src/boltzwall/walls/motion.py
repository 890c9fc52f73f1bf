"""How a wall moves: steadily, precessing, at rest, or not yet any of these; and its velocity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values
from boltzwall.variables import VELOCITY_KINDS, WALL_REGIMES
from boltzwall.walls.turns import Turning, find_turning

_FEWEST = 5  # states from which a regime is told
_SHARES = (1.0, 0.75, 0.5, 0.35, 0.25, 0.18, 0.12)  # of the path, its end, that may be steady
_BLOCKS = 4
_STEADY = 0.005  # of the velocity: how far those of the blocks may differ
_TURNED = 1e-3  # rad: a steady wall turns no more than this
_ALONG = 0.05  # rad for each Δ that it moves, likewise: what a very short run shows
_TO_TURN = 0.02  # rad by which it may still turn, if its turning dies out
_DYING = 0.8  # each block of a window turns by less than this of the one before
_EVENLY = 0.02  # of the rate of turning
_STOPPED = 1e-3  # of the largest velocity
_STILL = 1e-4  # of Δ: less is no motion
_SIGMA = 3.0
_RESOLVED = 0.5 * np.pi  # by which M turns from state to state


@dataclass(frozen=True)
class WallPath:
    """A wall against time, in the states in which it was seen.

    Attributes:
        time: s. position, width: q and Δ, m. tilt: φ in rad, without jumps.
        free: whether the wall was far from the ends and from other walls.
        rate: largest |dM/dt| along the wire, 1/s; nan where it is not known.
        agitation: D/Δ of the wall's diffusion under thermal noise, m/s, [M17].
    """

    time: Values
    position: Values
    width: Values
    tilt: Values
    free: NDArray[np.bool_]
    rate: Values
    agitation: float = 0.0

    def part(self, which: slice | NDArray[np.bool_]) -> "WallPath":
        return WallPath(
            self.time[which], self.position[which], self.width[which], self.tilt[which],
            self.free[which], self.rate[which], self.agitation,
        )  # fmt: skip

    @property
    def duration(self) -> float:
        """From the first to the last state, s."""
        return float(self.time[-1] - self.time[0])

    @property
    def thermal_error(self) -> float:
        """√(2D/t) in m/s: what diffusion makes of the mean velocity."""
        if self.agitation == 0.0 or not self.duration > 0.0:
            return 0.0
        return float(np.sqrt(2.0 * self.agitation * np.median(self.width) / self.duration))


@dataclass(frozen=True)
class Motion:
    """What a wall's path amounts to.

    Attributes:
        regime: "steady", "precessing", "pinned" or "transient".
        kind: which velocity is given, one of `boltzwall.variables.VELOCITY_KINDS`.
        velocity, error: its mean from ``since`` to ``until``, m/s; nan where there is none.
        since, until: s.
        frequency: turns of φ by 2π per second; nan without, or where states are too far apart.
        turns: of φ by 2π, from ``since`` to ``until``.
    """

    regime: str
    kind: str = "none"
    velocity: float = np.nan
    error: float = np.nan
    since: float = np.nan
    until: float = np.nan
    frequency: float = np.nan
    turns: float = np.nan


def judge(path: WallPath, ended: bool) -> Motion:
    """Regime and velocity of a wall.

    The last stretch on which the wall was free is looked at, if it is long enough, else all of it.

    Arguments:
        ended: it left, or is no longer there: the mean on its way is over all of that.
    """
    stretch = _stretch(path)
    if stretch.time.size < 2:
        return Motion("transient")
    if stretch.time.size >= _FEWEST:
        if _turns_unseen(stretch):
            return replace(_on_its_way(stretch), regime="precessing")
        turning = find_turning(stretch.time, stretch.tilt, stretch.position)
        if turning is not None:
            return _precessing(turning)
        for share in _SHARES:
            tail = _tail(stretch, share)
            motion = None if tail is None else _even(tail)
            if motion is not None:
                return motion
        motion = _at_rest(stretch)
        if motion is not None:
            return motion
    late = min(stretch.time.size // 2, stretch.time.size - 2)
    return _on_its_way(path if ended else stretch.part(slice(late, None)))


def motion_arrays(motions: Sequence[Motion]) -> dict[str, NDArray]:
    """What a Dataset holds of the motion of each wall, (wall,), by the names of the registry."""
    numbers = {
        "mean_velocity": [motion.velocity for motion in motions],
        "mean_velocity_error": [motion.error for motion in motions],
        "mean_velocity_since": [motion.since for motion in motions],
        "mean_velocity_until": [motion.until for motion in motions],
        "precession_frequency": [motion.frequency for motion in motions],
        "precession_turns": [motion.turns for motion in motions],
    }
    return {
        "wall_motions": flags(WALL_REGIMES, [motion.regime for motion in motions]),
        "mean_velocity_kind": flags(VELOCITY_KINDS, [motion.kind for motion in motions]),
        **{name: np.array(values, dtype=np.float64) for name, values in numbers.items()},
    }


def flags(known: Sequence[str], words: Sequence[str]) -> NDArray[np.int8]:
    """The numbers of words in the registry."""
    return np.array([known.index(word) for word in words], dtype=np.int8)


def _stretch(path: WallPath) -> WallPath:
    """The last uninterrupted part on which the wall was free; all, if it is short."""
    edges = np.diff(np.concatenate([[False], path.free, [False]]).astype(np.int8))
    for begin, end in zip(
        np.flatnonzero(edges == 1)[::-1], np.flatnonzero(edges == -1)[::-1], strict=True
    ):
        if end - begin >= _FEWEST:
            return path.part(slice(begin, end))
    return path


def _turns_unseen(path: WallPath) -> bool:
    """Whether M in the wall turns so far between two states that its tilt says nothing."""
    known = np.isfinite(path.rate)
    if not known.all():
        return False
    interval, rate = float(np.median(np.diff(path.time))), float(np.median(path.rate))
    moving = np.gradient(path.position, path.time) / path.width
    seen = float(np.median(np.hypot(np.gradient(path.tilt, path.time), moving)))
    return rate * interval > _RESOLVED and rate > 2.0 * seen


def _tail(path: WallPath, share: float) -> WallPath | None:
    count = max(_FEWEST, round(share * path.time.size))
    return path.part(slice(-count, None)) if count <= path.time.size else None


def _precessing(turning: Turning) -> Motion:
    return Motion(
        "precessing", "mean_over_whole_periods", turning.velocity, turning.error,
        turning.since, turning.until, turning.frequency, turning.turns,
    )  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """A straight line through values against time, and how straight they are.

    Attributes:
        slope: mean rate of change.
        blocks: rates of change of equal parts, one after another.
        noise: what is not smooth in the values makes of a block's rate.
        error: of ``slope``.
    """

    slope: float
    blocks: Values
    noise: float
    error: float

    @classmethod
    def through(cls, time: Values, values: Values) -> "_Line":
        slope = _slope(time, values)
        edges = np.linspace(0, time.size - 1, min(_BLOCKS, time.size // 2) + 1).round().astype(int)
        parts = [slice(a, b + 1) for a, b in pairwise(edges)]
        blocks = np.array([_slope(time[part], values[part]) for part in parts])
        noise = _noise_of_slope(time, values, time.size / blocks.size)
        whole = _noise_of_slope(time, values, float(time.size))
        error = max(float(np.std(blocks)) / np.sqrt(blocks.size), whole)
        return cls(slope, blocks, noise, error)

    def is_even(self, share: float) -> bool:
        """Whether no block differs from the whole by more than a share of it, or than noise."""
        spread = float(np.max(np.abs(self.blocks - self.slope)))
        return spread <= max(share * abs(self.slope), _SIGMA * self.noise)

    def still_to_go(self, duration: float) -> float:
        """What the values have still to go, if they approach their end exponentially, else inf."""
        size = np.abs(self.blocks)
        if np.all(size <= _SIGMA * self.noise):
            return 0.0
        if size.size < 3 or np.any(np.sign(self.blocks) != np.sign(self.blocks[0])):
            return np.inf
        ratios = size[1:] / size[:-1]
        if np.max(ratios) > _DYING or ratios[-1] > ratios[0] + 0.1:
            return np.inf
        last = size[-1] * duration / size.size
        return float(last * ratios[-1] / (1.0 - ratios[-1]))


def _slope(time: Values, values: Values) -> float:
    """Of the line of least squares."""
    t = time - time.mean()
    return float(t @ (values - values.mean()) / (t @ t))


def _noise_of_slope(time: Values, values: Values, states: float) -> float:
    """Error of a slope over so many states, if what is not smooth in the values is noise.

    Steps from state to state that are independent make a random walk; steps of which each takes
    back the one before are independent errors of the values.
    """
    steps = np.diff(values)
    if steps.size >= 16:
        steps = steps[steps.size // 2 :]  # noise goes on; what the start was like does not matter
    if steps.size < 4:
        return 0.0
    number = np.arange(steps.size) - 0.5 * (steps.size - 1)
    steps = steps - steps.mean() - number * (number @ steps) / (number @ number)
    own, next_ = float(np.mean(steps**2)), float(np.mean(steps[1:] * steps[:-1]))
    walk, errors = max(0.0, own + 2.0 * next_), max(0.0, -next_)
    interval = float(time[-1] - time[0]) / (time.size - 1)
    return float(np.sqrt(1.2 * walk / states + 12.0 * errors / states**3)) / interval


def _even(tail: WallPath) -> Motion | None:
    """Steady, or turning as evenly as it moves; None if it is neither."""
    way = _Line.through(tail.time, tail.position)
    turn = _Line.through(tail.time, tail.tilt)
    duration, width = tail.duration, float(np.median(tail.width))
    error = float(np.hypot(way.error, tail.thermal_error))
    moved = abs(way.slope) * duration
    if moved < _STILL * width or abs(way.slope) < _SIGMA * error:
        return None
    if not way.is_even(_STEADY):
        return None
    turned = abs(turn.slope) * duration
    since, until = float(tail.time[0]), float(tail.time[-1])
    slowly = turned < _ALONG * moved / width or abs(turn.slope) < _SIGMA * turn.error
    if (turned < _TURNED and slowly) or turn.still_to_go(duration) < _TO_TURN:
        return Motion("steady", "mean_while_steady", way.slope, error, since, until)
    if turned < 0.5 * np.pi or not turn.is_even(_EVENLY):
        return None
    frequency = abs(turn.slope) / (2.0 * np.pi)
    return Motion(
        "precessing", "mean_while_steady", way.slope, error, since, until,
        frequency, turned / (2.0 * np.pi),
    )  # fmt: skip


def _at_rest(path: WallPath) -> Motion | None:
    """At rest: moving by no more than noise, or much slower than it once did."""
    tail = path if path.agitation else _tail(path, 0.25)
    assert tail is not None
    line = _Line.through(tail.time, tail.position)
    edges = np.unique(np.linspace(0, path.time.size - 1, 9).round().astype(int))
    fastest = np.max(np.abs(np.diff(path.position[edges]) / np.diff(path.time[edges])))
    moved = abs(line.slope) * tail.duration
    width = float(np.median(tail.width))
    error = float(np.hypot(line.error, tail.thermal_error))
    within_noise = abs(line.slope) < _SIGMA * error and np.ptp(tail.position) < width
    if not (moved < _STILL * width or within_noise or abs(line.slope) < _STOPPED * fastest):
        return None
    return Motion("pinned", "at_rest", line.slope, error, float(tail.time[0]), float(tail.time[-1]))


def _on_its_way(path: WallPath) -> Motion:
    """The mean over all of this path, and half of what it changes from one half to the other."""
    time, position = path.time, path.position
    if time.size < 2:
        return Motion("transient")
    velocity = float((position[-1] - position[0]) / (time[-1] - time[0]))
    middle = time.size // 2
    halves = [
        (position[b] - position[a]) / (time[b] - time[a])
        for a, b in ((0, middle), (middle, time.size - 1))
        if b > a
    ]
    error = 0.5 * float(np.ptp(halves)) if len(halves) == 2 else np.nan
    error = float(np.hypot(error, path.thermal_error))
    return Motion("transient", "mean_on_its_way", velocity, error, float(time[0]), float(time[-1]))
