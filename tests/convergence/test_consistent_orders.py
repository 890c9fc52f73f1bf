"""Measured orders of the consistent solver: in x, in the momentum nodes, in the directions."""

from dataclasses import replace
from itertools import pairwise

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.transport.consistent.many_streams import CellSource
from boltzwall.transport.consistent.model import half_range
from boltzwall.transport.consistent.two_stream import Inflow, StreamSource
from tests.compare import largest_error, measured_orders
from tests.consistent_wires import FLIPPING, UNEQUAL, ConsistentWire, many_streams, two_streams
from tests.systems.consistent_manufactured import ManufacturedStreams
from tests.systems.consistent_spiral import Spiral
from tests.systems.consistent_transport import CHARGE, ELECTRON_MASS
from tests.systems.consistent_walls import TanhWall
from tests.systems.textures import RandomTexture

LENGTH = 5e-9
QUICK = replace(UNEQUAL, spin_flip_time=3e-15)
FAST = replace(UNEQUAL, fermi_energy=0.3 * CHARGE)
SPEEDS = np.array([1.2e5, 2.3e5, 6e5])


def _manufactured(count, cells, seed):
    """Largest errors of <y> in the cells and of <µy> at the faces."""
    cosines, shares = (np.ones(1), np.full(1, 0.5)) if count == 2 else half_range(count)
    mu = np.concatenate([-cosines[::-1], cosines])
    weights = np.concatenate([shares[::-1], shares])
    texture = RandomTexture(seed, LENGTH)
    exact = ManufacturedStreams(texture, UNEQUAL, LENGTH, tuple(mu), tuple(weights), seed=seed)
    dx = LENGTH / cells
    x, faces = (np.arange(cells) + 0.5) * dx, np.arange(cells + 1) * dx
    p = ELECTRON_MASS * SPEEDS

    def values(function, at, directions):
        """(places, 4, directions, 1, lanes)."""
        y = function(at[:, None, None, None], directions[:, None, None], p)
        return jnp.asarray(np.moveaxis(y, -1, 1))

    def pair(directions):
        ahead, behind = (values(exact.source, x + s, directions) for s in (1e-4 * dx, -1e-4 * dx))
        return values(exact.source, x, directions), 0.5 * (ahead - behind) / 2e-4

    ends = np.array([0.0, LENGTH])
    inflow = Inflow(values(exact.fields, ends, cosines)[0], values(exact.fields, ends, -cosines)[1])
    source = CellSource(*pair(cosines), *pair(-cosines))
    if count == 2:
        flat = [part[:, :, 0, 0] for part in source]
        densities, both = two_streams(
            UNEQUAL, SPEEDS, texture(x), dx, StreamSource(*flat),
            Inflow(inflow.left[:, 0, 0], inflow.right[:, 0, 0]),
        )  # fmt: skip
        mean, flux = np.asarray(densities.mean), np.asarray(0.5 * (both.forward - both.backward))
    else:
        mean, flux, _ = many_streams(UNEQUAL, SPEEDS, texture(x), dx, count, source, inflow)
        mean, flux = mean[:, :, 0], flux[:, :, 0]
    true_mean = np.moveaxis(exact.mean(x[:, None], p), -1, 1)
    streams = values(exact.fields, faces, mu)
    true_flux = np.einsum("i,xail->xal", weights * mu, streams[:, :, :, 0])
    return largest_error(mean, true_mean), largest_error(flux, true_flux)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize("count", [2, 4])
def test_second_order_in_x_for_any_texture(count, seed):
    errors = np.array([_manufactured(count, cells, seed) for cells in (50, 100, 200)])
    orders = np.array([measured_orders(column) for column in errors.T])
    print(count, seed, errors[-1], orders)
    assert np.all(orders[:, -1] > 1.9), orders
    assert np.all(errors[-1] < 2e-3), errors


