"""Runs whose own current warms them: [H1] and (26) together."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.build.heat import build_current, build_heat
from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.dynamics.steady_electrons import TimeSpan, advance_coupled
from boltzwall.errors import InputError
from boltzwall.io.tables import columns
from boltzwall.simulation import simulate_batch
from boltzwall.simulation.batch_structure import structure
from boltzwall.simulation.heat_stretches import Resisting, in_window, told_of_members
from boltzwall.simulation.heating import Heating
from boltzwall.simulation.record import Record

pytestmark = pytest.mark.filterwarnings("ignore:Heat spreads")

LENGTH, CELLS = 120e-9, 40
METAL = {
    "preset": "permalloy",
    "damping": 0.3,
    "exchange_stiffness": "1e-11 J/m",
    "uniaxial_anisotropy": "1e5 J/m^3",
    "hard_axis_anisotropy": "1e5 J/m^3",
    "curie_temperature": 870.0,
}
WIRE: dict[str, Any] = {
    "material": METAL,
    "wire": {"length": LENGTH, "cells": CELLS, "width": "100 nm", "thickness": "10 nm"},
    "texture": {"kind": "neel", "width": "10 nm"},
    "temperature": {"kind": "uniform", "value": 300.0},
    "transport": {"model": "zhang-li", "polarisation": 0.4, "beta": 0.3},
    "drive": {"current_density": 1e12},
    "heat": {
        "kind": "wire",
        "substrate": "half-space",
        "substrate_material": "silicon-dioxide",
    },
    "field": {
        "exchange": True,
        "uniaxial_anisotropy": True,
        "hard_axis_anisotropy": True,
        "temperature_law": "kuzmin",
    },
    "dynamics": {
        "end_time": "1 ns",
        "save_interval": "0.1 ns",
        "checkpoint_interval": 5,
        "stop": "end",
    },
}


def changed(**sections: dict) -> dict[str, Any]:
    return {**WIRE, **{name: {**WIRE[name], **keys} for name, keys in sections.items()}}


@pytest.fixture(scope="module")
def warmed() -> xr.Dataset:
    return boltzwall.simulate(WIRE, progress=False)


@pytest.mark.slow
def test_the_energy_balances_and_the_wire_is_as_warm_as_alone(warmed):
    assert float(abs(warmed["heat_balance_residual"]).max()) < 1e-10
    assert float(warmed["exchange_error"].max()) < 1e-3
    alone = boltzwall.heat_wire(WIRE, progress=False)
    np.testing.assert_allclose(warmed["temperature"], alone["temperature"], rtol=1e-5)
    power = warmed["current_density"] ** 2 * LENGTH / 6.7e6
    assert float(warmed["joule_heat"][0]) == pytest.approx(float(power[0]), rel=0.02)


@pytest.mark.slow
def test_the_parts_of_the_velocity_are_the_velocity(warmed):
    """With β = α, u is all of it: −µ_B P j/(e Ms (1 + β²)), [C5] at T(t)."""
    parts = sum(warmed[f"drift_{k}"] for k in ("electrical", "field", "internal", "tilt"))
    way = float(parts.integrate("time"))
    moved = float(warmed["wall_position"][-1] - warmed["wall_position"][0])
    assert moved == pytest.approx(way, rel=5e-3)
    told = [v for k, v in warmed.attrs.items() if k.startswith("displacement_")]
    assert sum(told) == pytest.approx(way, rel=1e-9)
    assert warmed.attrs["displacement_electrical"] == pytest.approx(way, rel=0.05)


@pytest.mark.slow
def test_a_prescribed_temperature_gives_the_run_that_computed_it(warmed, tmp_path):
    """The heat at all nodes of the run, as a history of its first half."""
    fine = changed(dynamics={"save_interval": "12.5 ps", "end_time": "0.5 ns"})
    boltzwall.heat_wire(fine, progress=False).to_netcdf(tmp_path / "T.nc")
    given = {"kind": "history", "path": str(tmp_path / "T.nc")}
    section = {**WIRE["dynamics"], "end_time": "0.5 ns"}
    cold = {**WIRE, "temperature": given, "heat": {"kind": "none"}, "dynamics": section}
    along = boltzwall.simulate(cold, progress=False)
    np.testing.assert_allclose(along["magnetisation"], warmed["magnetisation"][:6], atol=1e-12)


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_as_if_it_had_not(warmed):
    parts: list[xr.Dataset] = []

    def stop(part: xr.Dataset) -> None:
        parts.append(part)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        boltzwall.simulate(WIRE, progress=False, checkpoint=stop)
    again = boltzwall.simulate(WIRE, progress=False, resume=parts[0])
    for name in ("magnetisation", "temperature", "heat_substrate", "wall_position", "heat_state"):
        np.testing.assert_array_equal(again[name], warmed[name])


@pytest.mark.slow
def test_a_batch_over_keys_of_the_heat_is_the_runs_alone(warmed):
    other = changed(heat={"substrate_conductivity": 10.0})
    both = simulate_batch([WIRE, other], progress=False)
    np.testing.assert_allclose(both[0]["temperature"], warmed["temperature"], rtol=1e-9)
    np.testing.assert_allclose(both[0]["magnetisation"], warmed["magnetisation"], atol=1e-7)
    assert float(both[1]["temperature"].max()) < float(both[0]["temperature"].max()) - 3.0


@pytest.mark.slow
def test_what_the_magnetisation_dissipates_warms_the_wire():
    """A wall that is too wide narrows: its energy is the heat, to the second order in the time."""
    section = {"save_interval": "10 ps", "end_time": "0.3 ns", "checkpoint_interval": 100}
    config = changed(
        texture={"width": "20 nm"},
        field={"temperature_law": "none"},
        drive={"current_density": 0.0},
        dynamics=section,
    )
    config |= {"transport": {"model": "none"}, "heat": {"kind": "wire", "dissipation": True}}
    run = boltzwall.simulate(config, progress=False)
    lost = float(run["energy_total"][0] - run["energy_total"][-1])
    assert float(run["heat_dissipation"][-1]) == pytest.approx(lost, rel=3e-3)
    assert float(run["heat_stored"][-1]) == pytest.approx(lost, rel=3e-3)


@pytest.mark.slow
def test_the_gradient_of_the_way_by_substrate_and_pulse_is_that_of_differences():
    """κ_s and the amplitude of the current, through the heat, the constants and the wall."""
    config = load_config(changed(dynamics={"end_time": "0.2 ns"}))
    problem = Problem.of(config)
    wire, current = build_heat(config, problem.place), build_current(config, problem.waveforms)
    model, nodes = problem.coupled(), jnp.linspace(0.0, 0.2e-9, 9)
    assert wire is not None

    def position(values: jax.Array) -> jax.Array:
        conductivity, amplitude = values
        under = eqx.tree_at(lambda w: w.substrate.conductivity, wire, conductivity)
        through = eqx.tree_at(lambda c: c.amplitude, current, 1e12 * amplitude)
        states = under.advance_through(under.initial(), 0.0, nodes[1:], through)
        kelvin = jnp.concatenate([under.start[None], states.temperature])
        where = lambda m: (m.warming.times, m.warming.kelvin, m.electrons.carried)  # noqa: E731
        carried = model.electrons.carried * amplitude  # type: ignore[attr-defined]
        hot = eqx.tree_at(where, model, (nodes, kelvin, carried))
        step = jnp.asarray(2e-11)
        span = TimeSpan(jnp.zeros(()), nodes[-1:], step, step)
        last = advance_coupled(hot, jnp.asarray(problem.start), span, None).states[-1]
        return 0.5 * LENGTH * jnp.mean(last[:, 2])

    at, slopes = jax.jit(position), jax.jit(jax.jacfwd(position))
    start, steps = jnp.array([1.4, 1.0]), np.array([[0.02, 0.0], [0.0, 0.005]])
    found = slopes(start)
    for slope, step in zip(found, steps, strict=True):
        difference = (at(start + step) - at(start - step)) / (2.0 * step.sum())
        assert float(slope) == pytest.approx(float(difference), rel=2e-2)


def test_a_window_sees_the_heat_where_it_is():
    values = np.arange(6.0)
    np.testing.assert_array_equal(in_window(values, 2), [2.0, 3.0, 4.0, 5.0, 5.0, 5.0])
    np.testing.assert_array_equal(in_window(values, -1), [0.0, 0.0, 1.0, 2.0, 3.0, 4.0])


def test_a_voltage_drives_what_the_resistance_lets_through():
    """j = V/(∫ρ dx + a Σρ(M_x² − ⅓)dx + R_w) at T_0, with a = (ρ∥ − ρ⊥)/ρ and a wall's R_w."""
    config = load_config(
        {**changed(material={"anisotropic_magnetoresistance": 0.02}), "drive": {"voltage": 0.02}}
    )
    problem = Problem.of(config)
    heating, m = Heating([problem]), problem.start
    assert heating.reacts
    along = np.asarray(m)[None, None, :, 0]
    one = np.ones(1)
    state = jax.tree.map(lambda a: np.asarray(a)[:, None], heating.state)
    told = told_of_members(
        heating.wire, state, np.zeros((1, 1)), heating.current,
        Resisting(along, np.zeros(1, dtype=int), 0.02 * one, 1e-17 * np.ones((1, 1))),
    )  # fmt: skip
    ohm = 1.0 / float(config.material.conductivity or 0.0)
    turned = 0.02 * ohm * (np.mean(along**2) - 1.0 / 3.0) * LENGTH
    expected = 0.02 / (ohm * LENGTH + turned + 1e-17)
    assert float(told["current_density"][0, 0]) == pytest.approx(expected, rel=1e-10)
    assert float(told["voltage"][0, 0]) == pytest.approx(0.02, rel=1e-12)


