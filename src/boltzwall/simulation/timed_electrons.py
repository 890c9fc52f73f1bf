"""The transport models in time behind one face: begun, stepped along a path of M, observed."""

from abc import abstractmethod
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float

from boltzwall.errors import InputError
from boltzwall.simulation.electrons import Electrons
from boltzwall.transport.consistent.evolution import Evolution, State
from boltzwall.transport.consistent.model import ConsistentModel
from boltzwall.transport.published import evolution as published
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.outputs import density_arrays

Vectors = Float[Array, "cells 3"]
Path = tuple[Vectors, Vectors]
Arrays = dict[str, Array]


class TimedElectrons(eqx.Module):
    """Electrons with their time derivatives; their states are the model's own."""

    @property
    @abstractmethod
    def steady(self) -> PublishedModel | ConsistentModel:
        """The model of steady electrons."""

    @abstractmethod
    def begin(self, m: Vectors, *, steady: bool) -> Any:
        """The state at ``m``: steady, or else in local equilibrium."""

    @abstractmethod
    def given(self, electrons: xr.Dataset) -> Any:
        """The state that a Dataset holds.

        Raises:
            InputError: it holds none that this run can start from.
        """

    @abstractmethod
    def step(self, state: Any, path: Path, step: Float[Array, ""]) -> Any:
        """The state after one step, while M goes straight along ``path``."""

    @abstractmethod
    def spin(self, state: Any, m: Vectors) -> Vectors:
        """The spin accumulation at ``m``, in the model's own unit."""

    @abstractmethod
    def observe(self, state: Any, m: Vectors) -> Arrays:
        """What the Dataset gets at ``m``."""


class PublishedElectrons(TimedElectrons):
    """(5),(6): the state is F and G."""

    model: PublishedModel

    @property
    def steady(self) -> PublishedModel:
        return self.model

    def begin(self, m: Vectors, *, steady: bool) -> published.Distribution:
        start = published.steady_distribution if steady else published.equilibrium_distribution
        return start(self.model, m)

    def given(self, electrons: xr.Dataset) -> published.Distribution:
        shape = (self.model.options.cells, self.model.grid().nodes.size)
        names = ("distribution_scalar", "distribution_vector")
        if any(name not in electrons for name in names):
            raise InputError(
                "Argument `electrons` must hold distribution_scalar and distribution_vector, but "
                "it does not. Make it with `output.distributions` = true."
            )
        scalar, vector = (np.asarray(electrons[name].values, dtype=float) for name in names)
        if scalar.shape != shape or vector.shape != (*shape, 3):
            raise InputError(
                f"Argument `electrons` must hold distributions on {shape} cells and momenta, but "
                f"they have the shape {scalar.shape}. Use the wire and the momenta of this run."
            )
        return jnp.concatenate([jnp.asarray(scalar)[None], jnp.moveaxis(jnp.asarray(vector), 2, 0)])

    def step(
        self, state: published.Distribution, path: Path, step: Float[Array, ""]
    ) -> published.Distribution:
        return published.step_electrons(self.model, state, path, step)

    def spin(self, state: published.Distribution, m: Vectors) -> Vectors:
        return published.densities(self.model, m, state).spin

    def observe(self, state: published.Distribution, m: Vectors) -> Arrays:
        model, now = self.model, published.densities(self.model, m, state)
        steady = model.moments(m).spin
        return {
            **density_arrays(model, now),
            **_beside(model, m, now.spin, steady),
            "spin_accumulation_quasi_steady": model.density_scale * steady,
        }


class ConsistentElectrons(TimedElectrons):
    """[C1],[C2]: the state is δf, stream by stream."""

    evolution: Evolution

    @property
    def steady(self) -> ConsistentModel:
        return self.evolution.model

    def begin(self, m: Vectors, *, steady: bool) -> State:
        return self.evolution.begin(m, steady=steady)

    def given(self, electrons: xr.Dataset) -> State:
        raise InputError(
            'Argument `electrons` must be None with `transport.model` = "consistent", but a '
            "Dataset was given: no Dataset holds the streams of this model. Start without it, with "
            '`transport.initial_distribution` = "steady" or "equilibrium".'
        )

    def step(self, state: State, path: Path, step: Float[Array, ""]) -> State:
        return self.evolution.step(state, path, step)

    def spin(self, state: State, m: Vectors) -> Vectors:
        return self.evolution.spin(state, m)

    def observe(self, state: State, m: Vectors) -> Arrays:
        evolution, model = self.evolution, self.evolution.model
        now, response = evolution.moments(state, m), model.respond(m)
        amplitudes = model.amplitudes(response)
        steady = response.spin @ amplitudes
        left = jnp.abs(state.residual)
        return {
            "spin_accumulation": now.spin,
            "spin_current_density": _centred(now.spin_current),
            "charge_density": now.density,
            "charge_current_density": _centred(now.charge_current),
            "heat_current_density": now.heat_current,
            "electric_field": amplitudes[0],
            "residual_charge": state.residual[:, 0],
            "residual_spin": state.residual[:, 1:],
            **_beside(model, m, now.spin, steady),
            "spin_accumulation_quasi_steady": steady,
            "residual_charge_ratio": _ratio(jnp.max(left[:, 0]), state.terms[0]),
            "residual_spin_ratio": _ratio(jnp.max(left[:, 1:]), state.terms[1]),
        }


def build_timed(electrons: Electrons) -> TimedElectrons:
    """The electrons of a model in time."""
    if isinstance(electrons.model, ConsistentModel):
        return ConsistentElectrons(Evolution.of(electrons.model))
    assert isinstance(electrons.model, PublishedModel)
    return PublishedElectrons(electrons.model)


def _beside(
    model: PublishedModel | ConsistentModel, m: Vectors, spin: Vectors, steady: Vectors
) -> Arrays:
    """The torque, and how far the electrons are from steady ones."""
    return {
        "torque_total": model.torque(m, spin),
        "torque_quasi_steady": model.torque(m, steady),
        "electron_deviation": _ratio(jnp.max(jnp.abs(spin - steady)), jnp.max(jnp.abs(steady))),
    }


def _ratio(value: Array, by: Array) -> Array:
    """value/by, and 0 for 0/0."""
    return jnp.where(value == 0.0, 0.0, value / by)


def _centred(faces: Float[Array, "faces ..."]) -> Float[Array, "cells ..."]:
    return 0.5 * (faces[1:] + faces[:-1])
