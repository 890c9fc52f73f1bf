"""One cell of one stream against the ordinary differential equation that it solves."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.linalg import expm

from boltzwall.numerics.axial import Axial
from boltzwall.numerics.spin_components import Diagonal
from boltzwall.transport.consistent.cell import stream_cell
from tests.compare import assert_close_to_largest
from tests.consistent_wires import TABLE, UNEQUAL, carriers, rates_of

AXIS = np.array([0.6, -0.48, 0.64])
CROSSINGS = np.array([1e-20, 3e-16, 2e-15, 2.7e-14, 1e-9])
Y, Q0, Q1 = np.random.default_rng(2).uniform(-1.0, 1.0, (3, 4))


def _loss(electrons, shift=0.0):
    """A of dy/ds v = −A y, as a matrix, from [C1] and [C2]."""
    rates = carriers(electrons)
    a, b = electrons.mean_rate, electrons.rate_difference
    x, y, z = AXIS
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    matrix = (a + shift) * np.eye(4)
    matrix[0, 1:] = matrix[1:, 0] = b * AXIS
    matrix[1:, 1:] -= float(rates.precession_rate) * cross
    return matrix


def _exact(loss, crossing, y, q0, q1):
    """(out, mean, slope) by one exponential of the augmented system.

    Unknowns (y, ζ, 1, ∫y dt, ∫∫y dt²); by parts ∫ζ y dt = ∫y dt − 2∫dt ∫₀ᵗ y.
    """
    n = 14
    matrix = np.zeros((n, n))
    matrix[:4, :4] = -crossing * loss
    matrix[:4, 4], matrix[:4, 5] = crossing * q1, crossing * q0
    matrix[4, 5] = 2.0
    matrix[6:10, :4] = np.eye(4)
    matrix[10:, 6:10] = np.eye(4)
    start = np.concatenate([y, [-1.0, 1.0], np.zeros(8)])
    end = expm(matrix) @ start
    mean = end[6:10]
    return end[:4], mean, 3.0 * (mean - 2.0 * end[10:])


@pytest.mark.parametrize("shift", [0.0, 4e14])
@pytest.mark.parametrize("electrons", [TABLE, UNEQUAL])
@pytest.mark.parametrize("crossing", CROSSINGS[:4])
def test_a_stream_crosses_a_cell_as_the_exponential_says(electrons, crossing, shift):
    cell = stream_cell(rates_of(electrons, shift), jnp.asarray([crossing]), Axial)
    axis = jnp.asarray(AXIS)[:, None]
    y, q0, q1 = (jnp.asarray(v)[:, None] for v in (Y, Q0 / crossing, Q1 / crossing))
    found = [
        cell.through(axis, y) + cell.out0(axis, q0) + cell.out1(axis, q1),
        cell.mean_in(axis, y) + cell.mean0(axis, q0) + cell.mean1(axis, q1),
        cell.slope_in(axis, y) + cell.slope0(axis, q0) + cell.slope1(axis, q1),
    ]
    exact = _exact(_loss(electrons, shift), crossing, Y, Q0 / crossing, Q1 / crossing)
    for name, ours, theirs in zip(("out", "mean", "slope"), found, exact, strict=True):
        np.testing.assert_allclose(ours[:, 0], theirs, atol=2e-13, err_msg=name)


def test_the_frame_form_is_the_same_map():
    """About e_z the components (F, G_x, G_y, G_z) of one are (F ± G_z, G_x, G_y) of the other."""
    rates = rates_of(UNEQUAL)
    axial = stream_cell(rates, jnp.asarray(CROSSINGS), Axial)
    diagonal = stream_cell(rates, jnp.asarray(CROSSINGS), Diagonal)
    F, x, y, z = Y
    plain = jnp.asarray(Y)[:, None] * jnp.ones(CROSSINGS.size)
    split = jnp.asarray([F + z, F - z, x, y])[:, None] * jnp.ones(CROSSINGS.size)
    for name in vars(axial):
        first, second = getattr(axial, name), getattr(diagonal, name)
        one = np.asarray(first(jnp.asarray([[0.0], [0.0], [1.0]]), plain))
        other = np.asarray(second(split))
        joined = [0.5 * (other[0] + other[1]), other[2], other[3], 0.5 * (other[0] - other[1])]
        assert_close_to_largest(joined, one, 1e-14, name)


def test_a_cell_of_no_length_does_nothing():
    cell = stream_cell(rates_of(TABLE), jnp.asarray([0.0]), Axial)
    axis, y = jnp.asarray(AXIS)[:, None], jnp.asarray(Y)[:, None]
    np.testing.assert_allclose(cell.through(axis, y), y, atol=1e-15)
    np.testing.assert_allclose(cell.mean_in(axis, y), y, atol=1e-15)
    np.testing.assert_allclose(cell.slope_in(axis, y), 0.0, atol=1e-15)
    np.testing.assert_allclose(cell.out0(axis, y), 0.0, atol=1e-15)


@pytest.mark.parametrize("crossing", [1e-9, 1e-3, 1e6])
def test_a_slow_electron_forgets_what_entered_and_obeys_its_source(crossing):
    """v → 0: y = A⁻¹(q0 + q1 ζ) everywhere but in a layer of nothing."""
    cell = stream_cell(rates_of(UNEQUAL), jnp.asarray([crossing]), Axial)
    axis, inverse = jnp.asarray(AXIS)[:, None], np.linalg.inv(_loss(UNEQUAL))
    y, scale = jnp.asarray(Y)[:, None], 1e15
    q0, q1 = jnp.asarray(Q0)[:, None] * scale, jnp.asarray(Q1)[:, None] * scale
    assert np.abs(cell.through(axis, y)).max() < 1e-300
    thin = 10.0 / (crossing * 1e15)
    out = cell.out0(axis, q0) + cell.out1(axis, q1)
    np.testing.assert_allclose(out[:, 0], scale * inverse @ (Q0 + Q1), atol=thin)
    mean = cell.mean0(axis, q0) + cell.mean1(axis, q1)
    np.testing.assert_allclose(mean[:, 0], scale * inverse @ Q0, atol=thin)
    slope = cell.slope0(axis, q0) + cell.slope1(axis, q1)
    np.testing.assert_allclose(slope[:, 0], scale * inverse @ Q1, atol=thin)


def test_what_leaves_balances_what_enters():
    """v(out − in)/Δx + A mean = q0: the balance on which all conservation laws rest."""
    electrons = replace(UNEQUAL, exchange_splitting=3e-20)
    cell = stream_cell(rates_of(electrons), jnp.asarray(CROSSINGS), Axial)
    axis, ones = jnp.asarray(AXIS)[:, None], np.ones(CROSSINGS.size)
    y, q0, q1 = (jnp.asarray(v)[:, None] * s for v, s in ((Y, ones), (Q0, 1e15), (Q1, 1e15 * ones)))
    out = cell.through(axis, y) + cell.out0(axis, q0) + cell.out1(axis, q1)
    mean = cell.mean_in(axis, y) + cell.mean0(axis, q0) + cell.mean1(axis, q1)
    lost = _loss(electrons) @ np.asarray(mean)
    change = np.asarray(out - y) / CROSSINGS
    scale = np.maximum(np.abs(change).max(axis=0), 1e15)
    rest = (change + lost - np.asarray(q0)) / scale
    # Where a cell takes 1e-5 of a lifetime, out − in has five digits less.
    allowed = 2e-14 * np.maximum(1.0, 1e-15 / CROSSINGS)
    assert np.all(np.abs(rest) < allowed), rest
