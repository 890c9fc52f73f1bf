"""The published model as the electrons of a run."""

from collections.abc import Mapping
from dataclasses import replace

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.errors import InputError
from boltzwall.numerics.frames import local_frames
from boltzwall.physics.temperature import Temperature
from boltzwall.transport.model import (
    DriveTorques,
    ElectronsInTime,
    KineticModel,
    Outputs,
    Residuals,
)
from boltzwall.transport.published import evolution
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.outputs import (
    HeatConstants,
    density_arrays,
    relative_residuals,
    transport_arrays,
)
from boltzwall.typing import Arrays, Ends, PerCell, Scalar, Vectors


class PublishedTransport(KineticModel):
    """(5),(6) in their steady state; one drive, for the torque is there without any."""

    model: PublishedModel
    heat: HeatConstants

    @property
    def temperature(self) -> Temperature:
        return self.model.temperature

    @property
    def spacing(self) -> Scalar:
        return self.model.spacing

    @property
    def centres(self) -> PerCell:
        return self.model.centres

    def prepared(self) -> "PublishedTransport":
        return eqx.tree_at(lambda e: e.model, self, self.model.prepared())

    def heated(
        self, temperature: Temperature, magnetisation: PerCell, *, alone: bool = True
    ) -> "PublishedTransport":
        model = replace(
            self.model,
            temperature=temperature,
            saturation_magnetisation=magnetisation,
            tables=None,
        )
        return replace(self, model=model.prepared())

    def driven(self, factor: Scalar) -> "PublishedTransport":
        field = self.model.electric_field * factor
        return eqx.tree_at(lambda e: e.model.electric_field, self, field)

    def drive_torques(self, m: Vectors) -> DriveTorques:
        model = self.model
        return DriveTorques(model.torque(m, model.spin(m))[..., None], jnp.ones(1))

    def amplitudes_of(self, current: Float[Array, " drives"]) -> Float[Array, " drives"]:
        return current

    def torque(self, magnetisation: Vectors, spin: Vectors) -> Vectors:
        return self.model.torque(magnetisation, spin)

    def outputs(self, m: Vectors, ends: Ends | None = None) -> Outputs:
        arrays = transport_arrays(self.model, self.heat, m, ends)
        return Outputs(arrays, Residuals(*relative_residuals(self.model, arrays)))

    def distributions(self, m: Vectors, ends: Ends) -> Arrays:
        """F and the Cartesian G in every cell at every momentum, (cells, momenta[, 3])."""
        _, mean = self.model.solve(m, ends, keep=True)
        assert mean is not None
        vector = jnp.einsum("cab,acp->cpb", local_frames(m), jnp.stack(mean[1:]))
        return {
            "distribution_scalar": mean[0],
            "distribution_vector": vector,
            "momentum": self.model.grid().nodes,
        }

    def in_time(self) -> "PublishedInTime":
        return PublishedInTime(self)


class PublishedInTime(ElectronsInTime):
    """(5),(6) with their time derivatives: the state is F and G."""

    steady: PublishedTransport

    @property
    def _model(self) -> PublishedModel:
        return self.steady.model

    def begin(self, m: Vectors, *, steady: bool) -> evolution.Distribution:
        start = evolution.steady_distribution if steady else evolution.equilibrium_distribution
        return start(self._model, m)

    def given(self, arrays: Mapping[str, np.ndarray]) -> evolution.Distribution:
        shape = (self._model.options.cells, self._model.grid().nodes.size)
        names = ("distribution_scalar", "distribution_vector")
        if any(name not in arrays for name in names):
            raise InputError(
                "Argument `electrons` must hold distribution_scalar and distribution_vector, but "
                "it does not. Make it with `output.distributions` = true."
            )
        scalar, vector = (np.asarray(arrays[name], dtype=float) for name in names)
        if scalar.shape != shape or vector.shape != (*shape, 3):
            raise InputError(
                f"Argument `electrons` must hold distributions on {shape} cells and momenta, but "
                f"they have the shape {scalar.shape}. Use the wire and the momenta of this run."
            )
        return jnp.concatenate([jnp.asarray(scalar)[None], jnp.moveaxis(jnp.asarray(vector), 2, 0)])

    def step(
        self, state: evolution.Distribution, path: tuple[Vectors, Vectors], step: Scalar
    ) -> evolution.Distribution:
        return evolution.step_electrons(self._model, state, path, step)

    def spin(self, state: evolution.Distribution, m: Vectors) -> Vectors:
        return evolution.densities(self._model, m, state).spin

    def observe(self, state: evolution.Distribution, m: Vectors) -> Outputs:
        model, now = self._model, evolution.densities(self._model, m, state)
        steady = model.moments(m).spin
        arrays = {
            **density_arrays(model, now),
            **self.steady.deviation(m, now.spin, steady),
            "spin_accumulation_quasi_steady": model.density_scale * steady,
        }
        return Outputs(arrays, None)
