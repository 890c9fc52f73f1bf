"""The commands that compute nothing: they answer without JAX, and say what is wrong once."""

import tomllib

import pytest

import boltzwall as package
from boltzwall import materials
from boltzwall.config.templates import EXAMPLES
from boltzwall.io import write_dataset
from tests.cli.commands import boltzwall
from tests.synthetic import run_dataset

COMMANDS = (
    "run",
    "transport",
    "reproduce",
    "sweep",
    "plot",
    "animate",
    "view",
    "info",
    "check",
    "heat",
    "init",
    "materials",
)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["check"], ["init"], ["materials"], ["run", "--help"]]
)
def test_quick_commands_import_no_jax(arguments):
    answer = boltzwall(*arguments)
    assert answer.returncode == 0
    assert answer.stdout
    assert answer.stderr == ""


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["init", "wall"], ["materials"]])
def test_commands_without_results_need_no_library_for_results(arguments):
    absent = "import sys; sys.modules.update(dict.fromkeys(['xarray', 'scipy', 'pandas']))"
    answer = boltzwall(*arguments, before=absent)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_check_for_imports_can_fail():
    answer = boltzwall("--version", before="import sys; sys.modules['jax'] = sys")
    assert answer.stderr == "imported: jax\n"


def test_info_imports_no_jax(tmp_path):
    path = write_dataset(run_dataset(), tmp_path / "run.nc")
    answer = boltzwall("info", path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "torque_total" in answer.stdout


def test_help_says_what_every_command_does(command):
    listed = command("--help").out
    assert all(f"\n  {name} " in listed for name in COMMANDS)
    assert "..." not in listed.partition("Commands:")[2]
    assert "on a cluster." in " ".join(listed.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_shows_no_types_of_python(name, command):
    status, text, _ = command(name, "--help")
    assert status == 0
    assert "<" not in text


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ru"], ["run"]),
        (["run", "--set", "wire.ce"], ["wire.cells="]),
        (["check", "--set", "temperature."], ["temperature.kind=", "temperature.cold_end="]),
        (["run", "--set", "transport.model=c"], ["transport.model=consistent"]),
        (["run", "--set", "field.exchange=t"], ["field.exchange=true"]),
        (["init", "wal"], ["wall"]),
        (["materials", "permalloy-"], ["permalloy-wang2022"]),
        (["export", "a.nc", "--format", "mu"], ["mumax3"]),
        (["reproduce", "wang2022", "--closure", "as"], ["as-printed"]),
    ],
)
def test_tab_completes(words, offered):
    settings = {
        "_BOLTZWALL_COMPLETE": "complete_bash",
        "COMP_WORDS": f"boltzwall {' '.join(words)}",
    }
    before = f"import os, sys; os.environ.update({settings | {'COMP_CWORD': str(len(words))}}); "
    answer = boltzwall(before=f"{before}sys.argv = ['boltzwall']\n")
    assert answer.stderr == ""
    assert set(offered) <= set(answer.stdout.split())


def test_version(command):
    assert command("--version").out == f"boltzwall {package.__version__}\n"


def test_check_shows_scales_and_warnings(command):
    answer = command("check", "--set", "wire.cells=10", "--set", "temperature.gradient=6 K/nm")
    assert answer.status == 0
    for part in ("precession length", "1.378 nm", "130 K", "Warning: ", "time, about"):
        assert part in answer.out


def test_check_shows_what_the_wall_will_do_and_what_is_assumed(command):
    overrides = ("transport.model=zhang-li", "transport.u=5", "texture.kind=neel",
                 "texture.width=10 nm", "wire.length=300 nm", "material.uniaxial_anisotropy=1.3e5",
                 "field.exchange=true", "field.uniaxial_anisotropy=true")  # fmt: skip
    answer = command("check", *(word for text in overrides for word in ("--set", text)))
    for part in ("Torque\n", "Wall\n", "Run\n", "Walker u", "10 nm", "exchange_stiffness: not in"):
        assert part in answer.out
    for part in ("Fermi", "momentum nodes", "spinor_velocity"):
        assert part not in answer.out


def test_check_of_a_study_is_that_of_its_points(command, tmp_path):
    path = tmp_path / "study.toml"
    command("init", "sweep", "-o", path)
    status, out, err = command("check", path)
    assert (status, err) == (0, "")
    assert "48 points" in out
    assert "precession length" in out


def test_run_of_a_study_says_what_to_do(command, tmp_path):
    path = tmp_path / "study.toml"
    command("init", "sweep", "-o", path)
    for name in ("run", "transport"):
        status, _, err = command(name, path)
        assert status == 2
        assert f"boltzwall sweep {path}" in err


@pytest.mark.parametrize("name", EXAMPLES)
def test_init_writes_what_check_accepts(name, tmp_path, command):
    path = tmp_path / "wall.toml"
    assert command("init", name, "-o", path).out == f"{path}\n"
    assert command("check", path).status == 0
    assert command("init", name).out == path.read_text(encoding="utf-8")
    assert name in command("init", "--help").out


def test_init_replaces_no_file_unless_told(tmp_path, command):
    path = tmp_path / "wall.toml"
    path.write_text("mine")
    refused = command("init", "-o", path)
    assert refused.status == 2
    assert "--overwrite" in refused.err
    assert path.read_text() == "mine"
    assert command("init", "-o", path, "--overwrite").status == 0
    assert "wire" in tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(tmp_path.iterdir()) == [path]


def test_materials_show_sources(command):
    answer = command("materials", materials.names()[0]).out
    for part in ("0.106 eV", "Table I", "assumed: "):
        assert part in answer


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["check", "none.toml"], "does not exist"),
        (["check", "--set", "wire.length=-1"], "`wire.length`"),
        (["check", "--set", "nonsense"], "section.key=value"),
        (["check", "broken.toml"], "cannot be read"),
        (["check", "binary.toml"], "UTF-8"),
        (["check", "."], "is a folder"),
        (["init", "nothing"], '"wang2022"'),
        (["materials", "wood"], '"permalloy-wang2022"'),
        (["info", "none.nc"], "missing"),
        (["info", "binary.toml"], "netCDF"),
        (["info"], "FILE.nc"),
        (["plot", "none.nc"], "missing"),
        (["animate", "none.nc"], "missing"),
        (["run", "--set", "wire.cells=0"], "`wire.cells`"),
        (["run", "-o", "missing/out.nc"], "missing"),
        (["run", "-o", "broken.toml"], "--overwrite"),
        (["run", "--resume", "-o", "broken.toml"], "netCDF"),
        (["run", "--sett", "a=1"], "--sett"),
        (["transport", "-o", "missing/out.nc"], "missing"),
        (["transport", "--magnetisation", "none.npy"], "Option `--magnetisation` must name a file"),
        (["transport", "-o", "broken.toml"], "--overwrite"),
        (["reproduce", "wang2023"], '"wang2022"'),
        (["reproduce", "wang2022", "--figure", "9"], "--figure must be one of 2, 3, 4, 5, 6, 7"),
        (["reproduce", "wang2022", "--closure", "mine"], '"activated"'),
        (["reproduce", "wang2022", "--model", "mine"], '"published"'),
        (["sweep", "a.toml"], 'The study file "a.toml" does not exist'),
    ],
)
def test_bad_input_is_one_message_and_status_2(arguments, part, tmp_path, command, monkeypatch):
    (tmp_path / "broken.toml").write_text("[wire")
    (tmp_path / "binary.toml").write_bytes(b"\x89HDF\xff\x00")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert part in err
    assert err.count("Error") == 1
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
