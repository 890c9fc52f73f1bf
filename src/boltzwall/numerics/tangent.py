"""Linear operators on small changes of a unit-vector field, as complex tridiagonal matrices.

A change δ across M is the complex number c = δ·(e₁ + i e₂) in a frame (e₁, e₂) of each cell, so
that M × δ is i c. A neighbour's change enters through the overlap U = ½ ē_j·e_i of the two frames,
e = e₁ + i e₂: for M that turns by θ from cell to cell, |U| = ½(1 + cos θ). What is left out, the
part of the neighbour's change that is conjugate in c, is of second order in θ; see [M7].
"""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Complex, Float

from boltzwall.numerics.frames import local_frames
from boltzwall.typing import Scalar, Vectors

Cells = Complex[Array, " cells"]


class Coefficients(eqx.Module):
    """(Jc)_i = behind_i c_{i−1} + centre_i c_i + ahead_i c_{i+1}, in 1/s, neighbours along M_i."""

    behind: Cells
    centre: Cells
    ahead: Cells


class TangentOperator(eqx.Module):
    """J about one field of unit vectors, ready to solve (1 − s J) x = b."""

    frames: Float[Array, "cells 3 3"]
    lower: Cells
    diagonal: Cells
    upper: Cells

    @classmethod
    def of(cls, m: Vectors, coefficients: Coefficients) -> "TangentOperator":
        """Put the overlaps of the frames of ``m`` into the coefficients."""
        frames = local_frames(m)
        e = frames[:, 1] + 1j * frames[:, 2]
        overlap = 0.5 * jnp.sum(jnp.conj(e[:-1]) * e[1:], axis=-1)  # of i in the frame of i + 1
        return cls(
            frames,
            jnp.pad(overlap, (1, 0)) * coefficients.behind,
            coefficients.centre,
            jnp.pad(jnp.conj(overlap), (0, 1)) * coefficients.ahead,
        )

    def solve(self, scale: Scalar, b: Vectors) -> Vectors:
        """x of (1 − s J) x = b; the part of b along M stays as it is."""
        m, first, second = (self.frames[:, k] for k in range(3))
        c = jnp.sum(first * b, axis=-1) + 1j * jnp.sum(second * b, axis=-1)
        matrix = (-scale * self.lower, 1.0 - scale * self.diagonal, -scale * self.upper)
        x = jax.lax.linalg.tridiagonal_solve(*matrix, c[:, None])[:, 0]
        kept = jnp.sum(m * b, axis=-1)[:, None] * m
        return kept + jnp.real(x)[:, None] * first + jnp.imag(x)[:, None] * second
