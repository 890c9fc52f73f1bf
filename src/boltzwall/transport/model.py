"""What every transport model is: the electrons of one stretch of wire, from M to their torque.

`TransportModel` is all that time stepping and Datasets know of the electrons. `KineticModel` is the
part that the models which solve a Boltzmann equation share. A new model is a final class under one
of them, and a builder in `boltzwall.build`.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, NamedTuple

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.errors import NumericsError
from boltzwall.physics.temperature import Temperature
from boltzwall.transport.held_torque import HeldTorque, followed, resolved
from boltzwall.typing import Arrays, Ends, PerCell, Scalar, Vectors

LARGEST_ERROR = 1e-8  # of the iteration over streams; it aims at 1e-13


class Residuals(NamedTuple):
    """What the continuity equations of charge and spin leave, over their largest terms."""

    charge: Scalar
    spin: Scalar


class Outputs(NamedTuple):
    """Everything for the Dataset at one M.

    Attributes:
        arrays: named as in the registry.
        residuals: None where there is no continuity equation to hold.
        reversed_torque: T[−M]/j, the torque of the texture −M per current density, m²/(A s), which
            gives the voltage of an M in motion; None where there is none to give.
    """

    arrays: Arrays
    residuals: Residuals | None
    reversed_torque: Vectors | None = None


class DriveTorques(NamedTuple):
    """T_sd in 1/s of each drive at the amplitude 1, and the current that each carries.

    The torque is the sum over the drives with the `amplitudes` that follow from these currents; a
    model without such drives has one, of all together.
    """

    torque: Float[Array, "cells 3 drives"]
    current: Float[Array, " drives"]


class ConstantForm(NamedTuple):
    """u in m/s in every cell and β of T_sd = −u ∂xM + βu M×∂xM, [C5], whatever M is."""

    velocity: PerCell
    beta: Scalar


class TransportModel(eqx.Module):
    """The electrons of a stretch of wire.

    Their torque comes in two parts: one that costs and may be held while M goes on, and one that
    follows M. ``costly`` says whether the first is worth holding.
    """

    @property
    @abstractmethod
    def costly(self) -> bool:
        """Whether the torque takes a kinetic solution."""

    @property
    @abstractmethod
    def form(self) -> ConstantForm | None:
        """u and β where they do not depend on M; None where a solution gives them."""

    @property
    def drive(self) -> str:
        """What drives a torque that comes in one part: "electrical" or "thermal"."""
        return "electrical"

    @abstractmethod
    def prepared(self) -> "TransportModel":
        """The same, with what does not depend on the magnetisation computed once."""

    @abstractmethod
    def heated(
        self, temperature: Temperature, magnetisation: PerCell, *, alone: bool = True
    ) -> "TransportModel":
        """The same electrons at another T(x), with the Ms in A/m that belongs to it.

        Arguments:
            alone: as a model of its own; else its costly part, once held, is for the torque of the
                model from which it was made.
        """

    @abstractmethod
    def driven(self, factor: Scalar) -> "TransportModel":
        """The same with the electric drive times ``factor``."""

    @abstractmethod
    def hold(self, m: Vectors) -> Any:
        """The costly part at ``m``."""

    @abstractmethod
    def torque_at(self, m: Vectors, held: Any) -> Vectors:
        """T_sd in 1/s at ``m``, from a costly part that may belong to an earlier M."""

    @abstractmethod
    def drift(self, held: Any) -> Float[Array, "2 cells"]:
        """(a, b) of T_sd ≈ a ∂xM + b M×∂xM, in m/s, for implicit steps."""

    @abstractmethod
    def outputs(self, m: Vectors, ends: Ends | None = None) -> Outputs:
        """Everything for the Dataset at ``m``."""

    @property
    def pumps(self) -> bool:
        """Whether an M in motion acts on itself by way of the electrons."""
        return False

    def pumped_torque(self, m: Vectors, rate: Vectors) -> Vectors:
        """The torque in 1/s of the spin that ``m`` pumps when it moves with ``rate`` in 1/s."""
        return jnp.zeros_like(m)

    @abstractmethod
    def in_time(self) -> "ElectronsInTime":
        """The same electrons with their time derivatives.

        Raises:
            InputError: the model knows no distributions.
        """


class ElectronsInTime(eqx.Module):
    """Electrons whose time derivatives are kept; the states are the model's own.

    Attributes:
        steady: the same electrons in their steady state.
    """

    steady: eqx.AbstractVar["KineticModel"]

    @abstractmethod
    def begin(self, m: Vectors, *, steady: bool) -> Any:
        """The state at ``m``: steady, or else in local equilibrium."""

    @abstractmethod
    def given(self, arrays: Mapping[str, np.ndarray]) -> Any:
        """The state of an earlier solution, from its arrays by their names.

        Raises:
            InputError: they hold none that this model can start from.
        """

    @abstractmethod
    def step(self, state: Any, path: tuple[Vectors, Vectors], step: Scalar) -> Any:
        """The state after one step in s, while M goes straight along ``path``."""

    @abstractmethod
    def spin(self, state: Any, m: Vectors) -> Vectors:
        """The spin accumulation at ``m``, in the model's own unit."""

    @abstractmethod
    def observe(self, state: Any, m: Vectors) -> Outputs:
        """What the Dataset gets at ``m``, its residuals among the arrays."""


