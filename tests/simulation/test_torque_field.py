"""The torque on a grid: exact where M varies along x, honest about what lies across."""

import re
import warnings

import jax.numpy as jnp
import numpy as np
import pytest

import boltzwall
from boltzwall.errors import InputError
from boltzwall.numerics.rows import Rows, across_rows

CELLS, STEP = 48, 2e-9
PERMALLOY = {
    "material": {"preset": "permalloy"},
    "temperature": {"kind": "linear", "cold_end": 290.0, "gradient": "0.2 K/nm"},
    "drive": {"current_density": -1e12},
    "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
}
PAPER = {
    "temperature": {"kind": "linear", "cold_end": 100.0, "gradient": "2 K/nm"},
    "drive": {"electric_field": -8e3},
    "transport": {"momentum_nodes": 8},
}
MANY = PERMALLOY | {"transport": {"model": "consistent", "streams": 4, "momentum_nodes": 8}}


def wall(cells: int = CELLS, tilt: float = 0.0, rows: int = 1) -> np.ndarray:
    """A Néel wall of 12 nm, (cells, rows, 1, 3), its position shifted by ``tilt`` per row."""
    x = STEP * (np.arange(cells) + 0.5 - 0.5 * cells)
    s = (x[:, None] - tilt * STEP * (np.arange(rows) - 0.5 * (rows - 1))) / 12e-9
    m = np.stack([1 / np.cosh(s), 0.0 * s, -np.tanh(s)], axis=-1)
    return m[:, :, None]


def wire(config: dict, cells: int = CELLS) -> dict:
    return config | {"wire": {"length": cells * STEP, "cells": cells}}


def quiet(*arguments):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return boltzwall.torque_field(*arguments, progress=False)


def same(found, expected):
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=1e-12 * np.max(np.abs(expected)))


@pytest.mark.parametrize(
    "config",
    [PERMALLOY, PAPER, pytest.param(MANY, marks=pytest.mark.slow)],
    ids=["two streams", "published", "four streams"],
)
def test_it_is_that_of_the_wire_where_m_varies_along_x_alone(config):
    m = np.broadcast_to(wall(), (CELLS, 3, 2, 3))
    found = quiet(m, (STEP, 3e-9, 5e-9), config)
    expected = boltzwall.solve_transport(wire(config), m[:, 0, 0], progress=False)
    for name in ("torque_total", "torque_electrical", "torque_thermal"):
        for row in np.ndindex(3, 2):
            same(found[name].values[:, row[0], row[1]], expected[name].values)
    assert found.attrs["transverse_ratio"] == np.inf
    np.testing.assert_allclose(found["temperature"], expected["temperature"])
    for name in ("effective_velocity", "effective_beta"):
        if name in expected:
            np.testing.assert_allclose(found[name], expected[name], rtol=1e-12)
    if config is PAPER:
        same(found["torque_background"].values[:, 1, 1], expected["torque_background"].values)


def test_every_row_is_solved_by_itself():
    m = wall(tilt=4.0, rows=11)  # more than one batch of lanes, the last one not full
    found = quiet(m, STEP, PERMALLOY)
    for row in (0, 7, 10):
        expected = boltzwall.solve_transport(wire(PERMALLOY), m[:, row, 0], progress=False)
        same(found["torque_total"].values[:, row, 0], expected["torque_total"].values)


def test_empty_cells_have_no_torque_and_a_row_goes_on_beyond_the_edge():
    """A row that begins and ends in the domains knows no difference; a hole parts a row in two."""
    m = np.array(np.broadcast_to(wall(), (CELLS, 2, 1, 3)))
    m[:2, 1], m[-2:, 1] = 0.0, 0.0
    m[20:30, 0] = 0.0
    found = quiet(m, STEP, PERMALLOY)
    torque = found["torque_total"].values
    for empty in (torque[:2, 1], torque[-2:, 1], torque[20:30, 0]):
        assert not np.any(empty)
    whole = quiet(wall(), STEP, PERMALLOY)["torque_total"].values[:, 0]
    np.testing.assert_allclose(torque[12:-12, 1], whole[12:-12], atol=0.01 * np.abs(whole).max())
    left = m[:, 0, 0].copy()
    left[20:] = left[19]
    alone = boltzwall.solve_transport(wire(PERMALLOY), left, progress=False)
    same(torque[:20, 0, 0], alone["torque_total"].values[:20])
    assert np.all(np.isnan(found["local_velocity"].values[20:30, 0]))


