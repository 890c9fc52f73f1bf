"""A laser spot that warms the wire."""

import math

import equinox as eqx
import jax.numpy as jnp

from boltzwall.typing import PerCell, Scalar

_HALVED = 4.0 * math.log(2.0)
_CUT = 2.0  # durations from its middle at which a Gaussian pulse is 2⁻¹⁶ of its peak


class Laser(eqx.Module):
    """Absorbed power per volume, F/h · s(t) · 2^(−4(x − x0 − v(t − t0))²/W²), [H6].

    Attributes:
        fluence: F, absorbed in the middle of the spot, J/m².
        position: x0, where the middle is at the middle of the pulse, m.
        width: W, full at half maximum, m.
        velocity: v of the spot, m/s.
        time: t0, middle of the pulse, s.
        duration: full at half maximum, s; ∫s dt = 1.
        square: whether the pulse is constant for its duration, instead of a Gaussian.
    """

    fluence: Scalar
    position: Scalar
    width: Scalar
    velocity: Scalar
    time: Scalar
    duration: Scalar
    square: bool = eqx.field(static=True)

    def intensity(self, t: Scalar, x: PerCell) -> PerCell:
        """Absorbed power in W/m² of the wire's surface."""
        since = t - self.time
        part = since / self.duration
        if self.square:
            shape = jnp.where(jnp.abs(part) < 0.5, 1.0, 0.0)
        else:
            shape = math.sqrt(_HALVED / math.pi) * jnp.exp(-_HALVED * part**2)
        away = (x - self.position - self.velocity * since) / self.width
        return self.fluence / self.duration * shape * jnp.exp(-_HALVED * away**2)

    def breaks(self) -> tuple[float, ...]:
        """Times in s at which steps should end, so that none leaps over the pulse."""
        time, duration = float(self.time), float(self.duration)
        parts = (-0.5, 0.5) if self.square else (-_CUT, -0.5, 0.0, 0.5, _CUT)
        return tuple(time + part * duration for part in parts)
