"""What `check` expects of a wall, against collective coordinates in time and against short runs."""

import jax.numpy as jnp
import numpy as np
import pytest

import boltzwall
from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.config.scales.held_walls import driven, held_wall
from boltzwall.config.scales.torque import expected_torque
from boltzwall.config.scales.wall_advice import expected_motion
from boltzwall.config.scales.walls import ExpectedWall, WallDrive
from boltzwall.simulation.collective_wall import build_wall

WALL = {
    "material": {
        "preset": "permalloy", "uniaxial_anisotropy": 1e5, "hard_axis_anisotropy": 6e4,
        "damping": 0.1,
    },
    "wire": {"length": 4e-7, "cells": 200},
    "texture": {"kind": "neel", "width": 1.14e-8},
    "temperature": {"kind": "uniform", "value": 300.0},
    "transport": {"model": "zhang-li", "u": 0.0, "beta": 0.3},
    "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
}  # fmt: skip
MOVED = {"relax": False, "stop": "end", "end_time": 1e-9, "save_interval": 1e-11}


def number(value):
    return jnp.asarray(value, dtype=jnp.float64)


def wall_of(config):
    wall = held_wall(config)
    assert isinstance(wall, ExpectedWall)
    return wall


def changed(**keys):
    return load_config(WALL).replace({name.replace("__", "."): v for name, v in keys.items()})


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("shape", [False, True])
def test_constants_and_breakdown_are_those_of_the_collective_coordinates(reverse, shape):
    config = changed(texture__reverse=reverse)
    if shape:
        config = config.replace(
            {"field.demagnetising": "local", "wire.width": 2e-8, "wire.thickness": 2e-8,
             "material.uniaxial_anisotropy": 5e5}
        )  # fmt: skip
    ours, theirs = wall_of(config), build_wall(Problem.of(config))
    assert ours.anisotropy.lowest == pytest.approx(float(theirs.easy))
    assert ours.anisotropy.hard == pytest.approx(float(theirs.hard))
    assert ours.walker_field == pytest.approx(float(theirs.walker_field), rel=1e-5)
    assert ours.walker_velocity(0.3) == pytest.approx(
        float(theirs.walker_velocity(number(0.3))), rel=1e-5
    )
    assert ours.orientation == float(theirs.orientation)
    for tilt in (0.0, 0.3, 2.0, -1.1):
        assert ours.width(tilt) == pytest.approx(float(theirs.width(number(tilt))))
        assert ours.energy(tilt) == pytest.approx(float(theirs.energy(number(tilt))))
        drive = WallDrive(3e4, 70.0, 0.3)
        expected = [float(rate) for rate in theirs.rates(*map(number, (tilt, 3e4, 70.0, 0.3)))]
        assert ours._rates(drive, tilt) == pytest.approx(expected)


DRIVES = [
    (2e3, 0.0, 0.3, False), (-2e3, 0.0, 0.3, False), (0.0, 40.0, 0.3, False),
    (1e3, -60.0, 0.0, False), (0.0, 300.0, 0.1, False), (3e4, 0.0, 0.3, True),
    (0.0, 900.0, 0.3, True), (0.0, -900.0, 0.0, True), (-1.2e4, 100.0, 0.04, True),
    (7.2e3, 0.0, 0.0, True),
]  # fmt: skip
BESIDE = [
    {"drive.magnetic_field": [3e3, -2e3, 1.5e3]},
    {"field.spin_orbit_torque": True, "field.spin_hall_angle": 0.1, "field.fieldlike_angle": 0.03,
     "field.heavy_metal_current_density": 3e10, "wire.thickness": 1e-9, "transport.u": 20.0},
    {"field.oersted": True, "field.heavy_metal_current_density": 2e11, "wire.thickness": 1e-9,
     "wire.width": 5e-8, "field.heavy_metal_thickness": 3e-9, "transport.u": 20.0},
    {"field.interfacial_dmi": True, "material.interfacial_dmi": 3e-4,
     "drive.magnetic_field": [0.0, 0.0, 2e3]},
    {"texture.kind": "bloch", "field.bulk_dmi": True, "material.bulk_dmi": 2e-4,
     "transport.u": 90.0},
    {"texture.kind": "head-to-head", "texture.tilt": 0.2, "field.demagnetising": "local",
     "wire.width": 2e-8, "wire.thickness": 1e-8, "field.uniaxial_anisotropy": False,
     "field.hard_axis_anisotropy": False, "drive.magnetic_field": [3e3, 1e3, 0.0]},
]  # fmt: skip


