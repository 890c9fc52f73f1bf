"""Occupations of the two spin bands, ε_± = p²/2m ± J/2 [B2], and their derivatives in T.

"+" is the spin whose energy exchange raises (the minority). Energies are measured from the middle
of the two band bottoms, µ = E_F at every temperature.
"""

import jax.numpy as jnp

from boltzwall.constants import BOLTZMANN
from boltzwall.typing import AnyShape

_LARGEST_EXPONENT = 350.0  # e^z and its square stay finite, so that gradients do too


def fermi(energy: AnyShape, temperature: AnyShape) -> AnyShape:
    """1/(e^{ε/k_BT} + 1), with ``energy`` in J measured from µ; [B2], of (3)."""
    z = jnp.minimum(energy / (BOLTZMANN * temperature), _LARGEST_EXPONENT)
    return 1.0 / (1.0 + jnp.exp(z))


def minus_fermi_slope(energy: AnyShape, temperature: AnyShape) -> AnyShape:
    """−∂f/∂ε in 1/J, equation (9)."""
    half = energy / (2.0 * BOLTZMANN * temperature)
    sech = 1.0 / jnp.cosh(jnp.clip(half, -300.0, 300.0))
    return sech * sech / (4.0 * BOLTZMANN * temperature)


def equilibrium_pair(
    energy: AnyShape, splitting: AnyShape, temperature: AnyShape
) -> tuple[AnyShape, AnyShape]:
    """F0 = ½(f₊ + f₋) and g0 = ½(f₊ − f₋) ≤ 0, [B2].

    Arguments:
        energy: p²/2m − µ in J.
        splitting: J in J.
    """
    minority = fermi(energy + 0.5 * splitting, temperature)
    majority = fermi(energy - 0.5 * splitting, temperature)
    return 0.5 * (minority + majority), 0.5 * (minority - majority)


def equilibrium_gradients(
    energy: AnyShape, splitting: AnyShape, temperature: AnyShape, gradient: AnyShape
) -> tuple[AnyShape, AnyShape]:
    """∂x F0 and ∂x g0 in 1/m for a temperature gradient ∇T in K/m, equations (7) and (8)."""
    up = -minus_fermi_slope(energy + 0.5 * splitting, temperature)
    down = -minus_fermi_slope(energy - 0.5 * splitting, temperature)
    half = 0.5 * gradient / temperature
    scalar = half * (0.5 * splitting * (down - up) - energy * (down + up))
    vector = half * (energy * (down - up) - 0.5 * splitting * (down + up))
    return scalar, vector
