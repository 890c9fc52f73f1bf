"""Temperature profiles T(x) along the wire."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import PerCell, Scalar


class Temperature(eqx.Module):
    """A profile T(x) in K with its gradient in K/m."""

    @abstractmethod
    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """T(x)."""

    @abstractmethod
    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        """∂T/∂x."""

    @abstractmethod
    def flattened(self) -> "Temperature":
        """The same wire without a gradient, at the temperature of its left end."""


class LinearProfile(Temperature):
    """T(x) = T0 + κx, [B1]."""

    cold_end: Scalar
    gradient: Scalar

    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.cold_end + self.gradient * x

    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.gradient + jnp.zeros_like(x)

    def flattened(self) -> "LinearProfile":
        return LinearProfile(self.cold_end, jnp.zeros_like(self.gradient))


class TabulatedProfile(Temperature):
    """Linear interpolation in a table; constant beyond its ends."""

    positions: Float[Array, " points"]
    values: Float[Array, " points"]

    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return jnp.interp(x, self.positions, self.values)

    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        piece = jnp.searchsorted(self.positions, x, side="right") - 1
        piece = jnp.clip(piece, 0, self.positions.size - 2)
        slopes = jnp.diff(self.values) / jnp.diff(self.positions)
        inside = (x >= self.positions[0]) & (x <= self.positions[-1])
        return jnp.where(inside, slopes[piece], 0.0)

    def flattened(self) -> "TabulatedProfile":
        start = self.at(jnp.zeros(()))
        return TabulatedProfile(self.positions, jnp.full_like(self.values, 1.0) * start)


class CellProfile(Temperature):
    """T in the cells of a wire, linear between their centres and on to its ends.

    ∂T/∂x is the difference over the two neighbours, and at the ends over one.

    Attributes:
        values: T in K of the cells, whose centres are (i + ½) dx.
        spacing: dx in m.
    """

    values: PerCell
    spacing: Scalar

    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self._between(self.values, x)

    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self._between(jnp.asarray(jnp.gradient(self.values)) / self.spacing, x)

    def flattened(self) -> "CellProfile":
        start = self.at(jnp.zeros(()))
        return CellProfile(jnp.full_like(self.values, 1.0) * start, self.spacing)

    def _between(self, values: PerCell, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        place = x / self.spacing - 0.5
        first = jnp.clip(jnp.floor(place), 0, values.size - 2).astype(int)
        return values[first] + (place - first) * (values[first + 1] - values[first])


class ShiftedProfile(Temperature):
    """The profile ``base`` as seen from the position ``offset`` in m on."""

    base: Temperature
    offset: Scalar

    def at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.base.at(x + self.offset)

    def gradient_at(self, x: Float[Array, "*batch"]) -> Float[Array, "*batch"]:
        return self.base.gradient_at(x + self.offset)

    def flattened(self) -> "ShiftedProfile":
        return ShiftedProfile(self.base.flattened(), self.offset)
