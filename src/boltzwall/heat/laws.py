"""Constants of a metal against temperature: κ_th, C, ρ and S of [H1]."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.typing import Batch, Scalar


class Law(eqx.Module):
    """A constant as a function of T in K."""

    @abstractmethod
    def at(self, kelvin: Batch) -> Batch:
        """Its value."""

    @abstractmethod
    def slope_at(self, kelvin: Batch) -> Batch:
        """Its derivative in T."""


class Storing(Law):
    """A law whose integral over T is known, and can be inverted: a heat capacity C > 0."""

    @abstractmethod
    def stored(self, start: Batch, kelvin: Batch) -> Batch:
        """∫C dT from ``start`` to ``kelvin``, J/m³."""

    @abstractmethod
    def reached(self, start: Batch, stored: Batch) -> Batch:
        """T after ``stored`` J/m³ came in at ``start``; the inverse of `stored`."""


class Linear(Storing):
    """value·(1 + slope·(T − reference)); a constant has the slope 0.

    Attributes:
        slope: relative, 1/K.
    """

    value: Scalar
    slope: Scalar
    reference: Scalar

    def at(self, kelvin: Batch) -> Batch:
        return self.value * (1.0 + self.slope * (kelvin - self.reference))

    def slope_at(self, kelvin: Batch) -> Batch:
        return self.value * self.slope * jnp.ones_like(kelvin)

    def stored(self, start: Batch, kelvin: Batch) -> Batch:
        return (kelvin - start) * self.at(0.5 * (kelvin + start))

    def reached(self, start: Batch, stored: Batch) -> Batch:
        return start + _warmed(self.at(start), self.value * self.slope, stored)


class Tabular(Storing):
    """Linear interpolation in a table of increasing temperatures; constant beyond its ends."""

    kelvin: Float[Array, " points"]
    values: Float[Array, " points"]

    def at(self, kelvin: Batch) -> Batch:
        return jnp.interp(kelvin, self.kelvin, self.values)

    def slope_at(self, kelvin: Batch) -> Batch:
        return self._slopes()[jnp.searchsorted(self.kelvin, kelvin, side="right")]

    def stored(self, start: Batch, kelvin: Batch) -> Batch:
        return self._content(kelvin) - self._content(start)

    def reached(self, start: Batch, stored: Batch) -> Batch:
        content = self._content(start) + stored
        piece = jnp.searchsorted(self._content(self.kelvin), content, side="right")
        known = jnp.maximum(piece - 1, 0)
        over = content - self._content(self.kelvin)[known]
        slope = self._slopes()[piece]
        return self.kelvin[known] + _warmed(self.values[known], slope, over)

    def _slopes(self) -> Float[Array, " pieces"]:
        """Of all pieces, with those beyond the ends."""
        inner = jnp.diff(self.values) / jnp.diff(self.kelvin)
        return jnp.concatenate([jnp.zeros(1), inner, jnp.zeros(1)])

    def _content(self, kelvin: Batch) -> Batch:
        """∫C dT from the first temperature of the table."""
        steps = 0.5 * (self.values[1:] + self.values[:-1]) * jnp.diff(self.kelvin)
        content = jnp.concatenate([jnp.zeros(1), jnp.cumsum(steps)])
        piece = jnp.searchsorted(self.kelvin, kelvin, side="right")
        known = jnp.maximum(piece - 1, 0)
        step = kelvin - self.kelvin[known]
        return content[known] + step * (self.values[known] + 0.5 * self._slopes()[piece] * step)


class WiedemannFranz(Law):
    """κ_th = lattice + ℒT/ρ(T), [H2].

    Attributes:
        lorenz: ℒ, V²/K².
        lattice: what is not the electrons', W/(m K).
    """

    resistivity: Law
    lorenz: Scalar
    lattice: Scalar

    def at(self, kelvin: Batch) -> Batch:
        return self.lattice + self.lorenz * kelvin / self.resistivity.at(kelvin)

    def slope_at(self, kelvin: Batch) -> Batch:
        rho = self.resistivity.at(kelvin)
        return self.lorenz / rho * (1.0 - kelvin * self.resistivity.slope_at(kelvin) / rho)


def _warmed(capacity: Batch, slope: Batch, stored: Batch) -> Batch:
    """ΔT with capacity·ΔT + slope·ΔT²/2 = stored."""
    root = jnp.sqrt(jnp.maximum(capacity**2 + 2.0 * slope * stored, 0.0))
    return 2.0 * stored / (capacity + root)
