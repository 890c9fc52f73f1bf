"""Two streams at one speed v in a uniform M: what an injected electron or spin does.

No drive. For each component y let s = ½(y_+ + y_-) = <y>, d = ½(y_+ − y_-) be the even and odd
part in the direction. Half the sum and half the difference of the two streams' equations read,
with w = δG·e1 + iδG·e2 for e1, e2, M right-handed (M×e1 = e2, so that M×δG turns w into iw) and
Ω = J/ħ,

    transverse:    v d' + (1/τ_sf − iΩ) s = 0,   v s' + (a − iΩ) d = 0
    longitudinal:  v d_g' + s_g/τ_sf = 0,        v s_g' + a d_g + b d_F = 0
                   v d_F' = 0,                   v s_F' + a d_F + b d_g = 0

Transverse: s ∝ exp(±kx), k⊥² = (a − iΩ)(1/τ_sf − iΩ)/v², and d = −v s'/(a − iΩ).
Longitudinal: d_F = D is the (constant) charge flow, s_g ∝ exp(±kx) with k∥² = a/(τ_sf v²),
d_g = −(v s_g' + bD)/a and s_F = c + (b/a)s_g − (a − b²/a)D x/v. For τ_+ = τ_- = τ: a = 1/τ, b = 0.

In a wire [0, L] with data y_+(0) and nothing coming in at L, y_-(L) = s − d = 0. An endless wire
keeps only the decaying modes, and D = 0 since s_F must stay finite.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.systems.consistent_transport import HBAR, Electrons

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Injection:
    """Steady state behind x = 0 for one speed [m/s]; `length` may be infinite."""

    electrons: Electrons
    speed: float
    direction: tuple[float, float, float]
    length: float = np.inf

    @property
    def longitudinal_rate(self) -> float:
        """k∥ [1/m]."""
        e = self.electrons
        return float(np.sqrt(e.mean_rate / e.spin_flip_time) / self.speed)

    @property
    def transverse_rate(self) -> complex:
        """k⊥ with a positive real part [1/m]."""
        slow, fast = self._transverse_losses()
        return complex(np.sqrt(slow) * np.sqrt(fast) / self.speed)

    def distribution(self, x: Array, F: float, G: Array) -> Array:
        """(δF, δG) of the streams −v, +v at x (n,), shape (n, 2, 4), for δF, δG (3,) sent in."""
        along, first, second = self._frame()
        longitudinal = self._longitudinal(x, F, float(G @ along))
        w = self._transverse(x, complex(G @ first, G @ second))
        vector = longitudinal[:, 1, :, None] * along
        vector = vector + w.real[..., None] * first + w.imag[..., None] * second
        scalar = longitudinal[:, 0, :, None]
        return np.moveaxis(np.concatenate([scalar, vector], axis=-1), 0, 1)

    def _transverse_losses(self) -> tuple[complex, complex]:
        e = self.electrons
        turn = 1j * e.exchange_splitting / HBAR
        return 1.0 / e.spin_flip_time - turn, e.mean_rate - turn

    def _transverse(self, x: Array, injected: complex) -> Array:
        """w of the streams −v, +v, shape (2, n)."""
        k = self.transverse_rate
        ratio = self.speed * k / self._transverse_losses()[1]
        even = self._waves(k, x)
        odd = ratio * even * np.array([[1.0], [-1.0]])
        ends = self._waves(k, np.array([0.0, self.length]))
        ends_odd = ratio * ends * np.array([[1.0], [-1.0]])
        weights = self._weights((ends + ends_odd)[:, 0], (ends - ends_odd)[:, 1], injected)
        return np.stack([weights @ (even - odd), weights @ (even + odd)])

    def _longitudinal(self, x: Array, F: float, g: float) -> Array:
        """(F, g∥) of the streams −v, +v, shape (2 streams, 2, n)."""
        endless = np.isinf(self.length)
        start = self._longitudinal_modes(np.array([0.0]))[..., 0]
        rows, count = [*(start[1])], 2 if endless else 4
        if not endless:
            rows += [*self._longitudinal_modes(np.array([self.length]))[0, ..., 0]]
        data = np.array([F, g, 0.0, 0.0][:count])
        weights = np.linalg.solve(np.array(rows)[:, :count], data)
        return np.einsum("m,symn->syn", weights, self._longitudinal_modes(x)[:, :, :count])

    def _longitudinal_modes(self, x: Array) -> Array:
        """Streams (−v, +v) × (F, g∥) × modes × x; modes: constant c, exp(−kx), exp(kx − kL), D."""
        e, v, k = self.electrons, self.speed, self.longitudinal_rate
        a, b = e.mean_rate, e.rate_difference
        zero, one = np.zeros_like(x), np.ones_like(x)
        down, up = self._waves(k, x).real
        even_g = np.stack([zero, down, up, zero])
        odd_g = np.stack([zero, v * k / a * down, -v * k / a * up, -b / a * one])
        even_F = b / a * even_g + np.stack([one, zero, zero, -(a - b**2 / a) * x / v])
        odd_F = np.stack([zero, zero, zero, one])
        even, odd = np.stack([even_F, even_g]), np.stack([odd_F, odd_g])
        return np.stack([even - odd, even + odd])

    def _waves(self, k: complex, x: Array) -> Array:
        """exp(−kx) and exp(−k(L − x)), shape (2, n); the second is zero for L = ∞."""
        k = complex(k)
        up = np.zeros(len(x), complex)
        if np.isfinite(self.length):
            up = np.exp(-k * (self.length - x))
        return np.stack([np.exp(-k * np.where(np.isinf(x), 0.0, x)) * np.isfinite(x), up])

    def _weights(self, start: Array, end: Array, injected: complex) -> Array:
        """Amplitudes of the two waves from y_+(0) = injected and y_-(L) = 0."""
        if np.isinf(self.length):
            return np.array([injected / start[0], 0.0])
        return np.linalg.solve(np.array([start, end]), np.array([injected, 0.0]))

    def _frame(self) -> tuple[Array, Array, Array]:
        """M, e1, e2 with M×e1 = e2."""
        along = np.asarray(self.direction) / np.linalg.norm(self.direction)
        first = np.cross(np.eye(3)[np.argmin(np.abs(along))], along)
        first /= np.linalg.norm(first)
        return along, first, np.cross(along, first)
