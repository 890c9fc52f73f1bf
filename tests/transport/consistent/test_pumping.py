"""M in motion, [C9] and [C12]: closed forms, reciprocity, the slow solver, bad input."""

from dataclasses import replace
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

import boltzwall
from boltzwall.build.problem import Problem
from boltzwall.dynamics.steady_electrons import CoupledModel, outputs_at
from boltzwall.transport.consistent.pumping import Pump, pumped_arrays
from tests.compare import largest_error
from tests.consistent_wires import TABLE, ConsistentWire
from tests.reference.consistent import Resolution, momenta, moments, solve_source
from tests.reference.consistent_problem import BOLTZMANN, CHARGE, HBAR
from tests.reference.consistent_sources import texture_gradient
from tests.systems.consistent_transport import BOHR_MAGNETON, UniformWire
from tests.systems.consistent_walls import TanhWall
from tests.systems.textures import RandomTexture, Uniform

KELVIN = 300.0
UNEQUAL = replace(TABLE, time_minority=0.6e-15, time_majority=1.9e-15)
QUICK = replace(UNEQUAL, spin_flip_time=2e-14)
AXIS = np.array([0.0, 0.0, 1.0])


@eqx.filter_jit
def _pumped(constants, options, m, ends, rate):
    return pumped_arrays(constants.model(options), m, ends, rate)


@eqx.filter_jit
def _answer(constants, options, m, rate):
    return Pump.of(constants.model(options)).respond(m, rate)


def pumped_in(wire, rate):
    return _pumped(wire.constants, wire.options, wire.magnetisation, wire.ends, jnp.asarray(rate))


def wall_wire(electrons, width, streams, cells):
    length = 16.0 * width
    return ConsistentWire(
        TanhWall(width, 0.5 * length, 0.4), length, electrons, KELVIN, 1.0, isothermal=True,
        streams=streams, cells=cells, nodes=16,
    )  # fmt: skip


def voltages(electrons, width, streams, motion):
    """(direct, by reciprocity) in V, extrapolated in the cells."""
    found = []
    for cells in (120, 240):
        wire = wall_wire(electrons, width, streams, cells)
        result = pumped_in(wire, motion(wire))
        found.append([float(result["pumped_voltage"]), float(result["wall_voltage"])])
    coarse, fine = np.array(found)
    return (4.0 * fine - coarse) / 3.0


def closed_form(electrons, streams, turning, velocity, width):
    """−(ħP/e)(φ' + βq'/Δ)/(1 + β²), [C9]."""
    dimensional = replace(electrons, dimension=1 if streams == 2 else 3)
    polarisation, beta = UniformWire(dimensional, KELVIN).polarisation(), electrons.beta
    pumped = turning + beta * velocity / width
    return -(HBAR * polarisation / CHARGE) * pumped / (1.0 + beta**2)


@pytest.mark.slow
@pytest.mark.parametrize("streams", [2, 4])
def test_a_wide_wall_that_turns_pumps_its_closed_form(streams):
    """Both ways, with times that differ: the equilibrium of the texture belongs to it."""
    rate = -1e10
    found = voltages(
        UNEQUAL, 40e-9, streams, lambda w: rate * np.cross(AXIS, np.asarray(w.magnetisation))
    )
    expected = closed_form(UNEQUAL, streams, rate, 0.0, 40e-9)
    np.testing.assert_allclose(found, expected, rtol=1e-4)


@pytest.mark.slow
def test_a_wide_wall_that_moves_pumps_its_closed_form():
    """By reciprocity; directly but for what is of third order in J, 1.2 % with these times."""
    width, velocity = 200e-9, 100.0
    found = voltages(
        QUICK, width, 2, lambda w: -velocity * TanhWall(width, 8 * width, 0.4).gradient(w.x)
    )
    ratio = found / closed_form(QUICK, 2, 0.0, velocity, width)
    assert ratio[1] == pytest.approx(1.0, abs=3e-4)
    assert ratio[0] == pytest.approx(1.012, abs=2e-3)


@pytest.mark.slow
def test_a_wall_that_moves_pumps_its_closed_form_both_ways_where_j_is_small():
    """What is of third order in J is gone at J = E_F/50, what is of order 1/Δ² by two widths."""
    weak = replace(QUICK, fermi_energy=5.0 * CHARGE, exchange_splitting=0.1 * CHARGE)
    widths, velocity, ratios = np.array([60e-9, 100e-9]), 100.0, []
    for width in widths:
        wall = TanhWall(width, 8.0 * width, 0.4)
        found = voltages(weak, width, 2, lambda w, wall=wall: -velocity * wall.gradient(w.x))
        ratios.append(found / closed_form(weak, 2, 0.0, velocity, width))
    wide = np.diff(widths[:, None] ** 2 * ratios, axis=0) / np.diff(widths**2)
    np.testing.assert_allclose(wide, 1.0, atol=1e-4)


