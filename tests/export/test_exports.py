"""Tables, discretisedfield, and scripts that must give the other simulators our own torque."""

import json
import re
import runpy

import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.export import mumax3_script, problem_of, ubermag_script
from boltzwall.io import discretised
from boltzwall.io.states import state_at, write_state
from boltzwall.io.tables import columns, table_text, write_table
from tests.synthetic import configuration, run_dataset, transport_dataset

MATERIAL = {
    "saturation_magnetisation": 8e5,
    "damping": 0.1,
    "gyromagnetic_ratio": 2.3e5,  # not MuMax3's own
    "exchange_stiffness": 1.3e-11,
    "uniaxial_anisotropy": 1e5,
    "hard_axis_anisotropy": 2e4,
}


def configured(dataset, **sections):
    """``dataset`` with a configuration that is filled in, as a run's is."""
    full = configuration() | {
        "material": MATERIAL,
        "wire": {"length": 5e-9, "cells": 40, "width": 2e-8, "thickness": 5e-9},
        "dynamics": {"end_time": 4e-10, "save_interval": 1e-10},
        "drive": {"magnetic_field": [0.0, 0.0, 0.0]},
    }
    for name, section in sections.items():
        full[name] = full.get(name, {}) | section
    return dataset.assign_attrs(configuration=json.dumps(full))


def driven(u=(-40.0, -50.0, -60.0), beta=0.3, **sections):
    """A run with u, β and P of every saved state."""
    dataset = run_dataset(saves=3)
    dataset = dataset.assign(
        effective_velocity=("time", np.array(u)),
        effective_beta=("time", np.full(3, beta)),
        electrical_polarisation=("time", np.full(3, 0.4)),
    )
    return configured(dataset, **sections)


def assigned(script, name):
    """The number, or the three, that a MuMax3 script gives ``name``."""
    (text,) = re.findall(rf"^{name} :?= (?:vector|ConstVector)?\(?([^)/\n]*)", script, re.MULTILINE)
    numbers = [float(word) for word in text.split(",")]
    return numbers[0] if len(numbers) == 1 else np.array(numbers)


def wall(cells=60, dx=1e-9, width=6e-9):
    x = (np.arange(cells) - 0.45 * cells) * dx / width
    across = 1.0 / np.cosh(x)
    return np.stack([across * np.cos(0.3), across * np.sin(0.3), -np.tanh(x)], axis=-1)


def mumax3_torque(script, m, dx):
    """dm/dt in 1/s as MuMax3's kernel has it, with the numbers of ``script``.

    Its field-like vector h = (µ_B/(2 e γ_M)) Pol J (m_{i+1} − m_{i−1})/(dx Msat (1 + xi²)) enters
    −[(1 + xi α) m×(m×h) + (xi − α) m×h]/(1 + α²), which its time stepper multiplies by GammaLL.
    """
    alpha, xi = assigned(script, "alpha"), assigned(script, "xi")
    current = assigned(script, "Pol") * assigned(script, "J")[0]
    scale = 9.2740091523e-24 / (2.0 * 1.60217646e-19 * 1.7595e11 * assigned(script, "Ms"))
    padded = np.concatenate([m[:1], m, m[-1:]])
    h = scale * current / (dx * (1.0 + xi**2)) * (padded[2:] - padded[:-2])
    mxh = np.cross(m, h)
    torque = -((1.0 + xi * alpha) * np.cross(m, mxh) + (xi - alpha) * mxh) / (1.0 + alpha**2)
    return assigned(script, "GammaLL") * torque


@pytest.mark.parametrize("u", [75.0, -75.0])
@pytest.mark.parametrize("beta", [0.04, 1.5])
def test_the_mumax3_script_gives_our_torque(u, beta):
    script = mumax3_script(problem_of(driven((u, 0.0, 0.0), beta)), "m.ovf")
    m, dx, alpha = wall(), 1e-9, MATERIAL["damping"]
    padded = np.concatenate([m[:1], m, m[-1:]])
    slope = (padded[2:] - padded[:-2]) / (2.0 * dx)
    slope -= np.sum(slope * m, axis=-1, keepdims=True) * m
    ours = -u * slope + beta * u * np.cross(m, slope)
    ours = (ours + alpha * np.cross(m, ours)) / (1.0 + alpha**2)
    theirs = mumax3_torque(script, m, dx)
    np.testing.assert_allclose(theirs, ours, atol=1e-9 * np.abs(ours).max())


