"""The commands that compute, for real, on small wires: files, messages, exit status."""

import json
import signal
import time
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from boltzwall.cli import call
from boltzwall.io import read_dataset, write_dataset
from boltzwall.variables import VARIABLES
from tests.cli.commands import finish, start

WALL = """
[wire]
cells = 12
[transport]
momentum_nodes = 8
[dynamics]
end_time = "60 ps"
save_interval = "5 ps"
checkpoint_interval = 4
stop = "end"
"""
# What docs and users rely on; the dimensions and units are the registry's.
PROMISED = (
    "time", "x", "component", "magnetisation", "mean_magnetisation", "temperature",
    "spin_accumulation", "spin_current_density", "charge_density", "charge_current_density",
    "heat_current_density", "torque_total", "torque_electrical", "torque_thermal",
    "torque_background", "torque_total_eq17", "torque_electrical_eq21", "torque_thermal_eq22",
    "thermal_current_a", "thermal_current_b", "torque_thermal_field_like",
    "torque_thermal_damping_like", "residual_charge", "residual_spin", "wall_position",
    "wall_velocity", "wall_width", "wall_tilt",
)  # fmt: skip
ATTRIBUTES = (
    "boltzwall_version", "configuration", "model", "spin_accumulation_is", "xi", "beta_q",
    "reference_density", "settling_time", "wall_velocity_estimate", "stopped_because",
    "residual_spin_relative", "residual_charge_relative", "calibrated", "assumed",
)  # fmt: skip
SMALL = (
    "wire.cells=12", "transport.momentum_nodes=8", "dynamics.end_time=40 ps",
    "dynamics.save_interval=10 ps", "dynamics.stop=end",
)  # fmt: skip
INTERRUPTED_BATCH = """
import os, signal
from boltzwall.reproduce.wang2022.shared import kept_runs
simulate_batch = kept_runs.simulate_batch
def interrupted(*arguments, **options):
    os.kill(os.getpid(), signal.SIGINT)
    return simulate_batch(*arguments, **options)
kept_runs.simulate_batch = interrupted
"""
FAILURE = """
from boltzwall.errors import NumericsError
from boltzwall.simulation.loop import Batch
checked, calls = Batch._checked, []
def failing(self, *arguments):
    calls.append(0)
    if len(calls) == 3:
        raise NumericsError("The time stepping failed. Try more cells.")
    return checked(self, *arguments)
Batch._checked = failing
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """Compiled code is shared by the processes of these tests."""
    return {"BOLTZWALL_CACHE": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture(scope="module")
def finished(tmp_path_factory, env):
    """A run in its folder: the folder, and what the command answered."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "wall.toml").write_text(WALL, encoding="utf-8")
    return folder, finish(start("run", "wall.toml", "-o", "wall.nc", cwd=folder, env=env))


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """Calls a command that must refuse its input, and returns the one message."""

    def refuse(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["boltzwall", *map(str, arguments)])
        before = _contents(tmp_path)
        handler = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as leaving:
            call()
        signal.signal(signal.SIGTERM, handler)
        out, err = capsys.readouterr()
        assert leaving.value.code == 2
        assert out == ""
        assert err.count("Error") == 1
        assert "Traceback" not in err
        assert _contents(tmp_path) == before
        return err

    return refuse


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_run_prints_the_result_alone(finished):
    folder, (status, out, err) = finished
    assert status == 0, err
    labels = [line.split()[0] for line in out.splitlines()]
    assert labels[:2] == ["file", "wall"]
    assert labels[-1] == "stopped"
    assert set(labels) <= {"file", "wall", "at", "note", "settling", "stopped"}
    assert "wall.nc" in out
    assert "Error" not in err
    assert sorted(path.name for path in folder.iterdir()) == ["wall.nc", "wall.toml"]


def test_the_file_holds_the_promised_names_units_and_attributes(finished):
    run = read_dataset(finished[0] / "wall.nc")
    assert run.sizes == {"time": 13, "x": 12, "component": 3, "wall": 1}
    for name in PROMISED:
        assert run[name].dims == VARIABLES[name].dims
        assert run[name].attrs.get("units", "") == VARIABLES[name].units
        assert run[name].attrs["long_name"]
    assert all(name in run.attrs for name in ATTRIBUTES)
    assert run.attrs["stopped_because"] == "end_time"
    stored = json.loads(run.attrs["configuration"])
    assert (stored["wire"]["cells"], stored["transport"]["momentum_nodes"]) == (12, 8)
    assert np.abs(np.linalg.norm(run["magnetisation"], axis=-1) - 1.0).max() < 1e-9


