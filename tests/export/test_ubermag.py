"""Ubermag scripts: run with stand-ins everywhere, with Ubermag's own objects where they are."""

import ast
import runpy

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.export import mumax3_script, problem_of, ubermag_script, write_script
from tests.export.cases import CASES, CELLS, PULSE, our_rate, settings
from tests.export.mumax3_language import FIXED_GAMMA, MuMax3
from tests.export.results import result_of, rough_wall
from tests.export.ubermag_language import ALLOWED, Ubermag


def exported(given, folder, time=None):
    problem = problem_of(result_of(given, rough_wall(CELLS)), time)
    return write_script(problem, "ubermag", folder / "wall.py")[-1], problem


BOTH_CURRENTS = "spin-orbit torque and Oersted field"


def test_a_current_in_the_wire_leaves_no_room_for_the_damping_like_torque(tmp_path):
    path, _ = exported(CASES[BOTH_CURRENTS], tmp_path)
    assert "- the damping-like spin-orbit torque" in path.read_text()
    assert "Slonczewski" not in path.read_text()


@pytest.mark.parametrize("name", [name for name in CASES if name != BOTH_CURRENTS])
def test_the_script_moves_the_magnetisation_as_the_run_does(name, tmp_path):
    given = CASES[name]
    path, _ = exported(given, tmp_path)
    read = Ubermag(path)
    m = rough_wall(CELLS, width=5e-9)
    inside, near = slice(None), 2e-9
    if "DMI" in name:
        inside, near = slice(1, -1), 5e-6 if "notch" in name else near
    for t in (0.0, 3e-11, 1.21e-10):
        shaped = load_config(given).field.demagnetising != "none"
        ours = our_rate(given, m, t, demagnetising=shaped)
        scale = np.abs(ours).max()
        np.testing.assert_allclose(read.rate(m, t)[inside] / scale, ours[inside] / scale, atol=near)


@pytest.mark.parametrize("name", CASES)
def test_every_constructor_is_called_with_arguments_that_it_has(name, tmp_path):
    path, _ = exported(CASES[name], tmp_path)
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    of_model = [call for call in calls if ast.unparse(call.func).startswith("mm.")]
    assert of_model
    for call in of_model:
        kind = ast.unparse(call.func).removeprefix("mm.")
        assert not call.args
        assert {keyword.arg for keyword in call.keywords} <= ALLOWED[kind]


def test_the_comparison_can_fail(tmp_path):
    given = CASES["interfacial DMI"]
    path, _ = exported(given, tmp_path)
    text, m = path.read_text(), rough_wall(CELLS, width=5e-9)
    ours = our_rate(given, m, 0.0)
    for right, wrong in (("mm.DMI(D=-", "mm.DMI(D="), ("mm.ZhangLi(u=", "mm.ZhangLi(u=-")):
        assert right in text
        path.write_text(text.replace(right, wrong))
        assert np.abs(Ubermag(path).rate(m, 0.0) - ours).max() > 0.01 * np.abs(ours).max()


def test_both_dmis_at_once(tmp_path):
    given = settings(field={"interfacial_dmi": True, "bulk_dmi": True})
    path, _ = exported(given, tmp_path)
    m = rough_wall(CELLS, width=5e-9)
    ours = our_rate(given, m, 0.0)
    np.testing.assert_allclose(
        Ubermag(path).rate(m, 0.0)[1:-1], ours[1:-1], atol=2e-9 * np.abs(ours).max()
    )


def test_functions_of_time_go_on_from_the_states_time(tmp_path):
    path, _ = exported(settings(drive=PULSE), tmp_path, "last")
    torque = Ubermag(path).term("ZhangLi")
    assert torque is not None
    # 1 ps after the state of 0.1 ns the pulse still stands at 1; 20 ps after it, it falls.
    np.testing.assert_allclose(torque.values["func"](1e-12), 1.0)
    np.testing.assert_allclose(torque.values["func"](2e-11), 0.5)
    assert torque.values["dt"] == pytest.approx(1e-13)
    assert "t=3e-10, n=3" in path.read_text()


def test_what_oommf_has_not_got_is_told(tmp_path):
    path, _ = exported(
        settings(
            dynamics={"moving_window": True, "thermal_noise": True, "noise_step": 1e-14},
            field={"demagnetising": "full"},
        ),
        tmp_path,
    )
    text = path.read_text()
    for left_out in ("moving_window", "thermal_noise", "beyond the mesh"):
        assert left_out in text
    assert "mm.Demag()" in text
    assert "UHH" not in text