def _node_errors(wire, counts):
    """Errors of the spin density at these counts, (counts, drives)."""
    exact = wire.respond().m
    found = [wire.but(nodes=n).respond().m for n in counts]
    return np.array([[largest_error(m[k], exact[k]) for k in (0, 1)] for m in found])


@pytest.mark.slow
def test_momentum_nodes_of_a_spiral_at_one_temperature():
    """Far from the ends, whose layers of slow electrons are not smooth in p."""
    wire = ConsistentWire(
        Spiral(6e8), 30e-9, FLIPPING, gradient=1e9, isothermal=True, cells=101, nodes=40
    )
    exact = wire.respond().m[:, 50]
    found = np.array([wire.but(nodes=n).respond().m[:, 50] for n in (8, 16, 24)])
    errors = np.abs((found - exact) / np.abs(exact).max(axis=1, keepdims=True)).max(axis=2)
    print(errors)
    assert errors[-1, 0] < 1e-8, errors
    assert errors[-1, 1] < 1e-6, errors
    assert np.all(errors[1:] < 0.1 * errors[:-1]), "a factor of ten, at least, for eight nodes"


@pytest.mark.slow
def test_momentum_nodes_between_100_and_150_kelvin():
    """The sources are of many widths here; the response of slow electrons is not smooth in p."""
    wire = ConsistentWire(RandomTexture(2, LENGTH), LENGTH, FAST, gradient=1e10, cells=30, nodes=64)
    errors = _node_errors(wire, (8, 16, 32))
    print(errors)
    assert errors[-1, 0] < 1e-7
    assert errors[-1, 1] < 1e-5
    assert np.all(np.diff(np.log(errors), axis=0) < -np.log(12.0)), errors


def _by_directions(count, texture, length, bulk):
    """<y> at one speed, driven along M as by a field, with inflow τ_s S_s or none."""
    cells = 200
    dx = length / cells
    cosines, _ = half_range(count)
    M = texture((np.arange(cells) + 0.5) * dx)
    drive = np.concatenate([np.ones((cells, 1)), -0.3 * M], axis=1)
    odd = jnp.asarray(np.einsum("ca,i->cai", drive, cosines)[..., None, None])
    none = jnp.zeros_like(odd)
    bands = 0.5 * np.array([QUICK.time_minority, QUICK.time_majority]) * (0.7, 1.3)

    def entering(end):
        y = np.append(bands.sum(), (bands[0] - bands[1]) * texture(np.array([end]))[0])
        return jnp.asarray(np.einsum("a,i->ai", y, cosines)[..., None, None] * bulk)

    inflow = Inflow(entering(0.0), -entering(length))
    source = CellSource(odd, none, -odd, none)
    return many_streams(QUICK, np.array([2.3e5]), M, dx, count, source, inflow)[0]


def _changes(texture, length, bulk):
    """Largest changes of <y> as N doubles from 4 to 32."""
    found = [_by_directions(count, texture, length, bulk) for count in (4, 8, 16, 32)]
    return [largest_error(a, b) for a, b in pairwise(found)]


@pytest.mark.slow
def test_directions_converge_fast_where_the_bulk_reaches_the_ends():
    """A wall in the middle: its spin has died out at the ends, and the inflow is exact there."""
    changes = _changes(TanhWall(1e-9, 16e-9, 0.3), 32e-9, 1.0)
    orders = measured_orders(changes)
    print(changes, orders)
    assert np.all(orders > 5.0), changes
    assert changes[-1] < 1e-7, changes


@pytest.mark.slow
@pytest.mark.parametrize("bulk", [1.0, 0.0])
def test_directions_converge_algebraically_where_layers_begin_at_the_ends(bulk):
    """Reservoirs, and a texture that goes on at the ends though the inflow knows only M there."""
    changes = _changes(RandomTexture(3, 3e-9), 3e-9, bulk)
    print(bulk, changes, measured_orders(changes))
    assert np.all(measured_orders(changes) > 1.5), changes
