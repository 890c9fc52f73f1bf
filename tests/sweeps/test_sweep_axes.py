"""The plan of a study: values of the axes, order of the points, their names, and refusals."""

import tomllib
from typing import Any

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.config.sections.sweep import Sweep, SweptKey
from boltzwall.config.templates import template
from boltzwall.errors import InputError
from boltzwall.sweeps.axes import build_axes
from boltzwall.sweeps.plan import Plan
from boltzwall.sweeps.store import Entry, batch_name
from boltzwall.sweeps.study import Study, load_study


def study(axes, config=None, **settings) -> Study:
    return load_study({**(config or {}), "sweep": {"axes": axes, **settings}})


def values(axes, **settings) -> list[list[float]]:
    built = build_axes(Sweep.model_validate({"axes": axes, **settings}), load_config({}))
    return [[row[0] for row in axis.rows] for axis in built]


def test_values_are_converted_and_spaced():
    gradient, cold, cells = values(
        [
            {"key": "temperature.gradient", "start": "1 K/nm", "stop": "3 K/nm", "count": 3},
            {
                "key": "temperature.cold_end",
                "start": 1.0,
                "stop": "100 K",
                "count": 3,
                "spacing": "log",
            },
            {"key": "wire.cells", "start": 10, "stop": 15, "count": 3},
        ]
    )
    assert gradient == [1e9, 2e9, 3e9]
    np.testing.assert_allclose(cold, [1.0, 10.0, 100.0], rtol=1e-14)
    assert cells == [10, 12, 15]
    assert all(isinstance(count, int) for count in cells)


def test_the_last_axis_is_the_fastest():
    found = study(
        [
            {"key": "temperature.gradient", "values": [1e9, 2e9]},
            {"key": "temperature.cold_end", "values": [100, "0.2 kK", 300]},
        ]
    )
    assert found.shape == (2, 3)
    assert found.overrides(4) == {"temperature.gradient": 2e9, "temperature.cold_end": 200.0}
    config: Any = found.config(4)
    assert (config.temperature.gradient, config.temperature.cold_end) == (2e9, 200.0)


def test_zipped_keys_vary_together():
    found = study(
        [
            {"key": "wire.length", "values": ["5 nm", "6 nm"], "zip": "size"},
            {"key": "drive.electric_field", "values": [1.0, 2.0, 3.0]},
            {"key": "wire.cells", "values": [50, 60], "zip": "size"},
        ]
    )
    assert found.shape == (2, 3)
    assert found.axes[0].dimension == "wire.length"
    assert found.overrides(5) == {
        "wire.length": 6e-9,
        "wire.cells": 60,
        "drive.electric_field": 3.0,
    }


def test_a_latin_hypercube_has_one_sample_in_each_part_of_every_key():
    bounds = [
        {"key": "temperature.gradient", "start": -1e9, "stop": 1e9},
        {"key": "material.spin_flip_time", "start": 1e-13, "stop": 1e-11, "spacing": "log"},
    ]
    found = study(bounds, samples=50, seed=3)
    gradient, time = np.array(found.axes[0].rows).T
    assert sorted(np.floor((gradient + 1e9) / 2e9 * 50)) == list(range(50))
    assert sorted(np.floor((np.log10(time) + 13.0) / 2.0 * 50)) == list(range(50))
    assert study(bounds, samples=50, seed=3).axes == found.axes
    assert study(bounds, samples=50, seed=4).axes != found.axes
    random = study(bounds, samples=50, seed=3, sampling="random").axes[0]
    assert random.dimension == "sample"
    assert sorted(np.floor((np.array(random.rows)[:, 0] + 1e9) / 2e9 * 50)) != list(range(50))


def test_a_point_keeps_its_name_when_the_study_changes(tmp_path):
    axis = {"key": "temperature.gradient", "values": [1e9, "2 K/nm"]}
    first = study([axis])
    wider = study([{**axis, "values": [5e8, 1e9, 2e9, 3e9]}])
    assert wider.digest(2) == first.digest(1)
    fixed = study(
        [{"key": "temperature.cold_end", "values": [100.0]}], {"temperature": {"gradient": 2e9}}
    )
    crossed = study([axis, {"key": "temperature.cold_end", "values": [100.0]}])
    assert fixed.digest(0) == crossed.digest(1)
    other = study([axis], {"wire": {"cells": 50}})
    kept = study([axis], keep="final")
    names = {s.digest(1) for s in (first, other, kept)}
    assert len(names) == 3


def test_the_name_of_a_point_follows_the_files_that_it_reads(tmp_path):
    path = tmp_path / "temperature.txt"
    config = {"temperature": {"kind": "file", "path": str(path)}}
    axis = {"key": "drive.electric_field", "values": [1.0]}
    names = set()
    for hot in (300.0, 310.0):
        path.write_text(f"0 100\n1e-6 {hot}\n")
        names.add(study([axis], config).digest(0))
    assert len(names) == 2


def test_batches_hold_points_of_one_shape():
    found = study(
        [
            {"key": "wire.cells", "values": [20, 30]},
            {"key": "temperature.gradient", "start": 1e9, "stop": 2e9, "count": 5},
        ],
        batch=3,
    )
    batches = list(found.batches())
    assert sorted(point for batch in batches for point in batch) == list(range(10))
    for batch in batches:
        assert len(batch) <= 3
        assert len({found.overrides(point)["wire.cells"] for point in batch}) == 1


GRADIENT = {"key": "temperature.gradient", "values": [1e9]}