def test_mumax3_formula_inverted_gives_u_and_the_electrons_flow_against_the_current():
    script = mumax3_script(problem_of(driven((30.0, 0.0, 0.0), 0.2)), "m.ovf")
    pol, current = assigned(script, "Pol"), assigned(script, "J")
    magneton_over_charge = 9.2740091523e-24 / 1.60217646e-19
    u = -(2.3e5 / (4e-7 * np.pi) / 1.7595e11) * magneton_over_charge * pol * current[0]
    u /= 8e5 * (1.0 + 0.2**2)
    np.testing.assert_allclose(u, 30.0, rtol=1e-12)
    assert current[0] < 0.0
    assert pol == 0.4
    np.testing.assert_array_equal(current[1:], 0.0)


def test_the_mumax3_script_has_the_wire_and_its_constants():
    script = mumax3_script(problem_of(driven(drive={"magnetic_field": [0, 0, 1e4]})), "wire.ovf")
    assert "SetGridSize(40, 1, 1)" in script
    found = {
        name: assigned(script, name) for name in ("Aex", "alpha", "Ku1", "Kperp", "xi", "anisU")
    }
    np.testing.assert_array_equal(found.pop("anisU"), [0, 0, 1])
    expected = {"Aex": 1.3e-11, "alpha": 0.1, "Ku1": 1e5, "Kperp": 2e4, "xi": 0.3}
    assert found == expected
    np.testing.assert_allclose(assigned(script, "GammaLL"), 2.3e5 / (4e-7 * np.pi))
    np.testing.assert_allclose(assigned(script, "B_ext"), [0, 0, 4e-7 * np.pi * 1e4])
    cell = re.findall(r"SetCellSize\((.*)\)", script)[0].split(", ")
    np.testing.assert_allclose([float(edge) for edge in cell], [1.25e-10, 2e-8, 5e-9])
    assert 'm.LoadFile("wire.ovf")' in script
    assert "EnableDemag = false" in script
    assert "Run(4e-10)" in script


def test_a_script_follows_the_field_terms_in_use_and_tells_what_it_leaves_out():
    dataset = driven(
        field={"exchange": True, "demagnetising": "full", "bulk_dmi": True},
        dynamics={"thermal_noise": True},
        profile={"kind": "notch"},
        wire={"width": None},
    )
    script = mumax3_script(problem_of(dataset), "m.ovf")
    assert "EnableDemag = true" in script
    assert "Aex = " in script
    assert "Ku1" not in script
    assert "Kperp" not in script
    for left_out in ("field.bulk_dmi", "dynamics.thermal_noise", "[profile]", "wire.width"):
        assert left_out in script
        assert left_out in ubermag_script(problem_of(dataset), "m.ovf")


def test_a_script_without_exchange_says_so():
    material = {"exchange_stiffness": None}
    script = mumax3_script(problem_of(driven(material=material)), "m.ovf")
    assert "Aex" not in script
    assert "no exchange stiffness" in script


def test_a_script_starts_at_the_first_state_unless_told_otherwise():
    dataset = driven()
    assert problem_of(dataset).velocity == -40.0
    assert problem_of(dataset, "last").velocity == -60.0
    assert problem_of(dataset, 2e-10).state.time == 2e-10


def test_u_and_beta_of_a_transport_solution_and_of_the_configuration():
    still = configured(transport_dataset())
    with pytest.raises(InputError, match="effective_velocity"):
        problem_of(still)
    solved = still.assign_attrs(effective_velocity=12.0, effective_beta=0.1, polarisation=0.5)
    problem = problem_of(solved)
    assert (problem.velocity, problem.beta, problem.polarisation) == (12.0, 0.1, 0.5)
    given = configured(transport_dataset(), transport={"model": "zhang-li", "u": 7.0, "beta": 0.2})
    assert (problem_of(given).velocity, problem_of(given).beta) == (7.0, 0.2)
    transport = {"model": "zhang-li", "polarisation": 0.5}
    current = configured(
        transport_dataset(), transport=transport, drive={"current_density": -1e12}
    ).assign_attrs(beta=0.5)
    expected = 9.2740100783e-24 * 0.5 * 1e12 / (1.602176634e-19 * 8e5 * 1.25)
    np.testing.assert_allclose(problem_of(current).velocity, expected, rtol=1e-12)