@pytest.mark.slow
def test_transport_of_the_last_state_is_that_of_the_run(finished, env, tmp_path):
    folder, _ = finished
    arguments = ("transport", folder / "wall.toml", "-m", folder / "wall.nc", "-q")
    status, out, err = finish(start(*arguments, cwd=tmp_path, env=env))
    assert (status, err) == (0, "")
    assert "wall-transport.nc" in out
    solved = read_dataset(folder / "wall-transport.nc")
    last = read_dataset(folder / "wall.nc").isel(time=-1)
    for name in ("spin_accumulation", "torque_total", "charge_current_density"):
        scale = float(np.abs(last[name]).max())
        assert np.allclose(solved[name], last[name], rtol=0.0, atol=1e-10 * scale), name


@pytest.mark.slow
def test_plot_animate_and_info_read_the_run(finished, env, tmp_path):
    file = finished[0] / "wall.nc"
    status, out, err = finish(start("plot", file, cwd=tmp_path, env=env))
    assert (status, err) == (0, "")
    assert {Path(line).name for line in out.splitlines()} == {
        f"wall-{what}.{kind}"
        for what in ("motion", "overview", "arrows")
        for kind in ("png", "pdf")
    }
    status, out, err = finish(start("animate", file, "-o", "w.mp4", "-q", cwd=tmp_path, env=env))
    assert (status, out, err) == (0, "w.mp4\n", "")
    assert b"ftyp" in (tmp_path / "w.mp4").read_bytes()[:12]
    status, out, err = finish(start("info", file, cwd=tmp_path, env=env))
    assert (status, err) == (0, "")
    assert all(name in out for name in (*PROMISED, "torque_sign", "cells = 12"))


@pytest.mark.slow
def test_an_interrupted_run_goes_on_to_the_same_bits(env, tmp_path):
    (tmp_path / "wall.toml").write_text(WALL, encoding="utf-8")
    settings = ("--set", "dynamics.end_time=800 ps", "--set", "dynamics.save_interval=2.5 ps")
    longer = ("run", "wall.toml", "-q", *settings)
    disturbed = start(*longer, "-o", "disturbed.nc", cwd=tmp_path, env=env)
    while not (tmp_path / "disturbed.nc").exists() and disturbed.poll() is None:
        time.sleep(0.01)
    disturbed.send_signal(signal.SIGINT)
    status, out, err = finish(disturbed)
    assert (status, out) == (130, "")
    assert err == (
        "Error: Interrupted. What was computed until then is in disturbed.nc; --resume goes on "
        "from it.\n"
    )
    kept = read_dataset(tmp_path / "disturbed.nc")
    assert kept.attrs["stopped_because"] == "interrupted"
    assert 1 < kept.sizes["time"] < 321
    resumed = finish(start(*longer, "-o", "disturbed.nc", "--resume", cwd=tmp_path, env=env))
    assert resumed[0] == 0, resumed[2]
    assert finish(start(*longer, "-o", "whole.nc", cwd=tmp_path, env=env))[0] == 0
    whole = read_dataset(tmp_path / "whole.nc")
    assert whole.sizes["time"] == 321
    xr.testing.assert_identical(read_dataset(tmp_path / "disturbed.nc"), whole)
    assert {path.name for path in tmp_path.iterdir()} == {"wall.toml", "disturbed.nc", "whole.nc"}


def test_a_run_that_fails_on_its_way_is_kept(env, tmp_path):
    (tmp_path / "wall.toml").write_text(WALL, encoding="utf-8")
    failed = start("run", "wall.toml", "-q", cwd=tmp_path, env=env, before=FAILURE)
    status, out, err = finish(failed)
    assert (status, out) == (3, "")
    assert err.count("Error") == 1
    assert "Try more cells. What was computed until then is in wall.nc" in err
    kept = read_dataset(tmp_path / "wall.nc")
    assert (kept.sizes["time"], kept.attrs["stopped_because"]) == (9, "failed")


