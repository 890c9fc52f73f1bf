"""Exact motion of one damped macrospin, dM/dt = −γ0 M×H + α M×dM/dt + T.

Solved for dM/dt with T = 0: (1 + α²) dM/dt = −γ0 M×H − αγ0 M×(M×H). For H = H ẑ and
M = (sin θ cos φ, sin θ sin φ, cos θ) the components along φ̂ and θ̂ are

    φ' = γ0H/(1 + α²),      θ' = −αγ0H sin θ/(1 + α²),

and d ln tan(θ/2) = dθ/sin θ gives tan(θ/2) = tan(θ(0)/2) exp(−αγ0Ht/(1 + α²)).

A torque T = −k M×m with a fixed unit vector m stands in the equation exactly where −γ0 M×H does,
so it is the same motion in the field H = k m/γ0: M relaxes towards m (k > 0).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Macrospin:
    """A macrospin from `start` in a constant `field` [A/m]; γ0 in m/(A s)."""

    start: tuple[float, float, float]
    field: tuple[float, float, float]
    damping: float
    gyromagnetic_ratio: float = 2.21e5

    @classmethod
    def under_torque(
        cls,
        start: tuple[float, float, float],
        m: tuple[float, float, float],
        rate: float,
        damping: float,
        gyromagnetic_ratio: float = 2.21e5,
    ) -> "Macrospin":
        """The motion under T = −rate M×m, `rate` in 1/s."""
        field = rate * np.asarray(m) / gyromagnetic_ratio
        return cls(start, (field[0], field[1], field[2]), damping, gyromagnetic_ratio)

    @property
    def angular_frequency(self) -> float:
        """ω = γ0H/(1 + α²) [1/s]."""
        strength = float(np.linalg.norm(self.field))
        return self.gyromagnetic_ratio * strength / (1.0 + self.damping**2)

    def __call__(self, t: Array) -> Array:
        """M at times t (n,) [s], shape (n, 3)."""
        axis = np.asarray(self.field) / np.linalg.norm(self.field)
        start = np.asarray(self.start) / np.linalg.norm(self.start)
        side = start - (start @ axis) * axis
        sine = np.linalg.norm(side)
        if sine == 0.0:
            return np.broadcast_to(start, (*np.shape(t), 3)).copy()
        first, second = side / sine, np.cross(axis, side / sine)
        angle = self.angular_frequency * np.asarray(t)
        half = sine / (1.0 + start @ axis) * np.exp(-self.damping * angle)
        theta = 2.0 * np.arctan(half)
        around = np.cos(angle)[..., None] * first + np.sin(angle)[..., None] * second
        return np.sin(theta)[..., None] * around + np.cos(theta)[..., None] * axis