def test_u_and_beta_of_a_cell_rebuild_its_torque():
    found = quiet(wall(tilt=2.0, rows=3), STEP, PERMALLOY)
    m, u = found["magnetisation"].values, found["local_velocity"].values[..., None]
    beta = found["local_beta"].values[..., None]
    slope = Rows.of(np.ones(m.shape[:3], bool)).derivative(jnp.asarray(m), STEP)
    torque = -u * slope + beta * u * np.cross(m, slope)
    inside = np.isfinite(u[..., 0])
    assert inside.sum() > 100
    off = (torque - found["torque_total"].values)[inside]
    assert np.abs(off).max() < 1e-2 * np.abs(found["torque_total"].values).max()
    rate = found["magnetisation_torque"].values
    np.testing.assert_allclose(rate, 8e5 * found["torque_total"].values, rtol=1e-12)


def test_a_uniform_magnetisation_has_no_torque_and_no_u():
    m = np.broadcast_to([0.0, 0.6, 0.8], (CELLS, 1, 1, 3))
    found = quiet(m, STEP, PERMALLOY)
    assert np.abs(found["torque_total"]).max() < 1.0
    assert np.isnan(found["effective_velocity"])
    assert np.isnan(found["effective_beta"])


def test_the_transverse_scale_is_that_of_a_tilted_wall():
    """M(x − ty): |∂yM| = t |∂xM|, so that the weighted scale is that of |∂xM|⁴ over |∂xM|²."""
    tilt = 0.5
    found = quiet(wall(tilt=tilt, rows=11), STEP, PERMALLOY)
    # ∫sech⁴ = 4/3, ∫sech² = 2, in units of Δ = 12 nm
    expected = 12e-9 / tilt * np.sqrt(2.0 / (4.0 / 3.0))
    np.testing.assert_allclose(found.attrs["transverse_scale"], expected, rtol=0.02)
    ratio = found.attrs["transverse_scale"] / found.attrs["mean_free_path"]
    np.testing.assert_allclose(found.attrs["transverse_ratio"], ratio)


def test_rows_with_another_m_within_a_mean_free_path_are_warned_of():
    with pytest.warns(UserWarning, match="spread of electrons from row to row"):
        boltzwall.torque_field(wall(tilt=6.0, rows=11), STEP, PERMALLOY, progress=False)
    with pytest.warns(UserWarning, match="turns by"):
        boltzwall.torque_field(wall(), 3 * STEP, PERMALLOY, progress=False)


@pytest.mark.parametrize(
    ("m", "spacing", "says"),
    [
        (np.ones((8, 3)), STEP, "(nx, ny, nz, 3)"),
        (np.full((8, 1, 1, 3), np.nan), STEP, "finite"),
        (np.full((8, 1, 1, 3), 1.0), STEP, "Divide M by Ms"),
        (np.zeros((8, 1, 1, 3)), STEP, "not empty"),
        (wall(), -1.0, "spacing"),
        (wall(), (1e-9, 1e-9), "spacing"),
        ("strip", STEP, "(nx, ny, nz, 3)"),
    ],
)
def test_what_cannot_be_used_is_refused(m, spacing, says):
    with pytest.raises(InputError, match=re.escape(says)):
        boltzwall.torque_field(m, spacing, PERMALLOY)


def test_a_torque_without_a_kinetic_solution_is_refused():
    config = {"transport": {"model": "zhang-li", "u": 1.0, "beta": 0.1}}
    with pytest.raises(InputError, match="kinetic model"):
        boltzwall.torque_field(wall(), STEP, config)


def test_stretches_of_full_cells_are_lanes():
    full = np.array([[1, 1, 0, 1], [0, 0, 0, 0], [1, 1, 1, 1]], bool).T[:, :, None]
    rows = Rows.of(full)
    assert (rows.first.tolist(), rows.last.tolist()) == ([0, 3, 0], [1, 3, 3])
    assert (rows.y.tolist(), rows.z.tolist(), rows.whole) == ([0, 0, 2], [0, 0, 0], False)
    values = jnp.arange(12.0).reshape(4, 3, 1)
    np.testing.assert_array_equal(rows.gather(values)[0], [0.0, 3.0, 3.0, 3.0])
    np.testing.assert_array_equal(rows.scatter(rows.gather(values)), np.where(full, values, 0.0))


def test_differences_across_rows_keep_to_full_cells():
    y = 2e-9 * np.arange(4)
    m = np.zeros((1, 4, 1, 3))
    m[0, :, 0, 0] = 3e7 * y
    full = np.array([True, True, True, False]).reshape(1, 4, 1)
    found = across_rows(m, full, (1e-9, 2e-9, 1e-9))
    np.testing.assert_allclose(found[0, :, 0], [9e14, 9e14, 9e14, 0.0])
