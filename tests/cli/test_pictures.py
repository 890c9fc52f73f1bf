"""`plot` and `animate` on results of closed form."""

import pytest

from boltzwall.io import write_dataset
from tests.cli.commands import boltzwall
from tests.synthetic import run_dataset


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return write_dataset(run_dataset(saves=4), tmp_path_factory.mktemp("result") / "run.nc")


def test_plot_prints_the_pictures_it_drew(result, tmp_path):
    answer = boltzwall("plot", result, "-o", tmp_path / "figures")
    assert (answer.returncode, answer.stderr) == (0, "")
    drawn = answer.stdout.splitlines()
    assert drawn
    assert {str(path) for path in (tmp_path / "figures").iterdir()} == set(drawn)


def test_animate_writes_one_file_and_replaces_none(result, tmp_path):
    path = tmp_path / "run.gif"
    answer = boltzwall("animate", result, "-o", path, "--quiet")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"{path}\n", "")
    assert path.read_bytes().startswith(b"GIF8")
    again = boltzwall("animate", result, "-o", path)
    assert again.returncode == 2
    assert "--overwrite" in again.stderr


def test_animate_refuses_another_kind_of_file(result, tmp_path):
    answer = boltzwall("animate", result, "-o", tmp_path / "run.avi")
    assert answer.returncode == 2
    assert ".gif" in answer.stderr
    assert list(tmp_path.iterdir()) == []
