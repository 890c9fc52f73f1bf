"""Marching (5),(6) from the left end, for windows where every characteristic speed is positive.

Cells are taken in chunks: sources and moments of a chunk are computed for all its cells at once,
only the short recurrence from face to face is sequential, and the distributions of one chunk are
all that is ever held. The field term couples momenta; it is iterated within each chunk.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.momentum import MomentumGrid
from boltzwall.physics.electrons import Electrons
from boltzwall.transport.published.cell import PARTNERS, Mixing, Quad, Rates, minus, plus
from boltzwall.transport.published.field import FieldTerm
from boltzwall.transport.published.sums import MomentWeights, Sums

LONGEST_CHUNK = 20
_CONTRACTION = 0.5  # bound on the norm of one iteration over a chunk
_STEEPEST = 50.0  # norm of the upwind derivative on a panel, times the panel's width
_TYPICAL = 4.0  # the same for distributions that the panels resolve
_TARGET = 1e-7  # estimated relative error; the measured one is ten times smaller and more


@dataclass(frozen=True)
class FieldSchedule:
    """How the field term is iterated.

    Attributes:
        chunk, iterations: in a march, over how many cells at once, and how often.
        panelwise: in a boundary-value solve, one panel of momenta after the other.
    """

    chunk: int
    iterations: int
    panelwise: bool = False

    @classmethod
    def choose(cls, push: float, width: float, cells: int) -> "FieldSchedule | None":
        """The schedule that leaves a relative error below 1e-7, or None where none converges.

        Arguments:
            push: momentum gained in one cell, |eE| dx/v, at the slowest electrons.
            width: distance that the momentum grid resolves, a panel or a few uniform cells.
        """
        roughest = push / width * _STEEPEST
        if roughest > _CONTRACTION:
            return None
        chunk = LONGEST_CHUNK if roughest == 0.0 else int(_CONTRACTION / roughest)
        chunk = max(1, min(chunk, LONGEST_CHUNK, cells))
        typical = push / width * chunk * _TYPICAL
        panelwise = roughest * cells > _CONTRACTION
        accurate = 1 if typical == 0.0 else math.ceil(math.log(_TARGET) / math.log(typical)) - 1
        return cls(chunk, max(1, accurate), panelwise)


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


SourceOf = Callable[["Kinetics", Any, Any], LocalSource]


class Kinetics(eqx.Module):
    """The discrete kinetic operator on one wire.

    Attributes:
        extra: added to both collision rates, 1/s; 0 for steady states.
        spin_sign: −1 in the moment convention (u → −u).
    """

    electrons: Electrons
    field: FieldTerm
    rates: Rates
    weights: MomentWeights
    spacing: Float[Array, ""]
    extra: Float[Array, ""]
    spin_sign: float = eqx.field(static=True)
    schedule: FieldSchedule = eqx.field(static=True)
    keep_distributions: bool = eqx.field(static=True, default=False)

    def on(self, grid: MomentumGrid) -> "Kinetics":
        """The same operator on other momenta."""
        rates, weights = at_momenta(self.electrons, grid, self.spin_sign, self.extra)
        field = FieldTerm(grid, self.field.strength)
        return replace(self, field=field, rates=rates, weights=weights)


def at_momenta(
    electrons: Electrons, grid: MomentumGrid, spin_sign: float, extra: Array
) -> tuple[Rates, MomentWeights]:
    """What depends on the nodes of a momentum grid."""
    rates = Rates.of(electrons, grid.nodes, spin_sign, extra)
    return rates, MomentWeights.of(electrons, grid.nodes, grid.weights)


def march(
    kinetics: Kinetics,
    rotations: Float[Array, "cells 3 3"],
    inputs: Any,
    source_of: SourceOf,
    start: Quad,
) -> tuple[Sums, Quad | None]:
    """Moments of the solution in every cell, and the cell averages if they are to be kept.

    Arguments:
        rotations: from the frame of the cell before into the frame of each cell.
        inputs: a pytree of values in cells and one of values at (cell, momentum), or None, which
            ``source_of`` gets for some of the cells, after the operator itself.
        start: the distributions at the left end, in the frame of the first cell, (momenta,) each.

    The averages are (cells, momenta) each.
    """
    cells = rotations.shape[0]
    chunk = min(kinetics.schedule.chunk, cells)
    padding = -cells % chunk
    still = jnp.broadcast_to(jnp.eye(3), (padding, 3, 3))
    last = (still, jax.tree.map(lambda a: jnp.repeat(a[-1:], padding, axis=0), inputs))
    padded = jax.tree.map(lambda a, b: jnp.concatenate([a, b]), (rotations, inputs), last)
    chunked = jax.tree.map(lambda a: a.reshape(-1, chunk, *a.shape[1:]), padded)
    decay, average = kinetics.rates.propagator(kinetics.spacing)
    advance = _Advance(kinetics, decay, average)
    end, pieces = jax.lax.scan(
        lambda face, piece: advance.chunk(face, piece[0], source_of(kinetics, *piece[1])),
        start,
        chunked,
    )
    sums, mean = jax.tree.map(lambda a: a.reshape(-1, *a.shape[2:]), pieces)
    if not padding:
        beyond = kinetics.weights.flux((end[0][None], end[1][None], end[2][None], end[3][None]))
        sums = eqx.tree_at(lambda s: s.faces, sums, jnp.concatenate([sums.faces, beyond]))
    faces = sums.faces[: cells + 1]
    sums, mean = jax.tree.map(lambda a: a[:cells], (sums, mean))
    return eqx.tree_at(lambda s: s.faces, sums, faces), mean


class _Advance(eqx.Module):
    kinetics: Kinetics
    decay: Mixing
    average: Mixing

    def chunk(self, face: Quad, rotations: Array, source: LocalSource) -> tuple[Quad, Any]:
        """Carry the state at a face through a chunk of cells."""
        field, rates = self.kinetics.field, self.kinetics.rates

        def improve(rest: Quad, _: None) -> tuple[Quad, None]:
            mean = self._sweep(face, rotations, rest, source.tilt)[2]
            driven = rates.relax(field.source(mean, source.inflow))
            return plus(source.rest, driven), None

        rest, _ = jax.lax.scan(improve, source.rest, None, length=self.kinetics.schedule.iterations)
        out, left, mean = self._sweep(face, rotations, rest, source.tilt)
        weights = self.kinetics.weights
        sums = Sums(
            mean=weights.all(mean),
            faces=weights.flux(left),
            equilibrium=weights.density(source.equilibrium),
            window_end=field.window_end(mean, source.inflow).T,
        )
        return out, (sums, mean if self.kinetics.keep_distributions else None)

    def _sweep(
        self, face: Quad, rotations: Array, rest: Quad, tilt: Quad | None
    ) -> tuple[Quad, Quad, Quad]:
        """(state at the last face, states at left faces, cell averages)."""
        at_left = rest if tilt is None else minus(rest, tilt)
        at_right = rest if tilt is None else plus(rest, tilt)
        driven = minus(at_right, self.decay(at_left))

        matrix = jnp.zeros((rotations.shape[0], 4, 4)).at[:, 0, 0].set(1.0)
        matrix = matrix.at[:, 1:, 1:].set(rotations)
        own, other = self.decay.stacked

        def cross(y: Array, cell: tuple[Array, Array]) -> tuple[Array, Array]:
            rotation, gain = cell
            at_face = rotation @ y
            return own * at_face + other * at_face[PARTNERS] + gain, at_face

        gains = jnp.stack(driven, axis=1)
        end, faces = jax.lax.scan(cross, jnp.stack(face), (matrix, gains))
        out = (end[0], end[1], end[2], end[3])
        left = (faces[:, 0], faces[:, 1], faces[:, 2], faces[:, 3])
        deviation = minus(left, at_left)
        mean = plus(rest, self.average(deviation))
        return out, left, mean
