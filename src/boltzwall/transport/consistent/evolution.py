"""[C1],[C2] with their time derivatives, implicit in time, for magnetisation at rest or in motion.

What moves M leaves the electrons behind: with the total Y = δY + g0 M, δY the deviation from local
equilibrium, ∂t g0 M is the source −g0 ∂tM of [C2]; what it drives in wide textures is [C9]. Each
implicit stage is

    shift (Y − known) + L δY = S,   or   (shift + L)(δY − δY_qs) = shift (known − g0 M − δY_qs),

L the operator of [C1],[C2] at the M of the stage and δY_qs its steady solution there, so that a run
at rest ends in the steady solver's answer to rounding, whatever the step. The method is Alexander's
L-stable SDIRK2 (SIAM J. Numer. Anal. 14, 1006 (1977)).

All of it is linear, so the momentum nodes stay apart: those of the two bands, which hold what E and
∇T drive, and those of g0, which hold what the motion of M drives.
"""

from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.numerics.frames import derivative_along, extrapolate_ends
from boltzwall.numerics.sdirk import GAMMA
from boltzwall.numerics.sphere import normalise
from boltzwall.transport.consistent.cell import CollisionRates
from boltzwall.transport.consistent.circuit import Even
from boltzwall.transport.consistent.drive import Background, DriveSources, GridCounts
from boltzwall.transport.consistent.many_streams import Effort
from boltzwall.transport.consistent.model import ConsistentModel, Response
from boltzwall.transport.consistent.streams import Streams, StreamWire
from boltzwall.typing import Vectors

StreamDistribution = Float[Array, "cells 4 2 streams nodes"]
"""Cell averages of (F, G_x, G_y, G_z), forward streams and backward ones."""


class State(eqx.Module):
    """The electrons at one instant.

    Attributes:
        magnetisation: the M whose local equilibrium ``deviation`` is measured from.
        flux: <µ δY> at the faces of the cells.
        residual: what the last step leaves of charge continuity, in A/m³, and of [C4], in
            1/(m³ s); 0 before the first step.
        terms: the largest terms of these two balances.
    """

    magnetisation: Vectors
    deviation: StreamDistribution
    flux: Float[Array, "faces 4 nodes"]
    residual: Float[Array, "cells 4"]
    terms: Float[Array, " 2"]


class Stage(NamedTuple):
    """δY, and <µ δY> at the faces."""

    deviation: StreamDistribution
    flux: Float[Array, "faces 4 nodes"]


class Balance(NamedTuple):
    """Terms of the two continuity equations in the cells, and the largest of each."""

    rest: Float[Array, "... cells 4"]
    largest: Float[Array, "... 2"]


