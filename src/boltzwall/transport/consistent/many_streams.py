"""N streams with isotropic scattering between them, by GMRES on <y> with a two-stream solution.

For given <y> each stream is swept once through the wire. What is left to solve is

    <y> − K <y> = <y> of the sources alone,

K a sweep with the source (gain <y>). Its slow modes are those of diffusion, and two streams at
µ = 1/√3 diffuse at the same rate: their solution with the residual as source brings all modes to
the same order, whether the wire is ballistic or ten thousand mean free paths long.

Streams are in the frame of M of each cell, with the components of `spin_components`, in arrays
(4, directions, …, momentum nodes).
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import frame_changes
from boltzwall.numerics.krylov import gmres
from boltzwall.numerics.spin_components import Diagonal, from_components, to_components, turns
from boltzwall.transport.consistent.cell import CollisionRates, StreamCell, stream_cell
from boltzwall.transport.consistent.two_stream import (
    Inflow,
    StreamDensities,
    StreamSource,
    TwoStreamCell,
    TwoStreamFactors,
    factor,
)
from boltzwall.typing import Fours

DIFFUSION_COSINE = 1.0 / math.sqrt(3.0)
MOST_ITERATIONS = 40
KEPT = 15  # directions, of which most wires need fewer; memory goes with them
TOLERANCE = 1e-13


class CellSource(NamedTuple):
    """Sources in one cell, (4, directions or 1, …): means and slopes along x."""

    forward: Float[Array, "4 ..."]
    forward_slope: Float[Array, "4 ..."]
    backward: Float[Array, "4 ..."]
    backward_slope: Float[Array, "4 ..."]


Expand = Callable[[Any], CellSource]
"""The data of one cell → its sources."""
Gather = Callable[[Array, Array, Array], Any]
"""What enters a cell, its mean and its slope, for each stream → what is kept of them."""


class Traversal(NamedTuple):
    """<y> in the cells, in their frames, and <µ y> at the cells+1 faces, as (F, G_x, G_y, G_z)."""

    densities: StreamDensities
    flux: Float[Array, "faces 4 ..."]


class Effort(NamedTuple):
    """What the iteration over the streams took and leaves; without one, nothing.

    Attributes:
        error: largest residual of <y> over its right-hand side.
        iterations: how many.
    """

    error: Array
    iterations: Array

    @classmethod
    def none(cls) -> "Effort":
        return cls(jnp.zeros(()), jnp.zeros((), dtype=int))


class Answer(NamedTuple):
    """The solution, and what it took."""

    sweep: Traversal
    effort: Effort


class ManyStreams(NamedTuple):
    """The streams on one wire.

    Attributes:
        cell: maps with the lanes (4, direction, 1, momentum node).
        cosines, weights: of the forward half; the weights add up to ½.
    """

    rates: CollisionRates
    cell: StreamCell[Diagonal]
    frames: Float[Array, "cells 3 3"]
    cosines: Float[Array, " streams"]
    weights: Float[Array, " streams"]

    @classmethod
    def of(
        cls,
        rates: CollisionRates,
        crossing: Float[Array, " nodes"],
        frames: Float[Array, "cells 3 3"],
        directions: tuple[Array, Array],
    ) -> "ManyStreams":
        """``crossing``: Δx/v of each momentum node; ``directions``: cosines and weights."""
        cosines, weights = directions
        cell = stream_cell(rates, crossing / cosines[:, None, None], Diagonal)
        return cls(rates, cell, frames, cosines, weights)

    def sweep(self, expand: Expand, data: Any, inflow: Inflow) -> Traversal:
        """Every stream once through the wire with known sources.

        Arguments:
            inflow: in the frames of the first and of the last cell.
        """
        onward, back = self._both(expand, data, inflow, self._averages)
        (last, (mean, slope, flux)), (first, (mean_back, slope_back, flux_back)) = onward, back
        flux, flux_back = (from_components(self.frames, part) for part in (flux, flux_back))
        last = from_components(self.frames[-1:], self._flux(last)[None])
        first = from_components(self.frames[:1], self._flux(first)[None])
        return Traversal(
            StreamDensities(mean + mean_back, slope - slope_back),
            jnp.concatenate([flux, last]) - jnp.concatenate([first, flux_back]),
        )

    def stream_means(
        self, expand: Expand, data: Any, inflow: Inflow, densities: StreamDensities
    ) -> tuple[Fours, Fours]:
        """Cell averages of the forward and of the backward streams, for the solved <y>."""

        def driven(row: tuple[Any, StreamDensities]) -> CellSource:
            source, y = expand(row[0]), row[1]
            mean, slope = self.gain(y.mean)[:, None], self.gain(y.slope)[:, None]
            return CellSource(
                source.forward + mean,
                source.forward_slope + slope,
                source.backward + mean,
                source.backward_slope + slope,
            )

        (_, forward), (_, backward) = self._both(
            driven, (data, densities), inflow, lambda y, y0, y1: y0
        )
        return forward, backward

    def _both(
        self, expand: Expand, data: Any, inflow: Inflow, gather: Gather
    ) -> tuple[tuple[Array, Any], tuple[Array, Any]]:
        """Both halves of the streams: what leaves, and what is gathered cell by cell."""
        changes = frame_changes(self.frames)
        back_changes = jnp.concatenate([jnp.swapaxes(changes[1:], 1, 2), jnp.eye(3)[None]])

        def onward(row: Any) -> tuple[Array, Array]:
            source = expand(row)
            return source.forward, source.forward_slope

        def backward(row: Any) -> tuple[Array, Array]:
            source = expand(row)
            return source.backward, -source.backward_slope

        return (
            self._along(changes, onward, data, inflow.left, gather),
            self._along(back_changes, backward, data, inflow.right, gather, reverse=True),
        )

    def _along(
        self,
        changes: Float[Array, "cells 3 3"],
        source: Callable[[Any], tuple[Array, Array]],
        data: Any,
        start: Array,
        gather: Gather,
        *,
        reverse: bool = False,
    ) -> tuple[Array, Any]:
        """One half of the streams; ``start``: what enters."""
        cell, shape = self.cell, start.shape

        def step(y: Array, row: tuple[Array, Any]) -> tuple[Array, Any]:
            turn, values = row
            both = (turn @ y.reshape(4, -1)).reshape(2, *shape)
            y, other = both[0], both[1]
            mean, slope = source(values)
            through, mean_in, slope_in = cell.through, cell.mean_in, cell.slope_in
            out = through.own * y + through.other * other + cell.out0(mean) + cell.out1(slope)
            y0 = mean_in.own * y + mean_in.other * other + cell.mean0(mean) + cell.mean1(slope)
            y1 = slope_in.own * y + slope_in.other * other + cell.slope0(mean) + cell.slope1(slope)
            return out, gather(y, y0, y1)

        return jax.lax.scan(step, start, (turns(changes), data), reverse=reverse)

    def _averages(self, y: Array, y0: Array, y1: Array) -> tuple[Array, Array, Array]:
        """<y>, its slope, and the flux into the cell, of one half."""
        return self._mean(y0), self._mean(y1), self._flux(y)

    def _mean(self, y: Float[Array, "4 streams ..."]) -> Float[Array, "4 ..."]:
        """The part of <y> of one half."""
        return jnp.sum(self.weights[:, None, None] * y, axis=1)

    def _flux(self, y: Float[Array, "4 streams ..."]) -> Float[Array, "4 ..."]:
        """The part of <|µ| y> of one half."""
        return jnp.sum((self.weights * self.cosines)[:, None, None] * y, axis=1)

    def scatter(self, densities: StreamDensities) -> StreamDensities:
        """K: <y> that given <y> cause by scattering."""

        return self._scattered(densities).densities

    def _scattered(self, densities: StreamDensities) -> Traversal:
        def expand(row: StreamDensities) -> CellSource:
            mean, slope = self.gain(row.mean)[:, None], self.gain(row.slope)[:, None]
            return CellSource(mean, slope, mean, slope)

        zero = jnp.zeros((4, self.weights.size, *densities.mean.shape[2:]))
        return self.sweep(expand, densities, Inflow(zero, zero))

    def gain(self, y: Float[Array, "4 ..."]) -> Float[Array, "4 ..."]:
        """What is scattered back, in the frame of M."""
        gain = self.rates.gain
        scalar, along = 0.5 * (y[0] + y[1]), 0.5 * (y[0] - y[1])
        f, g = gain.ff * scalar + gain.fg * along, gain.gf * scalar + gain.gg * along
        return jnp.stack([f + g, f - g, gain.re * y[2], gain.re * y[3]])

    def solve(self, expand: Expand, data: Any, inflow: Inflow, guide: "Guide") -> Answer:
        """The steady densities and fluxes."""
        first = self.sweep(expand, data, inflow)
        shape = first.densities.mean.shape
        lanes = math.prod(shape[2:])

        def flat(densities: StreamDensities) -> Array:
            return jnp.stack(densities).reshape(-1, lanes)

        def full(vector: Array) -> StreamDensities:
            mean, slope = vector.reshape(2, *shape)
            return StreamDensities(mean, slope)

        def guided(vector: Array) -> Array:
            return vector + flat(guide(self, full(vector)))

        def operator(vector: Array) -> Array:
            vector = guided(vector)
            return vector - flat(self.scatter(full(vector)))

        def iterate(apply: Callable[[Array], Array], right: Array) -> tuple[Array, Any]:
            solution = gmres(apply, right, TOLERANCE, MOST_ITERATIONS, KEPT)
            return solution.value, (solution.error, solution.iterations)

        # Solved for P⁻¹ <y>, so that the residual is that of the equations themselves.
        value, (error, count) = jax.lax.custom_linear_solve(
            operator, flat(first.densities), iterate, iterate, has_aux=True
        )
        densities = full(guided(value))
        flux = first.flux + self._scattered(densities).flux
        return Answer(Traversal(densities, flux), Effort(jnp.max(error), count))


class Guide(NamedTuple):
    """The two-stream solution with scattered residuals as its source."""

    factors: TwoStreamFactors

    @classmethod
    def of(cls, rates: CollisionRates, crossing: Float[Array, " nodes"], axes: Array) -> "Guide":
        """``crossing``: Δx/v of each momentum node."""
        return cls(factor(TwoStreamCell.of(rates, crossing / DIFFUSION_COSINE), axes))

    def __call__(self, streams: ManyStreams, residual: StreamDensities) -> StreamDensities:
        mean, slope = (
            from_components(streams.frames, jax.vmap(streams.gain)(part)) for part in residual
        )
        zero = jnp.zeros_like(mean[0])
        source = StreamSource(mean, slope, mean, slope)
        densities, _ = self.factors.solve(source, Inflow(zero, zero))
        mean, slope = (to_components(streams.frames, part) for part in densities)
        return StreamDensities(mean, slope)
