"""The electrons' torque behind one face: from a kinetic model, of a known form, or none."""

from abc import abstractmethod
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import derivative_along
from boltzwall.physics.waveforms import Waveform
from boltzwall.simulation.electrons import Electrons
from boltzwall.transport.zhang_li import ZhangLiTorque

Vectors = Float[Array, "cells 3"]
Scalar = Float[Array, ""]
Outputs = tuple[dict[str, Array], tuple[Array, Array]]


class SpinTorque(eqx.Module):
    """A source of T_sd, in two parts: one that costs and may be held, one that follows M."""

    def prepared(self) -> "SpinTorque":
        """The same, with what does not depend on the magnetisation computed once."""
        return self

    @abstractmethod
    def hold(self, t: Any, m: Vectors) -> Any:
        """The costly part at (t, M)."""

    @abstractmethod
    def torque(self, t: Any, m: Vectors, held: Any) -> Vectors:
        """T_sd in 1/s at (t, M) from a costly part that may belong to an earlier M."""

    @abstractmethod
    def drift(self, t: Any, held: Any) -> Float[Array, "2 cells"]:
        """(a, b) of T_sd ≈ a ∂xM + b M×∂xM, in m/s, for implicit steps."""

    @abstractmethod
    def outputs(self, t: Any, m: Vectors, ends: Any = None) -> Outputs:
        """Everything for the Dataset at (t, M), and the relative residuals (charge, spin)."""


class NoTorque(SpinTorque):
    """No electrons."""

    def hold(self, t: Any, m: Vectors) -> tuple[()]:
        return ()

    def torque(self, t: Any, m: Vectors, held: Any) -> Vectors:
        return jnp.zeros_like(m)

    def drift(self, t: Any, held: Any) -> Float[Array, "2 cells"]:
        return jnp.zeros((2, 1))

    def outputs(self, t: Any, m: Vectors, ends: Any = None) -> Outputs:
        return {"torque_total": jnp.zeros_like(m)}, (jnp.zeros(()), jnp.zeros(()))


class LocalTorque(SpinTorque):
    """A torque of Zhang and Li's form, which costs nothing."""

    form: ZhangLiTorque
    waveform: Waveform

    def hold(self, t: Any, m: Vectors) -> tuple[()]:
        return ()

    def torque(self, t: Any, m: Vectors, held: Any) -> Vectors:
        return self.waveform.at(t) * self.form.torque(m)

    def drift(self, t: Any, held: Any) -> Float[Array, "2 cells"]:
        u = self.waveform.at(t) * self.form.velocity
        return jnp.stack([-u, self.form.beta * u])

    def outputs(self, t: Any, m: Vectors, ends: Any = None) -> Outputs:
        arrays = {
            "torque_total": self.torque(t, m, ()),
            "effective_velocity": self.waveform.at(t) * jnp.mean(self.form.velocity),
            "effective_beta": self.form.beta,
        }
        return arrays, (jnp.zeros(()), jnp.zeros(()))


class HeldTorque(NamedTuple):
    """The torques of the drives at one M, in a form that can follow the wall.

    T = a ∂xM + b M×∂xM + rest for each drive: where the wall goes, a, b and the rest go with it,
    and where it turns, the torque turns too.

    Attributes:
        along, across: a, b in m/s, (cells, drives).
        rest: 1/s, (cells, 3, drives).
        axis: the direction a in which the ends of M differ, over their difference; 0 without wall.
        mean: <M·a>, which grows by dq/L when the wall moves by dq.
        current: charge current density per drive, A/m²; 1 in models that have no such drives.
    """

    along: Float[Array, "cells drives"]
    across: Float[Array, "cells drives"]
    rest: Float[Array, "cells 3 drives"]
    axis: Float[Array, " 3"]
    mean: Scalar
    current: Float[Array, " drives"]


_WALL = 0.04  # of |M(0) − M(L)|²: below it there is no wall to follow
_SMALL = 1e-3  # of the largest |∂xM|: below it the torque is kept as it is


class KineticTorque(SpinTorque):
    """The torque of a transport model.

    Attributes:
        waveform: factor of time of the electric drive.
        ratio: Ms of the transport model over that of each cell.
    """

    electrons: Electrons
    waveform: Waveform
    ratio: Float[Array, " cells"]
    spacing: Scalar

    def prepared(self) -> "KineticTorque":
        return eqx.tree_at(lambda source: source.electrons, self, self.electrons.prepared())

    def hold(self, t: Any, m: Vectors) -> HeldTorque:
        torques, current = self.electrons.driven(self.waveform.at(t)).torques(m)
        torques = self.ratio[:, None, None] * torques
        slope = derivative_along(m, self.spacing)
        turn = jnp.cross(m, slope)
        size = jnp.sum(slope**2, axis=-1)
        size = size + _SMALL**2 * jnp.max(size) + jnp.finfo(float).tiny
        along, across = (
            jnp.einsum("cd,cdk->ck", part, torques) / size[:, None] for part in (slope, turn)
        )
        rest = torques - slope[:, :, None] * along[:, None] - turn[:, :, None] * across[:, None]
        axis = m[0] - m[-1]
        size = jnp.sum(axis**2)
        axis = jnp.where(size > _WALL, axis / jnp.where(size > _WALL, size, 1.0), 0.0)
        return HeldTorque(along, across, rest, axis, jnp.mean(m @ axis), current)

    def torque(self, t: Any, m: Vectors, held: HeldTorque) -> Vectors:
        share = m.shape[0] * (jnp.mean(m @ held.axis) - held.mean)
        amplitudes = self.electrons.driven(self.waveform.at(t)).amplitudes(held.current)
        both = (
            jnp.concatenate([held.along[:, None], held.across[:, None], held.rest], axis=1)
            @ amplitudes
        )
        a, b, *rest = jnp.moveaxis(_shifted(both, share), 1, 0)
        slope = derivative_along(m, self.spacing)
        turned = a[:, None] * slope + b[:, None] * jnp.cross(m, slope) + jnp.stack(rest, axis=-1)
        return turned - jnp.sum(turned * m, axis=-1, keepdims=True) * m

    def drift(self, t: Any, held: HeldTorque) -> Float[Array, "2 cells"]:
        amplitudes = self.electrons.driven(self.waveform.at(t)).amplitudes(held.current)
        return jnp.stack([held.along @ amplitudes, held.across @ amplitudes])

    def outputs(self, t: Any, m: Vectors, ends: Any = None) -> Outputs:
        arrays, residuals = self.electrons.driven(self.waveform.at(t)).outputs(m, ends)
        scaled = {
            name: self.ratio[:, None] * values if name.startswith("torque_") else values
            for name, values in arrays.items()
        }
        return scaled, residuals


def _shifted(values: Float[Array, "cells columns"], share: Scalar) -> Float[Array, "cells columns"]:
    """Values moved to the right by ``share`` cells, linearly between cells, constant outside."""
    whole = jnp.floor(share)
    part = share - whole
    last = values.shape[0] - 1
    index = jnp.arange(last + 1) - whole.astype(int)
    near, far = (values[jnp.clip(index - k, 0, last)] for k in (0, 1))
    return jax.lax.cond(share == 0.0, lambda: values, lambda: (1.0 - part) * near + part * far)
