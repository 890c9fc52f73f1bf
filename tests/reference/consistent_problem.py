"""The consistent steady problem as the reference solver reads it: constants, M(x), T(x)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.reference.meshes import Array, gauss_rule

CHARGE = 1.602176634e-19
PLANCK = 6.62607015e-34
HBAR = PLANCK / (2.0 * np.pi)
BOLTZMANN = 1.380649e-23
BOHR_MAGNETON = 9.2740100783e-24
ELECTRON_MASS = 9.1093837015e-31


Law = Callable[[int, Array], Array]


@dataclass(frozen=True)
class ConsistentProblem:
    """One wire [0, length]; SI units, Table I of the paper as defaults.

    `texture` maps x (…) to unit vectors (…, 3), `temperature` and `temperature_gradient` map x to
    K and K/m. `streams` 2 means 1D electrons, more (even) 3D ones. `boundary`: "reservoir"
    (nothing flows in) or "bulk" (δf_± = τ_±S_± flows in). `channel_density` [1/m²] None stands for
    k_F²/6π. "+" is the minority. `law`: τ_±(ε) and dτ_±/dε from a sign and energies ε from µ [J],
    smooth between `breaks` [J]; without it the times are constant.
    """

    texture: Callable[[Array], Array]
    temperature: Callable[[Array], Array]
    temperature_gradient: Callable[[Array], Array]
    length: float
    streams: int = 2
    boundary: str = "reservoir"
    exchange_force: bool = True
    mass: float = ELECTRON_MASS
    fermi_energy: float = 0.14 * CHARGE
    exchange_splitting: float = 0.106 * CHARGE
    time_minority: float = 1e-15
    time_majority: float = 1e-15
    spin_flip_time: float = 1e-12
    channel_density: float | None = None
    law: tuple[Law, Law] | None = None
    breaks: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.boundary not in ("reservoir", "bulk"):
            raise ValueError(f"unknown boundary {self.boundary!r}")
        if self.streams < 2 or self.streams % 2:
            raise ValueError("streams must be even")

    def directions(self) -> tuple[Array, Array]:
        """Direction cosines, ascending, and weights that add up to one."""
        if self.streams == 2:
            return np.array([-1.0, 1.0]), np.array([0.5, 0.5])
        nodes, weights = gauss_rule(self.streams // 2)
        half, share = 0.5 * (1.0 + nodes), 0.25 * weights
        return np.append(-half[::-1], half), np.append(share[::-1], share)

    def phase_space(self, p: Array) -> Array:
        """States of one spin per volume and dp, all directions together [1/(m³ kg m/s)]."""
        if self.streams > 2:
            return 4.0 * np.pi * p**2 / PLANCK**3
        channels = self.channel_density
        if channels is None:
            channels = 2.0 * self.mass * self.fermi_energy / HBAR**2 / (6.0 * np.pi)
        return np.full_like(p, 2.0 * channels / PLANCK)

    def time(self, sign: int, energy: Array) -> Array:
        """τ_±(ε) and dτ_±/dε, (2, …), at energies from µ [J]."""
        if self.law is not None:
            return np.stack([part(sign, energy) for part in self.law])
        constant = self.time_minority if sign > 0 else self.time_majority
        return np.stack([np.full_like(energy, constant), np.zeros_like(energy)])

    def rates(self, energy: float) -> tuple[float, float]:
        """a and b [1/s] of electrons at ε [J] from µ."""
        plus, minus = (1.0 / float(self.time(s, np.array(energy))[0]) for s in (1, -1))
        return 0.5 * (plus + minus), 0.5 * (plus - minus)

    def energy(self, p: Array, sign: int) -> Array:
        """ε_± − µ [J]."""
        return p**2 / (2.0 * self.mass) + 0.5 * sign * self.exchange_splitting - self.fermi_energy
