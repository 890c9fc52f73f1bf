"""A wall brought to rest: width √(A/K) and energy 4√(AK), with second order in dx."""

import numpy as np
import pytest

from tests.compare import measured_orders
from tests.walls import CELLS, EASY, STIFFNESS, WIDTH, run, wall

SPACINGS = (1e-9, 2e-9, 4e-9)


@pytest.fixture(scope="module")
def relaxed():
    """Walls too narrow at the start, tilted, in a field that relaxation leaves out."""
    common = {"relax": True, "steady_rate": 1e5}
    return run(
        [
            wall(
                2e4, end=1e-12,
                wire={"length": CELLS * dx}, texture={"width": 8e-9, "tilt": 0.3},
                dynamics=common, drive={"magnetic_field": (0.0, 0.0, 1e3)},
            )
            for dx in SPACINGS
        ]
    )  # fmt: skip


def _errors(relaxed, name, exact):
    values = np.array([float(one[name][0]) for one in relaxed])
    return values / exact - 1.0


@pytest.mark.parametrize("name", ["wall_width", "wall_width_fit"])
def test_width(relaxed, name):
    errors = _errors(relaxed, name, WIDTH)
    assert abs(errors[0]) < 1.5e-3
    np.testing.assert_allclose(measured_orders(abs(errors[::-1])), 2.0, atol=0.1)


def test_energy(relaxed):
    """Exchange and anisotropy share it equally."""
    parts = ("energy_exchange", "energy_uniaxial_anisotropy")
    for name in parts:
        errors = _errors(relaxed, name, 2.0 * np.sqrt(STIFFNESS * EASY))
        assert abs(errors[0]) < 1.5e-3
    whole = sum(np.array([float(one[name][0]) for one in relaxed]) for name in parts)
    errors = whole / (4.0 * np.sqrt(STIFFNESS * EASY)) - 1.0
    assert abs(errors[0]) < 5e-4
    np.testing.assert_allclose(measured_orders(abs(errors[::-1])), 2.0, atol=0.1)


def test_place_and_tilt(relaxed):
    """The wall stays in the middle, and turns out of the hard axis."""
    for one, spacing in zip(relaxed, SPACINGS, strict=True):
        assert float(one.wall_position[0]) == pytest.approx(0.5 * CELLS * spacing, rel=1e-6)
        assert abs(float(one.wall_tilt[0])) < 1e-4
        assert float(one.energy_hard_axis_anisotropy[0]) < 1e-8 * float(one.energy_exchange[0])
