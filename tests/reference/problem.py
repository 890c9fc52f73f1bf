"""The published steady problem as the reference solver reads it: constants, M(x), T(x), data."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from tests.reference.meshes import Array

CHARGE = 1.602176634e-19
HBAR = 6.62607015e-34 / (2.0 * np.pi)
BOLTZMANN = 1.380649e-23
BOHR_MAGNETON = 9.2740100783e-24
ELECTRON_MASS = 9.1093837015e-31

PhaseSpaceFields = Callable[[Array, Array], tuple[Array, Array]]
EQUILIBRIUM_VECTORS = ("unit-phase", "polarised-phase", "polarised", "rotating", "z-axis")


@dataclass(frozen=True)
class PublishedProblem:
    """One steady problem; SI units, Table I of the paper as defaults.

    `magnetisation` maps x (n,) to unit vectors (n, 3), `temperature` x (n,) to kelvin (n,).
    `source` and `boundary` serve manufactured solutions: each maps (p, x), broadcast against each
    other, to (scalar (…), vector (…, 3)). `source` is added to the right sides of (5), (6), in
    1/s; `boundary` replaces <F>, <G> as the data at all inflow ends.
    """

    magnetisation: Callable[[Array], Array]
    temperature: Callable[[Array], Array]
    p_min: float
    p_max: float
    length: float = 5e-9
    mass: float = ELECTRON_MASS
    fermi_energy: float = 0.14 * CHARGE
    exchange: float = 0.106 * CHARGE
    spinor_velocity: float = 1.93e5
    momentum_time: float = 1e-15
    spin_flip_time: float = 1e-12
    electric_field: float = -8e3
    equilibrium_vector: str = "polarised-phase"
    spin_convention: str = "moment"
    source: PhaseSpaceFields | None = None
    boundary: PhaseSpaceFields | None = None

    def __post_init__(self) -> None:
        if self.equilibrium_vector not in EQUILIBRIUM_VECTORS:
            raise ValueError(f"unknown equilibrium_vector {self.equilibrium_vector!r}")
        if self.spin_convention not in ("as-printed", "moment"):
            raise ValueError(f"unknown spin_convention {self.spin_convention!r}")
        if not self.p_min < self.p_max:
            raise ValueError("p_min must be below p_max")

    @property
    def fermi_momentum(self) -> float:
        """p_F = √(2mE_F) [kg m/s]."""
        return float(np.sqrt(2.0 * self.mass * self.fermi_energy))

    @property
    def signed_u(self) -> float:
        """u as it stands in the equations: −u in the moment convention [m/s]."""
        return -self.spinor_velocity if self.spin_convention == "moment" else self.spinor_velocity

    def equilibrium(self, p: Array, x: Array) -> tuple[Array, Array]:
        """<F> (…) and <G> (…, 3) for p and x that broadcast against each other (x is 1-D last)."""
        kinetic = p**2 / (2.0 * self.mass) - self.fermi_energy
        kt = BOLTZMANN * self.temperature(x)
        minority = expit(-(kinetic + 0.5 * self.exchange) / kt)
        majority = expit(-(kinetic - 0.5 * self.exchange) / kt)
        g0 = 0.5 * (minority - majority)
        return 0.5 * (minority + majority), self._vector(p, x, g0)

    def _vector(self, p: Array, x: Array, g0: Array) -> Array:
        """<G>, one of the readings that the paper leaves open."""
        m = self.magnetisation(x)
        phase_rate = self.exchange * self.mass / (HBAR * p)
        kind = self.equilibrium_vector
        if kind == "polarised":
            return np.abs(g0)[..., None] * m
        if kind == "unit-phase":
            return np.cos(phase_rate * x)[..., None] * m
        if kind == "polarised-phase":
            return (np.abs(g0) * np.cos(phase_rate * x))[..., None] * m
        if kind == "z-axis":
            sign = -1.0 if self.spin_convention == "moment" else 1.0
            return sign * g0[..., None] * np.array([0.0, 0.0, 1.0])
        start = np.where(p > 0.0, 0.0, self.length)
        ends = self.magnetisation(np.array([0.0, self.length]))
        injected = np.where((p > 0.0)[..., None], ends[0], ends[1])
        return np.abs(g0)[..., None] * _rotate(injected, m, phase_rate * (x - start))

    def inflow(self, p: Array, x: Array) -> tuple[Array, Array]:
        """Data at the inflow ends, shapes as in `equilibrium`."""
        return self.equilibrium(p, x) if self.boundary is None else self.boundary(p, x)


def _rotate(vector: Array, axis: Array, angle: Array) -> Array:
    """`vector` turned right-handedly about the unit vector `axis` (Rodrigues)."""
    cosine, sine = np.cos(angle)[..., None], np.sin(angle)[..., None]
    along = np.sum(axis * vector, axis=-1, keepdims=True)
    return cosine * vector + sine * np.cross(axis, vector) + (1.0 - cosine) * along * axis
