"""The commands that compute, with stand-ins for the computation: files, messages, exit status."""

import os
import signal
import sys
import types

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.errors import NumericsError
from boltzwall.io import read_dataset, write_dataset
from tests.synthetic import run_dataset, transport_dataset


class StandIn(types.ModuleType):
    """Takes the place of boltzwall.simulation and notes what it is asked."""

    def __init__(self):
        super().__init__("boltzwall.simulation")
        self.asked = {}
        self.failure = None

    def simulate(self, config, *, progress=None, checkpoint=None, resume=None):
        self.asked = {"config": config, "progress": progress, "resume": resume}
        dataset = run_dataset(
            cells=config.wire.cells, saves=81, attributes={"configuration": config.to_json()}
        )
        if progress is not None:
            progress(0.5e-9, 1e-9, "half")
        if self.failure is not None:
            checkpoint(dataset)
            raise self.failure
        return dataset

    def solve_transport(self, config, magnetisation=None, *, progress=None, uncertainty=False):
        self.asked = {"config": config, "magnetisation": magnetisation}
        return transport_dataset()


@pytest.fixture
def computation(monkeypatch, tmp_path):
    stand_in = StandIn()
    monkeypatch.setitem(sys.modules, "boltzwall.simulation", stand_in)
    monkeypatch.chdir(tmp_path)
    return stand_in


def test_run_writes_the_result_and_a_summary(computation, command, tmp_path):
    status, out, err = command("run", "--quiet", "--set", "wire.cells=12")
    assert (status, err) == (0, "")
    assert computation.asked["config"] == load_config(overrides=["wire.cells=12"])
    assert computation.asked["progress"] is None
    assert read_dataset(tmp_path / "boltzwall.nc").sizes["time"] > 1
    assert out.splitlines()[0].split() == ["file", "boltzwall.nc"]
    for part in ("settling time", " ns", "wall velocity", " m/s"):
        assert part in out


def test_run_takes_the_output_from_option_then_from_the_file(computation, command, tmp_path):
    (tmp_path / "a.toml").write_text('[output]\npath = "from-file.nc"\n')
    command("run", "a.toml", "--quiet")
    assert (tmp_path / "from-file.nc").exists()
    command("run", "a.toml", "--quiet", "-o", "from-option.nc")
    assert (tmp_path / "from-option.nc").exists()


def test_results_stand_beside_their_configuration(computation, command, tmp_path):
    (tmp_path / "wires").mkdir()
    (tmp_path / "wires" / "a.toml").write_text("[wire]\ncells = 12\n")
    out = command("run", "wires/a.toml", "--quiet").out
    assert out.splitlines()[0].split() == ["file", "wires/a.nc"]
    assert "wires/a-transport.nc" in command("transport", "wires/a.toml", "--quiet").out
    (tmp_path / "wires" / "b.toml").write_text('[output]\npath = "../kept.nc"\n')
    assert command("run", "wires/b.toml", "--quiet").status == 0
    assert "wires/../kept-transport.nc" in command("transport", "wires/b.toml", "--quiet").out
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.nc")}
    assert found == {"wires/a.nc", "wires/a-transport.nc", "kept.nc", "kept-transport.nc"}


def test_resume_finds_the_run_beside_its_configuration(computation, command, tmp_path):
    (tmp_path / "wires").mkdir()
    (tmp_path / "wires" / "a.toml").write_text("[wire]\ncells = 12\n")
    command("run", "wires/a.toml", "--quiet")
    assert command("run", "wires/a.toml", "--quiet", "--resume").status == 0
    assert computation.asked["resume"].identical(read_dataset(tmp_path / "wires" / "a.nc"))


