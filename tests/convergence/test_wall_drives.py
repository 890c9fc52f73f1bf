"""Walls under drives that change in time or place: waveforms, a moving window, heat currents."""

import numpy as np
import pytest

from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.simulation import simulate_batch
from tests.systems.walls import Walker
from tests.walls import EASY, MS, SPACING, STIFFNESS, run, slope, wall


def displacement(run):
    return float(run.wall_position[-1] - run.wall_position[0])


def test_pulses():
    """q and φ of a pulse of u and a ramp of H, which have closed integrals.

    Without a hard axis M = R_z(φ(t)) M0(x − q(t)) for every u(t) and H(t); for β = α with one too.
    """
    alpha, end = 0.1, 1e-9
    exact = Walker(alpha, STIFFNESS, EASY, 0.0, MS)
    shapes = {
        "electric_waveform": "pulse", "electric_start": 1e-10, "electric_duration": 4e-10,
        "electric_rise": 1e-10, "magnetic_waveform": "ramp", "magnetic_start": 2e-10,
        "magnetic_duration": 6e-10,
    }  # fmt: skip
    of_u, of_h = 4e-10, end - 5e-10  # ∫ of the waveforms
    cases = [(2e4, 100.0, 0.1, 0.0), (0.0, -80.0, 0.3, 0.0), (0.0, 0.0, 0.0, 1e4),
             (0.0, 60.0, 0.02, -2e4)]  # fmt: skip
    runs = run(
        [
            wall(
                hard, alpha, end, transport={"u": u, "beta": beta},
                drive={**shapes, "magnetic_field": (0.0, 0.0, field)},
            )
            for hard, u, beta, field in cases
        ]
    )  # fmt: skip
    assert displacement(runs[0]) == pytest.approx(100.0 * of_u, rel=2e-4)
    assert abs(runs[0].wall_tilt).max() < 1e-4
    for one, (_, u, beta, field) in list(zip(runs, cases, strict=True))[1:]:
        forward, turn = exact.free_rates(field * of_h, u * of_u, beta)
        assert displacement(one) == pytest.approx(forward, rel=0.005)
        assert float(one.wall_tilt[-1]) == pytest.approx(turn, rel=0.005)


@pytest.mark.slow
def test_table(tmp_path):
    """A table of u with jumps in its slope; H swings by a sine and comes back."""
    table = tmp_path / "pulse.txt"
    table.write_text("0 0\n1e-10 1\n3e-10 1\n3.5e-10 -0.5\n5e-10 0\n")
    whole = 0.05e-9 + 0.2e-9 + 0.0125e-9 - 0.0375e-9
    shapes = {
        "electric_waveform": "file", "electric_file": str(table), "magnetic_waveform": "sine",
        "magnetic_frequency": 2e9,
    }  # fmt: skip
    cases = [(100.0, 0.0), (-150.0, 0.0), (0.0, 1e4)]
    runs = run(
        [
            wall(
                0.0, 0.1, 1e-9, transport={"u": u, "beta": 0.1},
                drive={**shapes, "magnetic_field": (0.0, 0.0, field)},
            )
            for u, field in cases
        ]
    )  # fmt: skip
    for one, (u, _) in zip(runs, cases, strict=True):
        assert displacement(one) == pytest.approx(u * whole, rel=2e-4, abs=5e-13)
        assert abs(float(one.wall_tilt[-1])) < 1e-4


@pytest.fixture(scope="module")
def followed():
    """The same motion in a window of 160 nm and in a wire of 320 nm, with T(x) linear."""

    def config(moving, cells):
        base = wall(
            2e4, 0.3, 2e-9,
            wire={"cells": cells, "length": cells * SPACING},
            texture={"centre": 100e-9}, dynamics={"moving_window": moving},
            drive={"magnetic_field": (0.0, 0.0, 4e3)},
        )  # fmt: skip
        return base | {"temperature": {"kind": "linear", "cold_end": 300.0, "gradient": 1e8}}

    return simulate_batch([config(True, 100)])[0], run([config(False, 160)])[0]


@pytest.mark.slow
def test_window_follows_the_wall(followed):
    """Position, tilt and profile are those of the long wire; no step where the window moves."""
    window, wire = followed
    assert window.window_offset.values[-1] > 20 * SPACING
    moved = displacement(wire)
    np.testing.assert_allclose(window.wall_position, wire.wall_position, atol=2e-4 * moved)
    np.testing.assert_allclose(window.wall_tilt, wire.wall_tilt, atol=2e-4)
    assert slope(window) == pytest.approx(slope(wire), rel=1e-3)
    inside = window.wall_position - window.window_offset
    assert abs(inside[1:] - 100e-9).max() < 3 * SPACING
    first = round(float(window.window_offset[-1]) / SPACING)
    same = wire.magnetisation.values[-1][first : first + 100]
    difference = np.abs(window.magnetisation.values[-1] - same)
    assert difference[20:80].max() < 3e-4  # the long wire's own tails end elsewhere
    assert difference.max() < 2e-3


@pytest.mark.slow
def test_temperature_stays_where_it_is(followed):
    """T at the positions x + offset."""
    window, _ = followed
    x = window.x.values + window.window_offset.values[:, None]
    np.testing.assert_allclose(window.temperature, 300.0 + 1e8 * x, rtol=1e-12)


def test_heat_current():
    """v = β_Q u_Q/α below Walker, u_Q = −(µ_B/(eMs)) P'(S/(ℒT)) q, q = −ℒσT ∂xT."""
    conversion, lorenz, conductivity, beta, alpha = 0.8, 2.4e-8, 5e6, 0.5, 0.2
    cases = [(-2e-5, 1e9, False), (-2e-5, -5e8, True), (3e-5, 5e8, False)]
    configs, expected = [], []
    for seebeck, gradient, reverse in cases:
        config = wall(
            5e4, alpha, 2e-9, texture={"reverse": reverse},
            material={
                "seebeck_coefficient": seebeck, "conductivity": conductivity,
                "lorenz_number": lorenz,
            },
        )  # fmt: skip
        config["temperature"] = {"kind": "linear", "cold_end": 300.0, "gradient": gradient}
        config["transport"] = {"model": "bauer", "beta": beta, "spin_conversion": conversion}
        configs.append(config)
        heat = -lorenz * conductivity * 350.0 * gradient  # at T = 350 K; u_Q is the same at all T
        carried = BOHR_MAGNETON * conversion * seebeck * heat / (lorenz * 350.0)
        expected.append(-beta / alpha * carried / (ELEMENTARY_CHARGE * MS))
    found = [slope(one, share=0.2) for one in run(configs)]
    np.testing.assert_allclose(found, expected, rtol=0.002)