@pytest.mark.slow
def test_a_uniform_magnetisation_that_turns_is_damped_by_its_lag():
    """T = ε'(−∂tM + βM×∂tM), docs/consistent-model.md §12: Δα = βε'."""
    wire = ConsistentWire(
        Uniform((0.48, 0.6, 0.64)), 200e-9, QUICK, KELVIN, 1.0, isothermal=True, cells=16, nodes=16
    )
    m = np.asarray(wire.magnetisation)
    rate = 1e11 * np.cross(AXIS, m)
    found = _answer(wire.constants, wire.options, wire.magnetisation, jnp.asarray(rate))
    ground = _ground(wire)
    factor = HBAR * ground / (QUICK.exchange_splitting * (1.0 + QUICK.beta**2))
    expected = factor * (np.cross(m, rate) + QUICK.beta * rate)
    assert largest_error(found.spin, expected) < 1e-9
    result = pumped_in(wire, rate)
    assert abs(float(result["pumped_voltage"])) < 1e-20
    lag = -np.sum(np.asarray(result["torque_pumped"]) * rate) / np.sum(rate * rate)
    assert float(result["added_damping"]) == pytest.approx(QUICK.beta * lag, rel=1e-9)
    assert lag > 0.0


def _ground(wire):
    """−2∫g0 from the package's own nodes, which another test holds to adaptive quadrature."""
    pump = eqx.filter_jit(lambda c, o: Pump.of(c.model(o)))(wire.constants, wire.options)
    return -2.0 * float(np.asarray(pump.background.strength)[0].sum())


@pytest.mark.slow
@pytest.mark.parametrize("streams", [2, 4])
def test_the_pumped_spin_of_a_random_texture_is_that_of_the_slow_solver(streams):
    length, turn = 6e-9, np.array([0.3e11, -0.5e11, 0.7e11])
    electrons = replace(
        UNEQUAL, fermi_energy=CHARGE, time_minority=3e-15, time_majority=7e-15,
        spin_flip_time=1e-13,
    )  # fmt: skip
    wire = ConsistentWire(
        RandomTexture(1, length), length, electrons, KELVIN, 1.0, isothermal=True,
        streams=streams, cells=100, nodes=40, bulk=False,
    )  # fmt: skip
    found = []
    for cells in (100, 300):
        finer = wire.but(cells=cells)
        rate = np.cross(turn, np.asarray(finer.magnetisation))
        answer = _answer(finer.constants, finer.options, finer.magnetisation, jnp.asarray(rate))
        found.append(np.asarray(answer.spin))
    extrapolated = (9.0 * found[1][1::3] - found[0]) / 8.0
    problem, expected = wire.problem(), 0.0
    resolution = Resolution(elements=8, panel=5.0, nodes=10, tail=28.0)
    for p, weight in zip(*momenta(problem, resolution), strict=True):
        source = _left_behind(problem, p, turn)
        values = solve_source(problem, p, source, resolution)(wire.x)
        expected = expected + weight * moments(problem, p, wire.x, values)["m"][0]
    assert largest_error(extrapolated, expected) < 1e-6


def _left_behind(problem, p, turn):
    """−g0 ∂tM + (ħ/J) v_x r ∂t(M×∂xM) with ∂tM = ω×M, (F, G) of every stream."""
    kt, half = BOLTZMANN * KELVIN, 0.5 * problem.exchange_splitting
    plus, minus = (problem.energy(np.array(p), sign) / kt for sign in (1, -1))
    g0 = 0.25 * (np.tanh(0.5 * minus) - np.tanh(0.5 * plus))
    slopes = sum(0.25 / kt / np.cosh(0.5 * y) ** 2 for y in (plus, minus))
    rest = g0 + 0.5 * half * slopes
    scale = HBAR / problem.exchange_splitting * p / problem.mass * rest

    def source(x, mu):
        x, mu = np.broadcast_arrays(x, mu)
        m = problem.texture(x)
        twist = np.cross(turn, np.cross(m, texture_gradient(problem, x)))
        vector = -g0 * np.cross(turn, m) + scale * mu[..., None] * twist
        return np.concatenate([np.zeros((*x.shape, 1)), vector], axis=-1)

    return source


SMALL: dict[str, Any] = {
    "wire": {"length": 60e-9, "cells": 60},
    "texture": {"kind": "neel", "width": 5e-9},
    "temperature": {"kind": "uniform", "value": KELVIN},
    "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "`rate` must be given"),
        ({"rate": np.ones((3, 3))}, "of the shape (60, 3)"),
        ({"rate": np.full((60, 3), np.nan)}, "finite"),
        ({"rate": "fast"}, "must hold numbers"),
        ({"rate": np.ones((60, 3))}, "must lie across M"),
    ],
)
def test_a_motion_that_is_none_is_told(arguments, said):
    with pytest.raises(boltzwall.InputError, match="Argument") as error:
        boltzwall.pumped(SMALL, **arguments, progress=False)
    assert said in str(error.value)


def test_only_the_consistent_model_pumps():
    with pytest.raises(boltzwall.InputError, match=r"transport\.model"):
        boltzwall.pumped({"transport": {"model": "published"}}, velocity=1.0, progress=False)


