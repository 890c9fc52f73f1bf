"""Smooth magnetisation textures as callables: positions (…) [m] -> unit vectors (…, 3).

Each is exact at every x, so that two discretisations can sample it where they like.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Uniform:
    """M along `direction` (normalised here)."""

    direction: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def __call__(self, x: Array) -> Array:
        vector = np.asarray(self.direction) / np.linalg.norm(self.direction)
        return np.broadcast_to(vector, (*np.shape(x), 3)).copy()


@dataclass(frozen=True)
class WangWall:
    """The paper's wall, M = (cos θ, 0, sin θ) with θ = π/2 − πx/d."""

    length: float = 5e-9

    def __call__(self, x: Array) -> Array:
        theta = 0.5 * np.pi - np.pi * np.asarray(x) / self.length
        return np.stack([np.cos(theta), np.zeros_like(theta), np.sin(theta)], axis=-1)


@dataclass(frozen=True)
class TiltedWall:
    """The paper's wall turned rigidly by `angle` about `axis`; no component stays zero."""

    length: float = 5e-9
    axis: tuple[float, float, float] = (1.0, 2.0, -0.5)
    angle: float = 0.7

    def __call__(self, x: Array) -> Array:
        return turn(WangWall(self.length)(x), np.asarray(self.axis), np.asarray(self.angle))


@dataclass(frozen=True)
class TwistedWall:
    """The paper's wall whose plane turns about z by `twist` from x = 0 to x = d."""

    length: float = 5e-9
    twist: float = 1.2

    def __call__(self, x: Array) -> Array:
        angle = self.twist * np.asarray(x) / self.length
        return turn(WangWall(self.length)(x), np.array([0.0, 0.0, 1.0]), angle)


@dataclass(frozen=True)
class RandomTexture:
    """Polar and azimuthal angle are short Fourier sums with seeded random coefficients.

    θ = π/2 + Σ_k a_k sin(kπx/d + φ_k)/k and likewise the azimuth, k = 1 … modes, a_k in (−1, 1).
    """

    seed: int
    length: float = 5e-9
    modes: int = 3

    def __call__(self, x: Array) -> Array:
        rng = np.random.default_rng(self.seed)
        theta = 0.5 * np.pi + self._angle(np.asarray(x), rng)
        phi = 2.0 * self._angle(np.asarray(x), rng)
        sine = np.sin(theta)
        return np.stack([sine * np.cos(phi), sine * np.sin(phi), np.cos(theta)], axis=-1)

    def _angle(self, x: Array, rng: np.random.Generator) -> Array:
        amplitude = rng.uniform(-1.0, 1.0, self.modes)
        phase = rng.uniform(0.0, 2.0 * np.pi, self.modes)
        k = np.arange(1, self.modes + 1)
        waves = np.sin(np.pi * x[..., None] / self.length * k + phase)
        return np.sum(amplitude / k * waves, axis=-1)


def turn(vector: Array, axis: Array, angle: Array) -> Array:
    """Right-handed rotation of `vector` (…, 3) about `axis` (3,) by `angle` (…)."""
    unit = axis / np.linalg.norm(axis)
    cosine, sine = np.cos(angle)[..., None], np.sin(angle)[..., None]
    along = (vector @ unit)[..., None] * unit
    return cosine * vector + sine * np.cross(unit, vector) + (1.0 - cosine) * along
