"""Transport coefficients of the uniform wire in the consistent model, by adaptive quadrature.

In a uniform wire far from its ends δf_± = τ_±S_± solves [C1], [C2]: the average over directions
of S_± vanishes, so that C_F = a δF + b δG, C_G = a δG + b δF, and (a ± b) = 1/τ_±. With the
moments per spin

    K_n^± = ∫ τ_± v_x² (ε_± − µ)ⁿ (−∂f_±/∂ε),   K_n = K_n^+ + K_n^-

the currents are j_e = e²K0 E + (e/T)K1 κ and j_Q = −eK1 E − K2 κ/T. So with j_e = σ(E − Sκ) and
j_Q = Πj_e − κ_e κ: σ = e²K0, S = −K1/(eTK0), Π = ST, κ_e = (K2 − K1²/K0)/T. The spin polarisation
of the current is P = (σ_- − σ_+)/σ, that of the heat-driven one P' = (σ_-S_- − σ_+S_+)/(σS).

"+" and "−" may have times τ_±(ε) that depend on the total energy ε from µ.

With one constant τ, K0 = ∫τ v_x²(−∂f/∂ε) = −∫τ v_x ∂f/∂p_x = (τ/m)∫f: σ = ne²τ/m at every T.
At T → 0, K0^± ∝ τ_± k_±^d (d = 1, 3), k_±² ∝ E_F ∓ J/2.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.integrate import quad
from scipy.special import expit

CHARGE = 1.602176634e-19
PLANCK = 6.62607015e-34
HBAR = PLANCK / (2.0 * np.pi)
BOLTZMANN = 1.380649e-23
BOHR_MAGNETON = 9.2740100783e-24
ELECTRON_MASS = 9.1093837015e-31


@dataclass(frozen=True)
class Constant:
    """Times that do not depend on energy."""

    def factor(self, sign: int, energy: Any, filling: float) -> Any:
        """τ_±(ε) over the time of the electrons; `filling` [J] is the band's below µ."""
        return np.ones_like(energy)

    def slope(self, sign: int, energy: Any, filling: float) -> Any:
        """The derivative of `factor` [1/J]."""
        return np.zeros_like(energy)


@dataclass(frozen=True)
class Power(Constant):
    """(k/k_F±)^{r_±}, k the kinetic energy; as at 10⁻³ k_F± for smaller k."""

    minority: float
    majority: float

    def factor(self, sign: int, energy: Any, filling: float) -> Any:
        ratio = np.maximum(1.0 + energy / filling, 1e-3)
        return ratio ** (self.minority if sign > 0 else self.majority)

    def slope(self, sign: int, energy: Any, filling: float) -> Any:
        ratio = 1.0 + energy / filling
        power = self.minority if sign > 0 else self.majority
        return np.where(ratio > 1e-3, power / filling * self.factor(sign, energy, filling), 0.0) / (
            np.maximum(ratio, 1e-3)
        )


@dataclass(frozen=True)
class Table(Constant):
    """Straight lines between points; `energies` [J], the values over the time of the electrons."""

    energies: tuple[float, ...]
    minority: tuple[float, ...]
    majority: tuple[float, ...]

    def factor(self, sign: int, energy: Any, filling: float) -> Any:
        return np.interp(energy, self.energies, self.minority if sign > 0 else self.majority)

    def slope(self, sign: int, energy: Any, filling: float) -> Any:
        values = np.array(self.minority if sign > 0 else self.majority)
        slopes = np.concatenate([[0.0], np.diff(values) / np.diff(self.energies), [0.0]])
        return slopes[np.searchsorted(self.energies, energy)]