class KineticModel(TransportModel):
    """Electrons from a Boltzmann equation, in their steady state for each M."""

    @property
    @abstractmethod
    def temperature(self) -> Temperature:
        """T(x) along the wire."""

    @property
    @abstractmethod
    def spacing(self) -> Scalar:
        """Length of a cell in m."""

    @property
    @abstractmethod
    def centres(self) -> PerCell:
        """Cell centres in m."""

    @abstractmethod
    def drive_torques(self, m: Vectors) -> DriveTorques:
        """The torque of each drive at ``m``."""

    @abstractmethod
    def amplitudes_of(self, current: Float[Array, " drives"]) -> Float[Array, " drives"]:
        """The drives' amplitudes, from the current that each carries at the amplitude 1."""

    @abstractmethod
    def torque(self, magnetisation: Vectors, spin: Vectors) -> Vectors:
        """T_sd in 1/s of a spin accumulation in the model's own unit, with the local Ms."""

    @abstractmethod
    def distributions(self, m: Vectors, ends: Ends) -> Arrays:
        """F and G themselves; none where the model does not keep them."""

    @property
    def costly(self) -> bool:
        return True

    @property
    def form(self) -> None:
        return None

    def hold(self, m: Vectors) -> HeldTorque:
        torque, current = self.drive_torques(m)
        return resolved(m, self.spacing, torque, current)

    def torque_at(self, m: Vectors, held: HeldTorque) -> Vectors:
        return followed(held, self.amplitudes_of(held.current), m, self.spacing)

    def drift(self, held: HeldTorque) -> Float[Array, "2 cells"]:
        amplitudes = self.amplitudes_of(held.current)
        return jnp.stack([held.along @ amplitudes, held.across @ amplitudes])

    def deviation(self, m: Vectors, spin: Vectors, steady: Vectors) -> Arrays:
        """The torque of electrons in time, and how far they are from steady ones."""
        return {
            "torque_total": self.torque(m, spin),
            "torque_quasi_steady": self.torque(m, steady),
            "electron_deviation": ratio(jnp.max(jnp.abs(spin - steady)), jnp.max(jnp.abs(steady))),
        }


def check_converged(arrays: Mapping[str, Any]) -> None:
    """Raise NumericsError where an iteration of a solution did not converge."""
    error = np.max(np.asarray(arrays.get("transport_error", 0.0)))
    if not error < LARGEST_ERROR:
        raise NumericsError(
            f"The iteration over the streams did not converge: it leaves {error:.1e}. Use more "
            "cells (`wire.cells`), a wider texture, or other `transport.streams`."
        )


def ratio(value: Array, by: Array) -> Array:
    """value/by, and 0 for 0/0, with derivatives that stay finite there."""
    none = value == 0.0
    return jnp.where(none, 0.0, value / jnp.where(none, 1.0, by))
