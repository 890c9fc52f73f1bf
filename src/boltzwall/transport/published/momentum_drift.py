"""The field term −eE ∂p of (5),(6), kept as a source that is iterated to convergence."""

import math
from dataclasses import dataclass

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.momentum import MomentumGrid
from boltzwall.typing import Quad, Scalar


class MomentumDrift(eqx.Module):
    """+eE ∂p on the right-hand side of (5),(6), with data at the end where electrons enter.

    An electron gains momentum at the rate −eE: for E < 0 data are needed at p_min.

    Arguments:
        grid: momentum grid.
        strength: eE in N.
    """

    grid: MomentumGrid
    strength: Scalar

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


_CONTRACTION = 0.5  # bound on the norm of one iteration in a cell
_STEEPEST = 50.0  # norm of the upwind derivative on a panel, times the panel's width
_TYPICAL = 4.0  # the same for distributions that the panels resolve
_TARGET = 1e-7  # estimated relative error; the measured one is ten times smaller and more
_TURNS = 10.0  # by how much the field term changes along a wire, in units of itself


@dataclass(frozen=True)
class FieldSchedule:
    """How the field term is iterated.

    Attributes:
        iterations: in a march, how often in each cell.
        panelwise: in a boundary-value solve, one panel of momenta after the other.
    """

    iterations: int
    panelwise: bool = False

    @classmethod
    def choose(cls, push: float, width: float, cells: int) -> "FieldSchedule | None":
        """The schedule that leaves a relative error below 1e-7, or None where none converges.

        Each cell begins with the term continued from the cells before. What that misses, times the
        square of the term, is what one iteration leaves; along the wire it adds up to a few.

        Arguments:
            push: momentum gained in one cell, |eE| dx/v, at the slowest electrons.
            width: distance that the momentum grid resolves, a panel or a few uniform cells.
        """
        roughest = push / width * _STEEPEST
        if roughest > _CONTRACTION:
            return None
        typical = push / width * _TYPICAL
        sought = math.log(_TARGET / _TURNS)
        accurate = 1 if typical == 0.0 else math.ceil(sought / math.log(typical)) - 1
        return cls(max(1, accurate), panelwise=roughest * cells > _CONTRACTION)
