"""MuMax3 scripts: what they say, computed as MuMax3 does, is what the run does."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import load_config
from boltzwall.export import mumax3_script, problem_of
from tests.export.cases import CASES, CELLS, DX, MU0, PULSE, our_rate, settings
from tests.export.mumax3_language import MuMax3
from tests.export.results import result_of, rough_wall


def exported(given, m=None, time=None):
    """The script of a result, read, and its problem."""
    problem = problem_of(result_of(given, rough_wall(CELLS) if m is None else m), time)
    script = mumax3_script(problem, "wall.ovf")
    files = {"wall.ovf": problem.state.directions, **script.fields}
    return MuMax3(script.text, files), script.text, problem


@pytest.mark.parametrize("name", CASES)
def test_the_script_moves_the_magnetisation_as_the_run_does(name):
    given = CASES[name]
    read, text, _ = exported(given)
    m = rough_wall(CELLS, width=5e-9)  # another state than the exported one
    # At the ends, and where D S jumps, the DMI differs in the second order of dx.
    inside, near = slice(None), 2e-9
    if "DMI" in name:
        inside, near = slice(1, -1), 5e-6 if "notch" in name else near
    for t in (0.0, 3e-11, 1.21e-10):
        ours = our_rate(given, m, t, demagnetising=load_config(given).field.demagnetising != "none")
        theirs = read.rate(m, t)
        scale = np.abs(ours).max()
        np.testing.assert_allclose(theirs[inside] / scale, ours[inside] / scale, atol=near)
    assert "wall_position" in read.table, text


def test_the_comparison_can_fail():
    given = CASES["interfacial DMI"]
    _, text, problem = exported(given)
    files = {"wall.ovf": problem.state.directions}
    m = rough_wall(CELLS, width=5e-9)
    ours = our_rate(given, m, 0.0)
    for right, wrong in (("Dind = 4e-4", "Dind = -4e-4"), ("J = vector(-1", "J = vector(1")):
        assert right in text
        theirs = MuMax3(text.replace(right, wrong), files).rate(m, 0.0)
        assert np.abs(theirs - ours).max() > 0.01 * np.abs(ours).max()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Msatt = 1", "not defined"),
        ("j := 1", "already defined"),
        ("Msat = vector(1, 0, 0)", "no v"),
        ("Run()", "arguments"),
        ("B_ext = 3", "no n"),
        ("AddFieldTerm(Mul(2, m))", "no q"),
        ("ext_dwtilt", "no effect"),
        ("Msat.SetRegion(256, 1)", "line 3"),
        ("u := 2**3", "operator"),
        ("TableAdd(wallpos)", "undefined"),
    ],
)
def test_what_mumax3_does_not_understand_is_noticed(line, reason):
    start = "SetGridSize(4, 1, 1)\nSetCellSize(1e-9, 1e-9, 1e-9)\n"
    MuMax3(start + "Run(1e-12)", {})
    with pytest.raises(AssertionError, match=reason):
        MuMax3(f"{start}{line}\nRun(1e-12)", {})


def test_the_demagnetising_field_of_all_cells_and_of_what_lies_beyond_the_window():
    given = settings(field={"demagnetising": "full"}, dynamics={"moving_window": True})
    read, text, problem = exported(given)
    assert read.settings["enabledemag"] is True
    m = problem.state.directions
    full = problem.magnet.terms["demagnetising"]
    field = np.asarray(full.field(jnp.asarray(m), jnp.asarray(0.0)))
    inner = np.asarray(full._inner(jnp.asarray(problem.saturation[:, None] * m)))
    np.testing.assert_allclose(read.masks[0], MU0 * (field - inner), rtol=1e-6, atol=1e-9)
    ours = our_rate(given, m, 0.0, demagnetising=True)
    theirs = read.rate(m, 0.0, demagnetising=MU0 * inner)
    np.testing.assert_allclose(theirs, ours, atol=2e-9 * np.abs(ours).max())
    assert "first and last cell" in text
    fixed, _, _ = exported(settings(field={"demagnetising": "full"}))
    assert not fixed.masks


def test_energies_of_custom_fields():
    given = settings(
        profile={"kind": "notch", "width": 5e-9, "depth": 0.4}, field={"demagnetising": "local"}
    )
    read, _, problem = exported(given)
    m = rough_wall(CELLS, width=5e-9)
    expected = sum(
        float(problem.magnet.terms[name].energy(jnp.asarray(m), jnp.asarray(0.0)))
        for name in ("hard_axis_anisotropy", "demagnetising")
    )
    np.testing.assert_allclose(DX * read.energy_density(m, 0.0).sum(), expected, rtol=1e-9)


def test_the_wires_own_current_with_its_polarisation():
    read, text, _ = exported(settings())
    np.testing.assert_allclose(read.value("J"), [[-1e12, 0, 0]] * CELLS)
    gamma = 2.3e5 / (4e-7 * np.pi)
    magneton_over_charge = 9.2740100783e-24 / 1.602176634e-19
    theirs = 9.2740091523e-24 / 1.60217646e-19
    expected = 0.4 * 1.7595e11 / gamma * magneton_over_charge / theirs
    np.testing.assert_allclose(read.value("Pol"), expected, rtol=1e-10)
    assert "its P is 0.4" in text
    u = -gamma / 1.7595e11 * theirs * expected * -1e12 / (8e5 * (1.0 + 0.3**2))
    np.testing.assert_allclose(u, magneton_over_charge * 0.4 * 1e12 / (8e5 * 1.09), rtol=1e-10)
    assert u > 0.0  # the electrons go to +x, against the current, and so does the wall


def test_thermal_noise_with_its_step_and_seed():
    given = settings(
        dynamics={"thermal_noise": True, "noise_seed": 7, "noise_step": 1e-14, "method": "heun"},
        temperature={"kind": "linear", "cold_end": 300.0, "gradient": 1e9},
    )
    read, text, problem = exported(given)
    np.testing.assert_allclose(read.value("Temp"), problem.temperature, rtol=1e-9)
    assert (read.settings["thermseed"], read.settings["setsolver"]) == (7, 2)
    assert read.settings["fixdt"] == 1e-14
    assert "random numbers" in text
    assert "TableAdd(Temp)" in text


def test_a_moving_window_and_the_walls_position():
    read, _, problem = exported(settings(dynamics={"moving_window": True}))
    m = problem.state.directions
    assert read.settings["ext_centerwall"] == 2
    np.testing.assert_allclose(read._vector(read.given["shiftmagl", None], 0.0), m[0], rtol=1e-9)
    assert {"ext_dwpos", "ext_dwspeed", "wall_position"} <= set(read.table)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("follows", [False, True])
def test_the_column_with_the_walls_position(reverse, follows):
    wall = {"kind": "bloch", "width": 3e-9, "centre": 2.5e-8, "reverse": reverse}
    given = settings(texture=wall, dynamics={"moving_window": follows})
    other = load_config(given | {"texture": wall | {"centre": 3.3e-8}})
    read, _, _ = exported(given, np.asarray(build_magnetisation(load_config(given))[0]))
    moved = np.asarray(build_magnetisation(other)[0])
    np.testing.assert_allclose(read.column("wall_position", moved), 3.3e-8, atol=2e-12)


def test_a_script_goes_on_at_the_time_of_its_state():
    given = settings(drive=PULSE)
    read, text, _ = exported(given, time="last")
    assert read.settings["t"] == 1e-10
    np.testing.assert_allclose(read.ran, 3e-10)
    assert "AutoSave(m, 1e-10)" in text


def test_more_regions_than_mumax3_has_hold_means():
    cells = 600
    given = settings(
        wire={"length": 6e-7, "cells": cells},
        temperature={"kind": "linear", "cold_end": 100.0, "gradient": 1e9},
        dynamics={"thermal_noise": True, "noise_step": 1e-14, "method": "heun"},
    )
    read, text, problem = exported(given, rough_wall(cells))
    assert "256 regions" in text
    assert len(np.unique(read.regions)) == 256
    np.testing.assert_allclose(read.value("Temp"), problem.temperature, atol=1.5)
    np.testing.assert_allclose(read.value("Temp").mean(), problem.temperature.mean(), rtol=1e-3)


def test_both_dmis_at_once_are_told():
    _, text, _ = exported(settings(field={"interfacial_dmi": True, "bulk_dmi": True}))
    assert "- field.bulk_dmi" in text


def test_a_table_as_waveform(tmp_path):
    table = tmp_path / "wave.txt"
    times = np.array([1e-11, 5e-11, 6e-11, 2e-10])
    np.savetxt(table, np.column_stack([times, [0.2, 1.0, -0.5, 0.3]]))
    given = settings(drive={"electric_waveform": "file", "electric_file": str(table)})
    read, _, _ = exported(given)
    for t in (0.0, 1e-11, 3e-11, 5.5e-11, 1e-10, 3e-10):
        factor = np.interp(t, times, [0.2, 1.0, -0.5, 0.3])
        np.testing.assert_allclose(read.value("J", t)[0, 0], -1e12 * factor, rtol=1e-9)


@pytest.mark.parametrize("name", ['wa"ll.ovf', "wa`ll.ovf", "w\\all.ovf"])
def test_file_names_with_quotes(name):
    problem = problem_of(result_of(settings(), rough_wall(CELLS)))
    script = mumax3_script(problem, name)
    quote = '"' if "`" in name else "`"
    assert f"m.LoadFile({quote}{name}{quote})" in script.text
