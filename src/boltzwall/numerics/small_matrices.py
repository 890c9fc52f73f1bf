"""4 × 4 matrices, many side by side on the last axis, where a library call each would cost more."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def multiply(a: Float[Array, "i k ..."], b: Float[Array, "k j ..."]) -> Float[Array, "i j ..."]:
    """a b for each lane."""
    return jnp.sum(a[:, :, None] * b[None], axis=1)


def apply(a: Float[Array, "i k ..."], y: Float[Array, "k ..."]) -> Float[Array, "i ..."]:
    """a y for each lane; ``y`` may have axes before the lanes."""
    extra = y.ndim - a.ndim + 1
    a = a.reshape(*a.shape[:2], *(1,) * extra, *a.shape[2:])
    return jnp.sum(a * y[None], axis=1)


def invert(a: Float[Array, "4 4 ..."]) -> Float[Array, "4 4 ..."]:
    """a⁻¹ by 2 × 2 blocks; the upper left block must not be singular."""
    upper, right, lower, corner = a[:2, :2], a[:2, 2:], a[2:, :2], a[2:, 2:]
    inverse = _invert_two(upper)
    across = multiply(inverse, right)
    schur = _invert_two(corner - multiply(lower, across))
    down = multiply(schur, multiply(lower, inverse))
    top = jnp.concatenate([inverse + multiply(across, down), -multiply(across, schur)], axis=1)
    return jnp.concatenate([top, jnp.concatenate([-down, schur], axis=1)], axis=0)


def _invert_two(a: Float[Array, "2 2 ..."]) -> Float[Array, "2 2 ..."]:
    determinant = a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0]
    rows = jnp.stack([jnp.stack([a[1, 1], -a[0, 1]]), jnp.stack([-a[1, 0], a[0, 0]])])
    return rows / determinant
