"""What moves M is moved by M: the voltage of a texture in motion, from the torque of a current.

Onsager's relation between the charge current that a voltage drives and the motion of M, [C12].
"""

import jax.numpy as jnp

from boltzwall.constants import BOHR_MAGNETON, REDUCED_PLANCK
from boltzwall.typing import PerCell, Scalar, Vectors


def angular_momentum(saturation_magnetisation: PerCell) -> PerCell:
    """Ms/γ in J s/m³ with γ = 2µ_B/ħ, the g = 2 with which a spin becomes a torque in [C3]."""
    return saturation_magnetisation * REDUCED_PLANCK / (2.0 * BOHR_MAGNETON)


def pumped(
    m: Vectors,
    rate: Vectors,
    reversed_torque: Vectors,
    momentum_per_area: PerCell,
) -> Scalar:
    """−∫(Ms/γ)(M×∂tM)·T[−M] dx, [C12].

    With the torque of the reversed texture per current density, in m²/(A s), this is ∫E_s dx in V.

    Arguments:
        rate: ∂tM in 1/s.
        momentum_per_area: (Ms/γ) Δx of each cell, in J s/m².
    """
    power = jnp.sum(jnp.cross(m, rate) * reversed_torque, axis=-1)
    return -jnp.sum(momentum_per_area * power)
