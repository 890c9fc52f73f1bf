"""The coupled loop: batches, steps, stopping, resuming, held transport."""

import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.errors import InputError
from boltzwall.simulation import simulate, simulate_batch
from boltzwall.variables import WALL_ENDS

SMALL: dict[str, dict[str, object]] = {
    "wire": {"cells": 20},
    "transport": {"momentum_nodes": 16},
    "dynamics": {"end_time": 2e-10, "stop": "end", "checkpoint_interval": 10},
}


def small(**sections: dict[str, object]) -> dict[str, dict[str, object]]:
    """The small run with some sections extended."""
    return {
        name: {**SMALL.get(name, {}), **sections.get(name, {})} for name in {**SMALL, **sections}
    }


@pytest.fixture(scope="module")
def run() -> xr.Dataset:
    return simulate(SMALL)


def test_the_public_name_is_the_function() -> None:
    assert boltzwall.simulate is simulate
    assert boltzwall.simulate is simulate  # still so after the package has been imported


@pytest.mark.slow
def test_magnetisation_keeps_unit_length(run: xr.Dataset) -> None:
    length = np.linalg.norm(run.magnetisation.values, axis=-1)
    np.testing.assert_allclose(length, 1.0, atol=1e-12)


def test_saved_times_run_to_the_end_time(run: xr.Dataset) -> None:
    np.testing.assert_allclose(run.time.values, 5e-12 * np.arange(41), rtol=1e-12)
    assert run.attrs["stopped_because"] == "end_time"


def test_end_time_that_is_no_multiple_of_the_interval_is_saved() -> None:
    ended = simulate(small(dynamics={"end_time": 2.3e-11}))
    np.testing.assert_allclose(ended.time.values[-2:], [2e-11, 2.3e-11], rtol=1e-12)


def test_wall_goes_to_the_right_end_and_rests_there() -> None:
    rested = simulate(small(dynamics={"end_time": 2e-9, "stop": "steady"}))
    assert rested.attrs["stopped_because"] == "steady"
    assert rested.time.values[-1] < 1e-9
    np.testing.assert_allclose(rested.mean_magnetisation.values[-1], [0.0, 0.0, 1.0], atol=5e-3)
    assert rested.wall_position.values[0] == pytest.approx(2.5e-9, rel=1e-3)
    assert np.isnan(rested.wall_position.values[-1])
    assert rested.attrs["wall_regime"] == "left"
    assert rested.wall_ends.values == WALL_ENDS.index("left_at_the_right")
    seen = np.isfinite(rested.wall_position.values)
    assert float(rested.wall_position[seen][-1]) > 3.5e-9
    way = rested.wall_position[seen][-1] - rested.wall_position[0]
    assert float(rested.mean_velocity[0]) == pytest.approx(
        float(way / rested.time[seen][-1]), rel=1e-9
    )
    expected = 5e-9 / rested.attrs["settling_time"]
    assert rested.attrs["wall_velocity_estimate"] == pytest.approx(expected, rel=1e-12)


def test_time_steps_converge_with_the_tolerance(run: xr.Dataset) -> None:
    fine = simulate(small(dynamics={"relative_tolerance": 1e-10, "absolute_tolerance": 1e-12}))
    distance = np.abs(run.magnetisation.values - fine.magnetisation.values).max()
    assert 0.0 < distance < 1e-4
    assert fine.transport_solves.values[-1] > run.transport_solves.values[-1]


@pytest.mark.slow
def test_batch_gives_what_each_run_gives_alone(run: xr.Dataset) -> None:
    other = small(temperature={"gradient": 6e9}, drive={"electric_field": 5e3})
    batch = simulate_batch([SMALL, other])
    alone = simulate(other)
    for together, single in zip(batch, (run, alone), strict=True):
        difference = np.abs(together.magnetisation.values - single.magnetisation.values).max()
        assert difference < 1e-12


def test_batch_of_unlike_shapes_is_refused() -> None:
    with pytest.raises(InputError, match=r"one shape.*wire\.cells"):
        simulate_batch([SMALL, small(wire={"cells": 24})])


def test_interrupted_run_resumes_to_the_same_bits(run: xr.Dataset) -> None:
    kept: list[xr.Dataset] = []

    def interrupt(done: float, total: float, message: str) -> None:
        if done > 0.45 * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(SMALL, progress=interrupt, checkpoint=kept.append)
    assert kept[-1].attrs["stopped_because"] == "interrupted"
    assert kept[-1].time.values[-1] == pytest.approx(1e-10)
    resumed = simulate(SMALL, resume=kept[-1])
    for name in ("magnetisation", "torque_total", "transport_solves", "wall_velocity"):
        np.testing.assert_array_equal(resumed[name].values, run[name].values)
    assert resumed.attrs == run.attrs


def test_resuming_from_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="Dataset of a run"):
        simulate(SMALL, resume=xr.Dataset())


def test_held_transport_approaches_the_full_run_and_says_how_far_it_is(run: xr.Dataset) -> None:
    distances, errors = [], []
    for tolerance in (0.05, 0.0125):
        held = simulate(small(transport={"update": tolerance}))
        distances.append(np.abs(held.magnetisation.values - run.magnetisation.values).max())
        errors.append(held.transport_update_error.values.max())
    assert distances[1] < 0.5 * distances[0] < 0.05
    assert errors[1] < 0.5 * errors[0]
    assert 0.0 < errors[0] <= 0.05


def test_macrospin_without_electrons_follows_its_closed_form() -> None:
    field, damping, ratio, end = 1e5, 0.2, 2.21e5, 1e-10
    config = {
        "wire": {"cells": 4},
        "texture": {"kind": "uniform", "direction": [1.0, 0.0, 0.0]},
        "transport": {"model": "none"},
        "drive": {"magnetic_field": [0.0, 0.0, field]},
        "dynamics": {
            "end_time": end, "stop": "end", "relative_tolerance": 1e-10,
            "absolute_tolerance": 1e-12,
        },
    }  # fmt: skip
    spun = simulate(config)
    t = spun.time.values
    rate = ratio * field / (1.0 + damping**2)
    angle = 2.0 * np.arctan(np.exp(-damping * rate * t))
    exact = np.stack(
        [np.sin(angle) * np.cos(rate * t), np.sin(angle) * np.sin(rate * t), np.cos(angle)], axis=-1
    )
    np.testing.assert_allclose(spun.mean_magnetisation.values, exact, atol=1e-8)
    np.testing.assert_array_equal(spun.torque_total.values, 0.0)


def test_initial_state_field_holds_a_wall_without_electrons() -> None:
    still = simulate(
        {
            "wire": {"cells": 8},
            "transport": {"model": "none"},
            "field": {"initial_state_field": 1.0},
            "dynamics": {"end_time": 5e-11, "stop": "end"},
        }
    )
    change = still.magnetisation.values - still.magnetisation.values[0]
    assert np.abs(change).max() < 1e-12