class ConsistentEvolution(eqx.Module):
    """The consistent model in time.

    Attributes:
        wide: the model on all nodes; those of g0, the last, are not driven by E or ∇T.
        equilibrium: Γ of g0 M in the cells, on all nodes; 0 on those of the bands.
        bending: −∂_{p_x}/µ of what is the same in all directions, between the nodes of g0.
    """

    model: ConsistentModel
    wide: ConsistentModel
    equilibrium: Float[Array, "cells nodes"]
    bending: Float[Array, "nodes nodes"]

    @classmethod
    def of(cls, model: ConsistentModel) -> "ConsistentEvolution":
        """With half as many nodes for g0 as both bands have together."""
        options, drive = model.options, model.drive
        counts = GridCounts(options.momentum_nodes // 2, 2 * options.panels)
        background = Background.of(model.carriers, model.temperature.at(model.centres), counts)
        extra = counts.nodes

        def padded(part: Array) -> Array:
            return jnp.pad(part, [(0, 0)] * (part.ndim - 1) + [(0, extra)])

        every = DriveSources(
            jnp.concatenate([drive.momenta, background.momenta]),
            jnp.pad(drive.energy, (0, extra)),  # g0 is left behind at µ
            jnp.concatenate([drive.spin, jnp.ones(extra)]),
            *(padded(part) for part in (drive.strength, drive.across, drive.along)),
        )
        wide = eqx.tree_at(lambda m: m.drive, model, every)
        before = jnp.zeros((options.cells, drive.momenta.size))
        bending = jnp.zeros((options.exchange_force * extra,) * 2)
        if options.exchange_force:
            bending = _bending(background.momenta, model.carriers.dimension)
        first = every.momenta.size - bending.shape[0]
        return cls(
            model,
            wide,
            jnp.concatenate([before, background.strength], axis=1),
            jnp.pad(bending, (first, 0)),
        )

    def begin(self, m: Vectors, *, steady: bool) -> State:
        """At ``m``: the steady solution, or else the local equilibrium δY = 0."""
        stage = self.quasi_steady(m)
        if not steady:
            stage = Stage(*(jnp.zeros_like(part) for part in stage))
        return State(m, *stage, jnp.zeros((m.shape[0], 4)), jnp.zeros(2))

    def quasi_steady(self, m: Vectors) -> Stage:
        """The steady solution at ``m``, with the field that the circuit asks for there."""
        model = self.model
        streams = self._streams(model, m, 0.0)
        source, inflow = streams.driven(model.pull(m), model.inflow(extrapolate_ends(m)))
        solution = streams.solve(source, inflow)
        even = Even.of(solution.y, StreamWire.directions(model.options.streams))
        response = model.moments(m, even, solution.flux, solution.effort)
        amplitudes = model.amplitudes(response)
        parts = (jnp.einsum("...dk,d->...k", part, amplitudes) for part in solution[:2])
        extra = self.equilibrium.shape[1] - model.drive.momenta.size
        return Stage(*(jnp.pad(p, [(0, 0)] * (p.ndim - 1) + [(0, extra)]) for p in parts))

    def stage(self, m: Vectors, known: StreamDistribution, shift: Array) -> Stage:
        """δY with shift (δY − known) + L δY = S at ``m``; ``known``: the Y before, less g0 M."""
        steady = self.quasi_steady(m)
        streams = self._streams(self.wide, m, shift)
        source = shift * (known - steady.deviation)
        slope = 0.5 * derivative_along(source, 1.0)
        solution = streams.relax(source, slope)
        force = self._force(m, solution.y[..., 0, :])
        pushed = streams.relax(force, 0.5 * derivative_along(force, 1.0))
        return Stage(
            *(
                first + (second + third)[..., 0, :]
                for first, second, third in zip(steady, solution[:2], pushed[:2], strict=True)
            )
        )

    def _force(self, m: Vectors, y: StreamDistribution) -> StreamDistribution:
        """½J ∂xM·∂_{p_x}<δG> of [C1], of the electrons that the motion of M drives."""
        model = self.model
        cosines, _ = StreamWire.directions(model.options.streams)
        turn = 0.5 * model.carriers.exchange_splitting * derivative_along(m, model.spacing)
        across = jnp.einsum("ca,cak->ck", turn, self._mean(y)[:, 1:])
        odd = -(across @ self.bending.T)
        both = jnp.stack([cosines, -cosines])
        return jnp.zeros_like(y).at[:, 0].set(both[:, :, None] * odd[:, None, None])

    def step(
        self, state: State, path: tuple[Vectors, Vectors], step: Float[Array, ""] | float
    ) -> State:
        """One step, while M goes on a straight path from ``path[0]`` to ``path[1]``."""
        before, after = path
        start = self.seen_from(state, before)
        shift = jnp.asarray(1.0 / (GAMMA * step))
        middle = normalise(before + GAMMA * (after - before))
        # What is known in the second stage goes beyond the first.
        onward = (1.0 - GAMMA) / GAMMA
        turned = jnp.stack([before - middle, before - after + onward * (middle - before)])
        rows = (jnp.stack([middle, after]), jnp.array([0.0, onward]), turned)

        def stage(last: Stage, row: tuple[Array, ...]) -> tuple[Stage, Balance]:
            m, beyond, turned = row
            known = start + beyond * (last.deviation - start)
            now = self.stage(m, self._added(known, turned), shift)
            return now, self._balance(m, now)

        end, balances = jax.lax.scan(stage, Stage(start, state.flux), rows)
        change = 2.0 * self._total(self._added(end.deviation - start, after - before)) / step
        residual, terms = _residual(change, balances)
        return State(after, *end, residual, terms)

    def seen_from(self, state: State, m: Vectors) -> StreamDistribution:
        """The deviation from the local equilibrium at another ``m`` of the same electrons."""
        return self._added(state.deviation, state.magnetisation - m)

    def spin(self, state: State, m: Vectors) -> Vectors:
        """m_n = 2∫δG in 1/m³ at ``m``."""
        return 2.0 * self._total(self.seen_from(state, m))[:, 1:]

    def moments(self, state: State, m: Vectors) -> Response:
        """Densities in the cells and currents at the faces at ``m``, without an axis of drives."""
        streams = self.seen_from(state, m)[..., None, :]
        even = Even.of(streams, StreamWire.directions(self.model.options.streams))
        found = self.wide.moments(m, even, state.flux[:, :, None], Effort.none())
        return found.driven(jnp.ones(1))

    def _streams(self, model: ConsistentModel, m: Vectors, shift: Array | float) -> Streams:
        wire = StreamWire(m, model.spacing / model.velocities, model.options.streams)
        return Streams.of(CollisionRates.of(model.carriers, model.drive.energy, shift), wire)

    def _added(self, y: StreamDistribution, change: Vectors) -> StreamDistribution:
        """``y`` with g0 ``change`` in every stream."""
        vector = change[:, :, None] * self.equilibrium[:, None]
        return y.at[:, 1:].add(vector[:, :, None, None])

    def _mean(self, y: StreamDistribution) -> Float[Array, "cells 4 nodes"]:
        _, weights = StreamWire.directions(self.model.options.streams)
        return jnp.einsum("s,cabsk->cak", weights, y)

    def _total(self, y: StreamDistribution) -> Float[Array, "cells 4"]:
        return jnp.sum(self._mean(y), axis=-1)

    def _balance(self, m: Vectors, stage: Stage) -> Balance:
        """The terms of ∂t n + ∂x j = 0 and of [C4] without the time derivatives."""
        carriers, dx = self.model.carriers, self.model.spacing
        currents = 2.0 * self.wide.velocities * stage.flux
        spin = 2.0 * self._total(stage.deviation)[:, 1:]
        turning = carriers.precession_rate * jnp.cross(m, spin)
        fading = spin / carriers.spin_flip_time
        rest = jnp.diff(jnp.sum(currents, axis=-1), axis=0) / dx
        # In an open circuit the currents of the nodes cancel; what cancels counts.
        sizes = jnp.sum(jnp.abs(currents), axis=-1) / dx
        parts = (sizes[:, 1:], turning, fading)
        spins = jnp.max(jnp.stack([jnp.max(jnp.abs(part)) for part in parts]))
        return Balance(
            rest.at[:, 1:].add(fading - turning), jnp.stack([jnp.max(sizes[:, 0]), spins])
        )


def _bending(momenta: Float[Array, " nodes"], dimension: int) -> Float[Array, "nodes nodes"]:
    """ℓ_j'(p_k), and in 3D 2/p_j on the diagonal: by parts, what ∂_{p_x} puts at the node j."""
    gap = momenta[:, None] - momenta
    apart = gap + jnp.eye(momenta.size) * jnp.max(momenta)
    size = jnp.max(jnp.abs(gap))
    weight = jnp.prod(apart / size, axis=1) / (jnp.max(momenta) / size)
    slopes = (weight[None, :] / weight[:, None]) / -apart
    slopes = slopes - jnp.diag(jnp.diag(slopes))
    own = -jnp.sum(slopes, axis=0)
    return slopes + jnp.diag(own + (2.0 / momenta if dimension == 3 else 0.0))


def _residual(change: Float[Array, "cells 4"], stages: Balance) -> tuple[Array, Array]:
    """What both balances leave over a step, where the stages count with 1 − γ and γ."""
    rest = jnp.einsum("s,sca->ca", jnp.array([1.0 - GAMMA, GAMMA]), stages.rest)
    changes = jnp.stack([jnp.max(jnp.abs(part)) for part in (change[:, 0], change[:, 1:])])
    largest = jnp.maximum(changes, jnp.max(stages.largest, axis=0))
    units = jnp.array([-ELEMENTARY_CHARGE, 1.0, 1.0, 1.0])
    return units * (change + rest), largest * jnp.array([ELEMENTARY_CHARGE, 1.0])
