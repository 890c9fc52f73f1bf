"""Demagnetising factors of an endless prism, in plain Python: what `check` needs without NumPy."""

import math

from boltzwall.errors import InputError


def prism_factors(width: float, thickness: float) -> tuple[float, float, float]:
    """(N_x, N_y, N_z) of a prism that is endless along x, averaged over its cross-section.

    With p = t/w: π N_z = (1 − p²)/(2p) ln(1 + p²) + p ln p + 2 arctan(1/p), N_y = 1 − N_z, N_x = 0.

    Source: A. Aharoni, J. Appl. Phys. 83, 3432 (1998), its limit of a long prism.

    Arguments:
        width: w along y, m.
        thickness: t along z, m.

    Raises:
        InputError: a side is not finite or not above zero.
    """
    check_sides(width=width, thickness=thickness)
    return 0.0, _flat_factor(width / thickness), _flat_factor(thickness / width)


def check_sides(**sides: float) -> None:
    """Raise InputError unless all sides are finite and above zero."""
    for name, side in sides.items():
        if not (math.isfinite(side) and side > 0.0):
            raise InputError(
                f"Argument {name} must be above zero, but is {side:g}. Give the side in m."
            )


def _flat_factor(p: float) -> float:
    """The factor along the side of relative length p; the two of p and 1/p sum to 1."""
    logarithms = (1.0 - p**2) / (2.0 * p) * math.log1p(p**2) + p * math.log(p)
    return (logarithms + 2.0 * math.atan(1.0 / p)) / math.pi
