"""The Landau–Lifshitz–Gilbert–Levy equation (26) and the terms of its effective field."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

Vectors = Float[Array, "cells 3"]


def magnetisation_rate(
    m: Vectors, field: Vectors, torque: Vectors, gyromagnetic_ratio: Array, damping: Array
) -> Vectors:
    """dM/dt in 1/s from (26), solved for the derivative:

    dM/dt = (T + α M × T)/(1 + α²),  T = −γ0 M × H + T_sd.

    Arguments:
        field: H in A/m.
        torque: T_sd in 1/s, perpendicular to M.
        gyromagnetic_ratio: γ0 in m/(A s).
    """
    total = torque - gyromagnetic_ratio * jnp.cross(m, field)
    return (total + damping * jnp.cross(m, total)) / (1.0 + damping**2)


class FieldContribution(eqx.Module):
    """A term of the effective field, [B10] of docs/equations.md."""

    @abstractmethod
    def field(self, m: Vectors) -> Vectors:
        """H in A/m for the magnetisation ``m``."""


class Zeeman(FieldContribution):
    """A constant external field H in A/m."""

    external: Float[Array, " 3"]

    def field(self, m: Vectors) -> Vectors:
        return jnp.broadcast_to(self.external, m.shape)


class InitialStateField(FieldContribution):
    """The paper's H = c Ms M(x, 0), which stands for all fields that hold the first state."""

    strength: Float[Array, ""]
    initial: Vectors

    def field(self, m: Vectors) -> Vectors:
        return self.strength * self.initial


class Magnet(eqx.Module):
    """The magnetisation's own constants and fields."""

    gyromagnetic_ratio: Float[Array, ""]
    damping: Float[Array, ""]
    terms: tuple[FieldContribution, ...]
