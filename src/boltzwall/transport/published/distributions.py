"""The distributions themselves, for those who ask for them."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import local_frames
from boltzwall.transport.published.model import PublishedModel


def distribution_arrays(
    model: PublishedModel, magnetisation: Float[Array, "cells 3"], ends: Float[Array, "2 3"]
) -> dict[str, Array]:
    """F and the Cartesian G in every cell at every momentum, (cells, momenta[, 3])."""
    _, mean = model.solve(magnetisation, ends, keep=True)
    assert mean is not None
    vector = jnp.einsum("cab,acp->cpb", local_frames(magnetisation), jnp.stack(mean[1:]))
    return {
        "distribution_scalar": mean[0],
        "distribution_vector": vector,
        "momentum": model.grid().nodes,
    }
