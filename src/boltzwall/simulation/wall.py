"""Where the wall is, how wide, how tilted, and when the magnetisation has settled."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def wall_arrays(magnetisation: Values, time: Values, length: float) -> dict[str, Values]:
    """Position, velocity, width Δ and tilt of the wall against time, by integrals over the wire.

    The easy axis a is the direction in which the two ends differ at the start. With s = M·a, 1
    before and −1 behind the wall: q = L(1 + <s>)/2 and Δ = ½∫(1 − s²)dx, which is exact for
    s = −tanh((x − q)/Δ). All are nan where the ends do not differ (no wall).

    Arguments:
        magnetisation: (time, cells, 3).
    """
    first = magnetisation[0]
    axis = first[0] - first[-1]
    size = float(np.linalg.norm(axis))
    if size < 0.2:
        empty = np.full(time.size, np.nan)
        names = ("wall_position", "wall_velocity", "wall_width", "wall_tilt")
        return dict.fromkeys(names, empty)
    axis = axis / size
    along = magnetisation @ axis
    position = 0.5 * length * (1.0 + along.mean(axis=1))
    width = 0.5 * length * (1.0 - along**2).mean(axis=1)
    first_across, second_across = _across(axis)
    mean = magnetisation.mean(axis=1)
    tilt = np.arctan2(mean @ second_across, mean @ first_across)
    velocity = np.gradient(position, time) if time.size > 1 else np.full(time.size, np.nan)
    return {
        "wall_position": position,
        "wall_velocity": velocity,
        "wall_width": width,
        "wall_tilt": np.unwrap(tilt),
    }


def _across(axis: Values) -> tuple[Values, Values]:
    """e₁, e₂ across the easy axis, x and y for the axes ±z."""
    axis = axis * np.sign(axis[np.argmax(np.abs(axis))])
    start = np.array([1.0, 0.0, 0.0]) if abs(axis[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
    first = start - (start @ axis) * axis
    first = first / np.linalg.norm(first)
    return first, np.cross(axis, first)


def settling_time(time: Values, mean: Values, tolerance: float) -> float:
    """First time after which every component of <M> stays within ``tolerance`` of its last value.

    Between two saved states the distance is taken as linear.

    Arguments:
        mean: <M>, (time, 3).
    """
    distance = np.abs(mean - mean[-1]).max(axis=1)
    outside = np.flatnonzero(distance > tolerance)
    if outside.size == 0:
        return float(time[0])
    k = int(outside[-1])
    fraction = (distance[k] - tolerance) / (distance[k] - distance[k + 1])
    return float(time[k] + fraction * (time[k + 1] - time[k]))
