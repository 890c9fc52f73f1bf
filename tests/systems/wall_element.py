"""What a wide wall adds to the current of a wire, in closed form, and the voltage that it pumps.

In a plane wall to first order in θ' the transverse part y = δG_e + iδG_n, e along ∂xM, of electrons
with the momentum p and the direction cosine µ is, docs/consistent-model.md §9,

    (1/τ_sf − iΩ)<y> = θ'<Q>,   (a − iΩ)(y − <y>) = θ'(Q − <Q>),   Q = −v_x G1 + ½J ∂_{p_x}F1,

G1, F1 = ½(τ_+S_+ ∓ τ_-S_-). With the weight K = 2v_x w_G − J ∂_{p_x}w_F of [C11] the wall carries

    W = θ'² S,   S = Σ {<K><Q> Re 1/(1/τ_sf − iΩ) + <(K − <K>)(Q − <Q>)> Re 1/(a − iΩ)},

and ∫θ'²dx = 2/Δ makes R_w = −(2/Δ) S_E/σ² for 1 V/m. Constant times.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.systems.consistent_transport import BOLTZMANN, CHARGE, HBAR, Constant, Electrons

Array = NDArray[np.float64]
_COLD = 10.0  # K: a sharp Fermi edge beside those of the tests


@cache
def _panels() -> tuple[Array, Array]:
    """Gauss points on 200 equal panels of (−1, 1), and their weights."""
    points, weights = np.polynomial.legendre.leggauss(20)
    middles = (np.arange(200) + 0.5) / 100.0 - 1.0
    return (middles[:, None] + points / 200.0).ravel(), np.tile(weights / 200.0, 200)


@dataclass(frozen=True)
class WideWall:
    """Electrons at one temperature [K], on given cosines and weights that add up to one."""

    electrons: Electrons
    temperature: float
    cosines: Array
    weights: Array

    def added(self) -> tuple[float, float]:
        """S for 1 V/m and for 1 K/m [A/m² m²]."""
        e, kt = self.electrons, BOLTZMANN * self.temperature
        low = max(e.fermi_energy - 0.5 * e.exchange_splitting - 40.0 * kt, 0.0)
        high = e.fermi_energy + 0.5 * e.exchange_splitting + 40.0 * kt
        nodes, weights = _panels()
        edges = np.sqrt(2.0 * e.mass * np.array([low, high]))
        p = edges[0] + 0.5 * (edges[1] - edges[0]) * (nodes + 1.0)
        states = np.array([e.states(q) for q in p]) * 0.5 * (edges[1] - edges[0]) * weights
        precession, flip = e.exchange_splitting / HBAR, 1.0 / e.spin_flip_time
        mean, rest = (np.real(1.0 / (rate - 1j * precession)) for rate in (flip, e.mean_rate))
        weight = self._weight(p)
        found = []
        for drive in (0, 1):
            source = self._source(p, drive)
            middles = self._averaged(weight) * self._averaged(source)
            both = self._averaged(weight * source)
            found.append(float(np.sum(states * (mean * middles + rest * (both - middles)))))
        return found[0], found[1]

    def _averaged(self, values: Array) -> Array:
        return np.asarray(self.weights @ values)

    def _bent(self, p: Array, h: Array, slope: Array) -> Array:
        """∂_{p_x} of µ h(p), (cosines, p)."""
        square = self.cosines[:, None] ** 2
        if self.electrons.dimension == 1:
            return square * slope
        return np.asarray(square * slope + (1.0 - square) * h / p)

    def _weight(self, p: Array) -> Array:
        e, v = self.electrons, p / self.electrons.mass
        both = e.time_minority + e.time_majority
        along = -CHARGE * (e.time_minority - e.time_majority) * v**2 * self.cosines[:, None] ** 2
        h = -0.5 * CHARGE * both * v
        bent = self._bent(p, h, np.full_like(p, -0.5 * CHARGE * both / e.mass))
        return np.asarray(along - e.exchange_splitting * bent)

    def _source(self, p: Array, drive: int) -> Array:
        e, v = self.electrons, p / self.electrons.mass
        kt, total = BOLTZMANN * self.temperature, np.zeros((self.cosines.size, p.size))
        for sign in (1, -1):
            energy, time = e.energy(p, sign), e.time(sign)  # type: ignore[arg-type]
            window = 0.25 / kt / np.cosh(0.5 * energy / kt) ** 2
            steep = -window * np.tanh(0.5 * energy / kt) / kt
            force = -CHARGE if drive == 0 else -energy / self.temperature
            change = 0.0 if drive == 0 else -1.0 / self.temperature
            pulled = window * force
            h = 0.5 * time * v * pulled
            slope = 0.5 * time * (pulled / e.mass + v**2 * (steep * force + window * change))
            total -= sign * self.cosines[:, None] ** 2 * v * h
            total += 0.5 * e.exchange_splitting * self._bent(p, h, slope)
        return total


@dataclass(frozen=True)
class EachEnergyForItself:
    """The same for times τ_±(ε): elastic scattering and a texture at rest leave every ε alone.

    An occupation is a sum of sharp edges, f = ∫(−f'(ε)) θ(ε − …)dε, and the electrons at the edge ε
    know no other times than τ_±(ε): S = ∫(−f')(φ) S0(ε; τ_±(ε))dε with the S0 of constant times
    and the filling E_F + ε. No derivative of τ stands in it.
    """

    electrons: Electrons
    temperature: float
    cosines: Array
    weights: Array

    def added(self) -> tuple[float, float]:
        """S for 1 V/m and for 1 K/m [A/m² m²]."""
        kt = BOLTZMANN * self.temperature
        nodes, gauss = np.polynomial.legendre.leggauss(40)
        energies = 20.0 * kt * nodes
        shares = gauss * 5.0 / np.cosh(10.0 * nodes) ** 2  # −∂f/∂ε dε
        edges = np.array([self._edge(energy) for energy in energies])
        drives = (np.ones_like(energies), energies / (CHARGE * self.temperature))
        at_field, at_gradient = (float(np.sum(shares * drive * edges)) for drive in drives)
        return at_field, at_gradient

    def _edge(self, energy: float) -> float:
        e = self.electrons
        channels = e.channel_density or 2.0 * e.mass * e.fermi_energy / HBAR**2 / (6.0 * np.pi)
        sharp = replace(
            e,
            fermi_energy=e.fermi_energy + energy,
            time_minority=float(e.time(1, energy)),
            time_majority=float(e.time(-1, energy)),
            channel_density=channels,
            law=Constant(),
        )
        return WideWall(sharp, _COLD, self.cosines, self.weights).added()[0]
