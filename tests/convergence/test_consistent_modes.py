"""Exact modes in a uniform M: spin diffusion from an end, and precession without collisions."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.axial import Axial
from boltzwall.transport.consistent.cell import stream_cell
from boltzwall.transport.consistent.two_stream import Inflow, StreamSource
from tests.compare import assert_close_to_largest
from tests.consistent_wires import DIRECTION, TABLE, UNEQUAL, rates_of, two_streams
from tests.systems.consistent_ballistic import (
    hemisphere_current,
    hemisphere_density,
    thermal_average,
    thermal_dephasing,
)
from tests.systems.consistent_injection import Injection
from tests.systems.consistent_transport import CHARGE, ELECTRON_MASS, HBAR

FREE = replace(TABLE, time_minority=np.inf, time_majority=np.inf, spin_flip_time=np.inf)
DATA = np.array([0.4, 0.2, -0.1, 0.3])


def _injected(electrons, speed, length, cells, data=DATA):
    """Both streams at the faces, (2, faces, 4), for `data` sent in at x = 0."""
    unit = np.asarray(DIRECTION) / np.linalg.norm(DIRECTION)
    none = jnp.zeros((cells, 4, 1))
    _, faces = two_streams(
        electrons, np.array([speed]), np.tile(unit, (cells, 1)), length / cells,
        StreamSource(none, none, none, none),
        Inflow(jnp.asarray(data)[:, None], jnp.zeros((4, 1))),
    )  # fmt: skip
    return np.stack([faces.backward[..., 0], faces.forward[..., 0]])


@pytest.mark.slow
@pytest.mark.parametrize("length", [3e-9, 60e-9])
@pytest.mark.parametrize(("electrons", "speed"), [(TABLE, 2.21e5), (UNEQUAL, 3.4e5)])
def test_injected_electrons_spread_as_the_exact_modes(electrons, speed, length):
    errors = []
    for cells in (int(length / 5e-11), 2 * int(length / 5e-11)):
        x = np.linspace(0.0, length, cells + 1)
        exact = Injection(electrons, speed, DIRECTION, length).distribution(x, DATA[0], DATA[1:])
        errors.append(
            np.abs(_injected(electrons, speed, length, cells) - exact.swapaxes(0, 1)).max()
        )
    print(errors)
    assert errors[1] < 1e-6
    assert errors[1] < 0.3 * errors[0], "at least second order"


def test_spin_diffusion_length_of_table_one():
    """1/k∥ = 6.9886 nm at 2.21e5 m/s, from the decay along a long wire."""
    length, cells = 150e-9, 1500
    along = np.append(0.0, np.asarray(DIRECTION) / np.linalg.norm(DIRECTION))
    streams = _injected(TABLE, 2.21e5, length, cells, along)
    spin = streams.mean(axis=0) @ along
    decay = np.log(spin[200] / spin[400]) / (20e-9)
    assert round(1e9 / decay, 4) == 6.9886


def test_transverse_decay_is_that_of_its_wave_number():
    """k⊥² = (1/τ − iJ/ħ)(1/τ_sf − iJ/ħ)/v², from the complex amplitude over one nanometre."""
    length, cells = 12e-9, 2400
    exact = Injection(TABLE, 2.21e5, DIRECTION)
    _, first, second = exact._frame()
    streams = _injected(TABLE, 2.21e5, length, cells, np.append(0.0, first))
    mean = streams.mean(axis=0)[:, 1:]
    w = mean @ first + 1j * mean @ second
    found = -np.log(w[300] / w[200]) / (100 * length / cells)
    np.testing.assert_allclose(found, exact.transverse_rate, rtol=1e-5)


def _turned(crossing):
    """G₁ + iG₂ of streams without collisions, after `crossing` s, and its mean on the way."""
    cell = stream_cell(rates_of(FREE), jnp.asarray(crossing), Axial)
    axis, start = jnp.array([[0.0], [0.0], [1.0]]), jnp.array([[0.0], [1.0], [0.0], [0.0]])
    y = start * jnp.ones(crossing.size)
    return tuple(np.asarray(part(axis, y)) for part in (cell.through, cell.mean_in))


@pytest.mark.slow
@pytest.mark.parametrize("speed", [2.3e5, 1.1e6])
def test_a_hemisphere_of_ballistic_spins_adds_up_to_e2_and_e3(speed):
    """∫dµ as ∫dt/t², t = 1/µ: panels over ten turns, the rest by its asymptotic series."""
    nodes, weights = np.polynomial.legendre.leggauss(16)
    for x in (0.4e-9, 1.0e-9, 3.0e-9):
        rate = 1j * TABLE.exchange_splitting * x / (HBAR * speed)
        last = np.ceil(60.0 / abs(rate))
        starts = np.arange(1.0, last)[:, None]
        t, weight = (starts + 0.5 + 0.5 * nodes).ravel(), np.tile(0.5 * weights, starts.size)
        turned, _ = _turned(t * x / speed)
        w = turned[1] + 1j * turned[2]
        for order, kind in ((2, hemisphere_density), (3, hemisphere_current)):
            rest, term = 0.0, -np.exp(rate * last) / rate / last**order
            for k in range(10):
                rest, term = rest + term, term * (order + k) / (rate * last)
            found = np.sum(weight * w / t**order) + rest
            exact = kind(np.array(x), speed, TABLE.exchange_splitting)
            assert abs(found - exact) < 1e-9, (x, order)


def test_energies_dephase_as_z_over_sinh_z():
    kinetic, temperature = 0.14 * CHARGE, 5.0
    kt = 1.380649e-23 * temperature
    nodes, weights = np.polynomial.legendre.leggauss(16)
    starts = np.arange(-36.0, 36.0, 1.0)[:, None]
    y, weight = (starts + 0.5 + 0.5 * nodes).ravel(), np.tile(0.5 * weights, starts.size)
    speeds = np.sqrt(2.0 * (kinetic + y * kt) / ELECTRON_MASS)
    window = 0.25 / np.cosh(0.5 * y) ** 2
    for x in (100e-9, 300e-9):
        turned, _ = _turned(x / speeds)
        found = np.sum(weight * window * (turned[1] + 1j * turned[2]))
        settings = temperature, kinetic, ELECTRON_MASS, TABLE.exchange_splitting
        assert abs(found - thermal_average(x, *settings)) < 1e-8
        closed = float(thermal_dephasing(np.array(x), *settings))
        assert abs(abs(found) - closed) < 5e-3
        assert closed < 0.99


@pytest.mark.slow
def test_a_ballistic_cell_keeps_what_enters():
    turned, mean = _turned(np.array([1e-16, 1e-13]))
    assert_close_to_largest(np.linalg.norm(turned[1:3], axis=0), np.ones(2), 1e-12)
    assert np.all(np.linalg.norm(mean[1:3], axis=0) < 1.0)
