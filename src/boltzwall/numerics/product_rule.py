"""Integrals of a narrow source times a smooth response: interpolate the one, integrate the other.

For a weight W on a fine grid the n nodes are those of Gauss's rule for W. A response r(p), known at
the nodes, is replaced by its interpolating polynomial Σ_k r_k ℓ_k(p), and every source s(p) of a
similar shape is integrated against the ℓ_k on the fine grid: ∫ r s dp = Σ_k r_k ∫ ℓ_k s dp. The sum
of the ℓ_k is 1 and that of their derivatives 0, so that moments that vanish for every smooth
response vanish for the sums too.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.typing import Scalar

Fine = Float[Array, " fine"]


class ProductRule(NamedTuple):
    """Nodes, and on the fine grid the Lagrange polynomials ℓ_k and ℓ_k' of those nodes."""

    nodes: Float[Array, " nodes"]
    basis: Float[Array, "fine nodes"]
    slope: Float[Array, "fine nodes"]

    @classmethod
    def of(cls, points: Fine, weights: Fine, count: int) -> "ProductRule":
        """For the discrete weight ``weights`` ≥ 0 at ``points``; ``count`` nodes.

        Orthonormal polynomials by Lanczos' recurrence, reorthogonalised; the nodes are the
        eigenvalues of the Jacobi matrix and λ_k Σ_j π_j(p_k) π_j(p) is ℓ_k.
        """
        total = jnp.sum(weights)
        centre = jnp.sum(weights * points) / total
        scale = jnp.sqrt(jnp.sum(weights * (points - centre) ** 2) / total)
        t, root = (points - centre) / scale, jnp.sqrt(weights / total)
        diagonal, off = _lanczos(t, root, count)
        beside = jnp.diag(off[:-1], 1)
        nodes = jnp.linalg.eigvalsh(jnp.diag(diagonal) + beside + beside.T)
        at_nodes, _ = _polynomials(nodes, diagonal, off)
        at_points, slopes = _polynomials(t, diagonal, off)
        christoffel = 1.0 / jnp.sum(at_nodes**2, axis=0)
        basis = at_points.T @ at_nodes * christoffel
        return cls(centre + scale * nodes, basis, slopes.T @ at_nodes * christoffel / scale)


def _lanczos(t: Fine, start: Fine, count: int) -> tuple[Array, Array]:
    """Diagonal and off-diagonal of the Jacobi matrix of multiplication by t."""

    def step(space: Array, k: Array) -> tuple[Array, tuple[Array, Array]]:
        new = t * space[k]
        diagonal = jnp.sum(new * space[k])
        for _ in range(2):  # twice is enough for orthogonality to rounding
            new = new - (space @ new) @ space
        size = jnp.linalg.norm(new)
        return space.at[k + 1].set(new / size), (diagonal, size)

    space = jnp.zeros((count + 1, t.size)).at[0].set(start)
    _, (diagonal, off) = jax.lax.scan(step, space, jnp.arange(count))
    return diagonal, off


def _polynomials(t: Array, diagonal: Array, off: Array) -> tuple[Array, Array]:
    """π_j(t) and π_j'(t), (polynomials, points)."""

    def step(last: Array, row: tuple[Array, Array, Array]) -> tuple[Array, Array]:
        centre, below, above = row
        shifted = t - centre
        value = (shifted * last[0] - below * last[2]) / above
        slope = (shifted * last[1] + last[0] - below * last[3]) / above
        return jnp.stack([value, slope, last[0], last[1]]), last[:2]

    none = jnp.zeros_like(t)
    first = jnp.stack([jnp.ones_like(t), none, none, none])
    below = jnp.concatenate([jnp.zeros(1), off[:-1]])
    _, both = jax.lax.scan(step, first, (diagonal, below, off))
    return both[:, 0], both[:, 1]


def gauss_panels(low: Scalar, high: Scalar, panels: int, order: int = 16) -> tuple[Fine, Fine]:
    """Points and weights of Gauss–Legendre's rule on equal panels."""
    nodes, weights = np.polynomial.legendre.leggauss(order)
    width = (high - low) / panels
    starts = low + width * jnp.arange(panels)
    points = starts[:, None] + 0.5 * width * (nodes + 1.0)
    return points.ravel(), jnp.tile(0.5 * width * weights, panels)
