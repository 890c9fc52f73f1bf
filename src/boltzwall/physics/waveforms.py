"""Dimensionless factors of time, with which an applied field is switched and driven."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.typing import Scalar


class Waveform(eqx.Module):
    """A factor f(t) of time."""

    @abstractmethod
    def at(self, t: Scalar) -> Scalar:
        """f at the time ``t`` in s."""

    @abstractmethod
    def breaks(self) -> tuple[float, ...]:
        """Times in s, in order, at which f or a derivative of it jumps: steps should end there.

        Of constants that are known, not of traced ones.
        """


class AlwaysOn(Waveform):
    """f = 1 at all times."""

    def at(self, t: Scalar) -> Scalar:
        return jnp.ones_like(t)

    def breaks(self) -> tuple[float, ...]:
        return ()


class Ramp(Waveform):
    """From 0 to 1: f = s²(3 − 2s), s = (t − start)/duration held within 0 and 1.

    f and its first derivative are continuous; a duration of zero is a jump to 1 at ``start``.
    """

    start: Scalar
    duration: Scalar

    def at(self, t: Scalar) -> Scalar:
        return _rise(t - self.start, self.duration)

    def breaks(self) -> tuple[float, ...]:
        return _ordered(self.start, self.start + self.duration)


class LinearRamp(Waveform):
    """From 0 to 1 in a straight line: f = (t − start)/duration held within 0 and 1.

    Its slope jumps at both ends; a duration of zero is a jump to 1 at ``start``.
    """

    start: Scalar
    duration: Scalar

    def at(self, t: Scalar) -> Scalar:
        return _part(t - self.start, self.duration)

    def breaks(self) -> tuple[float, ...]:
        return _ordered(self.start, self.start + self.duration)


class Pulse(Waveform):
    """f = R(t) − R(t − duration), with R the ramp that begins at ``start`` and takes ``rise``.

    Up from ``start`` on, down from ``start`` + ``duration`` on, and 0 again after a last ``rise``.
    ∫f dt is the duration for every rise; f reaches 1 if the rise is no longer than the duration.
    """

    start: Scalar
    duration: Scalar
    rise: Scalar

    def at(self, t: Scalar) -> Scalar:
        since = t - self.start
        return _rise(since, self.rise) - _rise(since - self.duration, self.rise)

    def breaks(self) -> tuple[float, ...]:
        end = self.start + self.duration
        return _ordered(self.start, self.start + self.rise, end, end + self.rise)


class Sine(Waveform):
    """f = sin(2π ν (t − start) + phase) from ``start`` on, 0 before; ν in Hz, phase in rad."""

    frequency: Scalar
    phase: Scalar
    start: Scalar

    def at(self, t: Scalar) -> Scalar:
        since = t - self.start
        wave = jnp.sin(2.0 * jnp.pi * self.frequency * since + self.phase)
        return jnp.where(since >= 0.0, wave, 0.0)

    def breaks(self) -> tuple[float, ...]:
        return _ordered(self.start)


class Tabulated(Waveform):
    """Linear interpolation in a table of increasing times; constant beyond its ends."""

    times: Float[Array, " points"]
    values: Float[Array, " points"]

    def at(self, t: Scalar) -> Scalar:
        return jnp.interp(t, self.times, self.values)

    def breaks(self) -> tuple[float, ...]:
        return _ordered(*self.times)


class Modulated(Waveform):
    """f(t) g(t), with g linear between times at which it is known: a drive that reacts.

    Attributes:
        base: f.
    """

    base: Waveform
    times: Float[Array, " points"]
    factors: Float[Array, " points"]

    def at(self, t: Scalar) -> Scalar:
        return self.base.at(t) * jnp.interp(t, self.times, self.factors)

    def breaks(self) -> tuple[float, ...]:
        return self.base.breaks()


def _rise(since: Scalar, duration: Scalar) -> Scalar:
    """The ramp of :class:`Ramp`, ``since`` its begin."""
    part = _part(since, duration)
    return part**2 * (3.0 - 2.0 * part)


def _part(since: Scalar, duration: Scalar) -> Scalar:
    """The share of ``duration`` that has gone by, from 0 to 1."""
    part = jnp.clip(since / jnp.where(duration > 0.0, duration, 1.0), 0.0, 1.0)
    return jnp.where(duration > 0.0, part, jnp.where(since >= 0.0, 1.0, 0.0))


def _ordered(*times: Array) -> tuple[float, ...]:
    return tuple(float(t) for t in np.unique([float(t) for t in times]))
