"""A wall as two numbers: its position q and the angle φ of M in its middle.

The profile is cos θ = −σ tanh((x − q)/Δ) with σ = 1, or −1 for the reversed wall, θ the angle from
the easy axis a, and φ the angle of M about it, from e₁ towards e₂; e₁, e₂, a is a right-handed
frame: x, y, z for walls between domains along z, y, z, x for head-to-head walls. N. L. Schryer and
L. R. Walker, J. Appl. Phys. 45, 5406 (1974); with currents A. Thiaville et al., Europhys. Lett. 69,
990 (2005); with DMI and spin–orbit torques A. Thiaville et al., Europhys. Lett. 100, 57002 (2012).
Derived in docs/equations.md, [M14].
"""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.typing import Batch, Scalar

Field = Batch | tuple[Batch, Batch, Batch]
Push = tuple[Batch, Batch] | tuple[float, float]
_ANGLES = np.linspace(0.0, 2.0 * np.pi, 1441)  # with all multiples of π/4


class CollectiveWall(eqx.Module):
    """The constants of a wall whose motion is that of (q, φ).

    Attributes:
        gyromagnetic_ratio: γ0 in m/(A s).
        damping: α > 0.
        magnetisation: Ms in A/m.
        stiffness: A in J/m.
        easy: K in J/m³, of the easy axis a in the plane of e₁; K > 0 and K + K⊥ > 0.
        hard: K⊥ in J/m³, of the axis e₂.
        orientation: σ, 1 for M·a falling along x, −1 for the reversed wall.
        chiral: D₁, D₂ in J/m², of the energy πσ(D₁ cos φ + D₂ sin φ).
    """

    gyromagnetic_ratio: Scalar
    damping: Scalar
    magnetisation: Scalar
    stiffness: Scalar
    easy: Scalar
    hard: Scalar
    orientation: Scalar
    chiral: Float[Array, " 2"]

    @property
    def anisotropy_field(self) -> Scalar:
        """H_K = 2K⊥/(µ0Ms) in A/m."""
        return 2.0 * self.hard / (VACUUM_PERMEABILITY * self.magnetisation)

    def width(self, tilt: Batch) -> Batch:
        """Δ = √(A/(K + K⊥ sin²φ)) in m, [M8a]: at each φ that of least energy.

        It is exact for a wall that moves steadily, and √(A/K) where K⊥ is small beside K.
        """
        return jnp.sqrt(self.stiffness / (self.easy + self.hard * jnp.sin(tilt) ** 2))

    def energy(self, tilt: Batch) -> Batch:
        """4√(A(K + K⊥ sin²φ)) + πσ(D₁ cos φ + D₂ sin φ) in J/m², [M8b]."""
        plain = 4.0 * jnp.sqrt(self.stiffness * (self.easy + self.hard * jnp.sin(tilt) ** 2))
        one, two = self.chiral
        turned = one * jnp.cos(tilt) + two * jnp.sin(tilt)
        return plain + jnp.pi * self.orientation * turned

    def twist(self, tilt: Batch) -> Batch:
        """h = (∂E/∂φ)/(2µ0MsΔ) in A/m: ½H_K sin 2φ + πσ(D₂ cos φ − D₁ sin φ)/(2µ0MsΔ), [M15]."""
        one, two = self.chiral
        moment = 2.0 * VACUUM_PERMEABILITY * self.magnetisation * self.width(tilt)
        turned = two * jnp.cos(tilt) - one * jnp.sin(tilt)
        plain = 0.5 * self.anisotropy_field * jnp.sin(2.0 * tilt)
        return plain + jnp.pi * self.orientation * turned / moment

    def rates(
        self, tilt: Batch, field: Field, u: Batch, beta: Batch, push: Push = (0.0, 0.0)
    ) -> tuple[Batch, Batch]:
        """(q' in m/s, φ' in 1/s), [M8], [M15]:

        (1 + α²) q' = σγ0Δ(αH + h) + (1 + αβ)u,   (1 + α²) φ' = γ0(H − αh) + σ(β − α)u/Δ,
        H = H_a + ½π(H_DL,₂ cos φ − H_DL,₁ sin φ),   h = twist + ½π(H₁ sin φ − H₂ cos φ).

        Arguments:
            tilt: φ in rad.
            field: H_a along the easy axis in A/m; or (H_a, H₁, H₂).
            u: in m/s, of the torque −u ∂xM + βu M×∂xM.
            push: H_DL ŝ along e₁ and e₂ in A/m, of the torque −γ0 H_DL M×(M×ŝ).
        """
        gamma, alpha, delta = self.gyromagnetic_ratio, self.damping, self.width(tilt)
        along, one, two = field if isinstance(field, tuple) else (field, 0.0, 0.0)
        cosine, sine = jnp.cos(tilt), jnp.sin(tilt)
        along = along + 0.5 * jnp.pi * (push[1] * cosine - push[0] * sine)
        twist = self.twist(tilt) + 0.5 * jnp.pi * (one * sine - two * cosine)
        forward = self.orientation * gamma * delta * (alpha * along + twist)
        forward = forward + (1.0 + alpha * beta) * u
        turn = gamma * (along - alpha * twist) + self.orientation * (beta - alpha) * u / delta
        return forward / (1.0 + alpha**2), turn / (1.0 + alpha**2)

    @property
    def walker_field(self) -> Scalar:
        """H_W = α max h in A/m, [M8c]: below it, without a current, φ comes to rest.

        αH_K/2 without DMI.
        """
        return self.damping * jnp.max(self.twist(jnp.asarray(_ANGLES)))

    def walker_velocity(self, beta: Batch) -> Batch:
        """u_W = αγ0 max(Δh)/|β − α| in m/s, [M8d]: the u below which φ comes to rest.

        Without DMI the largest of Δ sin 2φ, of 4s(1 − s)/(1 + κs), s = sin²φ, κ = K⊥/K, is at
        s = 1/(1 + √(1 + κ)); for κ → 0, u_W = αγ0ΔH_K/(2|β − α|); infinite for β = α.
        """
        s = 1.0 / (1.0 + jnp.sqrt(1.0 + jnp.maximum(self.hard / self.easy, 0.0)))
        tilt = jnp.arcsin(jnp.sqrt(s))
        angles = jnp.concatenate([jnp.asarray([tilt, jnp.pi - tilt]), jnp.asarray(_ANGLES)])
        largest = jnp.max(jnp.abs(self.width(angles) * self.twist(angles)))
        return self.damping * self.gyromagnetic_ratio * largest / jnp.abs(beta - self.damping)

    def steady_velocity(self, tilt: Batch, field: Batch, u: Batch, beta: Batch) -> Batch:
        """v = (σγ0Δ(φ)H + βu)/α in m/s, [M8e], of a wall whose φ rests."""
        pushed = self.orientation * self.gyromagnetic_ratio * self.width(tilt) * field
        return (pushed + beta * u) / self.damping

    def mean_velocity(self, field: Batch, u: Batch, beta: Batch) -> Batch:
        """v = (σαγ0√(A/K)H + (1 + αβ)u)/(1 + α²) in m/s, [M8f], over many turns of φ.

        The limit far above Walker, or without a hard axis, where φ turns evenly.
        """
        alpha = self.damping
        still = self.width(jnp.zeros(()))
        pushed = self.orientation * alpha * self.gyromagnetic_ratio * still * field
        return (pushed + (1.0 + alpha * beta) * u) / (1.0 + alpha**2)