@pytest.mark.parametrize("command", ["run", "transport"])
def test_a_field_that_is_no_weak_one_is_a_numerical_failure(command, env, tmp_path):
    arguments = (command, "-q", "--set", "drive.electric_field=-1e9 V/m")
    status, out, err = finish(start(*arguments, cwd=tmp_path, env=env))
    assert (status, out) == (3, "")
    assert err.count("Error") == 1
    assert "Traceback" not in err
    assert "Use more cells" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("wire.lenght", "5 nm"),
        ("wire.length", "5 K"),
        ("wire.length", "-5 nm"),
        ("wire.length", "nan"),
        ("wire.cells", "0"),
        ("transport.momentum_window", "[1.6, 0.9]"),
        ("transport.momentum_window", "[0.5, 1.6]"),
        ("temperature.gradient", "-30 K/nm"),
        ("temperature.cold_end", "0 K"),
        ("material.damping", "nan"),
    ],
)
@pytest.mark.parametrize("command", ["run", "transport", "check"])
def test_a_value_that_cannot_be_is_refused_by_its_key(refused, command, key, value):
    message = refused(command, "--set", f"{key}={value}")
    assert f"`{key}`" in message
    if value == "[0.5, 1.6]":
        assert 'set `transport.inflow` to "characteristic"' in message


def _wall(cells: int = 12) -> np.ndarray:
    angle = np.linspace(0.0, np.pi, cells)
    return np.stack([np.sin(angle), np.zeros(cells), np.cos(angle)], axis=-1)


BAD_MAGNETISATIONS = {
    "length": 1.1 * _wall(),
    "shape": _wall(10),
    "flat, no unit vectors": _wall().ravel() * np.arange(36),
    "nan": np.where(np.arange(12)[:, None] == 3, np.nan, _wall()),
    "text": np.full((12, 3), "M"),
}


@pytest.mark.parametrize("name", BAD_MAGNETISATIONS)
def test_a_magnetisation_that_cannot_be_is_refused(refused, tmp_path, name):
    path = tmp_path / "m.npy"
    np.save(path, BAD_MAGNETISATIONS[name])
    small = ("--set", "wire.cells=12")
    message = refused("transport", *small, "--magnetisation", path)
    assert "Option `--magnetisation` must " in message
    texture = ("--set", 'texture.kind="file"', "--set", f'texture.path="{path}"')
    for command in ("run", "transport", "check"):
        assert "Key `texture.path` must " in refused(command, *small, *texture)


@pytest.mark.parametrize(
    "content", [b"", b"\x89HDF\r\n\x1a\n broken", b"text"], ids=["empty", "broken", "text"]
)
def test_files_that_are_no_results_are_refused(refused, tmp_path, content):
    path = tmp_path / "bad.nc"
    path.write_bytes(content)
    for arguments in (["info", path], ["plot", path], ["animate", path], ["run", "--resume", "-o"]):
        full = [*arguments, path] if arguments[-1] == "-o" else arguments
        assert "bad.nc" in refused(*full)
    assert "Option `--magnetisation`" in refused("transport", "-m", path)


def test_a_netcdf_file_of_another_program_is_refused(refused, tmp_path):
    path = tmp_path / "other.nc"
    xr.Dataset({"a": ("x", [1.0])}).to_netcdf(path)
    assert "boltzwall" in refused("info", path)
    assert "has none" in refused("transport", "-m", path)


def test_missing_files_are_refused(refused):
    assert "missing.toml" in refused("run", "missing.toml")
    assert "Option `--magnetisation`" in refused("transport", "-m", "missing.npy")
    assert "`temperature.path`" in refused(
        "run", "--set", 'temperature.kind="file"', "--set", 'temperature.path="missing.txt"'
    )


def test_a_temperature_file_that_falls_to_zero_is_refused(refused, tmp_path):
    (tmp_path / "t.txt").write_text("0 100\n2e-9 0\n5e-9 100\n")
    message = refused(
        "run", "--set", 'temperature.kind="file"', "--set", 'temperature.path="t.txt"'
    )
    assert "`temperature.path` must have T > 0" in message


def test_outputs_that_cannot_be_written_are_refused(refused, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "old.nc").write_text("old")
    for command in ("run", "transport"):
        assert "missing" in refused(command, "-o", "nowhere/out.nc")
        assert "file" in refused(command, "-o", "file/out.nc")
        assert "is a folder" in refused(command, "-o", ".")
        assert "not" in refused(command, "-o", "/proc/out.nc")
        assert "--overwrite" in refused(command, "-o", "old.nc")
    assert "--overwrite" in refused("init", "-o", "old.nc")


