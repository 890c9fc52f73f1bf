"""Whether and when the magnetisation has settled, [B12]."""

from typing import NamedTuple

import numpy as np

from boltzwall.values import Values
from boltzwall.walls.followed_walls import Walls

_LAST = 0.1  # of the time, in which nothing may move any more
_NOTHING = 1e-12  # in <M>: no more than rounding
_STILL = 0.2  # of the tolerance
_AT_REST = 0.02  # of the change in the whole run: what rests has changed by less in that last part


class Settled(NamedTuple):
    """t_s in s, and why there is none: nan with a reason, or a number and ""."""

    time: float
    reason: str


def settled(
    times: tuple[Values, Values],
    tolerance: float,
    walls: Walls,
    came_to_rest: bool,
    turning: bool = False,
) -> Settled:
    """The settling time of a run, where something settled.

    Nothing has settled while <M> still changes, while a wall moves, precesses, or has left: the
    wire is uniform then because nothing is left in it. The exception is a wall that fills the whole
    wire, as the paper's does: that it leaves is how M settles. A run too short for <M> to leave the
    tolerance says nothing of settling, unless M is at rest.

    Arguments:
        times: time (states,) in s, and <M> (states, 3).
        tolerance: of every component of <M>.
        came_to_rest: whether the run ended because dM/dt had vanished.
        turning: whether |dM/dt| at the end is known, and more than that of rest.
    """
    time, mean = times
    if time.size < 2:
        return Settled(np.nan, "a single state")
    if not walls.arrays["wall"].size and np.max(np.ptp(mean, axis=0)) < _NOTHING:
        return Settled(np.nan, "M rests from the start")
    if walls.moving and not walls.filled:
        return Settled(np.nan, walls.moving)
    late = mean[time >= time[-1] - _LAST * (time[-1] - time[0])]
    late = late if len(late) > 2 else mean[-3:]
    if not came_to_rest and np.max(np.ptp(late, axis=0)) > _STILL * tolerance:
        return Settled(np.nan, "the mean magnetisation still changes")
    found = settling_time(time, mean, tolerance)
    last = np.max(np.ptp(late, axis=0)) / max(np.max(np.ptp(mean, axis=0)), np.finfo(float).tiny)
    if found == time[0] and turning and not came_to_rest and last > _AT_REST:
        return Settled(np.nan, walls.moving or "the magnetisation still changes")
    return Settled(found, "")


def settling_time(time: Values, mean: Values, tolerance: float) -> float:
    """First time after which every component of <M> stays within ``tolerance`` of its last value.

    Between two saved states the distance is taken as linear.

    Arguments:
        mean: <M>, (states, 3).
    """
    distance = np.abs(mean - mean[-1]).max(axis=1)
    outside = np.flatnonzero(distance > tolerance)
    if outside.size == 0:
        return float(time[0])
    k = int(outside[-1])
    fraction = (distance[k] - tolerance) / (distance[k] - distance[k + 1])
    return float(time[k] + fraction * (time[k + 1] - time[k]))
