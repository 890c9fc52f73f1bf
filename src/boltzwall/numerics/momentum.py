"""Grids in momentum: quadrature and an upwind, conservative derivative on the same nodes.

Two rules share one interface. `GaussPanels` holds n Gauss–Legendre nodes on each of P panels and
differentiates by the upwind discontinuous Galerkin method (order n in the panel width, quadrature
exact to degree 2n − 1). `UniformCells` holds midpoints and differentiates by linear upwinding
(second order). For both, the quadrature of the derivative telescopes to the difference of the end
values exactly, so that no momentum is lost between them.
"""

from abc import abstractmethod
from collections.abc import Sequence

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float

from boltzwall.typing import Scalar

NODES_PER_PANEL = 8


class Flow(eqx.Module):
    """A grid in the order in which a flow passes its nodes.

    Attributes:
        scale: 2 over the width of each node's panel, or 1 over that of its cell, 1/(kg m/s).
        order: nodes per panel; 0: uniform cells.
    """

    scale: Float[Array, "... momenta"]
    order: int = eqx.field(static=True)

    def slope(
        self, values: Float[Array, "*batch momenta"], inflow: Float[Array, "*batch"]
    ) -> Float[Array, "*batch momenta"]:
        """Upwind derivative along the flow, ``inflow`` before the first node."""
        data = inflow[..., None]
        if not self.order:
            first = 2.0 * values[..., :1] - data
            rest = 1.5 * values[..., 1:] - 0.5 * values[..., :-1]
            return jnp.diff(jnp.concatenate([data, first, rest], axis=-1), axis=-1) * self.scale
        operator, lift, trace = _panel_operators(self.order)
        shape = (*values.shape[:-1], -1, self.order)
        panels = values.reshape(-1, self.order) @ jnp.concatenate([operator, trace[None]]).T
        own, traces = panels[:, :-1].reshape(shape), panels[:, -1].reshape(shape[:-1])
        incoming = jnp.concatenate([data, traces[..., :-1]], axis=-1)
        return (own + incoming[..., None] * lift).reshape(values.shape) * self.scale

    def outflow(self, values: Float[Array, "*batch momenta"]) -> Float[Array, "*batch"]:
        """The value that leaves after the last node."""
        if not self.order:
            return 1.5 * values[..., -1] - 0.5 * values[..., -2]
        return values[..., -self.order :] @ _panel_operators(self.order)[2]


class MomentumGrid(eqx.Module):
    """Nodes and weights with a derivative that takes its data from the inflow end."""

    nodes: eqx.AbstractVar[Float[Array, " momenta"]]
    weights: eqx.AbstractVar[Float[Array, " momenta"]]
    ends: eqx.AbstractVar[Float[Array, " 2"]]

    @abstractmethod
    def flow(self, upward: Bool[Array, ""]) -> Flow:
        """The grid as a flow towards larger p meets it, or one towards smaller p."""

    def derivative(
        self,
        values: Float[Array, "*batch momenta"],
        inflow: Float[Array, "*batch"],
        upward: Bool[Array, ""],
    ) -> Float[Array, "*batch momenta"]:
        """Upwind ∂values/∂p.

        Arguments:
            values: nodal values.
            inflow: data at p_min if `upward`, at p_max otherwise.
            upward: whether the flow is towards larger p.
        """
        slope = self.flow(upward).slope(along_flow(values, upward), inflow)
        return jnp.where(upward, slope, -slope[..., ::-1])

    def outflow(
        self, values: Float[Array, "*batch momenta"], upward: Bool[Array, ""]
    ) -> Float[Array, "*batch"]:
        """The value that leaves the window."""
        return self.flow(upward).outflow(along_flow(values, upward))

    def difference(
        self,
        values: Float[Array, "*batch momenta"],
        inflow: Float[Array, "*batch"],
        upward: Bool[Array, ""],
    ) -> Float[Array, "*batch"]:
        """[values] = value at p_max − value at p_min, the quadrature of `derivative`."""
        outflow = self.outflow(values, upward)
        return jnp.where(upward, outflow - inflow, inflow - outflow)


