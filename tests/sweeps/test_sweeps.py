"""Sweeps as a whole: the same numbers as single runs, failures apart, stores that stay whole."""

import json
import threading
from typing import Any

import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.errors import InputError, NumericsError
from boltzwall.simulation import simulate, simulate_batch
from boltzwall.sweeps import Workforce, load_study, read_store, run_study
from boltzwall.sweeps.sealed import group_object
from boltzwall.sweeps.store import FORMAT, Store

PUBLISHED: dict[str, Any] = {
    "wire": {"length": "5 nm", "cells": 24},
    "transport": {"momentum_nodes": 16},
    "dynamics": {"end_time": "10 ps", "save_interval": "5 ps", "stop": "end"},
}
WALL: dict[str, Any] = {
    "wire": {"length": "100 nm", "cells": 40},
    "texture": {"kind": "bloch", "width": "11 nm"},
    "material": {"uniaxial_anisotropy": 1e5},
    "temperature": {"kind": "uniform", "value": 300.0},
    "drive": {"electric_field": 0.0},
    "field": {"exchange": True, "uniaxial_anisotropy": True},
    "transport": {"model": "zhang-li", "u": 10.0, "beta": 0.1},
    "dynamics": {"end_time": "40 ps", "save_interval": "10 ps", "stop": "end"},
}
GRADIENT: dict[str, Any] = {"key": "temperature.gradient", "values": [1e9, 2e9, 3e9, 4e9]}
U: dict[str, Any] = {"key": "transport.u", "start": 5.0, "stop": 40.0, "count": 8}


def with_sweep(config, axes, **settings):
    return {**config, "sweep": {"axes": axes, **settings}}


def run(config, axes, store, workforce=None, retry_failed=False, **settings):
    study = load_study(with_sweep(config, axes, **settings))
    return run_study(study, str(store), workforce, None, retry_failed)


