"""Exact solution of the consistent model in an endless spiral at one temperature.

M = (cos qx, sin qx, 0). With e1 = M, e2 = ∂xM/q, e3 = M×e2 = ẑ: ∂x e1 = q e2, ∂x e2 = −q e1,
M×e2 = e3, M×e3 = −e2. The drive does not depend on x in this frame, hence δF and the components
of δG = g1 e1 + g2 e2 + g3 e3 do not either, and [C1], [C2] become, for each p and stream,

    a(F − <F>) + b(g1 − <g1>) = µ s_F
    −v_x q g2 + a(g1 − <g1>) + b(F − <F>) + <g1>/τ_sf = µ s_G
     v_x q g1 + (J/ħ) g3 + a(g2 − <g2>) + <g2>/τ_sf = ½Jq (µ²h' + (1 − µ²)h/p)
    −(J/ħ) g2 + a(g3 − <g3>) + <g3>/τ_sf = 0

4N linear equations. Only <F> is left open by them (a constant density); it is zero here.

The average of the last line, (J/ħ)<g2> = <g3>/τ_sf, holds at each p, whatever N, τ_± and the
force. With T_sd = c M×m_n = c(m2 e3 − m3 e2), c > 0: u = −T·∂xM/q² = c m3/q and
β_eff = T·(M×∂xM)/(u q²) = m2/m3 = ħ/(Jτ_sf) exactly. Only u depends on q; for q → 0 it is the
wide wall's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import roots_legendre

from tests.systems.consistent_transport import (
    BOHR_MAGNETON,
    BOLTZMANN,
    CHARGE,
    HBAR,
    Electrons,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Spiral:
    """Texture of wave number q [1/m]: x (…) -> unit vectors (…, 3)."""

    q: float

    def __call__(self, x: Array) -> Array:
        angle = self.q * np.asarray(x)
        return np.stack([np.cos(angle), np.sin(angle), np.zeros_like(angle)], axis=-1)


@dataclass(frozen=True)
class SpiralSolution:
    """Response to 1 V/m (row 0) and to the temperature gradient (row 1) of every result.

    `mu`, `weights`: direction cosines and weights that add up to one; ±1 with ½ each are 1D
    electrons. `gradient` [K/m] drives, `temperature` [K] is taken as constant.
    """

    electrons: Electrons
    q: float
    temperature: float
    gradient: float
    mu: tuple[float, ...] = (-1.0, 1.0)
    weights: tuple[float, ...] = (0.5, 0.5)
    exchange_force: bool = True

    def components(self, p: float) -> Array:
        """(F, g1, g2, g3) in the co-moving frame, shape (2, N, 4).

        What each band drives keeps its energy, and has both times of that energy.
        """
        return self._driven(p, 1) + self._driven(p, -1)

    def _driven(self, p: float, sign: int) -> Array:
        """The components that one band drives."""
        e, mu, count = self.electrons, np.array(self.mu), len(self.mu)
        energy = e.energy(p, sign)
        matrix = self._matrix(p, energy).transpose(0, 2, 1, 3).reshape(4 * count, 4 * count)
        pull, slope = 0.5 * self._band(p, sign)
        right = np.zeros((2, count, 4))
        right[..., 0] = np.outer(pull, mu)
        right[..., 1] = sign * np.outer(pull, mu)
        if self.exchange_force:
            time, change = e.time(sign, energy), e.time_slope(sign, energy)
            bent = time * slope + change * p / e.mass * pull
            bend = np.outer(bent, mu**2) + np.outer(time * pull, 1.0 - mu**2) / p
            right[..., 2] = 0.5 * e.exchange_splitting * self.q * bend
        return np.reshape(np.linalg.solve(matrix, right.reshape(2, -1).T).T, right.shape)

    def distribution(self, p: float, x: Array) -> Array:
        """(δF, δG) in Cartesian components at x (n,), shape (2, n, N, 4)."""
        F, g1, g2, g3 = np.moveaxis(self.components(p)[:, None], -1, 0)
        angle = self.q * np.asarray(x)[:, None]
        cosine, sine = np.cos(angle), np.sin(angle)
        parts = (F, g1 * cosine - g2 * sine, g1 * sine + g2 * cosine, g3)
        return np.stack(np.broadcast_arrays(*parts), axis=-1)

    def spin_density(self) -> Array:
        """(m1, m2, m3) along e1, e2, e3, shape (2, 3) [1/m³]."""
        p, width = self._momenta()
        mean = np.array([np.einsum("i,dia->da", self.weights, self.components(q)) for q in p])
        states = np.array([self.electrons.states(q) for q in p])
        return 2.0 * np.einsum("p,pda->da", width * states, mean)[:, 1:]

    def torque_parameters(self, saturation: float) -> tuple[Array, Array]:
        """u [m/s] and β_eff of the two drives, shape (2,) each."""
        m = self.spin_density()
        rate = self.electrons.exchange_splitting / HBAR * BOHR_MAGNETON / saturation
        return rate * m[:, 2] / self.q, m[:, 1] / m[:, 2]

    def _matrix(self, p: float, energy: float) -> Array:
        """(N, N, 4, 4): rows of the four equations for each stream against each stream."""
        e, count = self.electrons, len(self.mu)
        plus, minus = (1.0 / float(e.time(s, energy)) for s in (1, -1))
        a, b, flip = 0.5 * (plus + minus), 0.5 * (plus - minus), 1.0 / e.spin_flip_time
        scatter = np.diag([a, a, a, a])
        scatter[0, 1] = scatter[1, 0] = b
        gain = scatter - np.diag([a, flip, flip, flip])
        turn = np.zeros((4, 4))
        turn[2, 3], turn[3, 2] = 1.0, -1.0
        bend = np.zeros((4, 4))
        bend[1, 2], bend[2, 1] = -1.0, 1.0
        speed = p / e.mass * np.array(self.mu)
        own = scatter + e.exchange_splitting / HBAR * turn + self.q * speed[:, None, None] * bend
        matrix = np.einsum("ij,iab->ijab", np.eye(count), own)
        return matrix - np.einsum("j,ab->jab", self.weights, gain)

    def _band(self, p: float, sign: int) -> Array:
        """s_± and ds_±/dp for the two drives, shape (2, 2)."""
        e, kt = self.electrons, BOLTZMANN * self.temperature
        energy, speed = e.energy(p, sign), p / e.mass
        y = 0.5 * energy / kt
        window = 0.25 / kt / np.cosh(np.clip(y, -350.0, 350.0)) ** 2
        pull = np.array([-CHARGE, -energy * self.gradient / self.temperature])
        change = np.array([0.0, -self.gradient / self.temperature])
        slope = window * pull / e.mass
        slope += speed**2 * window * (change - np.tanh(y) / kt * pull)
        return np.stack([speed * window * pull, slope])

    def _momenta(self) -> tuple[Array, Array]:
        """Nodes and weights: panels of 3 kT around both edges, 12 Gauss points each."""
        e, kt = self.electrons, BOLTZMANN * self.temperature
        half = 0.5 * abs(e.exchange_splitting) + 36.0 * kt
        low, high = max(e.fermi_energy - half, 0.0), e.fermi_energy + half
        edges = np.linspace(low, high, int((high - low) / (3.0 * kt)) + 2)
        half = 0.5 * e.exchange_splitting
        breaks = np.add.outer(e.breaks, (e.fermi_energy - half, e.fermi_energy + half)).ravel()
        edges = np.union1d(edges, breaks[(breaks > low) & (breaks < high)])
        ends = np.sqrt(2.0 * e.mass * edges)
        nodes, weights = roots_legendre(12)
        size = np.diff(ends)[:, None]
        return (ends[:-1, None] + 0.5 * size * (1.0 + nodes)).ravel(), (
            0.5 * size * weights
        ).ravel()
