"""Two streams ±µ, coupled by collisions, solved directly along the whole wire.

Within a cell the two streams and what is scattered between them are condensed into a transmission
T and a reflection R, the same maps in every cell, about the M of each. At each face the forward
stream then depends on the backward one, y⁺ = ρ y⁻ + e, by elimination from the left; the rows hold
decaying factors only, so that cells of any length are stable.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.axial import Axial
from boltzwall.numerics.small_matrices import apply, invert, multiply
from boltzwall.transport.consistent.cell import CollisionRates, StreamCell, stream_cell
from boltzwall.typing import Fours, Vectors


class StreamSource(NamedTuple):
    """Means and slopes along x of the sources of the forward and the backward stream(s), 1/s."""

    forward: Fours
    forward_slope: Fours
    backward: Fours
    backward_slope: Fours


class Inflow(NamedTuple):
    """What enters: the forward stream(s) on the left, the backward one(s) on the right."""

    left: Float[Array, "4 ..."]
    right: Float[Array, "4 ..."]


class StreamDensities(NamedTuple):
    """<y> in the cells, mean and slope."""

    mean: Fours
    slope: Fours


class Faces(NamedTuple):
    """Both streams at the cells+1 faces."""

    forward: Float[Array, "faces 4 ..."]
    backward: Float[Array, "faces 4 ..."]


class TwoStreamCell(NamedTuple):
    """The maps of one cell for both streams together."""

    stream: StreamCell[Axial]
    gain: Axial
    settle_mean: Axial
    settle_slope: Axial
    transmit: Axial
    reflect: Axial

    @classmethod
    def of(cls, rates: CollisionRates, crossing: Float[Array, " lanes"]) -> "TwoStreamCell":
        stream = stream_cell(rates, crossing, Axial)
        gain, one = rates.gain, Axial.identity(crossing)
        settle_mean = one.minus(stream.mean0.after(gain)).inverse()
        settle_slope = one.minus(stream.slope1.after(gain)).inverse()
        even = stream.out0.after(gain).after(settle_mean).after(stream.mean_in).scaled(0.5)
        odd = stream.out1.after(gain).after(settle_slope).after(stream.slope_in).scaled(0.5)
        transmit = stream.through.plus(even).plus(odd)
        return cls(stream, gain, settle_mean, settle_slope, transmit, even.minus(odd))

    def settled(self, axis: Array, source: StreamSource) -> tuple[Array, Array]:
        """The part of <y>, mean and slope, that the sources of this cell cause within it."""
        stream, s = self.stream, source
        mean = stream.mean0(axis, s.forward + s.backward) + stream.mean1(
            axis, s.forward_slope - s.backward_slope
        )
        slope = stream.slope0(axis, s.forward - s.backward) + stream.slope1(
            axis, s.forward_slope + s.backward_slope
        )
        return self.settle_mean(axis, 0.5 * mean), self.settle_slope(axis, 0.5 * slope)

    def emission(self, axis: Array, source: StreamSource) -> tuple[Array, Array]:
        """What leaves to the right and to the left if nothing enters."""
        mean, slope = self.settled(axis, source)
        mean, slope = self.gain(axis, mean), self.gain(axis, slope)
        out0, out1 = self.stream.out0, self.stream.out1
        forward = out0(axis, mean + source.forward) + out1(axis, slope + source.forward_slope)
        backward = out0(axis, mean + source.backward) - out1(axis, slope + source.backward_slope)
        return forward, backward

    def densities(
        self, axis: Array, forward: Array, backward: Array, source: StreamSource
    ) -> StreamDensities:
        """<y> with both streams that enter."""
        mean, slope = self.settled(axis, source)
        half = 0.5 * self.stream.mean_in(axis, forward + backward)
        tilt = 0.5 * self.stream.slope_in(axis, forward - backward)
        return StreamDensities(
            mean + self.settle_mean(axis, half), slope + self.settle_slope(axis, tilt)
        )


class TwoStreamFactors(NamedTuple):
    """The elimination from the left, for any sources.

    Attributes:
        reflection: ρ at the left face of each cell, and ``inverse`` (1 − Rρ)⁻¹.
    """

    cell: TwoStreamCell
    axes: Vectors
    reflection: Float[Array, "cells 4 4 lanes"]
    inverse: Float[Array, "cells 4 4 lanes"]

    def solve(self, source: StreamSource, inflow: Inflow) -> tuple[StreamDensities, Faces]:
        """Densities in the cells and streams at the faces."""
        cell, axes = self.cell, self.axes
        emitted = jax.vmap(cell.emission)(_spread(axes, source.forward), source)

        def eliminate(e: Array, row: tuple[Array, ...]) -> tuple[Array, tuple[Array, Array]]:
            axis, rho, inverse, out, back = row
            w = apply(inverse, cell.reflect(axis, e) + back)
            through = cell.transmit(axis, apply(rho, w) + e) + out
            return through, (w, e)

        rows = (_spread(axes, source.forward), self.reflection, self.inverse, *emitted)
        _, (w, e) = jax.lax.scan(eliminate, inflow.left, rows)

        def substitute(backward: Array, row: tuple[Array, ...]) -> tuple[Array, Array]:
            axis, inverse, w = row
            left = apply(inverse, cell.transmit(axis, backward)) + w
            return left, left

        _, backward = jax.lax.scan(
            substitute, inflow.right, (rows[0], self.inverse, w), reverse=True
        )
        forward = jax.vmap(apply)(self.reflection, backward) + e
        entering = jnp.concatenate([backward[1:], inflow.right[None]])
        densities = jax.vmap(cell.densities)(rows[0], forward, entering, source)
        last = cell.transmit(rows[0][-1], forward[-1]) + cell.reflect(rows[0][-1], inflow.right)
        leaving = (last + emitted[0][-1])[None]
        return densities, Faces(jnp.concatenate([forward, leaving]), _closed(backward, inflow))

    def stream_means(
        self, source: StreamSource, densities: StreamDensities, faces: Faces
    ) -> tuple[Fours, Fours]:
        """Cell averages of the forward and of the backward stream of a solution."""
        gain, stream = self.cell.gain, self.cell.stream

        def within(
            axis: Array, s: StreamSource, y: StreamDensities, ends: tuple[Array, Array]
        ) -> Any:
            mean, slope = gain(axis, y.mean), gain(axis, y.slope)
            entered = [stream.mean_in(axis, end) for end in ends]
            forward = stream.mean0(axis, mean + s.forward)
            forward = forward + stream.mean1(axis, slope + s.forward_slope)
            backward = stream.mean0(axis, mean + s.backward)
            backward = backward - stream.mean1(axis, slope + s.backward_slope)
            return entered[0] + forward, entered[1] + backward

        ends = (faces.forward[:-1], faces.backward[1:])
        forward, backward = jax.vmap(within)(
            _spread(self.axes, source.forward), source, densities, ends
        )
        return forward, backward


def factor(cell: TwoStreamCell, axes: Vectors) -> TwoStreamFactors:
    """Eliminate from left to right; ``axes`` is M in the cells."""

    def step(rho: Array, axis: Array) -> tuple[Array, tuple[Array, Array]]:
        transmit, reflect = cell.transmit.matrix(axis), cell.reflect.matrix(axis)
        one = jnp.eye(4).reshape(4, 4, *(1,) * (rho.ndim - 2))
        inverse = invert(one - multiply(reflect, rho))
        onward = reflect + multiply(multiply(transmit, rho), multiply(inverse, transmit))
        return onward, (rho, inverse)

    start = jnp.zeros((4, 4, *cell.transmit.ff.shape))
    spread = axes.reshape(*axes.shape, *(1,) * cell.transmit.ff.ndim)
    _, (reflection, inverse) = jax.lax.scan(step, start, spread)
    return TwoStreamFactors(cell, axes, reflection, inverse)


def _spread(axes: Vectors, values: Fours) -> Array:
    """M with an axis of length one for each lane axis of ``values``."""
    return axes.reshape(*axes.shape, *(1,) * (values.ndim - 2))


def _closed(backward: Fours, inflow: Inflow) -> Float[Array, "faces 4 ..."]:
    return jnp.concatenate([backward, inflow.right[None]])
