"""The transport models behind one face: built from a configuration, evaluated for a Dataset."""

from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.config import Config
from boltzwall.config.build import build_heat_constants, build_published
from boltzwall.config.build_consistent import build_consistent
from boltzwall.errors import NumericsError
from boltzwall.transport.consistent import outputs as consistent
from boltzwall.transport.consistent.model import ConsistentModel
from boltzwall.transport.published import outputs as published
from boltzwall.transport.published.model import PublishedModel

Vectors = Float[Array, "cells 3"]


LARGEST_ERROR = 1e-8  # of the iteration over streams; it aims at 1e-13


def check_converged(arrays: Mapping[str, Any]) -> None:
    """Raise NumericsError where the iteration over the streams did not converge."""
    error = np.max(np.asarray(arrays.get("transport_error", 0.0)))
    if not error < LARGEST_ERROR:
        raise NumericsError(
            f"The iteration over the streams did not converge: it leaves {error:.1e}. Use more "
            "cells (`wire.cells`), a wider texture, or other `transport.streams`."
        )


class Electrons(eqx.Module):
    """A transport model, or none, with what its outputs need beside it."""

    model: PublishedModel | ConsistentModel | None
    heat: published.HeatConstants

    def spin(self, m: Vectors) -> Vectors:
        """The spin accumulation of steady electrons at ``m``, in the model's own unit."""
        return jnp.zeros_like(m) if self.model is None else self.model.spin(m)

    def torque(self, m: Vectors, spin: Vectors) -> Vectors:
        """T_sd in 1/s of a spin accumulation."""
        return jnp.zeros_like(m) if self.model is None else self.model.torque(m, spin)

    def outputs(
        self, m: Vectors, ends: Float[Array, "2 3"] | None = None
    ) -> tuple[dict[str, Array], tuple[Array, Array]]:
        """Everything for the Dataset at ``m``, and the relative residuals (charge, spin)."""
        model = self.model
        if isinstance(model, ConsistentModel):
            arrays = consistent.transport_arrays(model, m, ends)
            return arrays, consistent.relative_residuals(model, arrays)
        if isinstance(model, PublishedModel):
            arrays = published.transport_arrays(model, self.heat, m, ends)
            return arrays, published.relative_residuals(model, arrays)
        return {"torque_total": jnp.zeros_like(m)}, (jnp.zeros(()), jnp.zeros(()))


def build_electrons(config: Config) -> Electrons:
    """The transport model that a configuration asks for."""
    model: PublishedModel | ConsistentModel | None = None
    if config.transport.model == "published":
        model = build_published(config)
    elif config.transport.model == "consistent":
        model = build_consistent(config)
    return Electrons(model, build_heat_constants(config))
