"""`export` on results of closed form."""

import json

import numpy as np
import pytest

from boltzwall.cli import call
from boltzwall.io import write_dataset
from boltzwall.io.ovf import read_ovf
from tests.cli.commands import boltzwall
from tests.export.cases import CELLS, settings
from tests.export.results import result_of, rough_wall


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    run = result_of(settings(), rough_wall(CELLS))
    return write_dataset(run, tmp_path_factory.mktemp("result") / "run.nc")


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
    # The scripts take the fields from the models, which are JAX's; nothing else imports it.
    imported = "imported: jax equinox\n" if format_ in ("mumax3", "ubermag") else ""
    assert (answer.returncode, answer.stderr) == (0, imported)
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
    answer = boltzwall("export", copy, "--format", "ovf", "--overwrite", "--time", "0.1 ns")
    assert (answer.returncode, answer.stdout) == (0, f"{tmp_path / 'run.ovf'}\n")
    ovf = read_ovf(tmp_path / "run.ovf")
    assert ovf.time == 1e-10
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
        (("--format", "ovf", "--time", "1 parsec"), "--time"),
        (("--format", "ovf", "--time", "1e-6"), "must lie in the run"),
        (("--format", "ovf", "--time", "2 hours"), "must lie in the run"),
        (("--format", "csv", "--time", "last"), "all times"),
        (("--format", "csv", "--unit-vectors"), "OVF format"),
        (("--format", "ubermag", "-o", "wire.ovf"), "ends in .ovf"),
        (("--format", "ovf", "-o", "no/such/folder.ovf"), "folder"),
    ],
)
def test_wrong_requests_are_one_message(result, tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["boltzwall", "export", str(result), *arguments])
    with pytest.raises(SystemExit) as leaving:
        call()
    answer = capsys.readouterr()
    assert leaving.value.code == 2
    assert answer.out == ""
    assert answer.err.startswith("Error: ")
    assert answer.err.count("\n") == 1
    assert message in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_torque_that_means_anything_has_no_script(tmp_path):
    numbers = {"effective_velocity": np.full(2, np.nan), "effective_beta": np.full(2, np.nan)}
    given = settings(transport={"model": "consistent", "streams": 2, "momentum_nodes": 4})
    dataset = result_of(given, rough_wall(CELLS), **numbers)
    path = write_dataset(dataset, tmp_path / "run.nc")
    answer = boltzwall("export", path, "--format", "mumax3")
    assert answer.returncode == 2
    assert "torque" in answer.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["run.nc"]


@pytest.mark.parametrize("format_", ["mumax3", "ubermag"])
def test_fields_that_a_script_reads_lie_beside_it(tmp_path, format_):
    given = settings(field={"initial_state_field": 0.2})
    path = write_dataset(result_of(given, rough_wall(CELLS)), tmp_path / "run.nc")
    answer = boltzwall("export", path, "--format", format_)
    assert answer.returncode == 0
    assert f"{tmp_path / 'run-initial.ovf'}\n" in answer.stdout
    ovf = read_ovf(tmp_path / "run-initial.ovf")
    factor = 4e-7 * np.pi if format_ == "mumax3" else 1.0
    np.testing.assert_allclose(np.linalg.norm(ovf.values, axis=-1), factor * 0.2 * 8e5, rtol=1e-8)
    assert ovf.units == ("T" if format_ == "mumax3" else "A/m")
    again = boltzwall("export", path, "--format", format_)
    assert again.returncode == 2


def test_an_exported_state_is_a_texture_again(result, tmp_path):
    boltzwall("export", result, "--format", "ovf", "-o", tmp_path / "m.ovf")
    config = tmp_path / "wire.toml"
    config.write_text(
        '[wire]\nlength = "60 nm"\ncells = 60\n[texture]\nkind = "file"\n'
        f"path = {json.dumps(str(tmp_path / 'm.ovf'))}\n"
    )
    assert boltzwall("check", config).returncode == 0