@pytest.mark.parametrize("beta", [0.0, np.nan])
def test_no_drive_gives_no_current(beta):
    problem = problem_of(driven((0.0, 0.0, 0.0), beta))
    np.testing.assert_array_equal(assigned(mumax3_script(problem, "m.ovf"), "J"), 0.0)
    assert "ZhangLi" not in ubermag_script(problem, "m.ovf")


def test_an_undefined_torque_or_an_unknown_material_is_refused():
    with pytest.raises(InputError, match="finite"):
        problem_of(driven((np.nan,) * 3))
    with pytest.raises(InputError, match=r"material\.damping"):
        problem_of(driven(material={"damping": None}))


def test_the_ubermag_script_is_python_with_our_numbers():
    dataset = driven(drive={"magnetic_field": [0, 0, 1e4]}, field={})
    script = ubermag_script(problem_of(dataset), "m.ovf")
    compile(script, "script.py", "exec")
    assert "mm.ZhangLi(u=-40.0, beta=0.3)" in script
    assert "mm.UniaxialAnisotropy(K=-20000.0, u=(0.0, 1.0, 0.0)" in script
    assert "mm.Zeeman(H=(0.0, 0.0, 10000.0))" in script
    assert "t=4e-10, n=4" in script


def test_ubermag_runs_the_script_up_to_oommf(tmp_path):
    pytest.importorskip("micromagneticmodel")
    dataset = driven(
        field={"exchange": True, "hard_axis_anisotropy": True, "demagnetising": "full"}
    )
    problem = problem_of(dataset)
    write_state(problem.state, tmp_path / "m.ovf")
    (tmp_path / "wire.py").write_text(ubermag_script(problem, "m.ovf"), encoding="utf-8")
    system = runpy.run_path(str(tmp_path / "wire.py"))["system"]
    np.testing.assert_allclose(system.m.array, problem.state.moments(), rtol=1e-15)
    assert system.dynamics.zhangli.u == -40.0
    assert system.dynamics.zhangli.beta == 0.3
    assert system.dynamics.precession.gamma0 == 2.3e5
    assert system.energy.hardaxis.K == -2e4
    assert system.energy.exchange.A == 1.3e-11
    assert len(system.energy) == 3


def test_columns_of_a_run_and_absent_ones():
    dataset = run_dataset(saves=3)
    names = [name for name, _, _ in columns(dataset)]
    assert names == ["t", "mx", "my", "mz", "dw_pos", "dw_speed", "T"]
    energy = np.array([3.0, 2.0, 1.0])
    full = dataset.assign(
        energy_total=("time", energy), energy_exchange=("time", 0.5 * energy)
    ).drop_vars("mean_magnetisation")
    found = {name: (unit, values) for name, unit, values in columns(full)}
    assert list(found) == ["t", "mx", "my", "mz", "E", "dw_pos", "dw_speed", "T", "E_exchange"]
    np.testing.assert_array_equal(found["E"][1], energy)
    assert found["E_exchange"][0] == "J/m2"
    np.testing.assert_allclose(found["mz"][1], dataset["mean_magnetisation"][:, 2], rtol=1e-12)


def test_the_applied_current_field_and_temperature_are_columns():
    dataset = run_dataset(saves=3)
    current, field = np.array([0.0, 1e11, 2e11]), np.arange(9.0).reshape(3, 3)
    given = dataset.assign(
        current_density=("time", current), magnetic_field=(("component", "time"), field.T)
    )
    found = {name: (unit, values) for name, unit, values in columns(given)}
    assert list(found)[4:] == ["dw_pos", "dw_speed", "j", "Hx", "Hy", "Hz", "T"]
    assert [found[name][0] for name in ("j", "Hx", "T")] == ["A/m2", "A/m", "K"]
    np.testing.assert_array_equal(found["j"][1], current)
    np.testing.assert_array_equal([found[f"H{axis}"][1] for axis in "xyz"], field.T)
    np.testing.assert_allclose(found["T"][1], 105.0)  # 100 K and 2 K/nm over 5 nm


