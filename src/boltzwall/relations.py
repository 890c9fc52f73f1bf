"""Relations between numbers, each once, for plain numbers as for arrays; nothing here needs JAX."""

import math
from typing import Any

from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK, VACUUM_PERMEABILITY


def xi_of(exchange_splitting: Any, spin_flip_time: Any) -> Any:
    """ξ = Jτ_sf/ħ, below (16)."""
    return exchange_splitting * spin_flip_time / REDUCED_PLANCK


def beta_q(xi: Any) -> Any:
    """β_Q = ξ/(1 + ξ²), (25)."""
    return xi / (1.0 + xi**2)


def spin_orbit_field(angle: Any, current_density: Any, magnetisation: Any, thickness: float) -> Any:
    """H = ħθj/(2eµ0Ms t) in A/m, [M12]; θ dimensionless, j in A/m², Ms in A/m, t in m."""
    moment = VACUUM_PERMEABILITY * magnetisation * thickness
    return REDUCED_PLANCK * angle * current_density / (2.0 * ELEMENTARY_CHARGE * moment)


def oersted_field(
    current_density: float, thickness: float, width: float | None, distance: float
) -> float:
    """|H| in A/m of a current in a plate, averaged over its width at a distance of it, [M13].

    ½ j t of an endless plate, else (j/2π) ∫_d^{d+t} [2 arctan(w/z) − (z/w) ln(1 + w²/z²)] dz.

    Arguments:
        current_density: j in A/m².
        thickness: t of the plate, m.
        width: w in m; None for an endless plate.
        distance: d in m, at least 0.
    """
    if width is None:
        return 0.5 * current_density * thickness
    ends = [_arcs(z / width) for z in (distance + thickness, distance)]
    return current_density * width * (ends[0] - ends[1]) / (2.0 * math.pi)


def _arcs(z: float) -> float:
    """∫_0^z [2 arctan(1/ζ) − ζ ln(1 + 1/ζ²)] dζ."""
    if z == 0.0:
        return 0.0
    squares = math.log1p(z**2)
    inner = squares - 2.0 * math.log(z)
    return 2.0 * z * math.atan2(1.0, z) + 0.5 * squares - 0.5 * z**2 * inner
