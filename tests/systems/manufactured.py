"""Manufactured solutions of (5), (6), steady or in time, for any M(x), window and sign of E.

Each of the four components (F, Gx, Gy, Gz) is a constant plus two plane waves,

    y(p, x, t) = c + Σ_w b_w sin θ_w,   θ_w = k_w x/d + q_w p/p0 + ω_w t/t0 + φ_w,

so that ∂x y = Σ b_w (k_w/d) cos θ_w, ∂p y = Σ b_w (q_w/p0) cos θ_w, ∂t y = Σ b_w (ω_w/t0) cos θ_w
need no differencing. Put into the left sides they leave

    S_F = ∂t F + v ∂x F − eE ∂p F + u M·∂x G + F/τ,
    S_G = ∂t G + v ∂x G − eE ∂p G − (J/ħ) M×G + u M ∂x F + G/τ_sf,

the whole right sides. A solver that itself adds <F>/τ and <G>/τ_sf needs only the extra sources
Q_F = S_F − <F>/τ and Q_G = S_G − <G>/τ_sf. The inflow data are the fields themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CHARGE = 1.602176634e-19
HBAR = 6.62607015e-34 / (2.0 * np.pi)


@dataclass(frozen=True)
class Medium:
    """Constants of (5), (6), SI; `u` with the sign with which it stands there."""

    mass: float = 9.1093837015e-31
    u: float = 1.93e5
    momentum_time: float = 1e-15
    spin_flip_time: float = 1e-12
    exchange: float = 0.106 * CHARGE
    electric_field: float = -8e3


@dataclass(frozen=True)
class Manufactured:
    """A seeded exact solution; p, x and t broadcast against each other, vectors come last.

    `time_scale` None gives the steady one. `magnetisation` may depend on time: it is called with
    x alone if steady, with (x, t) if `time_scale` is set.
    """

    magnetisation: Callable[..., Array]
    medium: Medium
    length: float = 5e-9
    momentum_scale: float = 2.0218e-25
    time_scale: float | None = None
    seed: int = 0

    @cached_property
    def _waves(self) -> dict[str, Array]:
        """Coefficients, shape (2 waves, 4 components); c has shape (4,)."""
        rng = np.random.default_rng(self.seed)
        shape = (2, 4)
        moving = 0.0 if self.time_scale is None else 1.0
        return {
            "c": rng.uniform(-0.5, 0.5, 4),
            "b": rng.uniform(0.1, 0.4, shape),
            "k": rng.uniform(1.0, 4.0, shape) * rng.choice([-1.0, 1.0], shape),
            "q": rng.uniform(0.5, 3.0, shape) * rng.choice([-1.0, 1.0], shape),
            "omega": moving * rng.uniform(0.5, 2.0, shape),
            "phi": rng.uniform(0.0, 2.0 * np.pi, shape),
        }

    def _phase(self, p: Array, x: Array, t: float | Array) -> Array:
        """θ_w, shape (…, 2, 4)."""
        w = self._waves
        place = np.asarray(x)[..., None, None] / self.length
        momentum = np.asarray(p)[..., None, None] / self.momentum_scale
        time = np.asarray(t)[..., None, None] / (self.time_scale or 1.0)
        return w["k"] * place + w["q"] * momentum + w["omega"] * time + w["phi"]

    def fields(self, p: Array, x: Array, t: float | Array = 0.0) -> tuple[Array, Array]:
        """F (…) and G (…, 3)."""
        w = self._waves
        y = w["c"] + np.sum(w["b"] * np.sin(self._phase(p, x, t)), axis=-2)
        return y[..., 0], y[..., 1:]

    def total_source(self, p: Array, x: Array, t: float | Array = 0.0) -> tuple[Array, Array]:
        """S_F (…) and S_G (…, 3) [1/s]."""
        w, medium = self._waves, self.medium
        slope = w["b"] * np.cos(self._phase(p, x, t))
        along_x = np.sum(w["k"] * slope, axis=-2) / self.length
        along_p = np.sum(w["q"] * slope, axis=-2) / self.momentum_scale
        in_time = np.sum(w["omega"] * slope, axis=-2) / (self.time_scale or 1.0)
        velocity = (np.asarray(p) / medium.mass)[..., None]
        carried = in_time + velocity * along_x - CHARGE * medium.electric_field * along_p
        F, G = self.fields(p, x, t)
        M = self._magnetisation(x, t)
        S_F = carried[..., 0] + medium.u * np.sum(M * along_x[..., 1:], axis=-1)
        S_G = carried[..., 1:] + medium.u * M * along_x[..., :1]
        S_G = S_G - medium.exchange / HBAR * np.cross(M, G) + G / medium.spin_flip_time
        return S_F + F / medium.momentum_time, S_G

    def extra_source(
        self, p: Array, x: Array, mean_F: Array, mean_G: Array, t: float | Array = 0.0
    ) -> tuple[Array, Array]:
        """Q_F, Q_G [1/s] for a solver that relaxes to `mean_F`, `mean_G` by itself."""
        S_F, S_G = self.total_source(p, x, t)
        medium = self.medium
        return S_F - mean_F / medium.momentum_time, S_G - mean_G / medium.spin_flip_time

    def _magnetisation(self, x: Array, t: float | Array) -> Array:
        return self.magnetisation(x) if self.time_scale is None else self.magnetisation(x, t)
