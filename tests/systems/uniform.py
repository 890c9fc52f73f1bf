"""Exact steady solution of (5), (6) for one momentum in a uniform M, without a field.

Let M, T, <F> and <G> not depend on x and E = 0. The deviations f = F − <F>, g = G − <G> obey

    v f' + u M·g' = −f/τ,      v g' + u M f' = (J/ħ) M×g − g/τ_sf

provided M×<G> = 0. With g = g∥ M + g⊥ they fall apart.

Transverse: in a right-handed frame (e1, e2, M), M×e1 = e2 and M×e2 = −e1, so that
w = g·e1 + i g·e2 obeys v w' = (iJ/ħ − 1/τ_sf) w, hence w = w(0) exp(iJx/ħv − x/(vτ_sf)).

Longitudinal: S (f, g∥)' = −R (f, g∥), S = ((v, u), (u, v)), R = diag(1/τ, 1/τ_sf). The decay rates
k are the eigenvalues of S⁻¹R, the roots of
(v² − u²) k² − v (1/τ + 1/τ_sf) k + 1/(τ τ_sf) = 0; for v > |u| both are positive, and
(f, g∥) = Σ c_i r_i exp(−k_i x) with the eigenvectors r_i and c from the data at x = 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class UniformDecay:
    """Deviation from equilibrium behind x = 0 for one velocity v > |u| [SI].

    `u` carries the sign with which it stands in (5), (6); `precession_rate` is J/ħ.
    """

    velocity: float
    u: float
    momentum_time: float
    spin_flip_time: float
    precession_rate: float
    direction: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def __post_init__(self) -> None:
        if not self.velocity > abs(self.u):
            raise ValueError("the data are all at x = 0 only for v > |u|")

    def decay_rates(self) -> Array:
        """k of the two longitudinal modes [1/m], ascending."""
        v, a, b = self.velocity, 1.0 / self.momentum_time, 1.0 / self.spin_flip_time
        root = np.sqrt((v * (a - b)) ** 2 + 4.0 * self.u**2 * a * b)
        fast = (v * (a + b) + root) / (2.0 * (v**2 - self.u**2))
        return np.array([a * b / ((v**2 - self.u**2) * fast), fast])

    def deviation(self, x: Array, f: float, g: Array) -> tuple[Array, Array]:
        """f(x) (n,) and g(x) (n, 3) from f and g (3,) at x = 0."""
        along, first, second = self._frame()
        w = (g @ first + 1j * (g @ second)) * np.exp(x * self._transverse_exponent())
        longitudinal = self._longitudinal(x, f, float(g @ along))
        vector = np.outer(longitudinal[1], along)
        return longitudinal[0], vector + np.outer(w.real, first) + np.outer(w.imag, second)

    def _transverse_exponent(self) -> complex:
        return (1j * self.precession_rate - 1.0 / self.spin_flip_time) / self.velocity

    def _longitudinal(self, x: Array, f: float, g: float) -> Array:
        """(f, g∥) at x, shape (2, n): every mode solves (kS − R) r = 0."""
        rates = self.decay_rates()
        modes = np.stack([self._mode(k) for k in rates], axis=1)
        weights = np.linalg.solve(modes, np.array([f, g]))
        return modes @ (weights[:, None] * np.exp(-np.outer(rates, x)))

    def _mode(self, rate: float) -> Array:
        """r (2,): either row of (kS − R) r = 0 gives it, the other vanishes for u = 0."""
        u, v = self.u * rate, self.velocity * rate
        rows = np.array([[u, 1.0 / self.momentum_time - v], [1.0 / self.spin_flip_time - v, u]])
        return rows[np.argmax(np.abs(rows).max(axis=1))] / np.abs(rows).max()

    def _frame(self) -> tuple[Array, Array, Array]:
        """M, e1, e2 with M×e1 = e2."""
        along = np.asarray(self.direction) / np.linalg.norm(self.direction)
        first = np.cross(np.eye(3)[np.argmin(np.abs(along))], along)
        first /= np.linalg.norm(first)
        return along, first, np.cross(along, first)