def test_files_have_the_modes_of_the_umask(computation, command, tmp_path):
    before = os.umask(0o027)
    try:
        command("run", "--quiet")
        command("init", "-o", "wall.toml")
    finally:
        os.umask(before)
    for name in ("boltzwall.nc", "wall.toml"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o640


def test_progress_goes_to_stderr_only(computation, command):
    status, out, _ = command("run")
    assert status == 0
    assert computation.asked["progress"] is not None
    assert "Running" not in out


def test_existing_output_needs_overwrite(computation, command, tmp_path):
    (tmp_path / "boltzwall.nc").write_text("mine")
    status, out, err = command("run", "--quiet")
    assert (status, out) == (2, "")
    assert "--overwrite" in err
    assert computation.asked == {}
    assert (tmp_path / "boltzwall.nc").read_text() == "mine"
    assert command("run", "--quiet", "--overwrite").status == 0


@pytest.mark.parametrize(
    ("failure", "status", "part"),
    [
        (NumericsError("The step became too small. Try more cells."), 3, "Try more cells."),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
)
def test_failure_keeps_what_was_computed(computation, command, tmp_path, failure, status, part):
    computation.failure = failure
    got, out, err = command("run", "--quiet")
    assert (got, out) == (status, "")
    assert part in err
    assert "boltzwall.nc; --resume" in err
    assert err.count("Error") == 1
    assert read_dataset(tmp_path / "boltzwall.nc").sizes["time"] > 1
    assert [path.name for path in tmp_path.iterdir()] == ["boltzwall.nc"]


def test_a_signal_while_the_file_is_written_waits(computation, command, tmp_path, monkeypatch):
    def write_and_signal(*arguments, **options):
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
        return write_dataset(*arguments, **options)

    monkeypatch.setattr("boltzwall.io.write_dataset", write_and_signal)
    status, _, err = command("run", "--quiet")
    assert status == 130
    assert "Interrupted" in err
    assert read_dataset(tmp_path / "boltzwall.nc").sizes["time"] > 1


def test_resume_hands_over_the_earlier_run(computation, command, tmp_path):
    command("run", "--quiet", "--set", "wire.cells=12")
    status, _, err = command("run", "--quiet", "--resume", "--set", "wire.cells=12")
    assert (status, err) == (0, "")
    assert computation.asked["resume"].identical(read_dataset(tmp_path / "boltzwall.nc"))


def test_resume_without_a_configuration_takes_the_one_of_the_run(computation, command):
    command("run", "--quiet", "--set", "wire.cells=12")
    status, _, _ = command("run", "--quiet", "--resume", "--set", "dynamics.end_time=2 ns")
    assert status == 0
    config = computation.asked["config"]
    assert (config.wire.cells, config.dynamics.end_time) == (12, 2e-9)


def test_resume_starts_afresh_where_there_is_no_run_yet(computation, command):
    assert command("run", "--quiet", "--resume").status == 0
    assert computation.asked["resume"] is None


def test_resume_refuses_another_configuration(computation, command):
    command("run", "--quiet")
    status, _, err = command("run", "--quiet", "--resume", "--set", "wire.cells=12")
    assert status == 2
    assert "wire.cells (100 → 12)" in err


def test_transport_writes_its_own_file(computation, command, tmp_path):
    magnetisation = np.tile([0.0, 0.6, 0.8], (100, 1))
    np.save(tmp_path / "m.npy", magnetisation)
    status, out, err = command("transport", "--quiet", "--magnetisation", "m.npy")
    assert (status, err) == (0, "")
    texture = computation.asked["config"].texture
    assert (texture.kind, texture.path.name) == ("file", "m.npy")
    assert "boltzwall-transport.nc" in out
    assert (tmp_path / "boltzwall-transport.nc").exists()


def test_transport_refuses_a_magnetisation_that_does_not_fit(computation, command, tmp_path):
    np.save(tmp_path / "m.npy", np.zeros((100, 3)))
    status, _, err = command("transport", "--quiet", "--magnetisation", "m.npy")
    assert status == 2
    assert "Option `--magnetisation` must hold a magnetisation, but it is zero everywhere" in err


def test_reproduce_hands_over_what_is_asked(command, monkeypatch, tmp_path):
    asked: dict[str, object] = {}

    def stand_in(folder, **options):
        asked.update(options, folder=folder)
        return [folder / "report.md"]

    monkeypatch.setattr("boltzwall.reproduce.reproduce_wang2022", stand_in, raising=False)
    arguments = ("--figure", 3, "--figure", 4, "--closure", "as-printed", "-o", tmp_path)
    changes = ("--set", "wire.cells=12", "--set", "consistent.transport.streams=2")
    status, out, err = command("reproduce", "wang2022", "--quiet", *arguments, *changes)
    assert (status, err) == (0, "")
    assert out == f"{tmp_path / 'report.md'}\n"
    assert asked == {
        "folder": tmp_path,
        "figures": [3, 4],
        "closure": "as-printed",
        "model": "published",
        "overrides": ["wire.cells=12", "consistent.transport.streams=2"],
        "progress": None,
    }


def test_reproduce_interrupted_says_how_to_go_on(command, monkeypatch):
    def stand_in(folder, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("boltzwall.reproduce.reproduce_wang2022", stand_in, raising=False)
    status, _, err = command("reproduce", "wang2022", "--quiet")
    assert status == 130
    assert "the same command goes on" in err