@pytest.mark.parametrize(
    ("axes", "settings", "words"),
    [
        ([{**GRADIENT, "values": ["2 nm"]}], {}, ["temperature.gradient", "nm"]),
        ([GRADIENT, GRADIENT], {}, ["once", "temperature.gradient"]),
        ([{"key": "temperature.gradiant", "values": [1]}], {}, ["gradiant", "gradient"]),
        ([{"key": "temperatur.gradient", "values": [1]}], {}, ["temperatur.gradient", "Sections"]),
        ([{"key": "gradient", "values": [1]}], {}, ["section and a key"]),
        ([{"key": "transport.model", "values": [1]}], {}, ["number", "transport.model"]),
        ([{"key": "wire.cells", "values": [10.5]}], {}, ["wire.cells", "whole"]),
        ([{"key": "wire.length", "values": []}], {}, ["sweep.axes"]),
        ([{"key": "wire.length"}], {}, ["wire.length", "count"]),
        ([{"key": "wire.length", "start": 1e-9, "stop": 2e-9}], {}, ["samples"]),
        ([{**GRADIENT, "count": 3}], {}, ["either"]),
        (
            [{"key": "wire.length", "start": -1, "stop": 2e-9, "count": 3}],
            {},
            ["wire.length", "greater than"],
        ),
        (
            [
                {
                    "key": "drive.electric_field",
                    "start": -1,
                    "stop": 1,
                    "count": 3,
                    "spacing": "log",
                }
            ],
            {},
            ["linear"],
        ),
        (
            [
                {**GRADIENT, "zip": "a"},
                {"key": "wire.cells", "values": [10, 20], "zip": "a"},
            ],
            {},
            ["equally many"],
        ),
        ([GRADIENT], {"keep": "some"}, ["sweep.keep"]),
        ([GRADIENT], {"sample": 3}, ["sweep.sample", "samples"]),
        ([{"key": "texture.width", "values": ["1 nm"]}], {"batch": -1}, ["sweep.batch"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_one_message(axes, settings, words):
    with pytest.raises(InputError) as caught:
        study(axes, **settings)
    for word in words:
        assert word in str(caught.value)


def test_a_study_that_no_point_can_use_is_refused():
    with pytest.raises(InputError, match="cold_end"):
        study(
            [{"key": "temperature.gradient", "values": ["-2 K/nm", "-3 K/nm"]}],
            {"wire": {"length": "1 um"}},
        )


def test_a_configuration_without_a_sweep_is_refused():
    with pytest.raises(InputError, match=r"\[sweep\]"):
        load_study({"wire": {"cells": 20}})


def test_the_example_is_a_study_with_every_key():
    text = template("sweep")
    found = load_study(tomllib.loads(text))
    assert found.shape == (12, 4)
    for model in (Sweep, SweptKey):
        for key in model.model_fields.keys() - {"axes"}:
            assert f"{key} = " in text or f"# {key}: " in text


def test_a_plan_holds_numbers_and_makes_tasks_when_asked():
    axes = [
        {"key": "temperature.gradient", "start": 0, "stop": 1e9, "count": 50},
        {"key": "temperature.cold_end", "start": 1, "stop": 9, "count": 4},
    ]
    grid = study(axes, batch=16)
    plan = Plan(grid, "memory://nowhere", {})
    assert (len(plan), plan.points) == (13, 200)
    assert plan[12].digests == tuple(grid.digest(point) for point in range(192, 200))
    assert [task.name for task in plan.starting_at(12)][:2] == [plan[12].name, plan[0].name]
    # What the store holds is left out; what failed is tried again under another name.
    index = {grid.digest(3): Entry("a", 0, ""), grid.digest(4): Entry("b", 0, "diverged")}
    known = Plan(grid, "memory://nowhere", index)
    assert known.points == 198
    assert grid.digest(4) not in known[0].digests
    again = Plan(grid, "memory://nowhere", index, retry_failed=True)
    assert again.points == 199
    assert grid.digest(4) in again[0].digests
    assert again[0].name != batch_name(again[0].digests)


def test_equal_points_are_computed_once():
    axes = [{"key": "temperature.gradient", "values": [1e9, 2e9, 1e9]}]
    plan = Plan(study(axes), "memory://nowhere", {})
    assert plan.points == 2


def test_one_number_of_a_list_is_swept():
    axes = [
        {"key": "drive.magnetic_field.z", "values": ["10 mT", "100 Oe", 5e3]},
        {"key": "transport.momentum_window.max", "start": 1.4, "stop": 1.6, "count": 2},
    ]
    found = study(axes, {"drive": {"magnetic_field": [1.0, 2.0, 3.0]}})
    assert found.shape == (3, 2)
    fields = [found.config(2 * k).drive.magnetic_field for k in range(3)]
    np.testing.assert_allclose([field[2] for field in fields], [7957.747, 7957.747, 5e3], rtol=1e-6)
    assert all(field[:2] == (1.0, 2.0) for field in fields)
    assert found.config(1).transport.momentum_window == (0.9, 1.6)
    assert found.axes[0].keys[0].units == "A/m"
    assert "Hz" in found.axes[0].keys[0].meaning
    # Where the configuration leaves the list out, the other numbers are those of its default.
    bare = study(axes[:1])
    assert bare.config(2).drive.magnetic_field == (0.0, 0.0, 5e3)
    assert len({bare.digest(point) for point in range(3)}) == 3


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("drive.magnetic_field", ["magnetic_field.z", "not one"]),
        ("drive.magnetic_field.w", ["`x`, `y`, `z`"]),
        ("drive.magnetic_region.from", ["must be given as a list", '["0 nm", "50 nm"]']),
        ("wire.length.x", ["not one"]),
    ],
)
def test_lists_are_swept_by_number_only(key, words):
    with pytest.raises(InputError) as caught:
        study([{"key": key, "values": [1.0, 2.0]}])
    for word in words:
        assert word in str(caught.value)
