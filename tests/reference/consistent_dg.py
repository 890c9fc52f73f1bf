"""Upwind discontinuous Galerkin method for N coupled streams, all unknowns in one sparse matrix.

In every element each component is a polynomial on `order` Gauss points. Per stream with speed w
and element (x_l, x_r), with test functions φ and the upwind trace û,

    w [φ û]_l^r − w ∫ φ' u dx + ∫ φ (K u − Σ_j W_j H u_j) dx = ∫ φ s dx

where K (4×4) is the loss and W_j H the gain from stream j. The integrals are taken with the Gauss
points themselves, so M(x) and T(x) enter at these points exactly. The method damps what it does
not resolve (it is the subdiagonal Padé method for one stream) and converges with power `order`
inside, 2·`order` − 1 at the outflow ends of the elements.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu

from tests.reference.meshes import (
    Array,
    differentiation_matrix,
    gauss_rule,
    interpolation_matrix,
)

Index = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True)
class Elements:
    """Elements between `edges` (E + 1,) [m] with `order` Gauss points each."""

    edges: Array
    order: int

    @property
    def points(self) -> Array:
        """Gauss points (E, order) [m]."""
        return self.edges[:-1, None] + 0.5 * self.sizes[:, None] * (1.0 + gauss_rule(self.order)[0])

    @property
    def sizes(self) -> Array:
        return np.diff(self.edges)

    def interpolate(self, values: Array, x: Array) -> Array:
        """`values` (E, order, …) at x (n,), taken from the element that holds x: (n, …)."""
        last = len(self.edges) - 2
        cell = np.clip(np.searchsorted(self.edges, x, side="right") - 1, 0, last)
        local = 2.0 * (x - self.edges[cell]) / self.sizes[cell] - 1.0
        basis = interpolation_matrix(gauss_rule(self.order)[0], local)
        return np.einsum("nk,nk...->n...", basis, values[cell])


def graded_elements(length: float, coarse: float, layer: float, growth: float, most: int) -> Array:
    """Edges of [0, length], size min(coarse, layer + growth·distance to the nearer end).

    `layer` is doubled until there are at most `most` elements: what is thinner is damped.
    """
    thin = min(layer, coarse)
    while True:
        half = [0.0]
        while half[-1] < 0.5 * length and 2 * len(half) <= most + 2:
            half.append(half[-1] + min(coarse, thin + growth * half[-1]))
        if half[-1] >= 0.5 * length or thin >= coarse:
            break
        thin *= 2.0
    left = np.array(half) * (0.5 * length / half[-1])
    return np.concatenate([left, length - left[-2::-1]])


@dataclass(frozen=True)
class StreamSystem:
    """N streams: speeds and weights (N,); loss and gain (E, order, 4, 4) [1/s]."""

    elements: Elements
    speeds: Array
    weights: Array
    loss: Array
    gain: Array

    def solve(self, source: Array, inflow: Array) -> Array:
        """u (R, E, order, N, 4) for R sources of that shape and R inflow data (R, N, 4)."""
        right = source + self._inflow_source(inflow)
        flat = splu(self._matrix(), permc_spec="NATURAL").solve(right.reshape(len(source), -1).T)
        return flat.T.reshape(source.shape)

    def _matrix(self) -> coo_matrix:
        """Unknowns in the order element, point, stream, component."""
        count, order = self.elements.points.shape
        shape = (count, order, len(self.speeds), 4)
        index = np.arange(np.prod(shape)).reshape(shape)
        parts = [*self._transport(index), self._collisions(index)]
        rows, columns, values = (np.concatenate([q[k] for q in parts]) for k in range(3))
        return coo_matrix((values, (rows, columns)), shape=(index.size, index.size)).tocsc()

    def _transport(self, index: Index) -> list[tuple[Index, Index, Array]]:
        """Entries of w ∂x, the part inside each element and the part from the upwind neighbour."""
        stiffness, left, right, weights = reference_element(self.elements.order)
        parts = []
        for i, speed in enumerate(self.speeds):
            out, into = (right, left) if speed > 0.0 else (left, right)
            inside = abs(speed) * np.outer(out, out) - speed * stiffness
            coupling = -abs(speed) * np.outer(into, out)
            own = index[:, :, i]
            here, source = (own[1:], own[:-1]) if speed > 0.0 else (own[:-1], own[1:])
            size = self.elements.sizes[1:] if speed > 0.0 else self.elements.sizes[:-1]
            parts.append(_blocks(own, own, inside / weights[:, None], self.elements.sizes))
            parts.append(_blocks(here, source, coupling / weights[:, None], size))
        return parts

    def _collisions(self, index: Index) -> tuple[Index, Index, Array]:
        """Entries of K u_i − Σ_j W_j H u_j, one dense (4N)² block at each point."""
        streams = len(self.speeds)
        local = np.einsum("ij,ekab->ekiajb", np.eye(streams), self.loss)
        local = local - np.einsum("i,j,ekab->ekiajb", np.ones(streams), self.weights, self.gain)
        flat = index.reshape(*index.shape[:2], -1)
        local = local.reshape(*flat.shape, -1)
        keep = local != 0.0
        rows = np.broadcast_to(flat[..., :, None], local.shape)[keep]
        columns = np.broadcast_to(flat[..., None, :], local.shape)[keep]
        return rows, columns, local[keep]

    def _inflow_source(self, inflow: Array) -> Array:
        """What the data at the ends add to the right side, (R, E, order, N, 4)."""
        _, left, right, weights = reference_element(self.elements.order)
        count, order = self.elements.points.shape
        added = np.zeros((len(inflow), count, order, *inflow.shape[1:]))
        for i, speed in enumerate(self.speeds):
            end, trace = (0, left) if speed > 0.0 else (-1, right)
            profile = 2.0 * abs(speed) / self.elements.sizes[end] * trace / weights
            added[:, end, :, i] = profile[:, None] * inflow[:, i][:, None]
        return added


def reference_element(order: int) -> tuple[Array, Array, Array, Array]:
    """∫ φ_j' φ_k, the traces φ(−1), φ(1) and the Gauss weights on (−1, 1)."""
    nodes, weights = gauss_rule(order)
    left, right = interpolation_matrix(nodes, np.array([-1.0, 1.0]))
    return differentiation_matrix(nodes).T * weights, left, right, weights


def _blocks(rows: Index, columns: Index, block: Array, sizes: Array) -> tuple[Index, Index, Array]:
    """Entries 2/h · block (order, order) for every element and component; rows (E, order, 4)."""
    values = np.einsum("e,jk,a->ejka", 2.0 / sizes, block, np.ones(4))
    shape = values.shape
    row = np.broadcast_to(rows[:, :, None], shape)
    column = np.broadcast_to(columns[:, None, :], shape)
    return row.ravel(), column.ravel(), values.ravel()