@dataclass(frozen=True)
class Electrons:
    """Constants of the carriers, SI, Table I as defaults; +1 is the minority, −1 the majority."""

    mass: float = ELECTRON_MASS
    fermi_energy: float = 0.14 * CHARGE
    exchange_splitting: float = 0.106 * CHARGE
    time_minority: float = 1e-15
    time_majority: float = 1e-15
    spin_flip_time: float = 1e-12
    channel_density: float | None = None
    dimension: int = 1
    law: Constant = Constant()

    @property
    def beta(self) -> float:
        """β = ħ/(Jτ_sf)."""
        return HBAR / (self.exchange_splitting * self.spin_flip_time)

    @property
    def mean_rate(self) -> float:
        """a [1/s]."""
        return 0.5 * (1.0 / self.time_minority + 1.0 / self.time_majority)

    @property
    def rate_difference(self) -> float:
        """b [1/s]."""
        return 0.5 * (1.0 / self.time_minority - 1.0 / self.time_majority)

    def time(self, sign: int, energy: Any = 0.0) -> Any:
        """τ_±(ε) at ε [J] from µ."""
        at_edge = self.time_minority if sign > 0 else self.time_majority
        filling = self.fermi_energy - 0.5 * sign * self.exchange_splitting
        return at_edge * self.law.factor(sign, np.asarray(energy), filling)

    def time_slope(self, sign: int, energy: Any) -> Any:
        """dτ_±/dε [s/J]."""
        at_edge = self.time_minority if sign > 0 else self.time_majority
        filling = self.fermi_energy - 0.5 * sign * self.exchange_splitting
        return at_edge * self.law.slope(sign, np.asarray(energy), filling)

    @property
    def breaks(self) -> tuple[float, ...]:
        """Energies [J] at which the times have a corner."""
        return self.law.energies if isinstance(self.law, Table) else ()

    def states(self, p: float) -> float:
        """States of one spin per volume and dp, all directions [1/(m³ kg m/s)]."""
        if self.dimension == 3:
            return float(4.0 * np.pi * p**2 / PLANCK**3)
        channels = self.channel_density
        if channels is None:
            channels = 2.0 * self.mass * self.fermi_energy / HBAR**2 / (6.0 * np.pi)
        return float(2.0 * channels / PLANCK)

    def energy(self, p: float, sign: int) -> float:
        """ε_± − µ [J]."""
        shift = 0.5 * sign * self.exchange_splitting - self.fermi_energy
        return p**2 / (2.0 * self.mass) + shift

    def edge(self, sign: int) -> float:
        """Momentum at which ε_± = µ."""
        kinetic = self.fermi_energy - 0.5 * sign * self.exchange_splitting
        return float(np.sqrt(2.0 * self.mass * kinetic))


@dataclass(frozen=True)
class UniformWire:
    """Transport coefficients of `electrons` at one temperature [K]."""

    electrons: Electrons
    temperature: float

    def integral(self, order: int, sign: int) -> float:
        """K_n^± [Jⁿ⁻¹ m⁻¹ s⁻¹]."""
        e, kt = self.electrons, BOLTZMANN * self.temperature

        def integrand(p: float) -> float:
            energy = e.energy(p, sign)
            window = 0.25 / kt / np.cosh(np.clip(0.5 * energy / kt, -350.0, 350.0)) ** 2
            square = (p / e.mass) ** 2 * e.time(sign, energy)
            return e.states(p) * square / e.dimension * (energy / kt) ** order * window

        return float(kt**order * self._integrate(integrand, sign))

    def density(self, sign: int) -> float:
        """Electrons of one spin [1/m³]."""
        e, kt = self.electrons, BOLTZMANN * self.temperature
        return self._integrate(lambda p: e.states(p) * expit(-e.energy(p, sign) / kt), sign)

    def _integrate(self, integrand, sign: int) -> float:
        e, kt = self.electrons, BOLTZMANN * self.temperature
        middle = e.edge(sign)
        energies = np.sort([*(kt * np.array([-40.0, -8.0, 0.0, 8.0, 40.0])), *e.breaks])
        around = energies * 2.0 * e.mass + middle**2
        ends = np.sqrt(np.maximum(np.append(0.0, around), 0.0))
        pieces = pairwise(ends)
        return float(
            sum(quad(integrand, a, b, epsabs=0.0, epsrel=1e-12)[0] for a, b in pieces if b > a)
        )

    def conductivity(self, sign: int | None = None) -> float:
        """σ, or σ_± for a sign [1/(Ω m)]."""
        return CHARGE**2 * sum(self.integral(0, s) for s in _signs(sign))

    def seebeck(self, sign: int | None = None) -> float:
        """S, or S_± for a sign [V/K]."""
        K0, K1 = (sum(self.integral(n, s) for s in _signs(sign)) for n in (0, 1))
        return -K1 / (CHARGE * self.temperature * K0)

    def peltier(self) -> float:
        """Π = ST [V]."""
        return self.seebeck() * self.temperature

    def heat_conductivity(self) -> float:
        """κ_e at zero current [W/(m K)]."""
        K0, K1, K2 = (sum(self.integral(n, s) for s in (1, -1)) for n in range(3))
        return (K2 - K1**2 / K0) / self.temperature

    def polarisation(self) -> float:
        """P."""
        return (self.conductivity(-1) - self.conductivity(1)) / self.conductivity()

    def heat_polarisation(self) -> float:
        """P'."""
        plus, minus = (self.conductivity(s) * self.seebeck(s) for s in (1, -1))
        return (minus - plus) / (self.conductivity() * self.seebeck())

    def wide_wall_velocity(self, saturation: float) -> tuple[float, float]:
        """u in wide textures for 1 V/m and for 1 K/m [m/s]: −µ_B (P j_e)/(e Ms (1 + β²)).

        For the gradient at E = 0, P j_e is e(K1^- − K1^+)κ/T.
        """
        factor = -BOHR_MAGNETON / (CHARGE * saturation * (1.0 + self.electrons.beta**2))
        K0, K1 = (self.integral(n, -1) - self.integral(n, 1) for n in (0, 1))
        return factor * CHARGE**2 * K0, factor * CHARGE * K1 / self.temperature


def _signs(sign: int | None) -> tuple[int, ...]:
    return (1, -1) if sign is None else (sign,)
