"""A static field from a file in runs: its torque, its energy, where it stands."""

import numpy as np
import pytest
from scipy.linalg import expm

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.io.ovf import Ovf, write_ovf
from boltzwall.physics.field_terms import StaticField
from boltzwall.simulation import simulate
from tests.walls import CELLS, GAMMA, MS, MU0, SPACING, WIDTH, run, wall

X = (np.arange(CELLS) + 0.5) * SPACING


def written(path, values, step=SPACING):
    mesh = values[:, None, None, :]
    write_ovf(Ovf(mesh, (0.0, 0.0, 0.0), (step, SPACING, SPACING), "H", "A/m"), path)
    return str(path)


@pytest.mark.slow
def test_a_field_that_is_the_same_everywhere_is_the_magnetic_field(tmp_path):
    path = written(tmp_path / "H.ohf", np.tile([1e3, -2e3, 3e3], (CELLS, 1)))
    ours, theirs = (
        simulate(wall(2e4, 0.1, 5e-11, drive=drive), progress=False)
        for drive in ({"magnetic_field_file": path}, {"magnetic_field": (1e3, -2e3, 3e3)})
    )
    np.testing.assert_allclose(ours["magnetisation"], theirs["magnetisation"], atol=1e-9)
    np.testing.assert_allclose(
        ours["energy_static_field"], theirs["energy_zeeman"], rtol=1e-9, atol=1e-12
    )
    np.testing.assert_allclose(ours["static_magnetic_field"], np.tile([1e3, -2e3, 3e3], (CELLS, 1)))
    assert ours["static_magnetic_field"].dims == ("x", "component")
    assert ours.attrs["title"] == "Domain wall driven by a field of its surroundings"


@pytest.mark.slow
def test_a_wall_creeps_into_the_zero_of_a_gradient(tmp_path):
    """H_z = G (q0 − x): [M8] is linear for a small φ, and exp(tA) its solution."""
    gradient, alpha, hard, zero = 5e10, 0.3, 5e4, 170e-9
    along = gradient * (zero - X)
    path = written(tmp_path / "H.ohf", along[:, None] * np.array([0.0, 0.0, 1.0]))
    config = wall(hard, alpha, 4e-9, drive={"magnetic_field_file": path})
    (found,) = run([config])
    time, q = found["time"].values, found["wall_position"].values
    field, twist = -gradient * WIDTH, 2.0 * hard / (MU0 * MS)  # of (q − q0)/Δ, and of φ
    rates = GAMMA / (1.0 + alpha**2) * np.array([[alpha * field, twist], [field, -alpha * twist]])
    start = np.array([-10e-9 / WIDTH, 0.0])
    known = np.array([WIDTH * (expm(t * rates) @ start)[0] for t in time])
    np.testing.assert_allclose(q - zero, known, atol=1e-10)
    energy, away = found["energy_static_field"].values[2:], q[2:] - zero  # Δ has fitted the cells
    change = MU0 * MS * gradient * (away**2 - away[0] ** 2)  # −2µ0Ms ∫ H dq
    np.testing.assert_allclose(energy - energy[0], change, atol=2e-3 * abs(change[-1]))


@pytest.mark.parametrize("offset", [0.0, 37e-9])
def test_a_window_sees_it_where_it_stands_in_the_laboratory(tmp_path, offset):
    values = np.stack([np.sin(X / 3e-8), np.cos(X / 5e-8), X / 1e-7], axis=-1)
    path = written(tmp_path / "H.ohf", values)
    config = wall(drive={"magnetic_field_file": path}, dynamics={"moving_window": True})
    term = Problem.of(load_config(config)).magnet(offset).terms["static_field"]
    assert isinstance(term, StaticField)
    for column, known in zip(np.asarray(term.strength).T, values.T, strict=True):
        np.testing.assert_allclose(column, np.interp(X + offset, X, known), rtol=1e-12)
