"""A torque that is held while others move M: exact where it was solved, and renewed in time."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.adapters import held_rows
from boltzwall.adapters.held_rows import HeldRows
from boltzwall.errors import InputError
from boltzwall.numerics.frames import derivative_along
from boltzwall.transport.field_form import FieldForm

CELLS, STEP, WIDTH = 64, 2e-9, 16e-9
FULL = np.ones((CELLS, 2, 1), dtype=bool)
METAL = {"transport": {"model": "consistent"}}


def wall(centre: float = 0.0, tilt: float = 0.0) -> jnp.ndarray:
    s = (STEP * (np.arange(CELLS) + 0.5 - 0.5 * CELLS) - centre) / WIDTH
    one = 1.0 / np.cosh(s)
    m = np.stack([one * np.cos(tilt), one * np.sin(tilt), -np.tanh(s)], axis=-1)
    return jnp.asarray(np.broadcast_to(m[:, None, None], (CELLS, 2, 1, 3)))


def torque_at(m: jnp.ndarray, narrow: float = 0.0) -> jnp.ndarray:
    """−u ∂xM + βu M×∂xM across M, with u = 30 m/s, and a β that grows by ``narrow`` M_z² u."""
    slope = derivative_along(m, STEP)
    slope = slope - jnp.sum(slope * m, axis=-1, keepdims=True) * m
    beta = 0.1 + narrow * m[..., 2:] ** 2
    return 30.0 * (beta * jnp.cross(m, slope) - slope)


def test_a_form_is_exact_where_it_was_made_and_turns_with_m():
    m = wall()
    form = FieldForm.of(m, derivative_along(m, STEP), torque_at(m, narrow=0.5))
    expected = torque_at(m, narrow=0.5)
    most = float(jnp.max(jnp.abs(expected)))
    np.testing.assert_allclose(
        form.at(m, derivative_along(m, STEP)), expected, rtol=0.0, atol=1e-12 * most
    )
    turned = wall(tilt=0.7)
    found = form.at(turned, derivative_along(turned, STEP))
    expected = torque_at(turned, narrow=0.5)
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=3e-3 * most)


def test_the_torque_of_zhang_and_li_is_held_wherever_the_wall_goes():
    """a and b lean to those of the whole field where ∂xM says nothing."""
    m, away = wall(), wall(centre=40e-9)
    form = FieldForm.of(m, derivative_along(m, STEP), torque_at(m))
    np.testing.assert_allclose(form.means, [-30.0, 3.0], rtol=2e-3)
    found, expected = form.at(away, derivative_along(away, STEP)), torque_at(away)
    most = float(jnp.max(jnp.abs(expected)))
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=5e-3 * most)


def moved(monkeypatch, narrow: float, tolerance: float = 0.02) -> tuple[HeldRows, list[float]]:
    """Rows whose wall moves 40 nm in 200 steps, and the error of the torque at each."""

    def solved(problem, m, names):
        return {"torque_total": torque_at(m, narrow)}

    monkeypatch.setattr(held_rows, "row_torques", solved)
    rows, errors = HeldRows(METAL, FULL, STEP, tolerance), []
    for centre in np.linspace(0.0, 40e-9, 201):
        m = wall(centre)
        expected = torque_at(m, narrow)
        off = jnp.max(jnp.abs(rows.torque(m) - expected)) / jnp.max(jnp.abs(expected))
        errors.append(float(off))
    return rows, errors


def test_it_is_renewed_so_often_that_the_error_keeps_to_the_tolerance(monkeypatch):
    rows, errors = moved(monkeypatch, narrow=1.0)
    assert errors[0] == 0.0
    assert max(errors[50:]) < 1.5 * rows.tolerance
    assert 5 < rows.solves < 100


def test_a_tighter_tolerance_takes_more_solutions(monkeypatch):
    loose, _ = moved(monkeypatch, narrow=1.0, tolerance=0.1)
    tight, errors = moved(monkeypatch, narrow=1.0, tolerance=0.01)
    assert tight.solves > 2 * loose.solves
    assert max(errors[50:]) < 0.02


def test_a_torque_that_goes_with_m_is_hardly_solved_again(monkeypatch):
    rows, errors = moved(monkeypatch, narrow=0.0)
    assert rows.solves < 10
    assert max(errors) < 0.01


def test_an_m_at_rest_costs_one_solution(monkeypatch):
    monkeypatch.setattr(
        held_rows, "row_torques", lambda problem, m, names: {"torque_total": torque_at(m)}
    )
    rows = HeldRows(METAL, FULL, STEP)
    for _ in range(5):
        rows.torque(wall())
    assert rows.solves == 1


@pytest.mark.parametrize("tolerance", [0.0, 1.0, -0.1])
def test_a_tolerance_that_is_none_is_refused(tolerance):
    with pytest.raises(InputError, match="tolerance"):
        HeldRows(METAL, FULL, STEP, tolerance)
