"""Where to break an interval so that tabulated functions are smooth on every piece."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values

_FINE = 4000  # points on which a fit is judged
_DEGREE = 5


def breaks_of(
    points: Values, values: Sequence[Values], width: float, most: int = 11, tolerance: float = 1e-5
) -> Values:
    """Some of the ``points`` of a table between which polynomials of degree 5 fit it well.

    What counts is the squared error with the weight sech²(x/2 width), that of −∂f/∂ε. The piece
    that fits worst is broken at its best point, until the error of all is below ``tolerance`` of
    the values' own size, or there are ``most`` breaks.

    Arguments:
        points: increasing, in any unit; between them the table is a straight line.
        values: the tabulated functions.
        width: of the weight, in the unit of the points.
    """
    fine = np.union1d(np.linspace(points[0], points[-1], _FINE), points)
    weight = 1.0 / np.cosh(np.clip(0.5 * fine / width, -300.0, 300.0)) ** 2
    tables = [np.interp(fine, points, part) for part in values]
    tables = [part / np.sqrt(np.sum(weight * part**2)) for part in tables]

    def error(low: float, high: float) -> float:
        inside = (fine >= low) & (fine <= high)
        x, root = fine[inside], np.sqrt(weight[inside])
        if x.size <= _DEGREE + 1 or high == low:
            return 0.0
        basis = np.polynomial.legendre.legvander(2.0 * (x - low) / (high - low) - 1.0, _DEGREE)
        return sum((_left(basis * root[:, None], part[inside] * root) for part in tables), 0.0)

    ends = [float(points[0]), float(points[-1])]
    errors = {(ends[0], ends[1]): error(ends[0], ends[1])}
    while len(ends) < most + 2 and max(errors.values()) > tolerance**2:
        low, high = max(errors, key=lambda piece: errors[piece])
        inner = [float(x) for x in points if low < x < high]
        if not inner:
            errors[low, high] = 0.0
            continue
        parts = {x: (error(low, x), error(x, high)) for x in _tried(inner)}
        best = min(parts, key=lambda x: sum(parts[x]))
        del errors[low, high]
        errors[low, best], errors[best, high] = parts[best]
        ends = sorted([*ends, best])
    return np.array(ends[1:-1])


def _left(basis: NDArray[np.floating], wanted: Values) -> float:
    """The squared error of the best fit."""
    fit = np.linalg.lstsq(basis, wanted, rcond=None)[0]
    return float(np.sum((wanted - basis @ fit) ** 2))


def _tried(inner: list[float], most: int = 25) -> list[float]:
    """Points at which a break is tried: all, or evenly some of many."""
    step = max(len(inner) // most, 1)
    return inner[step // 2 :: step]
