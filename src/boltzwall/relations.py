"""Relations between numbers, each once, for plain numbers as for arrays; nothing here needs JAX."""

import math
from typing import Any

from boltzwall.constants import (
    BOHR_MAGNETON,
    BOLTZMANN,
    ELEMENTARY_CHARGE,
    REDUCED_PLANCK,
    VACUUM_PERMEABILITY,
)


def wall_diffusion(
    temperature: Any, gyromagnetic_ratio: Any, damping: Any, moment: Any, width: Any
) -> Any:
    """D = kTγ0Δ/(2αµ0MsS) in m²/s of a wall that a hard axis keeps from turning, [M17].

    By Einstein's relation, from v = γ0ΔH/α under the force 2µ0MsS H; a wall that turns freely
    diffuses α² times less.

    Arguments:
        temperature: T in K. gyromagnetic_ratio: γ0 in m/(A s). damping: α.
        moment: Ms times the cross-section S, in A m.
        width: Δ in m.
    """
    mobility = gyromagnetic_ratio * width / (2.0 * damping * VACUUM_PERMEABILITY * moment)
    return BOLTZMANN * temperature * mobility


def xi_of(exchange_splitting: Any, spin_flip_time: Any) -> Any:
    """ξ = Jτ_sf/ħ, below (16)."""
    return exchange_splitting * spin_flip_time / REDUCED_PLANCK


def beta_q(xi: Any) -> Any:
    """β_Q = ξ/(1 + ξ²), (25)."""
    return xi / (1.0 + xi**2)


def torque_share(xi: Any) -> Any:
    """ξ²/(1 + ξ²), the factor of (17), (21) and (22)."""
    return xi**2 / (1.0 + xi**2)


def wide_wall_beta(xi: Any) -> Any:
    """β = 1/ξ = ħ/(Jτ_sf) of a wide wall, [C5]."""
    return 1.0 / xi


def spin_velocity(spin_current: Any, magnetisation: Any) -> Any:
    """µ_B j/(e Ms) in m/s: how fast M goes if all the spin of a current j in A/m² moves it."""
    return BOHR_MAGNETON * spin_current / (ELEMENTARY_CHARGE * magnetisation)


def zhang_li_velocity(
    polarisation: Any, current_density: Any, magnetisation: Any, beta: Any
) -> Any:
    """u = −µ_B P j/(e Ms (1 + β²)) in m/s, [C5]; electrons flow against j, e > 0.

    S. Zhang and Z. Li, Phys. Rev. Lett. 93, 127204 (2004), with β = ħ/(Jτ_sf).

    Arguments:
        current_density: j in A/m².
        magnetisation: Ms in A/m.
    """
    carried = BOHR_MAGNETON * polarisation * current_density / (ELEMENTARY_CHARGE * magnetisation)
    return -carried / (1.0 + beta**2)


def polarisation_of(velocity: Any, current_density: Any, magnetisation: Any, beta: Any) -> Any:
    """The P for which `zhang_li_velocity` is this u in m/s, [C5]."""
    scale = ELEMENTARY_CHARGE * magnetisation * (1.0 + beta**2) / BOHR_MAGNETON
    return -scale * velocity / current_density


def bauer_velocity(
    spin_conversion: Any, seebeck: Any, conductivity: Any, gradient: Any, magnetisation: Any
) -> Any:
    """u_Q = −(µ_B/(eMs)) P' (S/(ℒT)) q in m/s, with the heat current q = −ℒσT ∂xT of the electrons.

    ℒT cancels: u_Q = µ_B P' S σ ∂xT/(e Ms), [M11].
    G. E. W. Bauer et al., Phys. Rev. B 81, 024427 (2010).

    Arguments:
        spin_conversion: P', the polarisation of the current that the gradient drives.
        seebeck: S in V/K.
        conductivity: σ in S/m.
        gradient: ∂xT in K/m.
        magnetisation: Ms in A/m.
    """
    carried = BOHR_MAGNETON * spin_conversion * seebeck * conductivity * gradient
    return carried / (ELEMENTARY_CHARGE * magnetisation)


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