def test_a_temperature_that_changes_in_time_is_its_mean_at_each_time():
    dataset = run_dataset(saves=3)
    warmer = dataset["temperature"] + xr.DataArray([0.0, 10.0, 20.0], dims="time")
    found = {name: values for name, _, values in columns(dataset.assign(temperature=warmer))}
    np.testing.assert_allclose(found["T"], [105.0, 115.0, 125.0])


def test_tables_as_numpy_and_mumax3_users_read_them(tmp_path):
    dataset = run_dataset(saves=4)
    expected = np.column_stack([values for _, _, values in columns(dataset)])
    path = write_table(dataset, tmp_path / "run.csv")
    assert path.read_text().splitlines()[0] == "t,mx,my,mz,dw_pos,dw_speed,T"
    np.testing.assert_array_equal(np.loadtxt(path, delimiter=",", skiprows=1), expected)
    other = write_table(dataset, tmp_path / "table.txt", "mumax3")
    head = "# t (s)\tmx ()\tmy ()\tmz ()\tdw_pos (m)\tdw_speed (m/s)\tT (K)"
    assert other.read_text().splitlines()[0] == head
    np.testing.assert_array_equal(np.loadtxt(other), expected)
    with pytest.raises(InputError, match="overwrite=True"):
        write_table(dataset, path)
    with pytest.raises(InputError, match="style"):
        table_text(dataset, "xls")  # type: ignore[arg-type]


def test_a_single_state_has_no_table():
    with pytest.raises(InputError, match="boltzwall run"):
        columns(transport_dataset())


def test_a_missing_discretisedfield_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "discretisedfield", None)
    with pytest.raises(InputError, match=r"\.\[tools\]"):
        discretised.to_field(run_dataset(saves=2))


@pytest.mark.parametrize("wrong", [None, 3.0, np.ones((4, 3))])
def test_what_is_no_field_is_refused(wrong):
    with pytest.raises(InputError, match=r"discretisedfield\.Field"):
        discretised.from_field(wrong)


@pytest.mark.parametrize("unit_vectors", [False, True])
def test_a_dataset_is_a_field_and_a_dataset_again(tmp_path, unit_vectors):
    df = pytest.importorskip("discretisedfield")
    dataset = driven()
    field = discretised.to_field(dataset, 2e-10, unit_vectors)
    assert tuple(field.mesh.n) == (40, 1, 1)
    np.testing.assert_allclose(field.mesh.region.pmax, (5e-9, 2e-8, 5e-9), rtol=1e-12)
    np.testing.assert_allclose(field.norm.array, 1.0 if unit_vectors else 8e5, rtol=1e-12)
    back = discretised.from_field(field)
    np.testing.assert_allclose(back["magnetisation"], dataset["magnetisation"][1], atol=1e-15)
    np.testing.assert_allclose(back["x"], dataset["x"], rtol=1e-12)
    assert ("saturation_magnetisation" in back) is not unit_vectors
    field.to_file(str(tmp_path / "m.ovf"))
    again = discretised.from_field(df.Field.from_file(str(tmp_path / "m.ovf")))
    np.testing.assert_array_equal(again["magnetisation"], back["magnetisation"])
    np.testing.assert_allclose(state_at(again).cell, (1.25e-10, 2e-8, 5e-9), rtol=1e-9)


def test_fields_of_one_dimension_and_of_a_wide_body():
    df = pytest.importorskip("discretisedfield")
    line = df.Field(df.Mesh(p1=0, p2=4e-9, cell=1e-9), nvdim=3, value=(0, 0, 5e5), unit="A/m")
    found = discretised.from_field(line)
    np.testing.assert_array_equal(found["magnetisation"], [[0, 0, 1]] * 4)
    np.testing.assert_allclose(found["saturation_magnetisation"], 5e5)
    mesh = df.Mesh(p1=(0, 0, 0), p2=(4e-9, 2e-9, 1e-9), cell=(1e-9,) * 3)
    body = df.Field(mesh, nvdim=3, value=(1.0, 1.0, 0.0))
    with pytest.raises(InputError, match="average"):
        discretised.from_field(body)
    np.testing.assert_allclose(
        discretised.from_field(body, average=True)["magnetisation"][:, 0], 0.5**0.5
    )
    plane = df.Field(df.Mesh(p1=(0, 0), p2=(4e-9, 2e-9), n=(4, 2)), nvdim=3, value=(1, 0, 0))
    with pytest.raises(InputError, match="dimension"):
        discretised.from_field(plane)
