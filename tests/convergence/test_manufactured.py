"""Measured orders on manufactured solutions, which fill both equations with smooth sources.

A source S drives the solver as the state R⁻¹S in which collisions and precession balance it.
"""

from dataclasses import replace
from typing import NamedTuple

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.frames import local_frames
from boltzwall.transport.published.march import LocalSource, SourceData
from boltzwall.transport.published.model import FramedTexture
from boltzwall.transport.published.momentum_drift import FieldSchedule
from tests.compare import measured_orders
from tests.systems.manufactured import Manufactured, Medium
from tests.systems.textures import RandomTexture, Uniform
from tests.wires import LENGTH, Wire

FIELD = 1e6  # V/m: strong, it moves electrons by 0.02 p_F along the wire


def _exact(wire, model, flat):
    """The manufactured solution of a wire; `flat` takes its variation along x away."""
    u = float(model.signed_spinor_velocity)
    medium = Medium(u=u, electric_field=wire.electric_field)
    exact = Manufactured(wire.texture, medium, length=LENGTH, seed=2)
    if flat:
        exact._waves["k"][:] = 0.0
    return exact


def _fields(waves, p, x):
    """(F, Gx, Gy, Gz) at momenta (n,) and one position in units of the length, (4, n)."""
    phase = waves["k"] * x + waves["q"] * p[:, None, None] + waves["phi"]
    return (waves["c"] + jnp.sum(waves["b"] * jnp.sin(phase), axis=-2)).T


@eqx.filter_jit
def _distribute(model, wire, waves, sources, entering):
    """Cell averages of (F, G) in Cartesian components, (4, cells, momenta)."""
    magnetisation, ends = wire
    frames = local_frames(magnetisation)

    def local(y, rotation):
        return (y[0], *jnp.einsum("...ab,b...->a...", rotation, y[1:]))

    def source_of(kinetics, piece, driving):
        rest = kinetics.rates.relax(driving)
        return LocalSource(rest=rest, tilt=None, inflow=piece, equilibrium=rest)

    def inflow_of(p):
        data = [_fields(waves, p / Manufactured.momentum_scale, x) for x in (0.0, 1.0)]
        return local(data[0], frames[0]), local(data[1], frames[-1])

    def in_frames(y):
        along = jnp.einsum("cab,bcp->acp", frames, y[1:])
        return (y[0], along[0], along[1], along[2])

    kinetics = model.kinetics(keep=True)
    data = SourceData(in_frames(entering), in_frames(sources))
    texture = FramedTexture(frames, ends)
    _, mean = model.distribute(kinetics, texture, data, source_of, inflow_of)
    vector = jnp.einsum("cab,acp->bcp", frames, jnp.stack(mean[1:]))
    return jnp.concatenate([mean[0][None], vector])


def _errors(wire, model=None, flat=False):
    """Errors of F, G and of ∫F dp, ∫G dp; nodes next to v = ±u are left out."""
    model = wire.model() if model is None else model
    exact, grid, x = _exact(wire, model, flat), model.grid(), wire.x
    p = np.asarray(grid.nodes)
    upward = wire.electric_field <= 0.0
    entry = np.asarray(grid.ends)[:1] if upward else np.asarray(grid.ends)[1:]
    sources, entering, expected = (
        np.concatenate([scalar[None], np.moveaxis(vector, -1, 0)])
        for scalar, vector in (
            exact.total_source(p, x[:, None]),
            exact.fields(entry, x[:, None]),
            exact.fields(p, x[:, None]),
        )
    )
    waves = {key: jnp.asarray(value) for key, value in exact._waves.items()}
    texture = (wire.magnetisation, wire.ends)
    ours = _distribute(model, texture, waves, jnp.asarray(sources), jnp.asarray(entering))
    speed = float(model.electrons.mass * model.electrons.spinor_velocity)
    compared = np.abs(np.abs(p) / speed - 1.0) > 0.02
    error = np.asarray(ours) - expected
    weights = np.asarray(grid.weights) / (p[-1] - p[0])
    return Errors(*(_mean_square(e) for e in (error[..., compared], error @ weights)))


class Errors(NamedTuple):
    """Root mean squares, of the distributions at the nodes and of their integrals over p."""

    nodes: float
    integrals: float


def _mean_square(values):
    return float(np.sqrt(np.mean(values**2)))


@pytest.mark.slow_but("march")
@pytest.mark.parametrize(
    "wire",
    [
        Wire(RandomTexture(3), (0.9, 1.6), FIELD),
        Wire(RandomTexture(3), (0.6, 1.2), -FIELD, inflow="characteristic"),
    ],
    ids=["march", "boundary value"],
)
def test_second_order_in_x(wire):
    coarse, fine = (_errors(wire.but(cells=cells, nodes=32)) for cells in (120, 360))
    orders = [float(measured_orders(pair, 3.0)[0]) for pair in zip(coarse, fine, strict=True)]
    print(f"{coarse}, {fine}, orders {orders}")
    assert max(fine) < 2e-5
    np.testing.assert_allclose(orders, 2.0, atol=0.2)


def _with_panels(wire, panels, order):
    """The wire's model on so many panels of so many nodes, its field term iterated to the end."""
    model = wire.but(electric_field=0.0).model()
    schedule = FieldSchedule(20, panelwise=True)
    options = replace(model.options, panels=(panels,), nodes_per_panel=order, schedule=schedule)
    return replace(model, options=options, electric_field=jnp.asarray(wire.electric_field))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "inflow", "nodes", "counts", "expected"),
    [
        ("gauss", "left", 2, (8, 24), 2.0),
        ("gauss", "left", 8, (1, 2), 8.0),
        ("gauss", "characteristic", 4, (2, 4), 4.0),
        ("uniform", "left", 1, (24, 72), 2.0),
    ],
    ids=["panels of 2", "panels of 8", "boundary value, panels of 4", "uniform"],
)
def test_order_in_p(rule, inflow, nodes, counts, expected):
    """Panels of n nodes are of order n or better in the integrals, uniform cells of order 2.

    Nothing varies along x but the error itself, so that all of it is that of the grid in p. At the
    nodes the error is that of a derivative where the field is weak: of order n − 1 to n.
    """
    wire = Wire(Uniform((0.3, -0.5, 0.7)), (0.9, 1.6), -FIELD, rule=rule, inflow=inflow, cells=60)
    coarse, fine = (_errors(wire, _with_panels(wire, c, nodes), flat=True) for c in counts)
    ratio = counts[1] / counts[0]
    at_nodes, integrals = (
        float(measured_orders(pair, ratio)[0]) for pair in zip(coarse, fine, strict=True)
    )
    print(f"{coarse}, {fine}, orders {at_nodes:.2f}, {integrals:.2f}")
    assert integrals > expected - 0.05
    assert at_nodes > expected - 1.3
    if rule == "uniform":
        assert integrals < expected + 0.2
