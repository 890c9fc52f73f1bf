"""Every stream of a wire solved for given sources, and not only their average: one face for any N.

Arrays of sources and solutions are Cartesian, (cells, 4, 2, streams, drives, nodes): forward and
backward streams, several right-hand sides side by side.
"""

from typing import Any, NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import local_frames
from boltzwall.numerics.spin_components import from_components, to_components
from boltzwall.transport.consistent.cell import CollisionRates
from boltzwall.transport.consistent.many_streams import CellSource, Effort, Guide, ManyStreams
from boltzwall.transport.consistent.model import Pull, half_range
from boltzwall.transport.consistent.two_stream import (
    Inflow,
    StreamSource,
    TwoStreamCell,
    TwoStreamFactors,
    factor,
)

StreamValues = Float[Array, "cells 4 2 streams drives nodes"]


class StreamWire(NamedTuple):
    """M in the cells, Δx/v of the momentum nodes in s, and N."""

    magnetisation: Float[Array, "cells 3"]
    crossing: Float[Array, " nodes"]
    streams: int

    @staticmethod
    def directions(count: int) -> tuple[Array, Array]:
        """Cosines and weights of the forward half of N streams; the weights add up to ½."""
        if count == 2:
            return jnp.ones(1), jnp.full(1, 0.5)
        cosines, weights = half_range(count)
        return jnp.asarray(cosines), jnp.asarray(weights)


class Solution(NamedTuple):
    """Cell averages of the streams, <µ y> at the faces, <y> in the cells, and what it took."""

    y: StreamValues
    flux: Float[Array, "faces 4 drives nodes"]
    mean: Float[Array, "cells 4 drives nodes"]
    effort: Effort


class Streams(NamedTuple):
    """The streams of one wire at one M, ready for any sources."""

    wire: StreamWire
    two: TwoStreamFactors | None
    many: tuple[ManyStreams, Guide] | None

    @classmethod
    def of(cls, rates: CollisionRates, wire: StreamWire) -> "Streams":
        if wire.streams == 2:
            cell = TwoStreamCell.of(rates, wire.crossing)
            return cls(wire, factor(cell, wire.magnetisation), None)
        frames, directions = local_frames(wire.magnetisation), StreamWire.directions(wire.streams)
        many = ManyStreams.of(rates, wire.crossing, frames, directions)
        return cls(wire, None, (many, Guide.of(rates, wire.crossing, wire.magnetisation)))

    def driven(self, pull: Pull, ends: tuple[Array, Array]) -> tuple[StreamSource, Inflow]:
        """What E and ∇T do to each stream; ``ends``: inflow over µ at both ends."""
        cosines, _ = StreamWire.directions(self.wire.streams)
        mu = cosines[:, None, None]
        source = Pull(*(part[:, :, None] for part in pull)).source(None if self.two else mu)
        left, right = (end[:, None] for end in ends)
        return source, Inflow(mu * left, -mu * right)

    def relax(self, source: Array, slope: Array, entering: Array | None = None) -> Solution:
        """For sources (cells, 4, 2, streams, nodes) and their slopes.

        Arguments:
            entering: what flows in at both ends, the same in every stream, (2, 4, nodes); or none.
        """
        both = [part[..., None, :] for part in (source, slope)]
        inflow = jnp.zeros_like(both[0][:2, :, 0])
        if entering is not None:
            inflow = inflow + entering[:, :, None, None]
        parts = [part[:, :, sense] for sense in (0, 1) for part in both]
        return self.solve(StreamSource(*parts), Inflow(inflow[0], inflow[1]))

    def solve(self, source: StreamSource, inflow: Inflow) -> Solution:
        """All streams for sources (cells, 4, streams, drives, nodes) each."""
        if self.two is not None:
            densities, faces = self.two.solve(source, inflow)
            y = jnp.stack(self.two.stream_means(source, densities, faces), axis=2)
            flux = 0.5 * (faces.forward - faces.backward)[:, :, 0]
            return Solution(y, flux, densities.mean[:, :, 0], Effort.none())
        assert self.many is not None
        return self._iterated(self.many, source, inflow)

    def _iterated(
        self, many: tuple[ManyStreams, Guide], source: StreamSource, inflow: Inflow
    ) -> Solution:
        streams, guide = many
        frames = streams.frames
        entering = Inflow(
            to_components(frames[:1], inflow.left[None])[0],
            to_components(frames[-1:], inflow.right[None])[0],
        )
        data = tuple(to_components(frames, part) for part in source)

        def expand(row: Any) -> CellSource:
            return CellSource(*row)

        answer = streams.solve(expand, data, entering, guide)
        densities = answer.sweep.densities
        means = streams.stream_means(expand, data, entering, densities)
        y = jnp.stack([from_components(frames, part) for part in means], axis=2)
        mean = from_components(frames, densities.mean)
        return Solution(y, answer.sweep.flux, mean, answer.effort)