class GaussPanels(MomentumGrid):
    """Gauss–Legendre panels; ``edges`` are the panel edges, in increasing order."""

    nodes: Float[Array, " momenta"]
    weights: Float[Array, " momenta"]
    ends: Float[Array, " 2"]
    widths: Float[Array, " panels"]
    order: int = eqx.field(static=True)

    def __init__(self, edges: Float[Array, " edges"], order: int = NODES_PER_PANEL) -> None:
        reference, weight = np.polynomial.legendre.leggauss(order)
        self.order = order
        self.widths = edges[1:] - edges[:-1]
        inside = edges[:-1, None] + self.widths[:, None] * (0.5 * (reference + 1.0))
        self.nodes = inside.reshape(-1)
        self.weights = (self.widths[:, None] * (0.5 * weight)).reshape(-1)
        self.ends = jnp.stack([edges[0], edges[-1]])

    def groups(self, count: int) -> Float[Array, "groups edges"]:
        """Edges of the panels, in groups of equally many panels."""
        upper = self.ends[0] + jnp.cumsum(self.widths)
        edges = jnp.concatenate([self.ends[:1], upper])
        size = self.widths.size // count
        return jnp.stack([edges[k * size : (k + 1) * size + 1] for k in range(count)])

    def flow(self, upward: Bool[Array, ""]) -> Flow:
        return _flow(jnp.repeat(2.0 / self.widths, self.order), upward, self.order)


def _flow(scale: Array, upward: Array, order: int) -> Flow:
    return Flow(jnp.where(upward, scale, scale[::-1]), order)


def along_flow(values: Array, upward: Array) -> Array:
    """The last axis, momenta, in the order in which the flow passes them, or back."""
    return jnp.where(upward, values, values[..., ::-1])


def _panel_operators(
    order: int,
) -> tuple[Float[Array, "n n"], Float[Array, " n"], Float[Array, " n"]]:
    """Matrices on [−1, 1], along the flow.

    Returns:
        The operator on a panel's own values, the factor of the incoming value, and the trace that
        leaves the panel.
    """
    x, w = np.polynomial.legendre.leggauss(order)
    to_modes = np.linalg.inv(np.polynomial.legendre.legvander(x, order - 1))
    slopes = [
        np.polynomial.legendre.legval(x, np.polynomial.legendre.legder(mode))
        for mode in np.eye(order)
    ]
    collocation = np.stack(slopes, axis=1) @ to_modes
    left, right = np.polynomial.legendre.legvander(np.array([-1.0, 1.0]), order - 1) @ to_modes
    operator = collocation + np.outer(left / w, left)
    return jnp.asarray(operator), jnp.asarray(-left / w), jnp.asarray(right)


class UniformCells(MomentumGrid):
    """Midpoints of equal cells between p_min and p_max; all of second order."""

    nodes: Float[Array, " momenta"]
    weights: Float[Array, " momenta"]
    ends: Float[Array, " 2"]

    def __init__(self, p_min: Scalar, p_max: Scalar, count: int) -> None:
        width = (p_max - p_min) / count
        self.nodes = p_min + width * (jnp.arange(count) + 0.5)
        self.weights = jnp.full(count, 1.0) * width
        self.ends = jnp.stack([jnp.asarray(p_min), jnp.asarray(p_max)])

    def flow(self, upward: Bool[Array, ""]) -> Flow:
        return _flow(1.0 / self.weights, upward, 0)


def panel_edges(
    p_min: Scalar | float,
    p_max: Scalar | float,
    breakpoints: Sequence[Scalar | float],
    panels: Sequence[int],
) -> Float[Array, " edges"]:
    """Edges of equal panels between p_min, the breakpoints inside, and p_max.

    Arguments:
        breakpoints: momenta where the solution may jump, increasing, inside (p_min, p_max).
        panels: how many panels each of the ``len(breakpoints) + 1`` stretches gets.
    """
    marks = [p_min, *breakpoints, p_max]
    pieces = [
        low + (high - low) * jnp.arange(count) / count
        for low, high, count in zip(marks[:-1], marks[1:], panels, strict=True)
    ]
    return jnp.concatenate([*pieces, jnp.atleast_1d(jnp.asarray(p_max))])


def share_panels(lengths: Sequence[float], total: int) -> tuple[int, ...]:
    """Deal ``total`` panels out to stretches in proportion to length, at least one to each."""
    counts = [1] * len(lengths)
    for _ in range(total - len(lengths)):
        widest = max(range(len(lengths)), key=lambda k: lengths[k] / counts[k])
        counts[widest] += 1
    return tuple(counts)
