"""Exact and nearly exact motion of one wall, cos θ = −σ tanh((x − q)/Δ), easy axis z, hard axis y.

**Steady motion.** Put M(x − vt) with constant φ into dM/dt = −γ0 M×H + α M×dM/dt − u ∂xM +
βu M×∂xM. ∂xM has only a θ-part, M×∂xM only a φ-part. Exchange and anisotropies give
2A θ'' = 2(K + K⊥ sin²φ) sin θ cos θ, thus Δ(φ) = √(A/(K + K⊥ sin²φ)), and the two parts

    σ(v − u) = ½γ0H_KΔ sin 2φ,        αv − βu = σγ0ΔH,

hence v = (σγ0ΔH + βu)/α and sin 2φ = 2(σγ0ΔH + (β − α)u)σ/(αγ0H_KΔ). With a field alone Δ drops
out, sin 2φ = H/H_W with H_W = αH_K/2, and there is no steady motion beyond H_W. With a current
alone it ends where Δ(φ) sin 2φ is largest.

**Turning wall.** For K⊥ ≪ K, so that Δ does not change, φ' = γ0(H − H_W sin 2φ)/(1 + α²): in one
turn by π, which takes T = π(1 + α²)/(γ0√(H² − H_W²)), the mean of φ' is π/T. From
αq'/Δ + σφ' = σγ0H the mean velocity is σ(γ0Δ/α)(H − √(H² − H_W²)/(1 + α²)), which tends to
σαγ0ΔH/(1 + α²).

**No hard axis.** φ turns evenly, q' = (σαγ0ΔH + (1 + αβ)u)/(1 + α²) and
φ' = (γ0H + σ(β − α)u/Δ)/(1 + α²): M = R_z(φ(t)) M0(x − q(t)) solves the equation exactly.
For β = α every u(t) shifts any motion of M along x, M(x − ∫u dt, t), and changes nothing else.
"""

from dataclasses import dataclass

import numpy as np

MU0 = 4e-7 * np.pi


@dataclass(frozen=True)
class Walker:
    """The wall of a wire with A in J/m, K and K⊥ in J/m³, Ms in A/m."""

    damping: float
    stiffness: float
    easy: float
    hard: float
    magnetisation: float
    gyromagnetic_ratio: float = 2.21e5
    reverse: bool = False

    @property
    def sign(self) -> float:
        """σ."""
        return -1.0 if self.reverse else 1.0

    @property
    def anisotropy_field(self) -> float:
        """H_K in A/m."""
        return 2.0 * self.hard / (MU0 * self.magnetisation)

    @property
    def walker_field(self) -> float:
        """H_W in A/m."""
        return 0.5 * self.damping * self.anisotropy_field

    def width(self, tilt: float = 0.0) -> float:
        """Δ in m."""
        return float(np.sqrt(self.stiffness / (self.easy + self.hard * np.sin(tilt) ** 2)))

    def walker_velocity(self, beta: float) -> float:
        """u_W in m/s, by search for the largest Δ sin 2φ."""
        tilt = np.linspace(0.0, 0.5 * np.pi, 20001)
        width = np.sqrt(self.stiffness / (self.easy + self.hard * np.sin(tilt) ** 2))
        push = self.damping * self.gyromagnetic_ratio * self.anisotropy_field
        return float(push * np.max(width * np.sin(2.0 * tilt)) / (2.0 * abs(beta - self.damping)))

    def steady_velocity(self, field: float) -> float:
        """v in m/s in a field |H| < H_W in A/m."""
        tilt = 0.5 * np.arcsin(field / self.walker_field)
        return self.sign * self.gyromagnetic_ratio * self.width(tilt) * field / self.damping

    def period(self, field: float) -> float:
        """The time T in s in which φ turns by π, in a field |H| > H_W."""
        rate = self.gyromagnetic_ratio * np.sqrt(field**2 - self.walker_field**2)
        return float(np.pi * (1.0 + self.damping**2) / rate)

    def turning_velocity(self, field: float) -> float:
        """Mean v in m/s in a field |H| > H_W, for K⊥ ≪ K."""
        rest = np.sqrt(field**2 - self.walker_field**2) / (1.0 + self.damping**2)
        push = self.sign * self.gyromagnetic_ratio * self.width() / self.damping
        return float(push * np.sign(field) * (abs(field) - rest))

    def free_rates(self, field: float, u: float, beta: float) -> tuple[float, float]:
        """(q' in m/s, φ' in 1/s) without a hard axis."""
        alpha, gamma, width = self.damping, self.gyromagnetic_ratio, self.width()
        forward = self.sign * alpha * gamma * width * field + (1.0 + alpha * beta) * u
        turn = gamma * field + self.sign * (beta - alpha) * u / width
        return forward / (1.0 + alpha**2), turn / (1.0 + alpha**2)
