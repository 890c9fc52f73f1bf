"""`export` on results of closed form."""

import json

import numpy as np
import pytest

from boltzwall.io import write_dataset
from boltzwall.io.ovf import read_ovf
from tests.cli.commands import boltzwall
from tests.export.test_exports import driven


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return write_dataset(driven(), tmp_path_factory.mktemp("result") / "run.nc")


@pytest.mark.parametrize(
    ("format_", "names", "start"),
    [
        ("ovf", ["m.ovf"], b"# OOMMF OVF 2.0\n"),
        ("ovf-text", ["m.omf"], b"# OOMMF OVF 2.0\n"),
        ("csv", ["m.csv"], b"t,mx,my,mz,"),
        ("table", ["m.txt"], b"# t (s)\tmx ()"),
        ("mumax3", ["m.mx3", "m.ovf"], b"// MuMax3"),
        ("ubermag", ["m.py", "m.ovf"], b'"""Ubermag'),
    ],
)
def test_every_format_is_written_and_named(result, tmp_path, format_, names, start):
    answer = boltzwall("export", result, "--format", format_, "-o", tmp_path / names[0])
    assert (answer.returncode, answer.stderr) == (0, "")
    assert set(answer.stdout.splitlines()) == {str(tmp_path / name) for name in names}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert (tmp_path / names[0]).read_bytes().startswith(start)


def test_a_name_is_found_and_no_file_is_replaced(result, tmp_path):
    copy = tmp_path / "run.nc"
    copy.write_bytes(result.read_bytes())
    (tmp_path / "run.ovf").write_text("mine")
    refused = boltzwall("export", copy, "--format", "mumax3")
    assert refused.returncode == 2
    assert "--overwrite" in refused.stderr
    assert not (tmp_path / "run.mx3").exists()
    assert (tmp_path / "run.ovf").read_text() == "mine"
    answer = boltzwall("export", copy, "--format", "ovf", "--overwrite", "--time", "0.2 ns")
    assert (answer.returncode, answer.stdout) == (0, f"{tmp_path / 'run.ovf'}\n")
    ovf = read_ovf(tmp_path / "run.ovf")
    assert ovf.time == 2e-10
    np.testing.assert_allclose(np.linalg.norm(ovf.values, axis=-1), 8e5, rtol=1e-12)


def test_unit_vectors_on_request(result, tmp_path):
    path = tmp_path / "m.ovf"
    answer = boltzwall("export", result, "-f", "ovf-text", "--unit-vectors", "-o", path)
    assert answer.returncode == 0
    np.testing.assert_allclose(np.linalg.norm(read_ovf(path).values, axis=-1), 1.0, rtol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "vtk"), "must be one of ovf, ovf-text, csv, table, mumax3, ubermag"),
        (("--format", "ovf", "--time", "soon"), "--time"),
        (("--format", "ovf", "--time", "1 day"), "--time"),
        (("--format", "ovf", "--time", "1e-6"), "must lie in the run"),
        (("--format", "csv", "--time", "last"), "all times"),
        (("--format", "csv", "--unit-vectors"), "OVF format"),
        (("--format", "ubermag", "-o", "wire.ovf"), "ends in .ovf"),
        (("--format", "ovf", "-o", "no/such/folder.ovf"), "folder"),
    ],
)
def test_wrong_requests_are_one_message(result, tmp_path, arguments, message):
    answer = boltzwall("export", result, *arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("Error: ")
    assert answer.stderr.count("\n") == 1
    assert message in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_u_has_no_script(tmp_path):
    dataset = driven().drop_vars(["effective_velocity", "effective_beta"])
    path = write_dataset(dataset, tmp_path / "run.nc")
    answer = boltzwall("export", path, "--format", "mumax3")
    assert answer.returncode == 2
    assert "effective_velocity" in answer.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["run.nc"]


def test_an_exported_state_is_a_texture_again(result, tmp_path):
    boltzwall("export", result, "--format", "ovf", "-o", tmp_path / "m.ovf")
    config = tmp_path / "wire.toml"
    config.write_text(
        '[wire]\nlength = "5 nm"\ncells = 40\n[texture]\nkind = "file"\n'
        f"path = {json.dumps(str(tmp_path / 'm.ovf'))}\n"
    )
    assert boltzwall("check", config).returncode == 0
