"""Marching (5),(6) from the left end, for windows where every characteristic speed is positive.

Cells are taken in chunks: sources and moments of a chunk are computed for all its cells at once,
only the short recurrence from face to face is sequential, and the distributions of one chunk are
all that is ever held. The field term couples momenta; it is iterated within each cell, from the
terms of the two cells before.

Several wires march side by side, their momenta as the lanes of one loop: under `vmap` the arrays
keep the order (cells, members, momenta), for which nothing is transposed from step to step.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jax.custom_batching import custom_vmap
from jaxtyping import Array, Float

from boltzwall.numerics.momentum import Flow, MomentumGrid, along_flow
from boltzwall.physics.electrons import Electrons
from boltzwall.transport.published.cell import Mixing, Rates, minus, plus
from boltzwall.transport.published.momentum_drift import FieldSchedule, MomentumDrift
from boltzwall.transport.published.sums import MomentWeights, Sums
from boltzwall.typing import Quad, Scalar

LONGEST_CHUNK = 20


class LocalSource(eqx.Module):
    """What drives the distributions in some cells, in the frames of the cells.

    Attributes:
        rest: R⁻¹S at the cell centres, (cells, momenta) each, field term not included.
        tilt: half the change of the driven state across a cell, or None where taken as constant.
        inflow: data at the inflow end of the momentum window, (cells, 1) each.
        equilibrium: <F>, <G>, whose moments the continuity equations need.
    """

    rest: Quad
    tilt: Quad | None
    inflow: Quad
    equilibrium: Quad


class SourceData(NamedTuple):
    """What a source is computed from: values in the cells, and at (cell, momentum) or None."""

    cells: Any
    nodal: Any


Carry = tuple[Quad, tuple[Quad, Quad]]
SourceOf = Callable[["Kinetics", Any, Any], LocalSource]


class Kinetics(eqx.Module):
    """The discrete kinetic operator on one wire.

    Attributes:
        extra: added to both collision rates, 1/s; 0 for steady states.
        spin_sign: −1 in the moment convention (u → −u).
        propagator: of `Rates.propagator`, where it was computed before.
    """

    electrons: Electrons
    field: MomentumDrift
    rates: Rates
    weights: MomentWeights
    spacing: Scalar
    extra: Scalar
    spin_sign: float = eqx.field(static=True)
    schedule: FieldSchedule = eqx.field(static=True)
    keep_distributions: bool = eqx.field(static=True, default=False)
    propagator: tuple[Mixing, Mixing] | None = None

    def prepared(self) -> "Kinetics":
        """The same with its propagator computed."""
        return replace(self, propagator=self.rates.propagator(self.spacing))

    def on(self, grid: MomentumGrid) -> "Kinetics":
        """The same operator on other momenta."""
        rates, weights = at_momenta(self.electrons, grid, self.spin_sign, self.extra)
        field = MomentumDrift(grid, self.field.strength)
        return replace(self, field=field, rates=rates, weights=weights, propagator=None)


def at_momenta(
    electrons: Electrons, grid: MomentumGrid, spin_sign: float, extra: Array
) -> tuple[Rates, MomentWeights]:
    """What depends on the nodes of a momentum grid."""
    rates = Rates.of(electrons, grid.nodes, spin_sign, extra)
    return rates, MomentWeights.of(electrons, grid.nodes, grid.weights)


def march(
    kinetics: Kinetics,
    rotations: Float[Array, "cells 3 3"],
    data: SourceData,
    source_of: SourceOf,
    start: Quad,
) -> tuple[Sums, Quad | None]:
    """Moments of the solution in every cell, and the cell averages if they are to be kept.

    Arguments:
        rotations: from the frame of the cell before into the frame of each cell.
        data: what ``source_of`` gets for some of the cells, after the operator itself.
        source_of: a function, or a module if it needs arrays of its own.
        start: the distributions at the left end, in the frame of the first cell, (momenta,) each.

    The averages are (cells, momenta) each.
    """
    arrays, rest = eqx.partition((kinetics, rotations, data, source_of, start), eqx.is_array)

    def members(batch: Any) -> tuple[Sums, Quad | None]:
        return _march_members(*eqx.combine(batch, rest))

    def plain(one: Any) -> tuple[Sums, Quad | None]:
        found = members(jax.tree.map(lambda a: a[None], one))
        return jax.tree.map(lambda a: a[0], found)

    alone = custom_vmap(plain)

    @alone.def_vmap
    def together(count: int, batched: Any, batch: Any) -> tuple[Any, Any]:
        def spread(a: Any, own: bool) -> Any:
            return a if own else jnp.broadcast_to(a, (count, *a.shape))

        found = members(jax.tree.map(spread, batch, batched[0]))
        return found, jax.tree.map(lambda _: True, found)

    @jax.custom_jvp  # `custom_vmap` knows no reverse mode
    def differentiable(one: Any) -> tuple[Sums, Quad | None]:
        return alone(one)

    @differentiable.defjvp
    def derivative(primals: Any, tangents: Any) -> Any:
        return jax.jvp(plain, primals, tangents)

    return differentiable(arrays)


def _march_members(
    kinetics: Kinetics, rotations: Array, data: SourceData, source_of: SourceOf, start: Quad
) -> tuple[Sums, Quad | None]:
    """As `march`, every array with the members of a batch as its first axis."""
    cells = rotations.shape[1]
    chunk = min(LONGEST_CHUNK, cells)
    padding = -cells % chunk
    still = jnp.broadcast_to(jnp.eye(3), (padding, rotations.shape[0], 3, 3))
    advance = _Advance.of(kinetics)
    cells_first = jax.tree.map(lambda a: jnp.moveaxis(a, 0, 1), (rotations, data))
    last = (still, jax.tree.map(lambda a: jnp.repeat(a[-1:], padding, axis=0), cells_first[1]))
    padded = jax.tree.map(lambda a, b: jnp.concatenate([a, b]), cells_first, last)
    chunked = jax.tree.map(lambda a: a.reshape(-1, chunk, *a.shape[1:]), padded)
    sources = partial(_sources, advance, source_of)
    first = sources(jax.tree.map(lambda a: a[0, :1], chunked[1]))
    (end, _), pieces = jax.lax.scan(
        lambda carry, piece: advance.chunk(carry, piece[0], sources(piece[1])),
        advance.begin(advance.along(start), first),
        chunked,
    )
    sums, mean = jax.tree.map(lambda a: a.reshape(-1, *a.shape[2:]), pieces)
    if not padding:
        beyond = advance.flux(jax.tree.map(lambda a: a[None], end))
        sums = eqx.tree_at(lambda s: s.faces, sums, jnp.concatenate([sums.faces, beyond]))
    faces = sums.faces[: cells + 1]
    sums, mean = jax.tree.map(lambda a: a[:cells], (sums, mean))
    sums = eqx.tree_at(lambda s: s.faces, sums, faces)
    sums, mean = jax.tree.map(lambda a: jnp.moveaxis(a, 1, 0), (sums, mean))
    return sums, advance.along(mean)


def _sources(advance: "_Advance", source_of: SourceOf, piece: Any) -> LocalSource:
    """What drives some cells; cells, members and momenta are the axes of the piece and of it."""

    def one(of: SourceOf, kinetics: Kinetics, upward: Array, data: SourceData) -> LocalSource:
        return of(kinetics, data.cells, _along(upward, data.nodal))

    mapped = eqx.filter_vmap(one, in_axes=(eqx.if_array(0), 0, 0, 1), out_axes=1)
    found: LocalSource = mapped(source_of, advance.kinetics, advance.upward, piece)
    return found


class _Advance(eqx.Module):
    """The cell relations of all members, their momenta in the order in which the field goes.

    Attributes:
        decay, average: of a deviation from rest, over a cell and in its mean.
        strength: |eE|, (members,).
    """

    kinetics: Kinetics
    decay: Mixing
    average: Mixing
    flow: Flow
    strength: Float[Array, " members"]
    upward: Array

    @classmethod
    def of(cls, kinetics: Kinetics) -> "_Advance":
        upward = jax.vmap(lambda k: k.field.upward)(kinetics)
        flow = jax.vmap(lambda k: k.field.grid.flow(k.field.upward))(kinetics)
        if kinetics.propagator is None:
            kinetics = jax.vmap(Kinetics.prepared)(kinetics)

        def nodal(k: Kinetics) -> Any:
            return k.rates.v, k.field.grid.nodes, k.propagator

        turned = jax.vmap(_along)(upward, nodal(kinetics))
        table = jax.vmap(lambda up, w: jnp.where(up, w, w[::-1]))(upward, kinetics.weights.table)
        kinetics = eqx.tree_at(nodal, kinetics, turned)
        kinetics = eqx.tree_at(lambda k: k.weights.table, kinetics, table)
        decay, average = turned[2]
        return cls(kinetics, decay, average, flow, jnp.abs(kinetics.field.strength), upward)

    def along(self, values: Any) -> Any:
        """Values of the members in the order in which the field goes, or back."""
        return jax.vmap(_along)(self.upward, values)

    def begin(self, face: Quad, first: LocalSource) -> Carry:
        """The state at the left end; its field term with the data of the first cell, unchanging."""
        pushed = self._pushed(face, jax.tree.map(lambda a: a[0, :, 0], first.inflow))
        return face, (pushed, jax.tree.map(jnp.zeros_like, pushed))

    def chunk(self, carry: Carry, rotations: Array, source: LocalSource) -> tuple[Carry, Any]:
        """Carry the state at a face, the field term and its change, through a chunk of cells."""
        inflow = jax.tree.map(lambda a: a[..., 0], source.inflow)
        pieces = (rotations, source.rest, source.tilt, inflow)
        carry, (left, mean) = jax.lax.scan(partial(_Advance._cell, self), carry, pieces)
        weights = self.kinetics.weights
        sums = Sums(
            mean=_of_members(MomentWeights.all)(weights, mean),
            faces=self.flux(left),
            equilibrium=_of_members(MomentWeights.density)(weights, source.equilibrium),
            window_end=self._window_end(mean, inflow),
        )
        return carry, (sums, mean if self.kinetics.keep_distributions else None)

    def flux(self, y: Quad) -> Float[Array, "cells members 4 2"]:
        """Sums of the distributions at some faces."""
        return _of_members(MomentWeights.flux)(self.kinetics.weights, y)

    def _cell(self, carry: Carry, piece: Any) -> tuple[Carry, tuple[Quad, Quad]]:
        """Across one cell: ((state at its right face, field terms), (at its left face, mean))."""
        face, (pushed, change) = carry
        rotation, rest, tilt, inflow = piece
        at_face, before = _turned(rotation, face), _turned(rotation, pushed)
        pushed = plus(before, _turned(rotation, change))
        if tilt is not None:
            at_face = plus(at_face, tilt)

        def deviation(pushed: Quad) -> tuple[Quad, Quad]:
            centre = plus(rest, pushed)
            return centre, minus(at_face, centre)

        for _ in range(self.kinetics.schedule.iterations):
            centre, away = deviation(pushed)
            pushed = self._pushed(plus(centre, self.average(away)), inflow)
        centre, away = deviation(pushed)
        mean, right = plus(centre, self.average(away)), plus(centre, self.decay(away))
        if tilt is not None:
            at_face, right = minus(at_face, tilt), plus(right, tilt)
        return (right, (pushed, minus(pushed, before))), (at_face, mean)

    def _pushed(self, mean: Quad, inflow: Quad) -> Quad:
        """The state in which collisions and precession balance the field term."""
        slope = self.flow.slope(jnp.stack(mean), jnp.stack(inflow))
        field = -self.strength[:, None] * slope
        return jax.vmap(lambda k, *y: k.rates.relax(y))(self.kinetics, *field)

    def _window_end(self, mean: Quad, inflow: Quad) -> Float[Array, "cells members 4"]:
        difference = self.flow.outflow(jnp.stack(mean)) - jnp.stack(inflow)
        return jnp.moveaxis(self.strength * difference, 0, -1)


def _of_members(function: Callable[[MomentWeights, Quad], Array]) -> Callable[..., Array]:
    """The function for weights (members, …) and values (cells, members, momenta)."""
    return jax.vmap(function, in_axes=(0, 1), out_axes=1)


def _along(upward: Array, values: Any) -> Any:
    return jax.tree.map(lambda a: along_flow(a, upward), values)


def _turned(rotation: Float[Array, "members 3 3"], y: Quad) -> Quad:
    """(F, G) in the frame of the next cell."""
    r, g = rotation[..., None], y[1:]
    a, b, c = (r[:, k, 0] * g[0] + r[:, k, 1] * g[1] + r[:, k, 2] * g[2] for k in range(3))
    return (y[0], a, b, c)
