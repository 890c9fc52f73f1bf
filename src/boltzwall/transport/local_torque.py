"""Torques without a kinetic solution: none, and those of Zhang and Li's and of Bauer's form."""

from typing import NoReturn

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.errors import InputError
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
    """

    spacing: Scalar
    velocity: PerCell
    beta: Scalar
    amplitude: Scalar

    @property
    def costly(self) -> bool:
        return False

    @property
    def form(self) -> ConstantForm:
        return ConstantForm(self.velocity, self.beta)

    def prepared(self) -> "ZhangLiTorque":
        return self

    def driven(self, factor: Scalar) -> "ZhangLiTorque":
        return ZhangLiTorque(self.spacing, self.velocity, self.beta, factor)

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
