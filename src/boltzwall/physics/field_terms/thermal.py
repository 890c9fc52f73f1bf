"""The random field of the thermal bath, [M6]."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Int, PRNGKeyArray, UInt32

from boltzwall.constants import BOLTZMANN, VACUUM_PERMEABILITY
from boltzwall.physics.field_terms.term import Cells
from boltzwall.typing import AnyShape, PerCell, Scalar, Vectors

Key = PRNGKeyArray | UInt32[Array, " 2"]


def thermal_field_strength(
    cells: Cells,
    cross_section: Scalar,
    temperature: PerCell,
    damping: AnyShape,
    gyromagnetic_ratio: Scalar,
    time_step: Scalar,
) -> PerCell:
    """σ = √(2αk_BT/(γ0 µ0 Ms V dt)) in A/m of each component of a field held for one step dt.

    White noise ⟨h_a(t) h_b(t')⟩ = 2D δ_ab δ(t − t') has the variance 2D/dt when held for dt. D
    follows from dM/dt = −γ0 M × (H + h) + α M × dM/dt. The noise stands beside H in both terms of
    the explicit form, dM/dt = −γ0/(1 + α²) [M × (H + h) + α M × (M × (H + h))]. In Stratonovich's
    sense its diffusion on the sphere is D γ0² (1 + α²)/(1 + α²)² = D γ0²/(1 + α²), since M × h and
    M × (M × h) are at right angles. The drift down the energy E = −µ0 Ms V M·H is
    −αγ0/((1 + α²) µ0 Ms V) ∇E. The probability exp(−E/k_BT) carries no current when the drift's
    factor is the diffusion over k_BT, where 1 + α² cancels: D = αk_BT/(γ0 µ0 Ms V) for every α.
    (Noise in the precession term alone would need 1 + α² times as much.)

    Source: W. F. Brown, Phys. Rev. 130, 1677 (1963).

    Arguments:
        cells: the wire; V = dx S times the nominal cross-section.
        cross_section: the nominal one, m².
        temperature: T in K.
        damping: α, one number or one of each cell.
        gyromagnetic_ratio: γ0 = µ0|γ| in m/(A s).
        time_step: dt in s.
    """
    moment = VACUUM_PERMEABILITY * cells.magnetisation * cells.volume * cross_section
    variance = 2.0 * damping * BOLTZMANN * temperature / (gyromagnetic_ratio * moment * time_step)
    return jnp.sqrt(variance)


def thermal_field(strength: PerCell, key: Key, step: int | Int[Array, ""]) -> Vectors:
    """H_th in A/m of the step: normal numbers that depend on key and step alone.

    The integrator must take the noise in Stratonovich's sense (Heun's or the midpoint rule), with
    the same field in all its stages.
    """
    noise = jax.random.normal(jax.random.fold_in(key, step), (strength.shape[0], 3))
    return strength[:, None] * noise