def objects(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_a_point_is_the_same_alone_and_in_any_batch(tmp_path):
    together = run(PUBLISHED, [GRADIENT], tmp_path / "a", batch=4)
    for size in (1, 3):
        other = run(PUBLISHED, [GRADIENT], tmp_path / f"b{size}", batch=size)
        for name in ("wall_position", "wall_velocity", "wall_tilt", "mean_magnetisation"):
            np.testing.assert_allclose(other[name], together[name], rtol=1e-12, atol=1e-15)
    alone = simulate({**PUBLISHED, "temperature": {"gradient": 3e9}})
    point = together.sel({"temperature.gradient": 3e9})
    np.testing.assert_allclose(point["wall_position"], alone["wall_position"][-1], rtol=1e-12)
    gone = (alone["wall_position"][-1] - alone["wall_position"][1]) / 5e-12
    np.testing.assert_allclose(point["mean_wall_velocity"], gone, rtol=1e-9)
    assert together.attrs["kind"] == "sweep"
    assert together["temperature.gradient"].attrs["units"] == "K/m"


def test_the_python_call_and_what_it_keeps(tmp_path):
    final = boltzwall.sweep(WALL, {"transport.u": [10, 20]}, keep="final", progress=False)
    whole = boltzwall.sweep(WALL, {"transport.u": [10, 20]}, keep="all", progress=False)
    alone = simulate({**WALL, "transport": {**WALL["transport"], "u": 20}})
    np.testing.assert_allclose(
        final["magnetisation"][1], alone["magnetisation"][-1], rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(whole["wall_position"][1], alone["wall_position"], rtol=1e-12)
    np.testing.assert_array_equal(final["x"], alone["x"])
    assert final["magnetisation"].dims == ("transport.u", "x", "component")
    assert whole["magnetisation"].dims == ("transport.u", "time", "x", "component")


def test_zipped_keys_from_python():
    found = boltzwall.sweep(
        WALL, {("transport.u", "transport.beta"): [(10, 0.1), (20, 0.2)]}, progress=False
    )
    assert found["wall_position"].dims == ("transport.u",)
    np.testing.assert_array_equal(found["transport.beta"], [0.1, 0.2])
    # [M8]: v = (1 + αβ)u/(1 + α²), the electrical torque of a wall free to turn.
    alpha = 0.2
    u, beta = found["transport.u"].values, found["transport.beta"].values
    expected = (1.0 + alpha * beta) / (1.0 + alpha**2) * u
    np.testing.assert_allclose(found["mean_wall_velocity"], expected, rtol=0.01)


@pytest.mark.slow
def test_transport_alone_can_be_swept():
    config = {
        "material": {"preset": "permalloy"},
        "wire": {"length": "100 nm", "cells": 60},
        "texture": {"kind": "neel", "width": "10 nm"},
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
    }
    fields = [-1e4, 1e4, 2e4]
    found = boltzwall.sweep(
        config, {"drive.electric_field": fields}, kind="transport", progress=False
    )
    # Linear response: u is proportional to the field, β does not depend on it.
    np.testing.assert_allclose(
        found["effective_velocity"] / fields, found["effective_velocity"][1] / 1e4, rtol=1e-9
    )
    np.testing.assert_allclose(found["effective_beta"], found["effective_beta"][0], rtol=1e-9)


@pytest.mark.slow
def test_failed_points_stop_no_other_and_can_be_tried_again(tmp_path, monkeypatch):
    # The second point asks for what no arithmetic can give; the third cannot be configured.
    axes = [
        {"key": "dynamics.relative_tolerance", "values": [1e-6, 1e-50, 1e-6], "zip": "both"},
        {"key": "dynamics.absolute_tolerance", "values": [1e-8, 1e-50, 1e-8], "zip": "both"},
        {"key": "temperature.cold_end", "values": [100.0, 1.0]},
    ]
    config = {**PUBLISHED, "temperature": {"gradient": -1e9}}
    found = run(config, axes, tmp_path / "s", batch=6)
    status = found["status"].values
    assert status.tolist() == [["done", "failed"], ["failed", "failed"], ["done", "failed"]]
    assert "time stepping failed" in str(found["reason"].values[1, 0])
    assert "temperature" in str(found["reason"].values[0, 1])
    healthy = simulate({**config, "temperature": {"gradient": -1e9, "cold_end": 100.0}})
    np.testing.assert_allclose(
        found["wall_position"].values[0, 0], healthy["wall_position"].values[-1], rtol=1e-12
    )
    assert np.isnan(found["wall_position"].values[1, 0])
    before = objects(tmp_path / "s")
    again = run(config, axes, tmp_path / "s", batch=6)
    assert objects(tmp_path / "s") == before
    xr.testing.assert_identical(again, found)
    retried = run(config, axes, tmp_path / "s", batch=6, retry_failed=True)
    assert retried["status"].values.tolist() == status.tolist()
    assert len(objects(tmp_path / "s")) == len(before) + 2


@pytest.mark.slow
def test_a_batch_that_may_fail_answers_for_every_member():
    good = {**PUBLISHED, "dynamics": {**PUBLISHED["dynamics"]}}
    bad = {
        **PUBLISHED,
        "dynamics": {
            **PUBLISHED["dynamics"], "relative_tolerance": 1e-50, "absolute_tolerance": 1e-50,
        },
    }  # fmt: skip
    first, failed, last = simulate_batch([good, bad, good], failures="return")
    assert isinstance(failed, NumericsError)
    assert isinstance(first, xr.Dataset)
    assert isinstance(last, xr.Dataset)
    np.testing.assert_array_equal(first["magnetisation"], last["magnetisation"])
    with pytest.raises(NumericsError):
        simulate_batch([good, bad, good])


@pytest.mark.parametrize("stop", ["end", "steady"])
def test_what_is_known_of_the_last_state_alone_is_what_a_whole_run_ends_with(stop):
    dynamics = {**PUBLISHED["dynamics"], "stop": stop, "steady_rate": 2e10, "end_time": "60 ps"}
    config = {**PUBLISHED, "dynamics": dynamics}
    (whole,) = simulate_batch([config])
    (last,) = simulate_batch([config], last_only=True)
    assert whole.attrs["stopped_because"] == ("steady" if stop == "steady" else "end_time")
    np.testing.assert_equal(whole.attrs["settling_time"], last.attrs["settling_time"])
    assert whole.attrs["wall_regime"] == last.attrs["wall_regime"]
    for name in ("wall_positions", "wall_tilts", "mean_velocity", "mean_velocity_error"):
        np.testing.assert_array_equal(whole[name], last[name])
    xr.testing.assert_equal(whole["magnetisation"], last["magnetisation"])
    for name in ("torque_total", "spin_accumulation", "heat_current_density"):
        assert last[name].dims == whole[name].dims[1:]
        np.testing.assert_allclose(
            last[name], whole[name][-1], rtol=1e-12, atol=1e-12 * np.abs(whole[name]).max()
        )


def test_a_study_of_failures_says_so(tmp_path):
    axes = [{"key": "dynamics.relative_tolerance", "values": [1e-50, 2e-50]}]
    dynamics = {**PUBLISHED["dynamics"], "absolute_tolerance": 1e-50}
    with pytest.raises(NumericsError, match="All 2 points failed"):
        run({**PUBLISHED, "dynamics": dynamics}, axes, tmp_path / "s")


def test_a_changed_study_computes_only_what_is_new(tmp_path):
    run(WALL, [U], tmp_path / "s", batch=4)
    before = objects(tmp_path / "s")
    wider = {**U, "start": 5.0, "stop": 50.0, "count": 10}
    found = run(WALL, [wider], tmp_path / "s", batch=4)
    after = objects(tmp_path / "s")
    kept = [name for name in before if name != "study/zarr.json"]  # it names the last study
    assert [after[name] for name in kept] == [before[name] for name in kept]
    xr.testing.assert_identical(read_store(tmp_path / "s"), found)
    batches = [
        json.loads(v)["attributes"]
        for n, v in after.items()
        if n.count("/") == 2 and n.startswith("batches/")
    ]
    computed = [point for batch in batches for point in batch["points"]]
    assert len(computed) == len(set(computed)) == 10
    assert np.all(found["status"] == "done")
    fresh = run(WALL, [wider], tmp_path / "t", batch=4)
    np.testing.assert_allclose(found["wall_position"], fresh["wall_position"], rtol=1e-12)


def test_two_sweeps_on_one_store_at_once(tmp_path):
    errors = []

    def one():
        try:
            run(WALL, [U], tmp_path / "s", Workforce(1), batch=2)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    run(WALL, [U], tmp_path / "t", batch=2)
    assert objects(tmp_path / "s") == objects(tmp_path / "t")


def test_a_store_at_an_address(tmp_path):
    found = run(WALL, [U], "memory://study/one", batch=4)
    local = run(WALL, [U], tmp_path / "s", batch=4)
    xr.testing.assert_identical(found, local)
    assert len(Store("memory://study/one").index()) == 8


def test_stores_that_cannot_be_used(tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        run(WALL, [U], other)
    assert (other / "thesis.txt").read_text() == "mine"

    old = tmp_path / "old"
    run(WALL, [U], old, batch=8)
    of_before = {"boltzwall_sweep": FORMAT, "boltzwall_version": "0.0.1"}
    (old / "zarr.json").write_bytes(group_object(of_before))
    before = objects(old)
    with pytest.raises(InputError, match=r"0\.0\.1"):
        run(WALL, [U], old)
    assert objects(old) == before
    # The first format had no checksums.
    unsealed = {"attributes": {"boltzwall_sweep": 1, "boltzwall_version": "0.1.0"}}
    (old / "zarr.json").write_text(json.dumps(unsealed))
    with pytest.raises(InputError, match=r"0\.1\.0"):
        run(WALL, [U], old)

    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(InputError, match=r"could not be|must be a new folder"):
        run(WALL, [U], file / "below")
    with pytest.raises(InputError, match="nosuch"):
        run(WALL, [U], "nosuch://bucket/study")


def test_a_full_disk_loses_nothing(tmp_path, monkeypatch):
    from pathlib import Path

    real, left = Path.write_bytes, [4]  # objects: there are two to a batch

    def write(self, data):
        left[0] -= "batches" in self.parts
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(InputError, match="No space left"):
        run(WALL, [U], tmp_path / "s", Workforce(1), batch=2)
    monkeypatch.undo()
    held = Store(str(tmp_path / "s")).index()
    assert len(held) == 2
    found = run(WALL, [U], tmp_path / "s", batch=2)
    assert np.all(found["status"] == "done")
    run(WALL, [U], tmp_path / "t", batch=2)
    assert objects(tmp_path / "s") == objects(tmp_path / "t")


def test_an_interrupt_leaves_a_store_to_go_on_from(tmp_path):
    study = load_study(with_sweep(WALL, [U], batch=1))

    def progress(done, total, message):
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_study(study, str(tmp_path / "s"), Workforce(1), progress)
    held = Store(str(tmp_path / "s")).index()
    assert 3 <= len(held) < 8
    run_study(study, str(tmp_path / "s"))
    run_study(study, str(tmp_path / "t"))
    assert objects(tmp_path / "s") == objects(tmp_path / "t")


def test_noise_has_a_seed_for_each_point():
    config = {
        **WALL,
        "wire": {**WALL["wire"], "width": "5 nm", "thickness": "5 nm"},
        "dynamics": {**WALL["dynamics"], "thermal_noise": True, "end_time": "2 ps",
                     "save_interval": "1 ps"},
    }  # fmt: skip
    found = boltzwall.sweep(config, {"dynamics.noise_seed": [0, 1, 2]}, progress=False)
    assert len(np.unique(found["wall_position"])) == 3
