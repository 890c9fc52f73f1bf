"""What a texture does to the circuit around it, [C11]: from δG across M to a current density.

In the uniform wire a bias e dφ/dx drives −e v_x τ_±; these numbers, along M, are w = w_F + w_G M.
Multiplying [C1],[C2], with the force ½J ∂xM·∂_{p_x}δG in [C1], by w and integrating over x and p
leaves, with E, the potential φ of the electrons beyond the texture, and the conductivity σ,

    j L = ∫σE dx − [σφ] + ∫W dx,
    W = 2∫[ v_x w_G − ½J ∂_{p_x}w_F ] δG·∂xM,    w_F = −½e v_x(τ_+ + τ_-), w_G = −½e v_x(τ_+ − τ_-).

So W/σ is the field of the texture, whatever made the δG: a current, a gradient, or M in motion. It
is the same as one more solution of [C1],[C2] with the force as its source, with no need for one,
and without what the ends of a finite wire add to that.

Scattering keeps the energy ε of an electron, and both times of a node are those at its ε: the two
spin states of an electron across M have different p, not different ε. So ∂_{p_x}w_F, which tells
what the difference in p makes, is taken at fixed times.
"""

from typing import NamedTuple

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

        times = carriers.times(energy)
        both = times.minority + times.majority + jnp.zeros_like(v)
        difference = times.minority - times.majority + jnp.zeros_like(v)
        along = -ELEMENTARY_CHARGE * v**2 * difference
        if not force:
            return cls(along, jnp.zeros_like(along))
        # w_F = µ h, h ∝ p at fixed times: ∂_{p_x}w_F = µ² h' + (1 − µ²) h/p = h/p.
        pushed = 0.5 * ELEMENTARY_CHARGE * carriers.exchange_splitting * both / mass
        if carriers.dimension == 1:
            return cls(along + pushed, jnp.zeros_like(along))
        return cls(along, pushed)

    def added(self, turn: Vectors, even: Even) -> Float[Array, "cells drives"]:
        """W in A/m² in the cells, where ``turn`` is ∂xM in 1/m."""
        pushed = even.second[:, 1:] @ self.along + even.mean[:, 1:] @ self.even
        return jnp.einsum("ca,cad->cd", turn, pushed)