@pytest.mark.parametrize("folder", ["file/out", "/proc/out"])
def test_a_reproduction_that_cannot_be_written_is_refused(env, tmp_path, folder):
    (tmp_path / "file").write_text("")
    arguments = ("reproduce", "wang2022", "-o", folder)
    status, out, err = finish(start(*arguments, cwd=tmp_path, env=env))
    assert (status, out) == (2, "")
    assert err.count("Error") == 1
    assert "folder" in err
    assert "Traceback" not in err
    assert _contents(tmp_path) == {tmp_path / "file": b""}


def test_plots_and_animations_that_cannot_be_written_are_refused(refused, finished, tmp_path):
    run = write_dataset(read_dataset(finished[0] / "wall.nc"), tmp_path / "wall.nc")
    (tmp_path / "wall.gif").write_text("mine")
    (tmp_path / "file").write_text("")
    assert "--overwrite" in refused("animate", run)
    assert "folder" in refused("plot", run, "-o", "file/figures")
    assert ".gif or .mp4" in refused("animate", run, "-o", "wall.avi")


def test_electrons_in_time_cannot_be_resumed(refused):
    message = refused("run", "--resume", "--set", "transport.time_dependent=true")
    assert "--resume must not be given with `transport.time_dependent`" in message


@pytest.mark.slow
def test_electrons_in_time(env, tmp_path):
    (tmp_path / "wall.toml").write_text(WALL, encoding="utf-8")
    settings = (
        "transport.time_dependent=true", 'dynamics.magnetisation="fixed"',
        "dynamics.end_time=60 fs", "dynamics.save_interval=10 fs", "dynamics.electron_step=1 fs",
    )  # fmt: skip
    given = [text for setting in settings for text in ("--set", setting)]
    status, out, err = finish(start("run", "wall.toml", "-q", *given, cwd=tmp_path, env=env))
    assert (status, err) == (0, "")
    assert "steady to 1% after" in out
    run = read_dataset(tmp_path / "wall.nc")
    assert run.sizes["time"] == 7
    deviation = run["electron_deviation"].values
    assert deviation[0] > 0.1 > 1e-2 > deviation[-1]
    assert finish(start("plot", "wall.nc", cwd=tmp_path, env=env))[0] == 0


@pytest.mark.slow
def test_an_interrupted_reproduction_goes_on(env, tmp_path):
    def reproduce(*figures, before=""):
        chosen = [text for figure in figures for text in ("--figure", figure)]
        chosen += [text for change in SMALL for text in ("--set", change)]
        arguments = ("reproduce", "wang2022", *chosen, "-o", "paper", "-q")
        return finish(start(*arguments, cwd=tmp_path, env=env, before=before))

    def changed():
        return {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nc")}

    assert reproduce(2)[0] == 0
    first = changed()
    assert list(first) == ["kappa-2_T0-100.nc"]
    status, out, err = reproduce(4, before=INTERRUPTED_BATCH)
    assert (status, out) == (130, "")
    assert "Interrupted. What was computed until then is in paper" in err
    assert changed() == first
    status, out, err = reproduce(4)
    assert (status, err) == (0, "")
    assert {line.split("/")[-1] for line in out.splitlines()} == {
        "figure-4.png", "figure-4.pdf", "figure-4.svg",
        *(f"kappa-{k}_T0-100.nc" for k in ("0.5", 1, 2, 4, 6)),
    }  # fmt: skip
    second = changed()
    assert len(second) == 5
    assert first.items() < second.items()
    assert reproduce(4)[0] == 0
    assert changed() == second
    figures = tmp_path / "paper" / "figures"
    assert {path.stem for path in figures.iterdir()} == {"figure-2", "figure-4"}


def test_a_second_process_finds_its_code_compiled(finished, env, tmp_path):
    before = set(Path(env["BOLTZWALL_CACHE"]).rglob("*"))
    assert any("advance" in path.name for path in before)
    arguments = ("run", finished[0] / "wall.toml", "-q", "-o", "again.nc")
    assert finish(start(*arguments, cwd=tmp_path, env=env))[0] == 0
    assert set(Path(env["BOLTZWALL_CACHE"]).rglob("*")) == before
