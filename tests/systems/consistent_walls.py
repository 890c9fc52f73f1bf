"""The Zhang–Li projection of a torque on a wall, and the wall cos θ = −tanh(x/Δ).

A torque that lies across M is T = −u ∂xM + β u M×∂xM + (what is orthogonal to both on average).
Since M×∂xM has the length of ∂xM and is orthogonal to it,

    u = −∫T·∂xM dx / ∫|∂xM|² dx,      β_eff = ∫T·(M×∂xM) dx / (u ∫|∂xM|² dx).

In a wide wall the current is collinear, j_s = jM with j = 2∫v_x ½(δf_+ − δf_-) = P j_e/e (the
charge is −e). With Ω = J/ħ, [C4] reads ΩM×m_n − m_n/τ_sf = j ∂xM, which
m_n = −jτ_sf (∂xM + ξM×∂xM)/(1 + ξ²), ξ = Ωτ_sf, solves. Then
T = (µ_B/Ms) ΩM×m_n = (µ_B/Ms) j (ξ²∂xM − ξM×∂xM)/(1 + ξ²), that is
u = −µ_B P j_e/(eMs(1 + β²)) and β = 1/ξ.

How β_eff leaves β: in a plane wall n = M×∂xM/θ' is a fixed direction and, with e = ∂xM/θ',
[C4] along n reads Ω m_e = ∂x j_n + m_n/τ_sf. So, exactly,
β_eff = ∫θ'm_e/∫θ'm_n = β − ∫θ''j_n dx/(Ω∫θ'm_n dx). To leading order m_n ∝ θ', m_e = βm_n, and
spin that diffuses while it precesses, j/τ − ΩM×j = −v_d²∂x m (v_d² = v² for two streams, v²/3 in
3D), has j_n = −D ∂x m_n with D = v_d²τ(1 + Ωτβ)/(1 + Ω²τ²). Hence

    β_eff/β = 1 + Dτ_sf ∫θ''²dx/∫θ'²dx,      ∫θ''²dx/∫θ'²dx = 1/(3Δ²) for the wall above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TanhWall:
    """M = (sech ζ cos φ, sech ζ sin φ, −tanh ζ), ζ = (x − centre)/width."""

    width: float
    centre: float
    angle: float = 0.0

    def __call__(self, x: Array) -> Array:
        zeta = (np.asarray(x) - self.centre) / self.width
        sech = 1.0 / np.cosh(np.clip(zeta, -350.0, 350.0))
        return np.stack(
            [sech * np.cos(self.angle), sech * np.sin(self.angle), -np.tanh(zeta)], axis=-1
        )

    def gradient(self, x: Array) -> Array:
        """∂xM (…, 3)."""
        zeta = (np.asarray(x) - self.centre) / self.width
        sech = 1.0 / np.cosh(np.clip(zeta, -350.0, 350.0))
        across = -sech * np.tanh(zeta)
        parts = [across * np.cos(self.angle), across * np.sin(self.angle), -(sech**2)]
        return np.stack(parts, axis=-1) / self.width


def project(weights: Array, torque: Array, M: Array, gradient: Array) -> tuple[Array, Array]:
    """u [m/s] and β_eff of torques (…, n, 3); M, ∂xM (n, 3), quadrature weights (n,) in x."""
    square = np.einsum("n,na,na->", weights, gradient, gradient)
    along = np.einsum("n,...na,na->...", weights, torque, gradient) / square
    across = np.einsum("n,...na,na->...", weights, torque, np.cross(M, gradient)) / square
    return -along, -across / along


def leading_beta_ratio(width: float, diffusion: float, spin_flip_time: float) -> float:
    """β_eff/β of `TanhWall` to leading order in 1/width²; `diffusion` is D [m²/s]."""
    return 1.0 + diffusion * spin_flip_time / (3.0 * width**2)