@pytest.mark.parametrize("relax", [False, True])
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("changes", BESIDE)
def test_motion_under_other_torques_is_that_of_the_collective_coordinates(changes, reverse, relax):
    """Fields across, a heavy metal, chirality, another kind of wall: the rest of the tilt and v."""
    config = load_config(WALL).replace(
        changes | {"texture.reverse": reverse, "dynamics.relax": relax}
    )
    motion = expected_motion(config, wall_of(config))
    assert motion is not None
    run = boltzwall.collective_coordinates(config, times=[0.0, 60e-9])
    assert motion.velocity == pytest.approx(float(run["wall_velocity"][-1]), rel=1e-4)
    assert motion.first == pytest.approx(float(run["wall_velocity"][0]), rel=0.01, abs=0.1)
    moved = float(run["wall_position"][-1] - run["wall_position"][0])
    assert motion.path(60e-9) == pytest.approx(moved, rel=0.03)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("field", "u", "beta", "turns"), DRIVES)
def test_motion_is_that_of_the_collective_coordinates(field, u, beta, turns, reverse):
    """Regime, velocity, frequency, and the way within 40 ns, of which the start takes a part."""
    config = changed(
        drive__magnetic_field=[0.0, 0.0, field], transport__u=u, transport__beta=beta,
        texture__reverse=reverse,
    )  # fmt: skip
    motion = expected_motion(config, wall_of(config))
    assert motion is not None
    times = np.linspace(0.0, 40e-9, 8001)
    run = boltzwall.collective_coordinates(config, times=times)
    position, tilt = run["wall_position"].values, run["wall_tilt"].values
    turned = bool(abs(tilt[-1] - tilt[0]) > 2.0 * np.pi)
    assert turned == (motion.frequency > 0.0) == turns
    if turns:
        whole = np.flatnonzero(np.abs(tilt - tilt[0]) >= 2.0 * np.pi * 5)[0]
        mean = (position[whole] - position[0]) / times[whole]
        assert motion.velocity == pytest.approx(mean, rel=5e-3)
        assert motion.frequency == pytest.approx(5.0 / times[whole], rel=5e-3)
    else:
        assert motion.velocity == pytest.approx(float(run["wall_velocity"][-1]), rel=1e-5)
        assert motion.path(times[-1]) == pytest.approx(position[-1] - position[0], rel=0.02)
        when = motion.time_for(position[-1] - position[0])
        assert when == pytest.approx(times[-1], rel=0.02)


def test_a_wall_that_starts_the_other_way_reaches_the_end_later():
    """Against an integration in time: the first nanoseconds lead backwards."""
    config = changed(
        material__damping=0.01, drive__magnetic_field=[0.0, 0.0, 100.0], transport__u=-20.0,
        transport__beta=0.0, drive__electric_waveform="constant",
    )  # fmt: skip
    motion = expected_motion(config, wall_of(config))
    assert motion is not None
    assert motion.first < 0.0 < motion.velocity
    times = np.linspace(0.0, 60e-9, 2001)
    position = boltzwall.collective_coordinates(config, times=times)["wall_position"].values
    reached = float(times[np.flatnonzero(position - position[0] > 1e-7)[0]])
    assert motion.time_for(1e-7) == pytest.approx(reached, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (
            "a Néel wall with interfacial chirality in a field",
            {
                "material.interfacial_dmi": 4e-4, "field.interfacial_dmi": True,
                "drive.magnetic_field": [0.0, 0.0, 2e4], "material.damping": 0.3,
                "texture.tilt": 3.1,
            },
        ),
        (
            "a Bloch wall with bulk chirality and a current",
            {
                "texture.kind": "bloch", "material.bulk_dmi": -4e-4, "field.bulk_dmi": True,
                "transport.u": 80.0, "material.damping": 0.3, "transport.beta": 0.9,
            },
        ),
        (
            "a head-to-head wall held by the shape of the wire, in a field",
            {
                "texture.kind": "head-to-head", "texture.width": 9e-9,
                "field.uniaxial_anisotropy": False, "field.hard_axis_anisotropy": False,
                "field.demagnetising": "local", "wire.width": 1.5e-8, "wire.thickness": 1e-8,
                "drive.magnetic_field": [2e4, 0.0, 0.0], "material.damping": 0.3,
            },
        ),
        (
            "a wall beyond Walker's breakdown",
            {
                "drive.magnetic_field": [0.0, 0.0, 3e4], "material.damping": 0.2,
                "material.hard_axis_anisotropy": 1e4, "dynamics.end_time": 2e-9,
            },
        ),
    ],
)  # fmt: skip
def test_velocity_of_a_short_run(name, changes):
    """Within the error of the cells, (Δx/Δ)²/8 of Δ and so of the velocity in a field."""
    config = load_config(WALL).replace(
        {f"dynamics.{key}": value for key, value in MOVED.items()} | {"dynamics.relax": True}
    )
    config = config.replace(changes)
    motion = expected_motion(config, wall_of(config))
    assert motion is not None
    run = boltzwall.simulate(config)
    position, time = run["wall_position"].values, run["time"].values
    stretch = 1.0 / motion.frequency if motion.frequency else 0.2e-9
    speed = (position[-1] - np.interp(time[-1] - stretch, time, position)) / stretch
    assert speed == pytest.approx(motion.velocity, rel=0.02), name


