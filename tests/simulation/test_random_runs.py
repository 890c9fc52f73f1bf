"""A few of the random runs of the campaign; what it demands, and that it notices faults."""

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.simulation.record import _element_note
from tests.synthetic import run_dataset
from validation.campaigns.runs import CHECKS, BrokenError, invariants, one, same
from validation.campaigns.wires import ABOUT_X, KINDS, drawn

TABLES = {"dynamics": {"end_time": 4e-10}, "transport": {"model": "published"}}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_valid_wire_and_the_same_each_time(kind):
    for seed in range(3):
        load_config(drawn(kind, seed))
        assert drawn(kind, seed) == drawn(kind, seed)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_a_random_wall_keeps_what_is_promised(check, tmp_path):
    assert one("Zhang and Li", 1, check, tmp_path) == ""


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda d: d.assign(magnetisation=1.001 * d["magnetisation"]), "|M| is off by 0.001"),
        (lambda d: d.isel(time=slice(0, -1)), "it ends elsewhere"),
        (lambda d: d.assign_attrs(stopped_because="failed"), "stopped: failed"),
        (lambda d: d.assign_attrs(residual_spin_relative=1e-3), "continuity of spin: 0.001"),
        (lambda d: d.assign(charge_density=np.nan * d["charge_density"]), "`charge_density`"),
        (lambda d: d.assign_attrs(xi=np.inf), "attribute `xi` is inf"),
    ],
)  # fmt: skip
def test_faults_of_a_run_are_seen(change, part):
    run = run_dataset().assign_attrs(stopped_because="end_time")
    invariants(run, TABLES)
    with pytest.raises(BrokenError) as caught:
        invariants(change(run), TABLES)
    assert part in str(caught.value)


def test_why_a_wall_has_no_resistance_is_said_in_runs():
    """Found by the campaign: only a solution of the transport alone said it."""
    angle = np.linspace(0.0, 3.0, 12)
    spiral = np.stack([np.sin(angle), 0.0 * angle, np.cos(angle)], axis=-1)
    arrays = {
        "wall_resistance_area": np.array([0.1, np.nan]),
        "magnetisation": np.stack([spiral] * 2),
    }
    assert "reaches an end" in _element_note(arrays)["wall_element_note"]
    assert _element_note({"wall_resistance_area": np.ones(2)}) == {}
    assert _element_note({}) == {}


def test_a_difference_is_seen():
    run = run_dataset()
    same(run, run, 0.0)
    with pytest.raises(BrokenError, match="`magnetisation` differs by"):
        same(run.assign(magnetisation=1.01 * run["magnetisation"]), run, 1e-3)


def test_the_quarter_turn_is_a_rotation_about_x():
    np.testing.assert_array_equal(ABOUT_X @ ABOUT_X.T, np.eye(3))
    np.testing.assert_array_equal(ABOUT_X @ [1.0, 0.0, 0.0], [1.0, 0.0, 0.0])
    assert np.linalg.det(ABOUT_X) == pytest.approx(1.0)
