"""A wall as two numbers: its position q and the angle φ of M in its middle.

The profile is cos θ = −σ tanh((x − q)/Δ) with σ = 1, or −1 for the reversed wall; easy axis z, hard
axis y, φ = atan2(M_y, M_x). N. L. Schryer and L. R. Walker, J. Appl. Phys. 45, 5406 (1974); with
currents A. Thiaville et al., Europhys. Lett. 69, 990 (2005).
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import VACUUM_PERMEABILITY

Number = Float[Array, "*batch"]
Scalar = Float[Array, ""]


class CollectiveWall(eqx.Module):
    """The constants of a wall whose motion is that of (q, φ).

    Attributes:
        gyromagnetic_ratio: γ0 in m/(A s).
        damping: α > 0.
        magnetisation: Ms in A/m.
        stiffness: A in J/m.
        easy: K > 0 in J/m³, of the easy axis z.
        hard: K⊥ ≥ 0 in J/m³, of the hard axis y.
        orientation: σ, 1 for M_z falling along x, −1 for the reversed wall.
    """

    gyromagnetic_ratio: Scalar
    damping: Scalar
    magnetisation: Scalar
    stiffness: Scalar
    easy: Scalar
    hard: Scalar
    orientation: Scalar

    @property
    def anisotropy_field(self) -> Scalar:
        """H_K = 2K⊥/(µ0Ms) in A/m."""
        return 2.0 * self.hard / (VACUUM_PERMEABILITY * self.magnetisation)

    def width(self, tilt: Number) -> Number:
        """Δ = √(A/(K + K⊥ sin²φ)) in m, [M8a]: at each φ that of least energy.

        It is exact for a wall that moves steadily, and √(A/K) where K⊥ is small beside K.
        """
        return jnp.sqrt(self.stiffness / (self.easy + self.hard * jnp.sin(tilt) ** 2))

    def energy(self, tilt: Number) -> Number:
        """4√(A(K + K⊥ sin²φ)) in J/m², [M8b]."""
        return 4.0 * jnp.sqrt(self.stiffness * (self.easy + self.hard * jnp.sin(tilt) ** 2))

    def rates(self, tilt: Number, field: Number, u: Number, beta: Number) -> tuple[Number, Number]:
        """(q' in m/s, φ' in 1/s), [M8]:

        (1 + α²) q' = σγ0Δ(αH + ½H_K sin 2φ) + (1 + αβ)u,
        (1 + α²) φ' = γ0H − ½αγ0H_K sin 2φ + σ(β − α)u/Δ.

        Arguments:
            tilt: φ in rad.
            field: H along z in A/m.
            u: in m/s, of the torque −u ∂xM + βu M×∂xM.
        """
        gamma, alpha, delta = self.gyromagnetic_ratio, self.damping, self.width(tilt)
        twist = 0.5 * self.anisotropy_field * jnp.sin(2.0 * tilt)
        forward = self.orientation * gamma * delta * (alpha * field + twist)
        forward = forward + (1.0 + alpha * beta) * u
        turn = gamma * (field - alpha * twist) + self.orientation * (beta - alpha) * u / delta
        return forward / (1.0 + alpha**2), turn / (1.0 + alpha**2)

    @property
    def walker_field(self) -> Scalar:
        """H_W = αH_K/2 in A/m, [M8c]: below it, without a current, φ comes to rest."""
        return 0.5 * self.damping * self.anisotropy_field

    def walker_velocity(self, beta: Number) -> Number:
        """u_W = αγ0H_K max(Δ sin 2φ)/(2|β − α|) in m/s, [M8d]: the u below which φ comes to rest.

        Of 4s(1 − s)/(1 + κs), s = sin²φ, κ = K⊥/K, the largest value is at s = 1/(1 + √(1 + κ)).
        For κ → 0 it is αγ0ΔH_K/(2|β − α|); infinite for β = α.
        """
        s = 1.0 / (1.0 + jnp.sqrt(1.0 + self.hard / self.easy))
        tilt = jnp.arcsin(jnp.sqrt(s))
        push = self.damping * self.gyromagnetic_ratio * self.anisotropy_field
        return push * self.width(tilt) * jnp.sin(2.0 * tilt) / (2.0 * jnp.abs(beta - self.damping))

    def steady_velocity(self, tilt: Number, field: Number, u: Number, beta: Number) -> Number:
        """v = (σγ0Δ(φ)H + βu)/α in m/s, [M8e], of a wall whose φ rests."""
        pushed = self.orientation * self.gyromagnetic_ratio * self.width(tilt) * field
        return (pushed + beta * u) / self.damping

    def mean_velocity(self, field: Number, u: Number, beta: Number) -> Number:
        """v = (σαγ0√(A/K)H + (1 + αβ)u)/(1 + α²) in m/s, [M8f], over many turns of φ.

        The limit far above Walker, or without a hard axis, where φ turns evenly.
        """
        alpha = self.damping
        still = self.width(jnp.zeros(()))
        pushed = self.orientation * alpha * self.gyromagnetic_ratio * still * field
        return (pushed + (1.0 + alpha * beta) * u) / (1.0 + alpha**2)
