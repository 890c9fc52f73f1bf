"""∫₀¹ uⁿ e^{−zu} du: the building blocks of transport through a slab with a polynomial source."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Inexact

_SMALL = 4.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


def exponential_moments(z: Inexact[Array, "..."], highest: int) -> list[Inexact[Array, "..."]]:
    """The moments n = 0 … ``highest``, for Re z ≥ 0, to rounding.

    Gauss's rule for |z| < 4, where it is exact to rounding; the recurrence
    Mₙ = (n Mₙ₋₁ − e^{−z})/z, which is stable there, for larger |z|.
    """
    small = jnp.abs(z) < _SMALL
    nodes, weights = jnp.asarray(0.5 * (_NODES + 1.0)), jnp.asarray(0.5 * _WEIGHTS)
    near, far = jnp.where(small, z, 0.0), jnp.where(small, 1.0, z)
    decay = jnp.exp(-far)
    values = jnp.exp(-near[..., None] * nodes)
    moments, recurrent = [], (1.0 - decay) / far
    for n in range(highest + 1):
        if n:
            recurrent = (n * recurrent - decay) / far
        direct = values @ (weights * nodes**n).astype(values.dtype)
        moments.append(jnp.where(small, direct, recurrent))
    return moments
