"""Balances of the consistent model: charge, angular momentum, linearity; and its iterations."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.transport.consistent.many_streams import CellSource
from boltzwall.transport.consistent.two_stream import Inflow, StreamSource
from tests.consistent_wires import TABLE, UNEQUAL, ConsistentWire, many_streams, two_streams
from tests.systems.consistent_transport import HBAR
from tests.systems.textures import RandomTexture

PATH = 2.6e5 * 1e-15  # a mean free path in m
PATHS = (0.1, 3.0, 100.0, 1e4)


def _wire(paths, **settings):
    length = paths * PATH
    return ConsistentWire(
        RandomTexture(5, length), length, UNEQUAL, temperature=200.0, gradient=50.0 / length,
        cells=60, nodes=12, **settings,
    )  # fmt: skip


@pytest.mark.slow_but("2-True-True-0.1", "2-False-False-0.1")
@pytest.mark.parametrize("paths", PATHS)
@pytest.mark.parametrize(
    ("streams", "bulk", "force"),
    [(2, True, True), (2, False, False), (4, True, False), (4, False, True)],
)
def test_charge_and_angular_momentum_are_conserved(streams, bulk, force, paths):
    """∂x j_e = 0 and ∂x j_s − (J/ħ)M×m_n + m_n/τ_sf = 0 in each cell, of the largest term."""
    wire = _wire(paths, streams=streams, bulk=bulk, force=force)
    found, dx = wire.respond(), wire.length / wire.cells
    precession = wire.electrons.exchange_splitting / HBAR
    for k, name in enumerate(("field", "gradient")):
        current = found.j_e[k]
        assert np.abs(np.diff(current)).max() < 1e-10 * np.abs(current).max(), name
        assert np.ptp(current) < 2e-9 * np.abs(current).max(), name
        exerted = precession * np.cross(np.asarray(wire.magnetisation), found.m[k])
        flipped = found.m[k] / wire.electrons.spin_flip_time
        rest = np.diff(found.j_s[k], axis=0) / dx - exerted + flipped
        terms = np.abs(found.j_s[k]).max() / dx, np.abs(exerted).max(), np.abs(flipped).max()
        assert np.abs(rest).max() < 1e-10 * max(terms), (name, np.abs(rest).max(), terms)
        whole = found.j_s[k][-1] - found.j_s[k][0] + dx * np.sum(flipped - exerted, axis=0)
        assert np.abs(whole).max() < 1e-10 * wire.length * max(terms), name
    assert found.iterations < 20


@pytest.mark.slow
def test_an_open_circuit_carries_no_current_and_the_split_adds_up():
    wire = _wire(30.0, supply=0.0)
    model = wire.model()
    response = model.respond(wire.magnetisation, wire.ends)
    amplitudes = model.amplitudes(response)
    parts = response.charge_current * amplitudes
    total = response.driven(amplitudes)
    assert np.abs(total.charge_current).max() < 1e-12 * np.abs(parts).max()
    assert abs(float(amplitudes[0])) > 0.0
    torque = model.torque(wire.magnetisation, total.spin)
    split = [model.torque(wire.magnetisation, response.spin[..., k] * a)
             for k, a in enumerate(amplitudes)]  # fmt: skip
    np.testing.assert_allclose(split[0] + split[1], torque, atol=1e-12 * np.abs(torque).max())


@pytest.mark.slow
def test_a_given_current_flows_and_no_drive_exerts_no_torque():
    given = _wire(30.0, supply=3e10)
    model = given.model()
    response = model.respond(given.magnetisation, given.ends)
    driven = response.driven(model.amplitudes(response))
    np.testing.assert_allclose(driven.charge_current, 3e10, rtol=1e-10)
    still = response.driven(jnp.zeros(2))
    assert all(np.abs(part).max() == 0.0 for part in still[:5])


def _random_sources(rng, cells, count, lanes):
    forward, backward = rng.normal(size=(2, cells, 4, count // 2, 1, lanes))
    slopes = 0.1 * rng.normal(size=(2, cells, 4, count // 2, 1, lanes))
    return CellSource(*(jnp.asarray(a) for a in (forward, slopes[0], backward, slopes[1])))


@pytest.mark.slow
@pytest.mark.parametrize("electrons", [TABLE, replace(UNEQUAL, spin_flip_time=1e-13)])
@pytest.mark.parametrize("count", [8, 16])
def test_few_iterations_from_ballistic_to_diffusive_and_for_slow_electrons(count, electrons):
    """Lanes: wires of 0.1 to 10 000 mean free paths, then electrons slower by another thousand."""
    cells, rng = 50, np.random.default_rng(1)
    texture = RandomTexture(6, 1.0)(np.linspace(0.0, 1.0, cells))
    speeds = 2.6e5 / np.array([0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e7])
    source = _random_sources(rng, cells, count, speeds.size)
    inflow = Inflow(*(jnp.asarray(rng.normal(size=(2, 4, count // 2, 1, speeds.size)))))
    _, _, answer = many_streams(electrons, speeds, texture, PATH / cells, count, source, inflow)
    error, iterations = answer.effort
    print(count, "iterations", int(iterations), "residual", float(error))
    assert int(iterations) < 20
    assert float(error) < 1e-12
    assert all(np.isfinite(part).all() for part in answer.sweep.densities)


def test_slow_electrons_settle_locally():
    """v → 0: <y> obeys (loss − gain) <y> = <source> in each cell, whatever the neighbours do."""
    cells, rng = 20, np.random.default_rng(2)
    texture = RandomTexture(6, 1.0)(np.linspace(0.0, 1.0, cells))
    even = rng.normal(size=(cells, 4, 1))
    even[:, 0] = 0.0  # no source creates charge
    still = jnp.zeros((cells, 4, 1))
    source = StreamSource(jnp.asarray(even), still, jnp.asarray(even), still)
    none = Inflow(jnp.zeros((4, 1)), jnp.zeros((4, 1)))
    found, _ = two_streams(UNEQUAL, np.array([1e-6]), texture, 1e-9, source, none)
    mean = np.asarray(found.mean)[:, 1:, 0]
    left = mean / UNEQUAL.spin_flip_time
    left -= UNEQUAL.exchange_splitting / HBAR * np.cross(texture, mean)
    np.testing.assert_allclose(left, even[:, 1:, 0], atol=1e-6)
