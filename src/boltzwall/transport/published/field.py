"""The field term −eE ∂p of (5),(6), kept as a source that is iterated to convergence."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.momentum import MomentumGrid
from boltzwall.transport.published.cell import Quad


class FieldTerm(eqx.Module):
    """+eE ∂p on the right-hand side of (5),(6), with data at the end where electrons enter.

    An electron gains momentum at the rate −eE: for E < 0 data are needed at p_min.

    Arguments:
        grid: momentum grid.
        strength: eE in N.
    """

    grid: MomentumGrid
    strength: Float[Array, ""]

    @property
    def upward(self) -> Array:
        """Whether the field drives electrons to larger p."""
        return self.strength <= 0.0

    @property
    def inflow_momentum(self) -> Float[Array, " 1"]:
        """The end of the window where data are given, as a list of one."""
        return jnp.where(self.upward, self.grid.ends[:1], self.grid.ends[1:])

    def source(self, y: Quad, inflow: Quad) -> Quad:
        """eE ∂p y for nodal values of shape (cells, momenta) and inflow data (cells, 1)."""
        data = jnp.stack(inflow)[..., 0]
        slope = self.grid.derivative(jnp.stack(y), data, self.upward) * self.strength
        return (slope[0], slope[1], slope[2], slope[3])

    def window_end(self, y: Quad, inflow: Quad) -> Float[Array, "4 cells"]:
        """−eE[y], the difference between the ends of the window that (14) and (15) leave out."""
        data = jnp.stack(inflow)[..., 0]
        return -self.strength * self.grid.difference(jnp.stack(y), data, self.upward)
