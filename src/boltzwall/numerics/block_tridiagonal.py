"""Direct solution of block-tridiagonal systems, many at once, cost linear in the number of rows."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float


class BlockTridiagonalFactors(eqx.Module):
    """Block LU factors of rows L_i y_{i−1} + D_i y_i + U_i y_{i+1} = b_i.

    ``inverse`` holds the inverses of the eliminated diagonal blocks,
    (D_i − L_i D̃_{i−1}^{-1} U_{i−1})^{-1}.
    """

    lower: Float[Array, "rows *batch k k"]
    inverse: Float[Array, "rows *batch k k"]
    upper: Float[Array, "rows *batch k k"]

    def solve(self, right: Float[Array, "rows *batch k"]) -> Float[Array, "rows *batch k"]:
        """The solution for one right-hand side."""

        def forward(before: Array, row: tuple[Array, Array, Array]) -> tuple[Array, Array]:
            lower, inverse, b = row
            value = _apply(inverse, b - _apply(lower, before))
            return value, value

        def backward(after: Array, row: tuple[Array, Array, Array]) -> tuple[Array, Array]:
            inverse, upper, value = row
            solution = value - _apply(inverse, _apply(upper, after))
            return solution, solution

        start = jnp.zeros_like(right[0])
        _, values = jax.lax.scan(forward, start, (self.lower, self.inverse, right))
        _, solution = jax.lax.scan(
            backward, start, (self.inverse, self.upper, values), reverse=True
        )
        return solution


def factor_block_tridiagonal(
    lower: Float[Array, "rows *batch k k"],
    diagonal: Float[Array, "rows *batch k k"],
    upper: Float[Array, "rows *batch k k"],
) -> BlockTridiagonalFactors:
    """Block LU without pivoting between rows (the first lower and last upper blocks are ignored).

    It is stable where the diagonal blocks dominate, as for rows that relate each unknown to its
    neighbours by decaying factors only.
    """

    def eliminate(
        before: tuple[Array, Array], row: tuple[Array, Array, Array]
    ) -> tuple[tuple[Array, Array], Array]:
        inverse_before, upper_before = before
        low, diag, up = row
        inverse = jnp.linalg.inv(diag - low @ inverse_before @ upper_before)
        return (inverse, up), inverse

    zero = jnp.zeros_like(diagonal[0])
    lower = lower.at[0].set(0.0)
    upper = upper.at[-1].set(0.0)
    _, inverse = jax.lax.scan(eliminate, (zero, zero), (lower, diagonal, upper))
    return BlockTridiagonalFactors(lower, inverse, upper)


def _apply(matrix: Float[Array, "*batch k k"], vector: Float[Array, "*batch k"]) -> Array:
    return jnp.einsum("...ab,...b->...a", matrix, vector)
