"""Where the walls are, how wide, how tilted, and when the magnetisation has settled."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
WALL_NAMES = (
    "wall_position", "wall_velocity", "wall_width", "wall_tilt",
    "wall_position_fit", "wall_width_fit", "wall_count",
)  # fmt: skip
_SMALLEST = 0.2  # of |M(0) − M(L)|: below it there is no wall


def wall_arrays(
    magnetisation: Values, time: Values, length: float, offset: Values
) -> dict[str, Values]:
    """Position, velocity, width Δ and tilt of the wall against time, by integrals and by a fit.

    The easy axis a is the direction in which the two ends differ at the start. With s = M·a, 1
    before and −1 behind the wall: q = L(1 + <s>)/2 and Δ = ½∫(1 − s²)dx, exact for
    s = −tanh((x − q)/Δ) far from the ends, [B11]. The tilt is the angle of M about a, weighed with
    1 − s². The fit is to artanh s, a straight line of x in the middle of such a wall, [M9]. All are
    nan where the ends do not differ. With several walls the integrals tell of them together, the
    fit of the one nearest to q.

    Arguments:
        magnetisation: (time, cells, 3).
        offset: (time,) where the first cell begins, m.
    """
    count = _crossings(magnetisation)
    first = magnetisation[0]
    axis = first[0] - first[-1]
    size = float(np.linalg.norm(axis))
    if size < _SMALLEST:
        empty = np.full(time.size, np.nan)
        return {**dict.fromkeys(WALL_NAMES, empty), "wall_count": count}
    axis = axis / size
    s = magnetisation @ axis
    position = offset + 0.5 * length * (1.0 + s.mean(axis=1))
    width = 0.5 * length * (1.0 - s**2).mean(axis=1)
    first_across, second_across = across(axis)
    mean = np.mean(magnetisation * np.maximum(1.0 - s**2, 0.0)[:, :, None], axis=1)
    tilt = np.arctan2(mean @ second_across, mean @ first_across)
    velocity = np.gradient(position, time) if time.size > 1 else np.full(time.size, np.nan)
    fitted = [_fit(row, length) for row in s]
    return {
        "wall_position": position,
        "wall_velocity": velocity,
        "wall_width": width,
        "wall_tilt": np.unwrap(tilt),
        "wall_position_fit": offset + np.array([q for q, _ in fitted]),
        "wall_width_fit": np.array([delta for _, delta in fitted]),
        "wall_count": count,
    }


def _crossings(magnetisation: Values) -> Values:
    """How many walls: sign changes of M along the axis in which M varies most at the start.

    A change counts once M has gone beyond ½ on the other side: ripples about 0 are no walls.
    """
    spread = magnetisation[0] - magnetisation[0].mean(axis=0)
    _, directions = np.linalg.eigh(np.einsum("ik,il->kl", spread, spread))
    along = magnetisation @ directions[:, -1]
    counts = []
    for row in along:
        signs = np.sign(row[np.abs(row) > 0.5])
        counts.append(np.count_nonzero(np.diff(signs)))
    return np.array(counts, dtype=float)


def _fit(s: Values, length: float) -> tuple[float, float]:
    """(position, Δ) of the wall nearest to the middle of s, by a line through artanh s."""
    x = (np.arange(s.size) + 0.5) * (length / s.size)
    changes = np.flatnonzero((s[:-1] > 0.0) != (s[1:] > 0.0))
    if changes.size == 0 or not np.all(np.isfinite(s)):
        return np.nan, np.nan
    middle = 0.5 * s.size * (1.0 + s.mean())
    k = int(changes[np.argmin(np.abs(changes + 1.0 - middle))])
    first, last = k, k + 1
    rises = s[k + 1] > s[k]
    while first > 0 and abs(s[first - 1]) < 0.8 and (s[first - 1] < s[first]) == rises:
        first -= 1
    while last < s.size - 1 and abs(s[last + 1]) < 0.8 and (s[last + 1] > s[last]) == rises:
        last += 1
    inside = slice(first, last + 1)
    # A change of the line's ordinate by δ is one of s by (1 − s²)δ, which all weigh alike.
    slope, shift = np.polyfit(x[inside], np.arctanh(s[inside]), 1, w=1.0 - s[inside] ** 2)
    return float(-shift / slope), float(abs(1.0 / slope))


def across(axis: Values) -> tuple[Values, Values]:
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
