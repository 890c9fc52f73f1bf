"""Unit vectors."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def normalise(m: Float[Array, "*shape 3"]) -> Float[Array, "*shape 3"]:
    """Unit vectors along ``m``."""
    return m / jnp.linalg.norm(m, axis=-1, keepdims=True)
