"""The commands with the consistent model, for real, on small wires."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from boltzwall.cli import call
from boltzwall.cli.text import summary
from boltzwall.io import read_dataset
from tests.cli.commands import finish, start

SMALL = ("wire.length=60 nm", "wire.cells=60", "texture.centre=30 nm", "transport.streams=2")
SETTINGS = (*SMALL, "transport.momentum_nodes=8")
TINY = """
[wire]
length = "40 nm"
cells = 24
[texture]
kind = "neel"
width = "4 nm"
[temperature]
kind = "uniform"
value = 300.0
[drive]
current_density = -4e12
[transport]
model = "consistent"
streams = 2
momentum_nodes = 8
[dynamics]
save_interval = "10 ps"
stop = "end"
"""


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """Compiled code is shared by the processes of these tests."""
    return {"BOLTZWALL_CACHE": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, env):
    """A folder with the example file and the transport that it gives on a small wire."""
    folder = tmp_path_factory.mktemp("wire")
    status, out, err = finish(start("init", "consistent", "-o", "wire.toml", cwd=folder, env=env))
    assert (status, out, err) == (0, "wire.toml\n", "")
    return folder


@pytest.fixture(scope="module")
def solved(folder, env):
    """What `transport` printed, by the name of the line, and the Dataset."""
    return _transport(folder, env, "closed.nc")


def _given(settings):
    return [text for setting in settings for text in ("--set", setting)]


def _transport(folder, env, name, *settings):
    arguments = ("transport", "wire.toml", "-q", "-o", name, *_given((*SETTINGS, *settings)))
    status, out, err = finish(start(*arguments, cwd=folder, env=env))
    assert status == 0, err
    assert "Error" not in err
    return _lines(out), read_dataset(folder / name)


def _lines(out):
    """Text of each line by its name; a line without a name goes on with the one before."""
    found: dict[str, str] = {}
    last = ""
    for line in out.splitlines():
        name, text = (part.strip() for part in re.split(r" {2,}", line, maxsplit=1))
        last = name or last
        found[last] = f"{found[last]}; {text}" if not name else text
    return found


def _number(text, symbol):
    found = re.search(rf"{re.escape(symbol)} = ([-+.e\d]+)", text)
    assert found is not None
    return float(found[1])


def test_check_accepts_the_example(folder, env):
    status, out, err = finish(start("check", "wire.toml", cwd=folder, env=env))
    assert (status, err) == (0, "")
    for part in ("mean free path, majority", "precession length", "n τ/m of a uniform wire"):
        assert part in out


def test_transport_prints_the_torque_parameters_of_the_file(solved):
    lines, dataset = solved
    field, closed = lines["field alone"], lines["gradient, closed (E = 0)"]
    for text, symbol, name in (
        (lines["circuit"], "E", "electric_field"),
        (field, "u", "electrical_velocity"),
        (field, "β", "electrical_beta"),
        (field, "P_eff", "electrical_polarisation"),
        (closed, "u", "thermal_velocity_closed"),
        (closed, "β_Q", "thermal_beta_closed"),
        (lines["gradient, open (j = 0)"], "u", "thermal_velocity_open"),
        (lines["gradient, open (j = 0)"], "β_Q", "thermal_beta_open"),
    ):
        assert _number(text, symbol) == pytest.approx(float(dataset[name]), rel=1e-3)
    assert _number(lines["circuit"], "j") == pytest.approx(-1e10)
    assert float(lines["u"].split()[0]) == pytest.approx(
        float(dataset["effective_velocity"]), rel=1e-3
    )
    assert _number(lines["uniform wire"], "P") == pytest.approx(
        dataset.attrs["polarisation"], rel=1e-3
    )
    assert all(float(left) < 1e-10 for left in re.findall(r"\d\.\de[-+]\d+", lines["continuity"]))


def test_the_directions_are_those_of_the_signs(solved):
    lines, dataset = solved
    # The current is negative and the right end is hot: u > 0 is along the electrons and to heat.
    assert float(dataset["effective_velocity"]) > 0.0
    assert lines["u"].endswith("towards +x, along the electron flow, towards the hot end")
    assert "along the electron flow" in lines["field alone"]
    for name, key in (("closed (E = 0)", "closed"), ("open (j = 0)", "open")):
        hot = float(dataset[f"thermal_velocity_{key}"]) > 0.0
        words = lines[f"gradient, {name}"].split(";")[0]
        assert words.endswith("hot end" if hot else "cold end")


def _changed(dataset: xr.Dataset, attributes=(), **numbers) -> dict[str, str]:
    changed = dataset.assign({name: ((), value) for name, value in numbers.items()})
    changed.attrs = {**dataset.attrs, **dict(attributes)}
    return _lines(summary(changed, Path("file.nc")))


def test_opposite_signs_print_opposite_directions(solved):
    _, dataset = solved
    lines = _changed(
        dataset,
        effective_velocity=-1.0,
        electrical_velocity=1e-11,
        thermal_velocity_closed=1e-12,
        thermal_velocity_open=-1e-12,
    )
    assert lines["u"].endswith("towards −x, against the electron flow, towards the cold end")
    assert "against the electron flow" in lines["field alone"]
    assert "towards the hot end" in lines["gradient, closed (E = 0)"]
    assert "towards the cold end" in lines["gradient, open (j = 0)"]


def test_a_negative_beta_is_said_to_turn_a_damped_wall_round(solved):
    text = _changed(solved[1], thermal_velocity_open=1e-12, thermal_beta_open=-0.1)
    assert (
        "towards the hot end; towards the cold end where it moves with βu/α, since β < 0"
        in text["gradient, open (j = 0)"]
    )


def test_open_circuit(folder, env):
    path = folder / "wire.toml"
    text = path.read_text(encoding="utf-8").replace('circuit = "closed"', 'circuit = "open"')
    lines_of_current = [line for line in text.splitlines() if line.startswith("current_density")]
    assert len(lines_of_current) == 1
    (folder / "open.toml").write_text(text.replace(lines_of_current[0], ""), encoding="utf-8")
    arguments = ("transport", "open.toml", "-q", "-o", "open.nc", *_given(SETTINGS))
    status, out, err = finish(start(*arguments, cwd=folder, env=env))
    assert status == 0, err
    lines, dataset = _lines(out), read_dataset(folder / "open.nc")
    assert re.fullmatch(r"open: E = [-.e+\d]+ V/m stops the current", lines["circuit"])
    assert "electron flow" not in lines["u"]
    whole = float(dataset["thermal_velocity_open"]) * 1e8
    assert float(dataset["effective_velocity"]) == pytest.approx(whole, rel=1e-9)


@pytest.mark.slow
def test_a_current_of_zero_has_no_direction(folder, env):
    lines, _ = _transport(folder, env, "none.nc", "drive.current_density=0")
    assert lines["circuit"].endswith("j = 0 A/m²")
    assert "electron flow" not in lines["u"]


@pytest.mark.slow
def test_a_uniform_magnetisation_has_no_torque_parameters(folder, env):
    np.save(folder / "m.npy", np.tile([0.0, 0.6, 0.8], (60, 1)))
    arguments = ("transport", "wire.toml", "-q", "-m", "m.npy", "-o", "flat.nc")
    status, out, err = finish(start(*arguments, *_given(SETTINGS), cwd=folder, env=env))
    assert status == 0, err
    lines = _lines(out)
    assert lines["u, β"] == "none: the magnetisation does not change along the wire"
    assert "field alone" not in lines


def test_materials_show_what_a_metal_conducts(env, tmp_path):
    status, out, err = finish(start("materials", "permalloy", cwd=tmp_path, env=env))
    assert (status, err) == (0, "")
    three, one = out.split("Consistent model, ")[1:]
    assert three.startswith("3D")
    assert one.startswith("1D")
    total = {line.split("  ")[0]: line.split()[-1] for line in three.splitlines() if line}
    assert float(total["σ [S/m]"]) == pytest.approx(6.7e6, rel=1e-3)
    assert float(total["P"]) == pytest.approx(0.4, rel=1e-3)
    for part in ("fitted to", "assumed: ", "polarisation", "Lepadatu"):
        assert part in out


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ("transport.streams=3", "`transport.streams` must be"),
        ("transport.streams=0", "`transport.streams` must be"),
        ("transport.momentum_nodes=9", "`transport.momentum_nodes` must be even"),
        ("material.fermi_energy=-0.06 eV", "`material.fermi_energy` must be greater than -0.053"),
        ("transport.momentum_time_majority=0 fs", "`transport.momentum_time_majority` must be"),
        ("transport.momentum_time_minority=-1 fs", "`transport.momentum_time_minority` must be"),
        ("material.spin_flip_time=-1 ps", "`material.spin_flip_time` must be"),
        ("transport.channel_density=1e18 1/m^2", "`transport.channel_density` must be given only"),
        ('transport.closure="activated"', "`transport.closure`"),
    ],
)
@pytest.mark.parametrize("command", ["check", "transport", "run"])
def test_bad_input_is_one_clear_message(command, setting, part, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    before = sorted(path.name for path in folder.iterdir())
    monkeypatch.setattr("sys.argv", ["boltzwall", command, "wire.toml", "--set", setting])
    with pytest.raises(SystemExit) as leaving:
        call()
    out, err = capsys.readouterr()
    assert (leaving.value.code, out) == (2, "")
    assert part in err
    assert err.count("Error") == 1
    assert "Traceback" not in err
    assert sorted(path.name for path in folder.iterdir()) == before


def test_cells_too_coarse_are_warned_of_with_the_number_wanted(folder, env):
    arguments = ("check", "wire.toml", "--set", "wire.cells=50")
    status, out, _ = finish(start(*arguments, cwd=folder, env=env))
    assert status == 0
    warning = next(line for line in out.splitlines() if "too coarse for the texture" in line)
    wanted = re.search(r"at least (\d+) cells", warning)
    assert wanted is not None
    assert 50 < int(wanted[1]) <= 1000


@pytest.mark.slow
def test_a_run_goes_on_where_it_ended(env, tmp_path):
    (tmp_path / "wall.toml").write_text(TINY, encoding="utf-8")

    def run(output, end, *options):
        arguments = ("run", "wall.toml", "-q", "-o", output, "--set", f"dynamics.end_time={end}")
        status, out, err = finish(start(*arguments, *options, cwd=tmp_path, env=env))
        assert status == 0, err
        assert {"file", "wall", "stopped"} <= set(_lines(out))
        return read_dataset(tmp_path / output)

    first = run("wall.nc", "20 ps")
    longer, whole = run("wall.nc", "40 ps", "--resume"), run("whole.nc", "40 ps")
    assert first.sizes["time"] == 3
    assert json.loads(longer.attrs["configuration"])["transport"]["model"] == "consistent"
    xr.testing.assert_identical(longer.isel(time=slice(0, 3)).magnetisation, first.magnetisation)
    assert np.allclose(longer["magnetisation"], whole["magnetisation"], rtol=0.0, atol=1e-7)
    # Electrons flow to +x, and take the wall along.
    moved = longer["wall_position"].values
    assert moved[-1] > moved[0]
    assert longer.attrs["residual_spin_relative"] < 1e-10
