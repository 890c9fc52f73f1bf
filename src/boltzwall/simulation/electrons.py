"""The transport models behind one face: built from a configuration, evaluated for a Dataset."""

from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.build.consistent import build_consistent
from boltzwall.build.published import build_heat_constants, build_published
from boltzwall.config import Config
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
    """A transport model with what its outputs need beside it."""

    model: PublishedModel | ConsistentModel
    heat: published.HeatConstants

    def driven(self, factor: Float[Array, ""]) -> "Electrons":
        """The same with the electric drive times ``factor``."""
        if isinstance(self.model, ConsistentModel):
            return eqx.tree_at(lambda e: e.model.supply, self, self.model.supply * factor)
        field = self.model.electric_field * factor
        return eqx.tree_at(lambda e: e.model.electric_field, self, field)

    def prepared(self) -> "Electrons":
        """The same, with what does not depend on the magnetisation computed once."""
        if isinstance(self.model, ConsistentModel):
            return self
        return eqx.tree_at(lambda e: e.model, self, self.model.prepared())

    def torques(self, m: Vectors) -> tuple[Float[Array, "cells 3 drives"], Array]:
        """T_sd in 1/s of each drive (of all together in the published model), and their currents.

        The torque is the sum over the drives with the `amplitudes` of these currents.
        """
        model = self.model
        if isinstance(model, PublishedModel):
            return model.torque(m, model.spin(m))[..., None], jnp.ones(1)
        response = model.respond(m)
        torques = [model.torque(m, response.spin[..., k]) for k in (0, 1)]
        return jnp.stack(torques, axis=-1), jnp.mean(response.charge_current, axis=0)

    def amplitudes(self, current: Float[Array, " drives"]) -> Float[Array, " drives"]:
        """Of the drives, from the current that each carries at the amplitude 1."""
        if isinstance(self.model, PublishedModel):
            return current
        return self.model.amplitudes_of(current)

    def outputs(
        self, m: Vectors, ends: Float[Array, "2 3"] | None = None
    ) -> tuple[dict[str, Array], tuple[Array, Array]]:
        """Everything for the Dataset at ``m``, and the relative residuals (charge, spin)."""
        model = self.model
        if isinstance(model, ConsistentModel):
            arrays = consistent.transport_arrays(model, m, ends)
            return arrays, consistent.relative_residuals(model, arrays)
        arrays = published.transport_arrays(model, self.heat, m, ends)
        return arrays, published.relative_residuals(model, arrays)


def build_electrons(config: Config, offset: float = 0.0) -> Electrons:
    """The kinetic model that a configuration asks for; ``offset``: where its wire begins, m."""
    published_model = config.transport.model == "published"
    build = build_published if published_model else build_consistent
    return Electrons(build(config, offset), build_heat_constants(config))