def test_the_verb_tells_both_voltages():
    found = boltzwall.pumped(SMALL, turning=-1e10, progress=False)
    assert float(found["pumped_voltage"]) == pytest.approx(float(found["wall_voltage"]), rel=0.1)
    assert float(found["pumped_current_density"]) * float(found["pumped_voltage"]) > 0.0
    assert found["wall_voltage"].attrs["units"] == "V"


RUN = {
    **SMALL,
    "material": {"preset": "permalloy", "scattering": "constant"},
    "drive": {"current_density": 1e12, "magnetic_field": [0.0, 0.0, 2e4]},
    "field": {"exchange": True},
}


@eqx.filter_jit
def _rate(model: CoupledModel, m):
    return model.prepared().evolution().rate(jnp.zeros(()), m)


@eqx.filter_jit
def _outputs(model: CoupledModel, m):
    return outputs_at(model, jnp.zeros(1), m[None])


@pytest.mark.slow
def test_pumping_slows_and_damps_a_uniform_magnetisation():
    """(1 + ε') ∂tM = −γ0 M×H + (α + βε') M×∂tM, docs/consistent-model.md §12."""
    uniform = {
        **RUN,
        "wire": {"length": 200e-9, "cells": 20},
        "texture": {"kind": "uniform", "direction": [1.0, 0.0, 0.0]},
        "drive": {"current_density": 0.0, "magnetic_field": [0.0, 0.0, 2e4]},
        "field": {},
    }
    own = boltzwall.load_config(uniform)
    dragged = own.replace("transport.pumping", True)
    free, found = (
        np.asarray(_rate(Problem.of(c).coupled(), Problem.of(c).start)) for c in (own, dragged)
    )
    lag = boltzwall.pumped(own, rate=free, progress=False)
    size = np.sum(free * free)
    slowing = -np.sum(lag["torque_pumped"].values * free) / size
    damping = own.material.damping
    m = np.asarray(Problem.of(own).start)
    force = free - damping * np.cross(m, free)
    left = (1.0 + slowing) * found - force
    left = left - (damping + float(lag["added_damping"])) * np.cross(m, found)
    assert np.abs(left).max() < 1e-6 * slowing * np.abs(free).max()
    assert slowing > 1e-5


@pytest.mark.slow
def test_a_run_has_the_voltage_of_its_motion():
    """`wall_voltage` of the Dataset, whose −M is M turned, beside a solution of −M itself."""
    problem = Problem.of(boltzwall.load_config(RUN))
    model, m = problem.coupled(), problem.start
    arrays = _outputs(model, m)
    full = boltzwall.pumped(RUN, rate=np.asarray(_rate(model, m)), progress=False)
    expected = float(full["wall_voltage"])
    assert float(arrays["wall_voltage"][0]) == pytest.approx(expected, rel=1e-6)
    assert abs(expected) > 1e-9


@eqx.filter_jit
def _energy(model: CoupledModel, m):
    return model.energies(jnp.zeros(()), m)["energy_total"]


@pytest.mark.slow
def test_the_source_pays_for_all_that_a_moving_wall_dissipates():
    """jV = (ρL + R_w)j² + dE/dt + Gilbert's damping + the added damping + flips.

    Of that −jV_wall is what moves M, [C12]; flips dissipate what M and −M do not feel alike. dE/dt
    is taken of the energy itself, along the motion under field, current and pumped torque.
    """
    config = boltzwall.load_config(RUN).replace("transport.pumping", True)
    problem = Problem.of(config)
    model, m = problem.coupled(), np.asarray(problem.start)
    rate = np.asarray(_rate(model, problem.start))
    found, reverse = (
        {name: np.asarray(values)[0] for name, values in _outputs(model, jnp.asarray(s)).items()}
        for s in (m, -m)
    )
    metal, wire = config.material, config.wire
    step, dx = 1e-5 / np.abs(rate).max(), wire.length / wire.cells
    ahead, behind = m + step * rate, m - step * rate
    ends = [jnp.asarray(s / np.linalg.norm(s, axis=1, keepdims=True)) for s in (ahead, behind)]
    change = (float(_energy(model, ends[0])) - float(_energy(model, ends[1]))) / (2.0 * step)
    momentum = metal.saturation_magnetisation * HBAR / (2.0 * BOHR_MAGNETON) * dx

    def work(torque):
        return -momentum * np.sum(np.cross(m, rate) * torque)

    gilbert = metal.damping * momentum * np.sum(rate * rate)
    dragged, flips = work(found["torque_pumped"]), -work(found["torque_total"])
    flips -= work(reverse["torque_total"])
    assert config.drive.current_density is not None
    paid = -config.drive.current_density * float(found["wall_voltage"])
    spent = change + gilbert - dragged + flips
    assert paid == pytest.approx(spent, abs=1e-6 * (abs(change) + gilbert + abs(flips)))
    assert abs(paid) > 1e-3 * gilbert
    assert abs(dragged) > 1e-3 * gilbert


@pytest.mark.slow
def test_electrons_in_time_need_no_pumping():
    with pytest.raises(boltzwall.InputError, match=r"transport\.pumping"):
        boltzwall.load_config(
            {"transport": {"model": "consistent", "pumping": True, "time_dependent": True}}
        )
