"""Solved wires, each compiled and solved once for all tests of this folder."""

from functools import lru_cache
from typing import Any

import equinox as eqx
import jax.numpy as jnp

from boltzwall.numerics.frames import local_frames
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.outputs import (
    ThermalPart,
    continuity_arrays,
    density_arrays,
    paper_split,
    without_field,
)
from tests.wires import Wire


@eqx.filter_jit
def solve_all(model: PublishedModel, magnetisation: Any, ends: Any) -> dict[str, Any]:
    """Moments, distributions and outputs, in the paper's and in the Dataset's units."""
    moments, mean = model.solve(magnetisation, ends, keep=True)
    assert mean is not None
    vector = jnp.einsum("cab,acp->cpb", local_frames(magnetisation), jnp.stack(mean[1:]))
    return {
        "moments": moments,
        "F": mean[0],
        "G": vector,
        "torque_total": model.torque(magnetisation, moments.spin),
        "thermal": ThermalPart.of(model),
        **density_arrays(model, moments.densities),
        **paper_split(model, magnetisation, moments),
        **continuity_arrays(model, magnetisation, moments),
    }


@lru_cache
def state(wire: Wire) -> dict[str, Any]:
    """The solution on a wire."""
    return solve_all(wire.model(), wire.magnetisation, wire.ends)


@lru_cache
def state_without_field(wire: Wire) -> dict[str, Any]:
    """The solution at E = 0, by the code that is compiled for the wire's own field."""
    return solve_all(without_field(wire.model()), wire.magnetisation, wire.ends)
