"""`plot` and `animate` on results of closed form."""

import pytest

from boltzwall.io import read_dataset, write_dataset
from boltzwall.io.states import state_at, write_state
from tests.synthetic import run_dataset


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return write_dataset(run_dataset(saves=4), tmp_path_factory.mktemp("result") / "run.nc")


def test_plot_prints_the_pictures_it_drew(result, tmp_path, command):
    status, out, err = command("plot", result, "-o", tmp_path / "figures")
    assert (status, err) == (0, "")
    drawn = out.splitlines()
    assert drawn
    assert {str(path) for path in (tmp_path / "figures").iterdir()} == set(drawn)


@pytest.mark.slow
def test_plot_draws_the_magnetisation_of_other_tools(result, tmp_path, command):
    state = state_at(read_dataset(result), "first")
    ovf = write_state(state, tmp_path / "m000123.ovf", unit_vectors=True)
    status, out, err = command("plot", ovf)
    assert (status, err) == (0, "")
    names = [path.rpartition("/")[2] for path in out.splitlines()]
    assert names == [
        "m000123-arrows.png", "m000123-arrows.pdf", "m000123-overview.png", "m000123-overview.pdf",
    ]  # fmt: skip
    assert command("plot", ovf, result, "-o", tmp_path / "both").status == 0


def test_plot_says_what_is_wrong_with_a_vector_file(tmp_path, command):
    (tmp_path / "broken.ovf").write_text("# OOMMF OVF 2.0\n")
    answer = command("plot", tmp_path / "broken.ovf")
    assert answer.status == 2
    assert "broken.ovf" in answer.err


def test_animate_writes_one_file_and_replaces_none(result, tmp_path, command):
    path = tmp_path / "run.gif"
    answer = command("animate", result, "-o", path, "--quiet")
    assert tuple(answer) == (0, f"{path}\n", "")
    assert path.read_bytes().startswith(b"GIF8")
    again = command("animate", result, "-o", path)
    assert again.status == 2
    assert "--overwrite" in again.err


def test_animate_refuses_another_kind_of_file(result, tmp_path, command):
    answer = command("animate", result, "-o", tmp_path / "run.avi")
    assert answer.status == 2
    assert ".gif" in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_pictures_stand_beside_the_result(command, tmp_path, monkeypatch):
    (tmp_path / "runs").mkdir()
    write_dataset(run_dataset(saves=4), tmp_path / "runs" / "wall.nc")
    monkeypatch.chdir(tmp_path)
    assert command("plot", "runs/wall.nc").status == 0
    assert command("animate", "runs/wall.nc", "--quiet").out == "runs/wall.gif\n"
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {
        "wall.nc",
        "wall.gif",
        "figures",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]
