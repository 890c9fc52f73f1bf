"""Orthonormal frames along a unit vector field, values at its ends, differences and means."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import Ends, Scalar, Vectors


def local_frames(direction: Vectors) -> Float[Array, "cells 3 3"]:
    """Right-handed frames whose rows are (M, e₁, e₂), so that M × e₁ = e₂.

    The construction of Duff et al., JCGT 6(1), 2017: no direction is singular. e₁ and e₂ jump where
    M_z changes sign, which no result may depend on.
    """
    x, y, z = direction[:, 0], direction[:, 1], direction[:, 2]
    sign = jnp.where(z >= 0.0, 1.0, -1.0)
    a = -1.0 / (sign + z)
    b = x * y * a
    first = jnp.stack([1.0 + sign * x * x * a, sign * b, -sign * x], axis=-1)
    second = jnp.stack([b, sign + y * y * a, -y], axis=-1)
    return jnp.stack([direction, first, second], axis=1)


def frame_changes(frames: Float[Array, "cells 3 3"]) -> Float[Array, "cells 3 3"]:
    """Rotations from the frame of the cell before into that of each cell, identity in the first."""
    before = jnp.concatenate([frames[:1], frames[:-1]])
    return jnp.einsum("iab,icb->iac", frames, before)


def extrapolate_ends(direction: Vectors) -> Ends:
    """Unit vectors at the two ends of the wire from those at cell centres (third order)."""
    weights = jnp.array([1.875, -1.25, 0.375])
    left = jnp.einsum("k,kc->c", weights, direction[:3])
    right = jnp.einsum("k,kc->c", weights, direction[:-4:-1])
    ends = jnp.stack([left, right])
    return ends / jnp.linalg.norm(ends, axis=-1, keepdims=True)


def derivative_along(
    values: Float[Array, "cells ..."], spacing: float | Scalar
) -> Float[Array, "cells ..."]:
    """∂x of cell values: central differences, one-sided at the ends; second order."""
    middle = values[2:] - values[:-2]
    first = -3.0 * values[:1] + 4.0 * values[1:2] - values[2:3]
    last = 3.0 * values[-1:] - 4.0 * values[-2:-1] + values[-3:-2]
    return jnp.concatenate([first, middle, last]) / (2.0 * spacing)


def centred(faces: Float[Array, "faces ..."]) -> Float[Array, "cells ..."]:
    """From the faces to the cells between them."""
    return 0.5 * (faces[1:] + faces[:-1])
