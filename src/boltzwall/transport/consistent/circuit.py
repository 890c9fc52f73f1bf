"""What a texture does to the circuit around it, [C11]: from δG across M to a current density.

In the uniform wire a bias e dφ/dx drives −e v_x τ_±; these numbers, along M, are w = w_F + w_G M.
Multiplying [C1],[C2], with the force ½J ∂xM·∂_{p_x}δG in [C1], by w and integrating over x and p
leaves, with E, the potential φ of the electrons beyond the texture, and the conductivity σ,

    j L = ∫σE dx − [σφ] + ∫W dx,
    W = 2∫[ v_x w_G − ½J ∂_{p_x}w_F ] δG·∂xM,    w_F = −½e v_x(τ_+ + τ_-), w_G = −½e v_x(τ_+ − τ_-).

So W/σ is the field of the texture, whatever made the δG: a current, a gradient, or M in motion. It
is the same as one more solution of [C1],[C2] with the force as its source, with no need for one,
and without what the ends of a finite wire add to that.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.physics.carriers import Carriers
from boltzwall.typing import Vectors


class Even(NamedTuple):
    """<y> and <µ² y> in the cells, (cells, 4, drives, nodes)."""

    mean: Array
    second: Array

    @classmethod
    def of(cls, y: Array, directions: tuple[Array, Array]) -> "Even":
        """From all streams (cells, 4, 2, streams, drives, nodes); cosines and weights."""
        cosines, weights = directions
        parts = (weights, weights * cosines**2)
        return cls(*(jnp.einsum("s,cabsdk->cadk", part, y) for part in parts))


class ChargeWeights(NamedTuple):
    """W = Σ (along <µ²δG> + even <δG>)·∂xM over the momentum nodes; weights in A m."""

    along: Float[Array, " nodes"]
    even: Float[Array, " nodes"]

    @classmethod
    def of(
        cls,
        carriers: Carriers,
        momenta: Float[Array, " nodes"],
        energy: Float[Array, " nodes"],
        *,
        force: bool,
    ) -> "ChargeWeights":
        """Weights at ``momenta``, with both times at ``energy``.

        Arguments:
            force: whether a turning M acts with its force on the electrons.
        """
        v, mass = momenta / carriers.mass, carriers.mass

        def times(energy: Float[Array, " nodes"]) -> tuple[Array, Array]:
            plus, minus = carriers.times(energy)
            return plus + minus + jnp.zeros_like(energy), plus - minus + jnp.zeros_like(energy)

        (both, difference), (slope, _) = jax.jvp(times, (energy,), (jnp.ones_like(energy),))
        along = -ELEMENTARY_CHARGE * v**2 * difference
        if not force:
            return cls(along, jnp.zeros_like(along))
        # w_F = µ h(p): ∂_{p_x}w_F = µ² h' + (1 − µ²) h/p, in 1D h'.
        splitting = -carriers.exchange_splitting
        ratio = -0.5 * ELEMENTARY_CHARGE * both / mass
        change = ratio - 0.5 * ELEMENTARY_CHARGE * v**2 * slope
        if carriers.dimension == 1:
            return cls(along + splitting * change, jnp.zeros_like(along))
        return cls(along + splitting * (change - ratio), splitting * ratio)

    def added(self, turn: Vectors, even: Even) -> Float[Array, "cells drives"]:
        """W in A/m² in the cells, where ``turn`` is ∂xM in 1/m."""
        pushed = even.second[:, 1:] @ self.along + even.mean[:, 1:] @ self.even
        return jnp.einsum("ca,cad->cd", turn, pushed)
