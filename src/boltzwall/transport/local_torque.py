"""Torques without a kinetic solution: none, and those of Zhang and Li's and of Bauer's form."""

from dataclasses import replace
from typing import NoReturn

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.errors import InputError
from boltzwall.physics.temperature import Temperature
from boltzwall.transport.model import ConstantForm, Outputs, TransportModel
from boltzwall.typing import Ends, PerCell, Scalar, Vectors


class NoTorque(TransportModel):
    """No electrons."""

    @property
    def costly(self) -> bool:
        return False

    @property
    def form(self) -> None:
        return None

    def prepared(self) -> "NoTorque":
        return self

    def heated(
        self, temperature: Temperature, magnetisation: PerCell, *, alone: bool = True
    ) -> "NoTorque":
        return self

    def driven(self, factor: Scalar) -> "NoTorque":
        return self

    def hold(self, m: Vectors) -> tuple[()]:
        return ()

    def torque_at(self, m: Vectors, held: tuple[()]) -> Vectors:
        return jnp.zeros_like(m)

    def drift(self, held: tuple[()]) -> Float[Array, "2 cells"]:
        return jnp.zeros((2, 1))

    def outputs(self, m: Vectors, ends: Ends | None = None) -> Outputs:
        return Outputs({"torque_total": jnp.zeros_like(m)}, None)

    def in_time(self) -> NoReturn:
        _refuse_time()


class ZhangLiTorque(TransportModel):
    """T_sd = −u ∂xM + βu M×∂xM, the contribution to dM/dt in 1/s, [C5].

    u is what stands before ∂xM, divided by nothing: u > 0 moves a wall to +x.

    Attributes:
        spacing: dx in m.
        velocity: u in m/s in every cell, at the amplitude 1 of the drive.
        beta: β.
        amplitude: of the drive.
        carried: u Ms in A/s, with ``thermal`` per K/m of the gradient that then drives; None where
            T does not change.
    """

    spacing: Scalar
    velocity: PerCell
    beta: Scalar
    amplitude: Scalar
    carried: PerCell | None = None
    thermal: bool = eqx.field(static=True, default=False)

    @property
    def costly(self) -> bool:
        return False

    @property
    def form(self) -> ConstantForm:
        return ConstantForm(self.velocity, self.beta)

    @property
    def drive(self) -> str:
        return "thermal" if self.thermal else "electrical"

    def prepared(self) -> "ZhangLiTorque":
        return self

    def heated(
        self, temperature: Temperature, magnetisation: PerCell, *, alone: bool = True
    ) -> "ZhangLiTorque":
        assert self.carried is not None
        velocity = self.carried / magnetisation
        if self.thermal:
            centres = self.spacing * (jnp.arange(magnetisation.size) + 0.5)
            velocity = velocity * temperature.gradient_at(centres)
        return replace(self, velocity=velocity)

    def driven(self, factor: Scalar) -> "ZhangLiTorque":
        return self if self.thermal else replace(self, amplitude=factor)

    def hold(self, m: Vectors) -> tuple[()]:
        return ()

    def torque_at(self, m: Vectors, held: tuple[()]) -> Vectors:
        slope = derivative(m, self.spacing)
        unit = self.velocity[:, None] * (self.beta * jnp.cross(m, slope) - slope)
        return self.amplitude * unit

    def drift(self, held: tuple[()]) -> Float[Array, "2 cells"]:
        u = self.amplitude * self.velocity
        return jnp.stack([-u, self.beta * u])

    def outputs(self, m: Vectors, ends: Ends | None = None) -> Outputs:
        arrays = {
            "torque_total": self.torque_at(m, ()),
            "effective_velocity": self.amplitude * jnp.mean(self.velocity),
            "effective_beta": self.beta,
        }
        return Outputs(arrays, None)

    def in_time(self) -> NoReturn:
        _refuse_time()


def _refuse_time() -> NoReturn:
    raise InputError(
        "Key `transport.time_dependent` must be false with a torque that needs no distributions, "
        "but it is true. Choose a kinetic `transport.model`."
    )


def derivative(m: Vectors, spacing: Scalar) -> Vectors:
    """∂xM across M in 1/m by central differences of fourth order; ∂xM = 0 at both ends.

    The second-order difference would slow a wall of the width Δ by the share dx²/6Δ².
    """
    far = jnp.concatenate([m[1::-1], m, m[:-3:-1]])
    slope = (8.0 * (far[3:-1] - far[1:-3]) - (far[4:] - far[:-4])) / (12.0 * spacing)
    return slope - jnp.sum(slope * m, axis=-1, keepdims=True) * m