def test_cells_make_a_wall_narrower_by_an_eighth_of_their_share_squared():
    """A chain of cells with A and K in its lowest state, by Newton's method."""
    for ratio in (0.1, 0.2, 1.0 / 3.0):
        cells = int(24.0 / ratio)
        x = (np.arange(cells) - 0.5 * (cells - 1)) * ratio
        angle = 2.0 * np.arctan(np.exp(x))
        for _ in range(30):
            step = np.diff(angle, prepend=angle[0], append=angle[-1])
            force = np.diff(np.sin(step)) / ratio**2 - 0.5 * np.sin(2.0 * angle)
            stiff = -np.cos(2.0 * angle) - (np.cos(step[1:]) + np.cos(step[:-1])) / ratio**2
            stiff[0] += 1.0 / ratio**2
            stiff[-1] += 1.0 / ratio**2
            beside = np.cos(step[1:-1]) / ratio**2
            matrix = np.diag(stiff) + np.diag(beside, 1) + np.diag(beside, -1)
            matrix[0] = matrix[-1] = 0.0
            matrix[0, 0] = matrix[-1, -1] = 1.0
            force[0] = force[-1] = 0.0
            angle = angle - np.linalg.solve(matrix, force)
        width = 0.5 * ratio * np.sum(np.sin(angle) ** 2)
        assert 1.0 - width == pytest.approx(ratio**2 / 8.0, rel=0.25)


@pytest.mark.parametrize(
    ("given", "u", "beta"),
    [
        ({"model": "zhang-li", "u": 12.0, "beta": 0.1}, 12.0, 0.1),
        ({"model": "zhang-li", "polarisation": 0.4, "beta": 0.02}, 28.9303, 0.02),
        ({"model": "none"}, 0.0, 0.0),
    ],
)
def test_torque_of_a_known_form(given, u, beta):
    drive = {"current_density": -1e12} if "polarisation" in given else {}
    config = load_config({**WALL, "transport": given, "drive": drive})
    torque = expected_torque(config)
    assert torque is not None
    assert torque.velocity == pytest.approx(u, rel=1e-5)
    assert torque.beta == beta
    assert driven(config, torque.velocity, torque.beta) == WallDrive(0.0, torque.velocity, beta)


def test_torque_of_bauer_is_that_of_the_run():
    config = load_config(
        {**WALL, "transport": {"model": "bauer", "spin_conversion": 0.3, "beta": 0.1},
         "temperature": {"cold_end": 300.0, "gradient": 1e8}}
    )  # fmt: skip
    torque = expected_torque(config)
    form = Problem.of(config).electrons().form
    assert torque is not None
    assert form is not None
    assert torque.velocity == pytest.approx(float(form.velocity[0]))
    assert torque.velocity < 0.0  # S < 0: to the cold end


@pytest.mark.slow
def test_torque_of_the_consistent_model_is_that_of_its_solution():
    """Of a wide wall, at T = 0: the solution at 300 K differs by the thermal smearing alone."""
    config = load_config(
        {
            "material": {"preset": "permalloy"}, "wire": {"length": 4e-7, "cells": 200},
            "texture": {"kind": "neel", "width": 3e-8},
            "temperature": {"kind": "uniform", "value": 300.0},
            "drive": {"current_density": -1e11}, "transport": {"model": "consistent", "streams": 2},
        }
    )  # fmt: skip
    torque = expected_torque(config)
    assert torque is not None
    solved = boltzwall.solve_transport(config)
    assert torque.velocity == pytest.approx(float(solved["effective_velocity"]), rel=0.02)
    assert torque.beta == pytest.approx(float(solved["effective_beta"]), rel=0.02)
    assert expected_torque(load_config()) is None


def test_without_damping_nothing_is_expected():
    config = changed(material__damping=0.0, transport__u=5.0)
    assert expected_motion(config, wall_of(config)) is None


def test_a_field_in_a_part_of_the_wire_is_not_judged():
    config = changed(drive__magnetic_field=[0.0, 0.0, 1e3], drive__magnetic_region=[0.0, 1e-7])
    assert expected_motion(config, wall_of(config)) is None
