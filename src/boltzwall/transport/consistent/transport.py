"""The consistent model as the electrons of a run."""

from collections.abc import Mapping

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.errors import InputError
from boltzwall.numerics.frames import centred
from boltzwall.physics.temperature import Temperature
from boltzwall.transport.consistent.evolution import ConsistentEvolution, State
from boltzwall.transport.consistent.model import ConsistentModel, HeatedWire
from boltzwall.transport.consistent.outputs import (
    relative_residuals,
    transport_arrays,
)
from boltzwall.transport.consistent.pumping import Pump
from boltzwall.transport.consistent.wall_element import torque_of_reversed
from boltzwall.transport.model import (
    DriveTorques,
    ElectronsInTime,
    KineticModel,
    Outputs,
    Residuals,
    ratio,
)
from boltzwall.typing import Arrays, Ends, PerCell, Scalar, Vectors


class ConsistentTransport(KineticModel):
    """[C1],[C2] in their steady state; two drives, E and ∇T."""

    model: ConsistentModel
    pump: Pump | None = None

    @property
    def pumps(self) -> bool:
        return self.pump is not None

    def pumped_torque(self, m: Vectors, rate: Vectors) -> Vectors:
        if self.pump is None:
            return jnp.zeros_like(m)
        return self.model.torque(m, self.pump.respond(m, rate).spin)

    @property
    def temperature(self) -> Temperature:
        return self.model.temperature

    @property
    def spacing(self) -> Scalar:
        return self.model.spacing

    @property
    def centres(self) -> PerCell:
        return self.model.centres

    def prepared(self) -> "ConsistentTransport":
        return self

    def heated(
        self, temperature: Temperature, magnetisation: PerCell, *, alone: bool = True
    ) -> "ConsistentTransport":
        old = self.model
        wire = HeatedWire(temperature, old.length, None if alone else old.gradient)
        model = ConsistentModel.of(
            old.carriers, wire, old.supply, magnetisation, old.options,
            old.anisotropic_magnetoresistance,
        )  # fmt: skip
        return ConsistentTransport(model, None if self.pump is None else Pump.of(model))

    def driven(self, factor: Scalar) -> "ConsistentTransport":
        return eqx.tree_at(lambda e: e.model.supply, self, self.model.supply * factor)

    def drive_torques(self, m: Vectors) -> DriveTorques:
        response = self.model.respond(m)
        torques = [self.model.torque(m, response.spin[..., k]) for k in (0, 1)]
        return DriveTorques(jnp.stack(torques, axis=-1), jnp.mean(response.charge_current, axis=0))

    def amplitudes_of(self, current: Float[Array, " drives"]) -> Float[Array, " drives"]:
        return self.model.amplitudes_of(current)

    def torque(self, magnetisation: Vectors, spin: Vectors) -> Vectors:
        return self.model.torque(magnetisation, spin)

    def outputs(self, m: Vectors, ends: Ends | None = None) -> Outputs:
        response = self.model.respond(m, ends)
        arrays = transport_arrays(self.model, m, response)
        residuals = Residuals(*relative_residuals(self.model, arrays))
        return Outputs(arrays, residuals, torque_of_reversed(self.model, m, response))

    def distributions(self, m: Vectors, ends: Ends) -> Arrays:
        return {}

    def in_time(self) -> "ConsistentInTime":
        return ConsistentInTime(self, ConsistentEvolution.of(self.model))


class ConsistentInTime(ElectronsInTime):
    """[C1],[C2] with their time derivatives: the state is δf, stream by stream."""

    steady: ConsistentTransport
    evolution: ConsistentEvolution

    def begin(self, m: Vectors, *, steady: bool) -> State:
        return self.evolution.begin(m, steady=steady)

    def given(self, arrays: Mapping[str, np.ndarray]) -> State:
        raise InputError(
            'Argument `electrons` must be None with `transport.model` = "consistent", but a '
            "Dataset was given: no Dataset holds the streams of this model. Start without it, with "
            '`transport.initial_distribution` = "steady" or "equilibrium".'
        )

    def step(self, state: State, path: tuple[Vectors, Vectors], step: Scalar) -> State:
        return self.evolution.step(state, path, step)

    def spin(self, state: State, m: Vectors) -> Vectors:
        return self.evolution.spin(state, m)

    def observe(self, state: State, m: Vectors) -> Outputs:
        evolution, model = self.evolution, self.evolution.model
        now, response = evolution.moments(state, m), model.respond(m)
        amplitudes = model.amplitudes(response)
        steady = response.spin @ amplitudes
        left = jnp.abs(state.residual)
        arrays = {
            "spin_accumulation": now.spin,
            "spin_current_density": centred(now.spin_current),
            "charge_density": now.density,
            "charge_current_density": centred(now.charge_current),
            "heat_current_density": now.heat_current,
            "electric_field": amplitudes[0],
            "residual_charge": state.residual[:, 0],
            "residual_spin": state.residual[:, 1:],
            **self.steady.deviation(m, now.spin, steady),
            "spin_accumulation_quasi_steady": steady,
            "residual_charge_ratio": ratio(jnp.max(left[:, 0]), state.terms[0]),
            "residual_spin_ratio": ratio(jnp.max(left[:, 1:]), state.terms[1]),
        }
        return Outputs(arrays, None, torque_of_reversed(model, m, response))
