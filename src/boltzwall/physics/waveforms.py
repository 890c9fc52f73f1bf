"""Dimensionless factors of time, with which an applied field is switched and driven."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

Time = Float[Array, ""]


class Waveform(eqx.Module):
    """A factor f(t) of time."""

    @abstractmethod
    def at(self, t: Time) -> Time:
        """f at the time ``t`` in s."""

    @abstractmethod
    def breaks(self) -> tuple[float, ...]:
        """Times in s, in order, at which f or one of its derivatives jumps: steps end there."""


class Constant(Waveform):
    """f = 1 at all times."""

    def at(self, t: Time) -> Time:
        return jnp.ones_like(t)

    def breaks(self) -> tuple[float, ...]:
        return ()
