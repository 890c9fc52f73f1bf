"""Whole turns of a wall's tilt, and its mean velocity over them."""

from dataclasses import dataclass

import numpy as np

from boltzwall.values import Values

_STILL_TURNING = 1.25  # of a half turn's time, since the last one
_ALIKE = 0.01  # of the velocity: half turns that differ more go in pairs
_LEAST_RATE = 0.05  # of the mean rate, with a single half turn
_RESOLVED = 0.5 * np.pi  # from state to state


@dataclass(frozen=True)
class Turning:
    """Mean velocity over whole periods.

    Attributes:
        velocity, error: m/s.
        since, until: s.
        frequency: turns by 2π per second; nan where the states are too far apart to tell.
        turns: by 2π.
    """

    velocity: float
    error: float
    since: float
    until: float
    frequency: float
    turns: float


def find_turning(time: Values, tilt: Values, position: Values) -> Turning | None:
    """The last whole periods of a wall that turns up to its end, or None if it does not.

    A period is half a turn, φ → φ + π, where successive halves carry the wall equally far, as a
    hard axis makes it; else a whole turn. Earlier periods than the last ones count as long as they
    agree with them.
    """
    way = np.sign(tilt[-1] - tilt[0])
    hull = np.maximum.accumulate(way * (tilt - tilt[0]))
    halves = int(hull[-1] / np.pi)
    if halves < 1:
        return None
    marks = _when(time, hull, np.pi * np.arange(halves + 1.0))
    if not _still_turning(marks, time, hull):
        return None
    places = _smooth(time, position, marks)
    step = _halves_in_a_period(marks, places)
    begin = (halves % step) if halves >= step else 0
    marks, places = marks[begin::step], places[begin::step]
    marks, places = _agreeing(marks, places)
    gone, durations = np.diff(places), np.diff(marks)
    velocity = float(np.sum(gone) / np.sum(durations))
    errors = [_of_phase((time, hull, position), np.pi * step, velocity)]
    if gone.size > 1:
        own = gone / durations
        errors.append(float(np.std(own, ddof=1) / np.sqrt(own.size)))
    turns = 0.5 * step * gone.size
    resolved = float(np.median(np.abs(np.diff(tilt[time >= marks[0]])))) < _RESOLVED
    frequency = turns / float(marks[-1] - marks[0]) if resolved else np.nan
    return Turning(
        velocity, max(errors), float(marks[0]), float(marks[-1]), frequency, float(turns)
    )


def _still_turning(marks: Values, time: Values, hull: Values) -> bool:
    """Whether no more time has gone since the last half turn than one takes."""
    durations = np.diff(marks)
    elapsed = time[-1] - marks[-1]
    if elapsed > _STILL_TURNING * np.max(durations[len(durations) // 2 :]):
        return False
    if durations.size > 1:
        return True
    last = max(1, time.size // 10)
    rate = (hull[-1] - hull[-1 - last]) / (time[-1] - time[-1 - last])
    return bool(rate > _LEAST_RATE * np.pi / durations[0])


def _halves_in_a_period(marks: Values, places: Values) -> int:
    """1 if successive half turns carry the wall equally far in equal times, else 2."""
    own = np.diff(places) / np.diff(marks)
    if own.size < 2:
        return 1
    even, odd = own[0::2].mean(), own[1::2].mean()
    scatter = max(np.std(own[0::2]), np.std(own[1::2]))
    alike = abs(even - odd) <= max(_ALIKE * max(abs(even), abs(odd)), 2.0 * scatter)
    return 1 if alike else 2


def _agreeing(marks: Values, places: Values) -> tuple[Values, Values]:
    """The last periods: earlier halves of them are left out while their velocity is another."""
    while marks.size > 2:
        own = np.diff(places) / np.diff(marks)
        middle = own.size // 2
        early, late = own[:middle], own[middle:]
        scatter = np.hypot(np.std(early) / np.sqrt(early.size), np.std(late) / np.sqrt(late.size))
        if abs(early.mean() - late.mean()) <= max(_ALIKE * abs(late.mean()), 2.0 * scatter):
            break
        marks, places = marks[middle:], places[middle:]
    return marks, places


def _of_phase(path: tuple[Values, Values, Values], period: float, velocity: float) -> float:
    """How much the velocity depends on where in its turn the last period begins."""
    time, hull, position = path
    last = np.linspace(max(period, hull[-1] - period), hull[-1], 9)
    ends, begins = _when(time, hull, last), _when(time, hull, last - period)
    gone = _smooth(time, position, ends) - _smooth(time, position, begins)
    return float(np.std(gone / (ends - begins)))


def _when(time: Values, hull: Values, levels: Values) -> Values:
    """When the angle first reaches each of these levels."""
    k = np.clip(np.searchsorted(hull, levels), 1, hull.size - 1)
    first = np.clip(k - 2, 0, max(0, hull.size - 4))
    straight = np.interp(levels, *_increasing(hull, time))
    found = straight.copy()
    for n, begin in enumerate(first):
        chosen = slice(begin, begin + 4)
        if hull[chosen].size == 4 and np.all(np.diff(hull[chosen]) > 0.0):
            exact = _through(hull[chosen], time[chosen], levels[n])
            inside = time[k[n] - 1] <= exact <= time[k[n]]
            found[n] = exact if inside else straight[n]
    return found


def _increasing(hull: Values, time: Values) -> tuple[Values, Values]:
    """Without the states in which the angle had not grown."""
    grown = np.concatenate([[True], np.diff(hull) > 0.0])
    return hull[grown], time[grown]


def _smooth(time: Values, values: Values, at: Values) -> Values:
    """Values between the states, by the cubic through the four nearest ones."""
    if time.size < 4:
        return np.interp(at, time, values)
    begin = np.clip(np.searchsorted(time, at) - 2, 0, time.size - 4)
    return np.array(
        [_through(time[b : b + 4], values[b : b + 4], t) for b, t in zip(begin, at, strict=True)]
    )


def _through(x: Values, y: Values, at: float) -> float:
    """The polynomial through the points, at one place."""
    total = 0.0
    for n in range(x.size):
        others = np.delete(x, n)
        total += y[n] * float(np.prod((at - others) / (x[n] - others)))
    return total