def test_thermal_noise_without_a_current(tmp_path):
    given = settings(
        transport={"model": "none"},
        drive={"current_density": None},
        dynamics={"thermal_noise": True, "noise_step": 1e-14, "noise_seed": 5, "method": "heun"},
    )
    path, _ = exported(given, tmp_path)
    text = path.read_text()
    assert Ubermag(path).system.T == 300.0
    assert "UHH_ThetaEvolver" in text
    assert "fixed_timestep=1e-14" in text
    assert "uniform_seed=5" in text


def test_a_wire_without_field_terms_has_a_field_of_zero(tmp_path):
    path, _ = exported(settings(field=dict.fromkeys(
        ("exchange", "uniaxial_anisotropy", "hard_axis_anisotropy"), False)), tmp_path)  # fmt: skip
    zeeman = Ubermag(path).term("Zeeman")
    assert zeeman is not None
    assert zeeman.values["H"] == (0, 0, 0)


def test_nothing_is_written_where_a_file_stands_in_the_way(tmp_path):
    problem = problem_of(result_of(settings(field={"initial_state_field": 0.2}), rough_wall(CELLS)))
    (tmp_path / "wall-initial.ovf").write_text("mine")
    with pytest.raises(Exception, match="exists"):
        write_script(problem, "ubermag", tmp_path / "wall.py")
    assert [path.name for path in tmp_path.iterdir()] == ["wall-initial.ovf"]
    written = write_script(problem, "ubermag", tmp_path / "wall.py", overwrite=True)
    assert [path.name for path in written] == ["wall.ovf", "wall-initial.ovf", "wall.py"]


@pytest.mark.parametrize("name", CASES)
def test_ubermags_own_objects_take_the_script(name, tmp_path, monkeypatch):
    pytest.importorskip("micromagneticmodel")
    path, problem = exported(CASES[name], tmp_path)
    system = runpy.run_path(str(path))["system"]
    np.testing.assert_allclose(system.m.array, problem.state.moments(), rtol=1e-15)
    assert system.dynamics.precession.gamma0 == 2.3e5
    assert len(system.energy) == len(Ubermag(path).system.energy.parts)
    oommfc = pytest.importorskip("oommfc")
    monkeypatch.chdir(tmp_path)
    mif = oommfc.scripts.system_script(system, ovf_format="bin8")
    mif += oommfc.scripts.driver_script(oommfc.TimeDriver(), system, t=4e-10, n=4)
    assert "Oxs_TimeDriver" in mif
    if problem.torque is not None:
        assert "Anv_SpinTEvolve" in mif


@pytest.mark.parametrize("name", [
    "current", "interfacial DMI", "bulk DMI and cubic anisotropy", "u as it is",
])  # fmt: skip
def test_ubermags_translation_to_mumax3_has_the_numbers_of_ours(name, tmp_path, monkeypatch):
    """mumax3c writes MuMax3 scripts of Ubermag's objects: another way to the same J and D."""
    mumax3c = pytest.importorskip("mumax3c")
    given = settings(**{key: CASES[name][key] for key in ("drive", "transport", "field")})
    given["field"] = given["field"] | {"hard_axis_anisotropy": False}
    path, problem = exported(given, tmp_path)
    system = runpy.run_path(str(path))["system"]
    monkeypatch.chdir(tmp_path)
    theirs = mumax3c.scripts.system_script(system, ovf_format="bin8", abspath=False)
    theirs += mumax3c.scripts.driver_script(mumax3c.TimeDriver(), system, t=4e-10, n=4)
    numbers = dict(line.lower().split(" = ") for line in theirs.splitlines() if " = " in line)
    script = mumax3_script(problem, "wall.ovf")
    ours = MuMax3(script.text, {"wall.ovf": problem.state.directions})
    import discretisedfield as df

    current = df.Field.from_file("j.ovf").array[:, 0, 0, 0]
    product = ours.value("Pol") * ours.value("J")[:, 0]
    # theirs does not know of MuMax3's fixed γ_M, and takes another g: 2.0023
    fixed = ours.settings["gammall"] / FIXED_GAMMA
    np.testing.assert_allclose(product * fixed, current, rtol=2e-3)
    for key in ("dind", "dbulk", "aex", "kc1", "xi"):
        if key in numbers:
            np.testing.assert_allclose(ours.value(key), float(numbers[key]), rtol=1e-9)
    np.testing.assert_allclose(ours.settings["gammall"], float(numbers["gammall"]), rtol=1e-5)


def test_the_wires_current_is_told():
    problem = problem_of(result_of(settings(), rough_wall(CELLS)))
    text = ubermag_script(problem, "wall.ovf").text
    assert "# The wire's own current: j = -1e12 A/m2, P = 0.4." in text
    magneton_over_charge = 9.2740100783e-24 / 1.602176634e-19
    u = magneton_over_charge * 0.4 * 1e12 / (8e5 * 1.09)
    assert f"u={u:.12g}" in text
