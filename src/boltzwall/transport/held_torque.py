"""A torque computed at one M, in a form that can follow the wall to others."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import derivative_along
from boltzwall.typing import Scalar, Vectors
from boltzwall.walls.axis import SMALLEST_DROP

_SMALL = 1e-3  # of the largest |∂xM|: below it the torque is kept as it is


class HeldTorque(NamedTuple):
    """The torques of the drives at one M, in a form that can follow the wall.

    T = a ∂xM + b M×∂xM + rest for each drive: where the wall goes, a, b and the rest go with it,
    and where it turns, the torque turns too.

    Attributes:
        along, across: a, b in m/s, (cells, drives).
        rest: 1/s, (cells, 3, drives).
        axis: the direction a in which the ends of M differ, over their difference; 0 without wall.
        mean: <M·a>, which grows by dq/L when the wall moves by dq.
        current: charge current density per drive, A/m²; 1 in models that have no such drives.
    """

    along: Float[Array, "cells drives"]
    across: Float[Array, "cells drives"]
    rest: Float[Array, "cells 3 drives"]
    axis: Float[Array, " 3"]
    mean: Scalar
    current: Float[Array, " drives"]


def resolved(
    m: Vectors,
    spacing: Scalar,
    torques: Float[Array, "cells 3 drives"],
    current: Float[Array, " drives"],
) -> HeldTorque:
    """The torques of the drives at ``m``, in 1/s, to be held."""
    slope = derivative_along(m, spacing)
    turn = jnp.cross(m, slope)
    size = jnp.sum(slope**2, axis=-1)
    size = size + _SMALL**2 * jnp.max(size) + jnp.finfo(float).tiny
    along, across = (
        jnp.einsum("cd,cdk->ck", part, torques) / size[:, None] for part in (slope, turn)
    )
    rest = torques - slope[:, :, None] * along[:, None] - turn[:, :, None] * across[:, None]
    axis = m[0] - m[-1]
    size = jnp.sum(axis**2)
    wall = size > SMALLEST_DROP**2
    axis = jnp.where(wall, axis / jnp.where(wall, size, 1.0), 0.0)
    return HeldTorque(along, across, rest, axis, jnp.mean(m @ axis), current)


def followed(
    held: HeldTorque, amplitudes: Float[Array, " drives"], m: Vectors, spacing: Scalar
) -> Vectors:
    """The torque in 1/s at an ``m`` to which the wall has moved and turned since."""
    share = m.shape[0] * (jnp.mean(m @ held.axis) - held.mean)
    both = (
        jnp.concatenate([held.along[:, None], held.across[:, None], held.rest], axis=1) @ amplitudes
    )
    a, b, *rest = jnp.moveaxis(_shifted(both, share), 1, 0)
    slope = derivative_along(m, spacing)
    turned = a[:, None] * slope + b[:, None] * jnp.cross(m, slope) + jnp.stack(rest, axis=-1)
    return turned - jnp.sum(turned * m, axis=-1, keepdims=True) * m


def _shifted(values: Float[Array, "cells columns"], share: Scalar) -> Float[Array, "cells columns"]:
    """Values moved to the right by ``share`` cells, linearly between cells, constant outside."""
    whole = jnp.floor(share)
    part = share - whole
    last = values.shape[0] - 1
    index = jnp.arange(last + 1) - whole.astype(int)
    near, far = (values[jnp.clip(index - k, 0, last)] for k in (0, 1))
    return jax.lax.cond(share == 0.0, lambda: values, lambda: (1.0 - part) * near + part * far)
