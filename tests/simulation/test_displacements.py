"""What the torques moved a wall by counts while there is one, free of the ends."""

import numpy as np
import pytest

from boltzwall.simulation.displacements import displacements

TIME = np.linspace(0.0, 4e-9, 5)


def run(position, **parts):
    width = np.full(TIME.size, 1e-8)
    drifts = {f"drift_{name}": np.asarray(values, dtype=float) for name, values in parts.items()}
    return {"time": TIME, "wall_position": np.asarray(position), "wall_width": width, **drifts}


def test_a_free_wall_goes_the_whole_way():
    arrays = run(
        [1e-7, 1.1e-7, 1.2e-7, 1.3e-7, 1.4e-7], electrical=[10.0] * 5, tilt=[0, 1, 0, 1, 0]
    )
    found = displacements(arrays, 3e-7)
    assert found["displacement_electrical"] == pytest.approx(4e-8, rel=1e-12)
    assert found["displacement_tilt"] == pytest.approx(2e-9, rel=1e-12)
    assert found["displaced_until"] == 4e-9


@pytest.mark.parametrize("last", [2.8e-7, np.nan])
def test_what_happens_at_an_end_does_not_count(last):
    arrays = run([2.4e-7, 2.5e-7, 2.6e-7, last, last], internal=[10.0, 10.0, 10.0, 1e5, 1e6])
    found = displacements(arrays, 3e-7)
    assert found["displacement_internal"] == pytest.approx(2e-8, rel=1e-12)
    assert found["displaced_until"] == 2e-9


def test_without_a_free_wall_there_is_no_number():
    found = displacements(run([np.nan] * 5, internal=[1.0] * 5), 3e-7)
    assert np.isnan(found["displacement_internal"])
    assert np.isnan(found["displaced_until"])


def test_a_window_moves_the_ends_along():
    arrays = run([5e-7] * 5, internal=[1.0] * 5) | {"window_offset": np.full(5, 4e-7)}
    assert displacements(arrays, 2e-7)["displaced_until"] == 4e-9
    assert displacements(run([5e-7] * 5), 2e-7) == {}
