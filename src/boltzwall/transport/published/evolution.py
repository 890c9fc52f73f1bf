"""(5),(6) with their time derivatives, implicit in time, for magnetisation at rest or in motion.

What is stepped is the deviation δY = Y − Y_qs[M(t)] from the steady solution at the present M: it
obeys the homogeneous equations, so that a run at rest ends in the steady solver's answer to
rounding, whatever the step. Each implicit stage is a steady solve with 1/(γΔt) added to both
collision rates. The method is Alexander's L-stable SDIRK2 (SIAM J. Numer. Anal. 14, 1006 (1977)):
second order, and rates of any size are damped.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import derivative_along, extrapolate_ends, local_frames
from boltzwall.numerics.sdirk import GAMMA
from boltzwall.numerics.sphere import normalise
from boltzwall.physics.electrons import EquilibriumCells
from boltzwall.transport.published.cell import minus
from boltzwall.transport.published.march import Kinetics, LocalSource, SourceData
from boltzwall.transport.published.model import FramedTexture, PublishedModel
from boltzwall.transport.published.moments import Densities
from boltzwall.typing import Quad, Scalar, Vectors

Distribution = Float[Array, "4 cells momenta"]
"""Cell averages of (F, G_x, G_y, G_z)."""


class _Driven(eqx.Module):
    """A source and its slope along x in the frames of some cells, (cells, momenta) each."""

    value: Quad
    slope: Quad


class _RelaxedSource(eqx.Module):
    """What balances a source that is linear in each cell."""

    spacing: Scalar

    def __call__(self, kinetics: Kinetics, piece: EquilibriumCells, values: _Driven) -> LocalSource:
        rates = kinetics.rates
        tilt = rates.relax(values.slope)
        rest = rates.relax(minus(values.value, rates.stream(tilt)))
        half = tuple(0.5 * self.spacing * part for part in tilt)
        edge = jnp.zeros((piece.x.size, 1))
        none = tuple(jnp.zeros_like(part) for part in rest)
        return LocalSource(
            rest=rest,
            tilt=(half[0], half[1], half[2], half[3]),
            inflow=(edge, edge, edge, edge),
            equilibrium=(none[0], none[1], none[2], none[3]),
        )


def steady_distribution(model: PublishedModel, m: Vectors) -> Distribution:
    """The steady solution of (5),(6) at ``m``."""
    _, mean = model.solve(m, keep=True)
    assert mean is not None
    return _to_cartesian(local_frames(m), mean)


def equilibrium_distribution(model: PublishedModel, m: Vectors) -> Distribution:
    """<F>, <G> at ``m``."""
    frames = local_frames(m)
    cells = EquilibriumCells(model.centres, model.temperature.at(model.centres), frames)
    equilibrium = model.equilibrium(extrapolate_ends(m))
    return _to_cartesian(frames, equilibrium.at(model.grid().nodes, cells))


def densities(model: PublishedModel, m: Vectors, y: Distribution) -> Densities:
    """(10)–(13) and the heat flux of any distribution."""
    frames = local_frames(m)
    sums = model.kinetics().weights.all(_to_local(frames, y))
    return Densities.of(sums, frames, model.signed_spinor_velocity)


def step_electrons(
    model: PublishedModel,
    y: Distribution,
    path: tuple[Vectors, Vectors],
    step: Scalar | float,
) -> Distribution:
    """One step of (5),(6), while M goes on a straight path from ``path[0]`` to ``path[1]``."""
    before, after = path
    shift = jnp.asarray(1.0 / (GAMMA * step))
    middle = normalise(before + GAMMA * (after - before))
    first = _implicit_stage(model, middle, y, shift)
    onward = y + (1.0 - GAMMA) / GAMMA * (first - y)
    return _implicit_stage(model, after, onward, shift)


def _implicit_stage(
    model: PublishedModel, m: Vectors, known: Distribution, shift: Array
) -> Distribution:
    """Y with shift·(Y − known) + L(Y − Y_qs[m]) = 0, L the operator of (5),(6)."""
    steady = steady_distribution(model, m)
    return steady + _relaxed(model, m, shift * (known - steady), shift)


def _relaxed(model: PublishedModel, m: Vectors, source: Distribution, shift: Array) -> Distribution:
    """δ with (shift + L)δ = source and nothing flowing in."""
    frames = local_frames(m)
    slope = jnp.moveaxis(derivative_along(jnp.moveaxis(source, 1, 0), model.spacing), 0, 1)
    driven = _Driven(_to_local(frames, source), _to_local(frames, slope))
    cells = EquilibriumCells(model.centres, model.temperature.at(model.centres), frames)

    def inflow_of(p: Array) -> tuple[Quad, Quad]:
        zero = jnp.zeros_like(p)
        return (zero, zero, zero, zero), (zero, zero, zero, zero)

    texture, data = FramedTexture(frames, extrapolate_ends(m)), SourceData(cells, driven)
    _, mean = model.distribute(
        model.kinetics(shift, keep=True), texture, data, _RelaxedSource(model.spacing), inflow_of
    )
    assert mean is not None
    return _to_cartesian(frames, mean)


def _to_local(frames: Float[Array, "cells 3 3"], y: Distribution) -> Quad:
    g = jnp.einsum("cab,bcp->acp", frames, y[1:])
    return (y[0], g[0], g[1], g[2])


def _to_cartesian(frames: Float[Array, "cells 3 3"], y: Quad) -> Distribution:
    g = jnp.einsum("cab,acp->bcp", frames, jnp.stack(y[1:]))
    return jnp.concatenate([y[0][None], g])
