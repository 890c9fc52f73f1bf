"""Runs in a temperature that changes: nothing new where it stays, and what follows it where not."""

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.build.local_torque import build_bauer
from boltzwall.build.place import Place
from boltzwall.build.warming import build_warming
from boltzwall.config import load_config
from boltzwall.config.scales.history import history_warnings
from boltzwall.dynamics.warming import LEAST
from boltzwall.errors import InputError
from boltzwall.physics.temperature import CellProfile

LENGTH, CELLS, CURIE = 120e-9, 40, 870.0
PLACES = np.linspace(0.0, LENGTH, 5)
WIRE: dict[str, Any] = {
    "material": {
        "damping": 0.3,
        "exchange_stiffness": "1e-11 J/m",
        "uniaxial_anisotropy": "1e5 J/m^3",
        "hard_axis_anisotropy": "1e5 J/m^3",
        "curie_temperature": CURIE,
    },
    "wire": {"length": LENGTH, "cells": CELLS},
    "texture": {"kind": "neel", "width": "10 nm"},
    "transport": {"model": "zhang-li", "u": "5 m/s", "beta": 0.3},
    "field": {
        "exchange": True,
        "uniaxial_anisotropy": True,
        "hard_axis_anisotropy": True,
        "temperature_law": "kuzmin",
    },
    "dynamics": {"end_time": "0.5 ns", "save_interval": "0.1 ns", "stop": "end"},
}


def history(folder: Path, times: list[float], rows: list, name: str = "T.csv") -> dict[str, str]:
    """The section [temperature] with a table of T at PLACES."""
    lines = ["x (nm), t (ns), T (K)"]
    for t, row in zip(times, rows, strict=True):
        lines += [
            f"{x * 1e9!r}, {t * 1e9!r}, {kelvin!r}"
            for x, kelvin in zip(PLACES.tolist(), np.asarray(row).tolist(), strict=True)
        ]
    (folder / name).write_text("\n".join(lines))
    return {"kind": "history", "path": str(folder / name)}


def run(**sections: dict) -> xr.Dataset:
    return boltzwall.simulate({**WIRE, **sections}, progress=False)


def test_a_temperature_that_stays_changes_nothing(tmp_path):
    linear = {"kind": "linear", "cold_end": 300.0, "gradient": 5e8}
    frozen = history(tmp_path, [0.0, 1e-9], [300.0 + 5e8 * PLACES] * 2)
    alone, along = run(temperature=linear), run(temperature=frozen)
    np.testing.assert_allclose(along["magnetisation"], alone["magnetisation"], atol=1e-13)
    np.testing.assert_allclose(along["temperature"][-1], alone["temperature"], rtol=1e-13)


def test_u_grows_as_the_magnetisation_falls(tmp_path):
    """With β = α a wall moves at u, whatever its width: q = ∫u Ms(T_ref)/Ms(T(t)) dt."""
    warming = run(temperature=history(tmp_path, [0.0, 1e-9], [[300.0] * 5, [700.0] * 5]))
    t = np.linspace(0.0, 0.5e-9, 2001)
    m = (1.0 - (np.array([300.0, *(300.0 + 4e11 * t)]) / CURIE) ** 1.5) ** (1.0 / 3.0)
    expected = 5.0 * np.trapezoid(m[0] / m[1:], t)
    moved = float(warming["wall_position"][-1] - warming["wall_position"][0])
    assert moved == pytest.approx(expected, rel=3e-3)  # dx/Δ = 0.3
    assert abs(expected / (5.0 * 0.5e-9) - 1.0) > 0.05
    np.testing.assert_allclose(warming["temperature"][-1], 500.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {
            "material": {**WIRE["material"], "preset": "permalloy"},
            "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8, "update": 1e-3},
            "drive": {"current_density": 1e12},
            "dynamics": {"end_time": "20 ps", "save_interval": "10 ps", "stop": "end"},
        },
        {
            "material": {},
            "field": {},
            "transport": {"closure": "activated", "momentum_nodes": 16},
            "dynamics": {"end_time": "10 ps", "save_interval": "5 ps", "stop": "end"},
        },
    ],
    ids=["consistent", "published"],
)
def test_electrons_at_a_temperature_that_stays(tmp_path, changes):
    linear = {"kind": "linear", "cold_end": 300.0, "gradient": 5e8}
    frozen = history(tmp_path, [0.0, 1e-9], [300.0 + 5e8 * PLACES] * 2)
    alone, along = run(**changes, temperature=linear), run(**changes, temperature=frozen)
    for name in ("magnetisation", "torque_total", "torque_thermal", "heat_current_density"):
        size = float(abs(alone[name]).max())
        np.testing.assert_allclose(along[name], alone[name], atol=1e-11 * size)


def test_a_window_sees_the_temperature_of_the_laboratory(tmp_path):
    rows = [300.0 + 5e8 * PLACES, 300.0 + 2e9 * PLACES]
    temperature = history(tmp_path, [0.0, 1e-9], rows)
    dynamics = {**WIRE["dynamics"], "moving_window": True}
    place = Place.of(load_config({**WIRE, "temperature": temperature, "dynamics": dynamics}))
    moved = build_warming(place.moved(30e-9))
    assert moved is not None
    x = 30e-9 + (np.arange(CELLS) + 0.5) * LENGTH / CELLS
    expected = 300.0 + 1.25e9 * np.minimum(x, LENGTH)
    np.testing.assert_allclose(moved.at(jnp.asarray(0.5e-9)), expected, rtol=1e-12)


