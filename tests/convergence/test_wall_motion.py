"""Velocities of walls in runs, below and above Walker's limit, against exact solutions.

Cells of 2 nm and a wall of Δ = 11.4 nm: exchange between cells makes it narrower by 0.4 %.
"""

import numpy as np
import pytest

from boltzwall import collective_coordinates
from tests.systems.walls import Walker
from tests.walls import EASY, MS, SAVES, STIFFNESS, run, slope, wall


def walker(hard, damping, reverse=False):
    return Walker(damping, STIFFNESS, EASY, hard, MS, reverse=reverse)


def along_z(field):
    return {"magnetic_field": (0.0, 0.0, field)}


def velocities(runs):
    """Over the last fifth of each run."""
    return np.array([slope(one, share=0.2) for one in runs])


def test_field_below_walker():
    """v = σγ0Δ(φ)H/α, sin 2φ = H/H_W, for fields and walls of both signs."""
    cases = [(0.2, False), (0.8, False), (-0.6, False), (0.5, True)]
    exact = [walker(5e4, 0.3, reverse) for _, reverse in cases]
    fields = [share * one.walker_field for (share, _), one in zip(cases, exact, strict=True)]
    runs = run(
        [
            wall(5e4, 0.3, 1.3e-9, drive=along_z(field), texture={"reverse": reverse})
            for field, (_, reverse) in zip(fields, cases, strict=True)
        ]
    )
    expected = [one.steady_velocity(field) for one, field in zip(exact, fields, strict=True)]
    np.testing.assert_allclose(velocities(runs), expected, rtol=0.01)
    tilts = [0.5 * np.arcsin(share) for share, _ in cases]
    np.testing.assert_allclose([one.wall_tilt[-1] for one in runs], tilts, rtol=0.01)


def test_walker_field_is_bracketed():
    """φ rests below π/4 at 0.98 H_W and turns at 1.02 H_W, for both signs.

    A current with β = α, which shifts the whole motion by ∫u dt, keeps the wall in the wire.
    """
    exact = walker(5e4, 0.3)
    cases = [(sign, share) for sign in (1.0, -1.0) for share in (0.98, 1.02)]
    runs = run(
        [
            wall(
                5e4, 0.3, 6e-9,
                drive=along_z(sign * share * exact.walker_field),
                transport={"u": -sign * 113.0, "beta": 0.3},
                texture={"centre": 160e-9 + sign * 50e-9},
            )
            for sign, share in cases
        ]
    )  # fmt: skip
    for (sign, share), one in zip(cases, runs, strict=True):
        assert 40e-9 < float(one.wall_position[-1]) < 280e-9
        turned = sign * one.wall_tilt.values
        if share < 1.0:
            assert 0.5 < turned[-1] < 0.25 * np.pi
            assert abs(slope(one, "wall_tilt", 0.1)) < 2e7
        else:
            assert turned[-1] > np.pi


@pytest.mark.slow
def test_field_above_walker():
    """Over one turn, v is that of the turning wall; at 40 H_W also αγ0ΔH/(1 + α²)."""
    hard, alpha = 1e3, 0.3
    found, expected = [], []
    cases = [(4.0, False), (40.0, False), (-40.0, False), (40.0, True)]
    for share, reverse in cases:
        exact = walker(hard, alpha, reverse)
        field = share * exact.walker_field
        period = exact.period(field)
        config = wall(
            hard, alpha, 2.0 * period, drive=along_z(field), texture={"reverse": reverse}
        )  # the last half of the run is one turn
        position = run([config])[0].wall_position.values
        found.append((position[-1] - position[SAVES // 2]) / period)
        expected.append(exact.turning_velocity(field))
        if abs(share) == 40.0:
            limit = exact.free_rates(field, 0.0, 0.0)[0]
            assert found[-1] == pytest.approx(limit, rel=0.01)
    np.testing.assert_allclose(found, expected, rtol=0.01)


def test_current_below_walker():
    """v = βu/α with β below, above and at α, for both signs and the reversed wall."""
    cases = [(60.0, 0.1, False), (-60.0, 0.3, False), (60.0, 0.3, True), (60.0, 0.2, False)]
    runs = run(
        [
            wall(
                1e5, 0.2, 1.2e-9,
                transport={"u": u, "beta": beta}, texture={"reverse": reverse},
            )
            for u, beta, reverse in cases
        ]
    )  # fmt: skip
    expected = [beta * u / 0.2 for u, beta, _ in cases]
    np.testing.assert_allclose(velocities(runs), expected, rtol=0.002)


@pytest.mark.slow
def test_walker_velocity_is_bracketed():
    """φ rests at 0.98 u_W and turns at 1.02 u_W, with K⊥ = K and Δ that follows φ."""
    exact = walker(1e5, 0.3)
    cases = [(beta, share) for beta in (0.0, 0.05) for share in (0.98, 1.02)]
    runs = run(
        [
            wall(
                1e5, 0.3, 4e-9,
                transport={"u": share * exact.walker_velocity(beta), "beta": beta},
                texture={"centre": 60e-9},
            )
            for beta, share in cases
        ]
    )  # fmt: skip
    for (_, share), one in zip(cases, runs, strict=True):
        turned = -one.wall_tilt.dropna("time").values  # a wall that turns may leave before the end
        assert (turned[-1] < 0.25 * np.pi) if share < 1.0 else (turned.max() > 0.75 * np.pi)


def test_without_a_hard_axis():
    """q' = (σαγ0ΔH + (1 + αβ)u)/(1 + α²), φ' = (γ0H + σ(β − α)u/Δ)/(1 + α²)."""
    cases = [(100.0, 0.1, 0.0, False), (-100.0, 0.4, 0.0, False), (100.0, 0.04, 0.0, True),
             (0.0, 0.0, 2e4, True)]  # fmt: skip
    runs = run(
        [
            wall(
                0.0, 0.2, 6e-10, drive=along_z(field),
                transport={"u": u, "beta": beta}, texture={"reverse": reverse},
            )
            for u, beta, field, reverse in cases
        ]
    )  # fmt: skip
    expected = np.array(
        [walker(0.0, 0.2, reverse).free_rates(h, u, beta) for u, beta, h, reverse in cases]
    )
    found = np.array([[slope(one), slope(one, "wall_tilt")] for one in runs])
    np.testing.assert_allclose(found[:3, 0], expected[:3, 0], rtol=2e-4)  # no width in it
    np.testing.assert_allclose(found, expected, rtol=0.005)


@pytest.mark.slow
def test_trajectories_near_walker():
    """q(t) and φ(t) of the runs stay beside those of the collective coordinates."""
    field = walker(2e4, 0.3).walker_field
    runs = run([wall(2e4, 0.3, 2e-9, drive=along_z(f * field)) for f in (0.5, 0.95, 1.1, 1.3)])
    for one in runs:
        model = collective_coordinates(one)
        moved = float(model.wall_position[-1] - model.wall_position[0])
        away = np.abs(model.wall_position - one.wall_position).max()
        assert float(away) < 0.006 * moved
        turned = np.abs(model.wall_tilt - one.wall_tilt).max()
        assert float(turned) < 0.002 * float(model.wall_tilt[-1])
        np.testing.assert_allclose(one.wall_width, model.wall_width, rtol=0.006)
