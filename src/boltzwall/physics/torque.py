"""Torques and accumulations of the paper, (16), (17), (21), (22), (24), (25).

All functions are local in x and keep the paper's signs and units; the contribution to dM/dt is
−(n_ref/p_F)(µ_B/Ms) times a torque of this file. ``u`` is the signed spinor velocity (−u in the
moment convention). Shapes: vectors (cells, 3), scalars (cells,).
"""

from typing import NamedTuple

import equinox as eqx
import jax.numpy as jnp

from boltzwall.relations import torque_share
from boltzwall.typing import PerCell, Scalar, Vectors


def exchange_torque(m: Vectors, spin: Vectors, rate: PerCell) -> Vectors:
    """T_sd = (J/ħ)(µ_B/Ms) M×m_n in 1/s, the contribution of a spin density to dM/dt, [C3].

    The only place where a spin density becomes a torque; what carriers lose, M gains. A moment
    density, (26), has the opposite sign.

    Arguments:
        spin: m_n in 1/m³, or in a unit of the model's own.
        rate: (J/ħ) µ_B/Ms, with the Ms of each cell, in 1/s per unit of ``spin``.
    """
    return rate[:, None] * jnp.cross(m, spin)


class SpinScales(eqx.Module):
    """ξ = Jτ_sf/ħ, τ_sf in s, and u in m/s."""

    xi: Scalar
    spin_flip_time: Scalar
    u: Scalar


class Texture(NamedTuple):
    """M and ∂xM (1/m)."""

    direction: Vectors
    slope: Vectors


def torque_terms(
    texture: Texture, current_slope: Vectors, density: PerCell, scales: SpinScales
) -> tuple[Vectors, Vectors, Vectors, Vectors]:
    """The four terms of (17), (21) or (22), whichever ∂x j_s and n are given.

    −ξ²/(1+ξ²) times { M×∂x j/ξ, M×(M×∂x j), −(u/ξ) n M×∂xM, −u n M×(M×∂xM) }.
    """
    m, xi = texture.direction, scales.xi
    factor = -torque_share(xi)
    across = jnp.cross(m, current_slope)
    turned = scales.u * density[:, None] * jnp.cross(m, texture.slope)
    return (
        factor / xi * across,
        factor * jnp.cross(m, across),
        -factor / xi * turned,
        -factor * jnp.cross(m, turned),
    )


def torque_from_current(
    texture: Texture, current_slope: Vectors, density: PerCell, scales: SpinScales
) -> Vectors:
    """(17) for the whole current and density, (21) and (22) for their parts."""
    first, second, third, fourth = torque_terms(texture, current_slope, density, scales)
    return first + second + third + fourth


def accumulation_from_current(
    texture: Texture,
    current_slope: Vectors,
    density: PerCell,
    equilibrium: Vectors,
    scales: SpinScales,
) -> Vectors:
    """The steady spin accumulation (16); it assumes <m> ∥ M and no field term.

    Arguments:
        equilibrium: <m> = ∫<G> dp.
    """
    m, xi, time = texture.direction, scales.xi, scales.spin_flip_time
    gained = time * (current_slope - scales.u * density[:, None] * texture.slope)
    along = jnp.sum(m * (equilibrium - gained), axis=-1, keepdims=True)
    return (equilibrium - gained - xi * jnp.cross(m, gained) + xi**2 * m * along) / (1.0 + xi**2)


def thermal_current_slope(
    texture: Texture, current: tuple[PerCell, PerCell], slope: tuple[PerCell, PerCell]
) -> Vectors:
    """∂x j_T of (23), from A, B of (18) and ∂xA, ∂xB: A ∂xM + ∂xA M + ∂xB ẑ."""
    a, _ = current
    a_slope, b_slope = slope
    z = jnp.array([0.0, 0.0, 1.0])
    return a[:, None] * texture.slope + a_slope[:, None] * texture.direction + b_slope[:, None] * z