def test_constants_follow_their_laws_and_end_before_the_curie_temperature(tmp_path):
    temperature = history(tmp_path, [0.0, 1e-9], [[300.0] * 5, [1000.0] * 5])
    field = {**WIRE["field"], "temperature_law": "bloch", "damping_exponent": -1.0}
    warming = build_warming(
        Place.of(load_config({**WIRE, "temperature": temperature, "field": field}))
    )
    assert warming is not None
    found = warming.scaling(jnp.asarray(0.4e-9))  # 580 K
    m = (1.0 - (580.0 / CURIE) ** 1.5) / (1.0 - (300.0 / CURIE) ** 1.5)
    for part, power in zip(found, (1, 2, 3, 2, -1), strict=True):
        np.testing.assert_allclose(part, m**power, rtol=1e-12)
    assert float(warming.scaling(jnp.asarray(1e-9)).magnetisation[0]) == LEAST
    (said,) = history_warnings(load_config({**WIRE, "temperature": temperature}))
    assert "reaches 1000 K, above the Curie temperature of 870 K" in said


def test_the_torque_of_a_gradient_follows_it():
    config = load_config(
        {
            **WIRE,
            "temperature": {"kind": "uniform", "value": 300.0},
            "material": {**WIRE["material"], "preset": "permalloy"},
            "transport": {"model": "bauer", "spin_conversion": 0.5},
        }
    )
    torque, cells = build_bauer(config, Place.of(config)), np.arange(CELLS) + 0.5
    profile = CellProfile(jnp.asarray(300.0 + 3.0 * cells), jnp.asarray(LENGTH / CELLS))
    heated = torque.heated(profile, jnp.full(CELLS, 4e5))
    metal = config.material
    assert metal.seebeck_coefficient is not None
    assert metal.conductivity is not None
    per_gradient = 5.7883818060e-5 * 0.5 * metal.seebeck_coefficient * metal.conductivity / 4e5
    assert not np.any(torque.velocity)
    np.testing.assert_allclose(heated.velocity, per_gradient * 1e9, rtol=1e-8)
    assert heated.driven(jnp.asarray(0.0)) is heated  # a pulse of current does not switch it off


def test_a_profile_of_cells_is_exact_where_it_is_straight():
    x = jnp.linspace(0.0, 8.0, 33)
    profile = CellProfile(5.0 + 3.0 * (jnp.arange(8) + 0.5), jnp.asarray(1.0))
    np.testing.assert_allclose(profile.at(x), 5.0 + 3.0 * x, rtol=1e-14)
    np.testing.assert_allclose(profile.gradient_at(x), 3.0, rtol=1e-14)


def test_a_result_is_a_history(tmp_path):
    """Also of a window that moved, whose T is laid out along the wire that it saw."""
    first = run(
        temperature=history(tmp_path, [0.0, 1e-9], [300.0 + 5e8 * PLACES, 300.0 + 2e9 * PLACES])
    )
    first.to_netcdf(tmp_path / "first.nc")
    again = run(temperature={"kind": "history", "path": str(tmp_path / "first.nc")})
    np.testing.assert_allclose(again["magnetisation"], first["magnetisation"], atol=1e-7)
    spacing = LENGTH / CELLS
    window = first.assign(window_offset=("time", spacing * np.arange(6)))
    window.to_netcdf(tmp_path / "window.nc")
    section = {"kind": "history", "path": str(tmp_path / "window.nc")}
    found = Place.of(load_config({**WIRE, "temperature": section})).history
    assert found is not None
    assert found.x.size == CELLS + 5
    np.testing.assert_allclose(found.kelvin[3, 3 : 3 + CELLS], first["temperature"][3])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0 0 300\n1.2e-7 0 300\n0 1e-9 300", "one row for each of its 2 places at each of its 2"),
        ("0 0 300\n1.2e-7 0 -300\n0 1e-9 300\n1.2e-7 1e-9 300", "must have T > 0 everywhere"),
        ("0 0 300\n1e-7 0 300\n0 1e-9 300\n1e-8 1e-9 300", "must have one row"),
        ("0 0 300\n1e-8 0 300\n0 1e-9 300\n1e-8 1e-9 300", "must cover the wire"),
        ("0 0 300\n1.2e-7 0 300", "two times and two places"),
    ],
)
def test_a_history_that_cannot_be_used(tmp_path, text, says):
    (tmp_path / "T.txt").write_text(text)
    with pytest.raises(InputError, match=says):
        load_config({**WIRE, "temperature": {"kind": "history", "path": str(tmp_path / "T.txt")}})


def test_electrons_in_time_have_one_temperature(tmp_path):
    section = history(tmp_path, [0.0, 1e-9], [[300.0] * 5] * 2)
    with pytest.raises(InputError, match='must be another than "history"'):
        load_config({"temperature": section, "transport": {"time_dependent": True}})
