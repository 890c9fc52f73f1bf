"""Sums over momentum: the integrals of (10)–(13), in the frames of the cells."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.physics.electrons import Electrons
from boltzwall.typing import Quad


class MomentWeights(eqx.Module):
    """Quadrature weights times 1, v, ε, εv with ε = p²/2m − µ; shape (momenta, 4)."""

    table: Float[Array, "momenta 4"]

    @classmethod
    def of(cls, electrons: Electrons, p: Array, weights: Array) -> "MomentWeights":
        """The weights on the nodes ``p``."""
        v = p / electrons.mass
        energy = electrons.energy(p)
        return cls(jnp.stack([weights, weights * v, weights * energy, weights * energy * v], -1))

    def all(self, y: Quad) -> Float[Array, "cells 4 4"]:
        """∫(1, v, ε, εv) y dp: (cells, unknown, weight)."""
        return jnp.stack([part @ self.table for part in y], axis=1)

    def flux(self, y: Quad) -> Float[Array, "cells 4 2"]:
        """∫(1, v) y dp: (cells, unknown, weight)."""
        return jnp.stack([part @ self.table[:, :2] for part in y], axis=1)

    def density(self, y: Quad) -> Float[Array, "cells 4"]:
        """∫y dp: (cells, unknown)."""
        return jnp.stack([part @ self.table[:, 0] for part in y], axis=1)


class Sums(eqx.Module):
    """Sums over momentum in each cell; the axis of four is (F, G·M, G·e₁, G·e₂).

    While a batch is solved its members are an axis behind the cells.

    Attributes:
        mean: of the cell average of the distributions, with weights 1, v, ε, εv.
        faces: of the distributions at the left face of each cell, in the frame of the cell, and at
            the right end of the wire, in the frame of the last cell; with weights 1, v.
        equilibrium: of <F>, <G>, with weight 1.
        window_end: −eE times the difference between the ends of the window.
    """

    mean: Float[Array, "cells *members 4 4"]
    faces: Float[Array, "faces *members 4 2"]
    equilibrium: Float[Array, "cells *members 4"]
    window_end: Float[Array, "cells *members 4"]

    @classmethod
    def zero(cls, cells: int) -> "Sums":
        """Sums over no momenta."""
        return cls(
            jnp.zeros((cells, 4, 4)),
            jnp.zeros((cells + 1, 4, 2)),
            jnp.zeros((cells, 4)),
            jnp.zeros((cells, 4)),
        )

    def rise(self, rotations: Float[Array, "cells 3 3"]) -> Float[Array, "cells 4 2"]:
        """Value at the right face minus value at the left face, in the frame of each cell.

        Arguments:
            rotations: from the frame of the cell before into the frame of each cell.
        """
        beyond = self.faces[1:]
        back = jnp.einsum("cba,cbw->caw", rotations[1:], beyond[:-1, 1:])
        right = beyond.at[:-1, 1:].set(back)
        return right - self.faces[:-1]
