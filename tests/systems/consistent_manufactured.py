"""Manufactured solutions of [C1], [C2] for any M(x), any directions, at one or many momenta.

Each component y of (δF, δG) is a constant plus two plane waves in x, µ and p,

    y(x, µ, p) = c + Σ_w b_w sin θ_w,   θ_w = k_w x/L + r_w µ + q_w p/p0 + φ_w,

so ∂x y = Σ b_w (k_w/L) cos θ_w. The source that makes it exact is the whole left side, with the
average over the given directions and with an extra loss rate `shift` on every component.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tests.systems.consistent_transport import HBAR, Electrons

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ManufacturedStreams:
    """A seeded exact solution; x, µ and p broadcast against each other, components come last."""

    texture: Callable[[Array], Array]
    electrons: Electrons
    length: float
    mu: tuple[float, ...] = (-1.0, 1.0)
    weights: tuple[float, ...] = (0.5, 0.5)
    shift: float = 0.0
    momentum_scale: float = 2.0218e-25
    seed: int = 0

    @cached_property
    def _waves(self) -> dict[str, Array]:
        """Coefficients, shape (2 waves, 4 components); c has shape (4,)."""
        rng = np.random.default_rng(self.seed)
        shape = (2, 4)
        return {
            "c": rng.uniform(-0.5, 0.5, 4),
            "b": rng.uniform(0.1, 0.4, shape),
            "k": rng.uniform(1.0, 5.0, shape) * rng.choice([-1.0, 1.0], shape),
            "r": rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape),
            "q": rng.uniform(0.5, 3.0, shape) * rng.choice([-1.0, 1.0], shape),
            "phi": rng.uniform(0.0, 2.0 * np.pi, shape),
        }

    def fields(self, x: Array, mu: Array, p: float | Array) -> Array:
        """(δF, δG) (…, 4)."""
        w = self._waves
        return w["c"] + np.sum(w["b"] * np.sin(self._phase(x, mu, p)), axis=-2)

    def mean(self, x: Array, p: float | Array) -> Array:
        """Average over the directions (…, 4)."""
        pairs = zip(self.weights, self.mu, strict=True)
        return sum((w * self.fields(x, np.array(m), p) for w, m in pairs), np.zeros(4))

    def source(self, x: Array, mu: Array, p: float | Array) -> Array:
        """The right sides (…, 4) [1/s] of which `fields` is the solution."""
        e, w = self.electrons, self._waves
        y, M = self.fields(x, mu, p), self.texture(np.asarray(x))
        slope = np.sum(w["b"] * w["k"] * np.cos(self._phase(x, mu, p)), axis=-2) / self.length
        mean = self.mean(x, p)
        excess = y - mean
        speed = (np.asarray(p) * np.asarray(mu) / e.mass)[..., None]
        right = speed * slope + e.mean_rate * excess + self.shift * y
        right[..., 0] += e.rate_difference * np.sum(M * excess[..., 1:], axis=-1)
        right[..., 1:] += e.rate_difference * M * excess[..., :1] + mean[..., 1:] / e.spin_flip_time
        right[..., 1:] -= e.exchange_splitting / HBAR * np.cross(M, y[..., 1:])
        return right

    def _phase(self, x: Array, mu: Array, p: float | Array) -> Array:
        """θ_w (…, 2, 4)."""
        w = self._waves
        place = np.asarray(x)[..., None, None] / self.length
        momentum = np.asarray(p)[..., None, None] / self.momentum_scale
        direction = np.asarray(mu)[..., None, None]
        return w["k"] * place + w["r"] * direction + w["q"] * momentum + w["phi"]
