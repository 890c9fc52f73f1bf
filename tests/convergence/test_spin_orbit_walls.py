"""Walls under the current of a heavy metal: runs against [M15] and its closed forms."""

import numpy as np
import pytest

from boltzwall import collective_coordinates
from tests.walls import GAMMA, MS, MU0, WIDTH, run, slope, wall

DAMPING, DMI, HARD, FIELD = 0.5, 8e-4, 5e4, 1e3  # FIELD: H_DL or H_FL in A/m
THICKNESS = 1e-9
# j for which ħθj/(2eµ0Ms t) = FIELD with θ = 0.1
CURRENT = FIELD * 2.0 * 1.602176634e-19 * MU0 * MS * THICKNESS / (1.054571817e-34 * 0.1)
END = 1.5e-9


def driven(damping_like=0.1, field_like=0.0, side="below", plate=1e-15, **sections):
    """A wall of the one shape that all runs here have; ``plate``: of the Oersted field."""
    field = {
        "interfacial_dmi": True,
        "spin_orbit_torque": True,
        "spin_hall_angle": damping_like,
        "fieldlike_angle": field_like,
        "heavy_metal_current_density": CURRENT,
        "heavy_metal_side": side,
        "heavy_metal_thickness": plate,
        "oersted": True,
    }
    given = {
        "field": field | sections.pop("field", {}),
        "material": {"interfacial_dmi": DMI} | sections.pop("material", {}),
        "texture": {"kind": "neel", "width": WIDTH, "tilt": np.pi},
        "transport": {"model": "none"},
    }
    config = wall(0.0, DAMPING, END, **(given | sections))
    config["wire"] = config["wire"] | {"thickness": THICKNESS}
    return config


BLOCH = driven(
    material={"interfacial_dmi": 0.0, "hard_axis_anisotropy": HARD},
    field={"hard_axis": (1.0, 0.0, 0.0)},
    texture={"kind": "bloch", "width": WIDTH},
)
# A head-to-head wall whose middle points along z, held there by a hard axis y.
HEAD = driven(
    material={"interfacial_dmi": 0.0, "hard_axis_anisotropy": HARD},
    field={"easy_axis": (1.0, 0.0, 0.0), "hard_axis": (0.0, 1.0, 0.0)},
    texture={"kind": "head-to-head", "width": WIDTH, "tilt": 0.5 * np.pi},
)
ACROSS = {"magnetic_field": (0.0, -FIELD, 0.0)}
WALLS = {
    "left-handed, below": driven(),
    "left-handed, above": driven(side="above"),
    "right-handed, below": driven(
        material={"interfacial_dmi": -DMI}, texture={"kind": "neel", "width": WIDTH}
    ),
    "reversed, below": driven(
        texture={"kind": "neel", "width": WIDTH, "reverse": True},
    ),
    "bloch": BLOCH,
    "head-to-head": HEAD,
    "field-like": driven(0.0, 0.1),
    "field across": driven(0.0, drive=ACROSS),
    "Oersted": driven(0.0, plate=2.0 * FIELD / CURRENT),
}
SIGNS = {
    "left-handed, below": 1.0,
    "left-handed, above": -1.0,
    "right-handed, below": -1.0,
    "reversed, below": 1.0,
    "head-to-head": 1.0,
}


@pytest.fixture(scope="module")
def runs():
    return dict(zip(WALLS, run(list(WALLS.values())), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", SIGNS)
def test_a_wall_with_the_right_moment_inside_moves(name, runs):
    """v = ±γ0Δ½πH_DL cos φ/α: platinum below, left-handed walls, along the current."""
    found = slope(runs[name])
    tilt = float(runs[name].wall_tilt[-1])
    inside = np.sin(tilt) if name == "head-to-head" else np.cos(tilt)
    expected = GAMMA * WIDTH * 0.5 * np.pi * FIELD * abs(inside) / DAMPING
    assert found == pytest.approx(SIGNS[name] * expected, rel=0.01)
    assert abs(inside) > 0.99
    numbers = collective_coordinates(WALLS[name])
    assert float(numbers.wall_velocity[-1]) == pytest.approx(found, rel=0.01)


def test_a_bloch_wall_stays(runs):
    whole = GAMMA * WIDTH * 0.5 * np.pi * FIELD / DAMPING
    assert abs(slope(runs["bloch"])) < 0.01 * whole
    numbers = collective_coordinates(WALLS["bloch"])
    assert abs(float(numbers.wall_velocity[-1])) < 0.01 * whole


def test_the_field_like_part_and_the_oersted_field_act_as_a_field_along_y(runs):
    """Below the layer both point along −y."""
    expected = runs["field across"].magnetisation
    for name in ("field-like", "Oersted"):
        np.testing.assert_allclose(runs[name].magnetisation, expected, atol=1e-6)
    assert float(abs(expected[-1] - expected[0]).max()) > 0.005


def test_their_energies_are_those_of_the_field(runs):
    expected = runs["field across"].energy_zeeman
    for name, key in (("field-like", "energy_spin_orbit_torque"), ("Oersted", "energy_oersted")):
        np.testing.assert_allclose(runs[name][key], expected, rtol=1e-5, atol=1e-12)


def test_relaxation_comes_before_the_current():
    config = driven(dynamics={"end_time": 1e-12, "save_interval": 1e-12, "relax": True})
    (first,) = run([config])
    assert float(first.wall_tilt[0]) == pytest.approx(np.pi, abs=1e-3)
    m = first.magnetisation[0].values
    assert np.abs(m[:, 1]).max() < 1e-4  # the current would tilt M towards y
