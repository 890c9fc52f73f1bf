"""Electrons in time: the end is the steady solution, the steps are of second order."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jaxtyping import Array

from boltzwall import Config, load_config, simulate, solve_transport
from boltzwall.build.problem import Problem
from boltzwall.dynamics.electrons_in_time import TimedRun
from boltzwall.errors import InputError, NumericsError
from boltzwall.transport.published.evolution import (
    equilibrium_distribution,
    steady_distribution,
    step_electrons,
)
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.transport import PublishedTransport

SMALL: dict[str, dict[str, object]] = {"wire": {"cells": 40}, "transport": {"momentum_nodes": 16}}


def resolved(config: Config) -> tuple[PublishedModel, Array]:
    problem = Problem.of(config)
    electrons = problem.kinetic_electrons()
    assert isinstance(electrons, PublishedTransport)
    return electrons.model, problem.start


def problem(**transport: object) -> tuple[PublishedModel, Array]:
    config = load_config({**SMALL, "transport": {**SMALL["transport"], **transport}})
    return resolved(config)


@eqx.filter_jit
def run(model: PublishedModel, start: Array, m: Array, step: Array, count: int) -> Array:
    def one(y: Array, _: None) -> tuple[Array, None]:
        return step_electrons(model, y, (m, m), step), None

    return jax.lax.scan(one, start, None, length=count)[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "transport",
    [
        {},
        {"momentum_window": [0.3, 0.8], "inflow": "characteristic"},
        {"equilibrium_vector": "rotating", "spin_convention": "as-printed"},
    ],
)
def test_steps_of_any_size_end_in_the_steady_solution(transport: dict[str, object]) -> None:
    model, m = problem(**transport)
    steady = eqx.filter_jit(steady_distribution)(model, m)
    start = equilibrium_distribution(model, m)
    assert jnp.abs(start - steady).max() > 0.1
    end = run(model, start, m, jnp.asarray(2e-14), 60)
    assert jnp.abs(end - steady).max() < 1e-10


def smooth_start(cells: int, steps: int, total: float) -> np.ndarray:
    """Averages over a tenth of the wire at the end of a run from a smooth start."""
    config = load_config({**SMALL, "wire": {"cells": cells}})
    model, m = resolved(config)
    steady = eqx.filter_jit(steady_distribution)(model, m)
    # No front crosses the wire: the start meets the data at both ends smoothly.
    bump = jnp.sin(jnp.pi * model.centres / model.length) ** 4
    start = steady + 0.1 * bump[None, :, None] * jnp.array([1.0, 1.0, -1.0, 0.5])[:, None, None]
    end = run(model, start, m, jnp.asarray(total / steps), steps) - steady
    return np.asarray(end).reshape(4, 10, cells // 10, -1).mean(axis=2)


@pytest.mark.slow
def test_cells_and_steps_are_of_second_order_together() -> None:
    ends = [smooth_start(20 * k, 8 * k, 8e-15) for k in (1, 2, 4, 16)]
    errors = [np.abs(end - ends[-1]).max() for end in ends[:-1]]
    orders = np.log2(np.array(errors[:-1]) / np.array(errors[1:]))
    assert orders.min() > 1.8


def test_uniform_relaxation_follows_its_exponentials() -> None:
    """In the middle of a long wire of uniform M, what was there decays with its own rates."""
    config = load_config(
        {
            "wire": {"cells": 40, "length": 4e-6},
            "texture": {"kind": "uniform"},
            "temperature": {"kind": "uniform", "value": 100.0},
            "drive": {"electric_field": 0.0},
            "transport": {"momentum_nodes": 16, "equilibrium_vector": "polarised"},
        }
    )
    model, m = resolved(config)
    steady = eqx.filter_jit(steady_distribution)(model, m)
    start = steady + jnp.array([0.1, 0.2, 0.0, 0.3])[:, None, None]
    time, steps = 1e-15, 64
    end = run(model, start, m, jnp.asarray(time / steps), steps)
    change = np.asarray(end - steady)[:, 20, 8]
    electrons = model.electrons
    turn = float(electrons.precession_rate) * time
    slow = np.exp(-time / float(electrons.spin_flip_time))
    exact = [
        0.1 * np.exp(-time / float(electrons.momentum_time)),
        0.2 * np.cos(turn) * slow,
        0.2 * np.sin(turn) * slow,
        0.3 * slow,
    ]
    np.testing.assert_allclose(change, exact, atol=2e-6)


@pytest.mark.slow
def test_moving_wall_stays_near_the_quasi_steady_run() -> None:
    span = {"end_time": 2e-13, "save_interval": 1e-13}
    timed = simulate(
        {
            "wire": {"cells": 40},
            "transport": {
                "momentum_nodes": 16, "time_dependent": True, "initial_distribution": "steady",
            },
            "dynamics": {**span, "electron_step": 1e-14},
        }
    )  # fmt: skip
    quasi = simulate({**SMALL, "dynamics": {**span, "stop": "end"}})
    moved = np.abs(quasi.magnetisation.values[-1] - quasi.magnetisation.values[0]).max()
    apart = np.abs(quasi.magnetisation.values[-1] - timed.magnetisation.values[-1]).max()
    assert 0.0 < apart < 0.02 * moved
    assert timed.electron_deviation.values[0] < 1e-12
    assert 1e-5 < timed.electron_deviation.values[-1] < 1e-2
    torque = np.abs(timed.torque_total.values - timed.torque_quasi_steady.values)[-1].max()
    assert torque < 1e-2 * np.abs(timed.torque_total.values[-1]).max()


@pytest.mark.slow
def test_electrons_start_from_given_distributions() -> None:
    hot = {"temperature": {"gradient": 6e9}, "output": {"distributions": True}}
    given = solve_transport({**SMALL, **hot})
    timed: dict[str, dict[str, object]] = {
        "transport": {"momentum_nodes": 16, "time_dependent": True},
        "dynamics": {
            "magnetisation": "fixed", "end_time": 2e-14, "save_interval": 1e-14,
        },
    }  # fmt: skip
    run = simulate({**SMALL, **timed}, electrons=given)
    np.testing.assert_allclose(run.spin_accumulation.values[0], given.spin_accumulation.values)
    assert run.electron_deviation.values[0] > run.electron_deviation.values[-1] > 0.0
    with pytest.raises(InputError, match="time_dependent"):
        simulate(SMALL, electrons=given)
    with pytest.raises(InputError, match="have the shape"):
        simulate({**timed, "wire": {"cells": 20}}, electrons=given)
    with pytest.raises(InputError, match=r"output\.distributions"):
        simulate({**SMALL, **timed}, electrons=run)


@pytest.mark.slow
def test_electrons_of_a_held_wall_come_to_rest() -> None:
    rested = simulate(
        {
            **SMALL,
            "transport": {"momentum_nodes": 16, "time_dependent": True},
            "dynamics": {
                "magnetisation": "fixed", "end_time": 1e-13, "save_interval": 1e-14,
            },
        }
    )  # fmt: skip
    np.testing.assert_array_equal(
        rested.magnetisation.values, rested.magnetisation.values[:1].repeat(11, axis=0)
    )
    deviation = rested.electron_deviation.values
    assert deviation[0] > 0.1
    assert deviation[-1] < 1e-9


def consistent(streams: int, **transport: object) -> dict[str, dict[str, object]]:
    return {
        "wire": {"cells": 24},
        "drive": {"current_density": 1e10},
        "transport": {
            "model": "consistent", "streams": streams, "momentum_nodes": 8, **transport,
        },
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("streams", [2, 4])
def test_consistent_electrons_of_a_slow_wall_stay_nearly_steady(streams: int) -> None:
    span = {"end_time": 4e-14, "save_interval": 2e-14}
    timed = simulate(
        {
            **consistent(streams, time_dependent=True, initial_distribution="steady"),
            "dynamics": {**span, "electron_step": 2e-15},
        }
    )
    deviation = timed.electron_deviation.values
    assert deviation[0] < 1e-12
    assert 0.0 < deviation[-1] < 0.1
    for name in ("charge", "spin"):
        assert timed.attrs[f"residual_{name}_relative"] < 1e-10
    moved = np.abs(timed.magnetisation.values[-1] - timed.magnetisation.values[0]).max()
    assert moved > 1e-6
    apart = np.abs(timed.torque_total.values - timed.torque_quasi_steady.values)[-1].max()
    assert 0.0 < apart < 0.1 * np.abs(timed.torque_quasi_steady.values[-1]).max()
    np.testing.assert_allclose(timed.charge_current_density.values[0], 1e10, rtol=1e-9)


def test_consistent_runs_refuse_what_they_cannot_start_from() -> None:
    timed = consistent(2, time_dependent=True)
    given = solve_transport({**SMALL, "output": {"distributions": True}})
    with pytest.raises(InputError, match="no Dataset holds the streams"):
        simulate(timed, electrons=given)
    with pytest.raises(InputError, match="resume"):
        simulate(timed, resume=given)


def test_electrons_that_are_not_finite_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        TimedRun, "observe", lambda *_: {"spin_accumulation": np.full((24, 3), np.nan)}
    )
    with pytest.raises(NumericsError, match="electron_step"):
        simulate(consistent(2, time_dependent=True))