@pytest.mark.parametrize(
    ("drive", "section", "says"),
    [
        ({"voltage": 0.1}, {"heat": {"kind": "none"}}, 'come with `heat.kind` = "wire"'),
        ({"voltage": 0.1, "current_density": 1e11}, {}, "must not both be given"),
        ({"voltage": 0.1}, {"material": {**METAL, "conductivity": None}}, "conductivity"),
    ],
)
def test_a_voltage_that_cannot_be(drive, section, says):
    with pytest.raises(InputError, match=says):
        load_config({**WIRE, "drive": drive, **section})


def test_a_record_keeps_the_heat_of_its_last_state_alone():
    record = Record(Problem.of(load_config(WIRE)))
    for k in (0, 1):
        arrays = {
            "magnetisation": np.ones((1, CELLS, 3)),
            "_rate": np.ones(1),
            "_dissipation": np.ones((1, CELLS)),
            "heat_state": np.full((1, 7), float(k)),
        }
        record.extend(np.array([k * 1e-10]), arrays, {"time_step": 1e-12}, 1)
    assert record.heat is not None
    assert np.array_equal(record.heat, np.ones(7))
    assert record.saved == 2


def test_runs_that_differ_in_their_heat_are_no_batch():
    """A bath remembers nothing: other shapes. What acts back makes other exchanges."""
    bath = {"kind": "wire", "substrate": "bath", "interface_conductance": 1e8}
    others = [{"kind": "none"}, bath, {**WIRE["heat"], "dissipation": True}]
    heats = (WIRE["heat"], *others)
    problems = [Problem.of(load_config({**WIRE, "heat": heat})) for heat in heats]
    first, *different = (structure(problem, problem.coupled()) for problem in problems)
    slower = Problem.of(load_config(changed(heat={"substrate_conductivity": 10.0})))
    assert structure(slower, slower.coupled()) == first
    assert first not in different


def test_a_table_has_the_circuit_beside_the_wall():
    x, t = np.array([0.5, 1.5]), np.array([0.0, 1.0])
    run = xr.Dataset(
        {
            "magnetisation": (("time", "x", "component"), np.ones((2, 2, 3))),
            "temperature": (("time", "x"), np.array([[300.0, 310.0], [320.0, 340.0]])),
            "voltage": ("time", np.array([0.1, 0.2])),
            "resistance": ("time", np.array([18.0, 19.0])),
            "joule_heat": ("time", np.array([1e9, 2e9])),
        },
        {"time": t, "x": x},
    )
    found = {name: values for name, _, values in columns(run)}
    np.testing.assert_array_equal(found["T"], [305.0, 330.0])
    for name, key in (("V", "voltage"), ("R", "resistance"), ("P", "joule_heat")):
        np.testing.assert_array_equal(found[name], run[key])
