"""A texture in the circuit, [C11]: against closed forms and two solutions of the slow solver."""

from dataclasses import replace

import equinox as eqx
import numpy as np
import pytest

from boltzwall import solve_transport
from boltzwall.transport.consistent.wall_element import conditions, wall_element_arrays
from tests.consistent_wires import TABLE, ConsistentWire, respond
from tests.reference.consistent import Resolution, mesh, momenta, solve_momentum, solve_source
from tests.reference.consistent_problem import CHARGE
from tests.reference.consistent_sources import texture_gradient
from tests.systems.consistent_transport import Electrons, Power, UniformWire
from tests.systems.consistent_walls import TanhWall
from tests.systems.textures import RandomTexture
from tests.systems.wall_element import EachEnergyForItself, WideWall

KELVIN = 300.0
# Permalloy with constant times.
METAL = Electrons(
    fermi_energy=8.38057e-19,
    exchange_splitting=5.88555e-20,
    time_minority=2.7703e-15,
    time_majority=5.8175e-15,
    spin_flip_time=1.61377e-14,
)


def wire_with_wall(electrons, width, streams, force=True):
    return ConsistentWire(
        TanhWall(width, 8.0 * width), 16.0 * width, electrons, KELVIN, 1.0, isothermal=True,
        streams=streams, force=force, cells=320, nodes=12,
    )  # fmt: skip


def element_of(wire):
    """(R_w, thermovoltage) from the response, at a uniform temperature."""
    found = respond(wire.constants, wire.options, wire.magnetisation, wire.ends)
    sigma = UniformWire(wire.dimensional, KELVIN).conductivity()
    added = np.asarray(found.added_current).sum(axis=0) * wire.length / wire.cells
    current = np.asarray(found.charge_current).mean(axis=0)
    at_current = -added[0] / sigma / current[0]
    return at_current, -added[1] / sigma - current[1] * at_current


SLOWLY_FLIPPING = replace(TABLE, time_majority=3e-15)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("electrons", "streams", "tolerance"),
    [
        (METAL, 2, 3e-3),
        (METAL, 4, 3e-3),
        (SLOWLY_FLIPPING, 2, 2e-2),  # in 1D flips alone resist: what is small feels the grid
        (SLOWLY_FLIPPING, 4, 3e-3),
    ],
)
def test_wide_walls_have_the_resistance_and_the_thermovoltage_of_the_closed_form(
    electrons, streams, tolerance
):
    """∝ 1/Δ, with corrections in 1/Δ² that two widths tell."""
    widths = np.array([40e-9, 80e-9])
    wires = [wire_with_wall(electrons, width, streams) for width in widths]
    found = np.array([element_of(wire) for wire in wires]) * widths[:, None]
    wide = (4.0 * found[1] - found[0]) / 3.0
    problem = wires[0].problem()
    added = WideWall(wires[0].dimensional, KELVIN, *problem.directions()).added()
    bulk = UniformWire(wires[0].dimensional, KELVIN)
    sigma, seebeck = bulk.conductivity(), bulk.seebeck()
    resistance = -2.0 * added[0] / sigma**2
    voltage = -2.0 / sigma * (added[1] + seebeck * added[0])
    np.testing.assert_allclose(wide, [resistance, voltage], rtol=tolerance)
    assert found[1] == pytest.approx(found[0], rel=0.03)


@eqx.filter_jit
def _elements(constants, options, m, ends):
    model = constants.model(options)
    return wall_element_arrays(model, m, model.respond(m, ends))


@pytest.mark.slow
@pytest.mark.parametrize("streams", [2, 4])
def test_with_times_that_depend_on_the_energy_each_energy_resists_for_itself(streams):
    """No derivative of τ in R_w; the sign is that of constant times, which it was not before."""
    electrons = replace(METAL, law=Power(8.72, 12.77))
    widths, found = np.array([40e-9, 80e-9]), []
    for width in widths:
        wire = wire_with_wall(electrons, width, streams)
        arrays = _elements(wire.constants, wire.options, wire.magnetisation, wire.ends)
        names = ("wall_resistance_area", "wall_thermovoltage")
        found.append([float(arrays[name]) * width for name in names])
    wide = (4.0 * np.array(found[1]) - found[0]) / 3.0
    directions = wire.problem().directions()
    added = EachEnergyForItself(wire.dimensional, KELVIN, *directions).added()
    bulk = UniformWire(wire.dimensional, KELVIN)
    sigma, seebeck = bulk.conductivity(), bulk.seebeck()
    resistance = -2.0 * added[0] / sigma**2
    voltage = -2.0 / sigma * (added[1] + seebeck * added[0])
    np.testing.assert_allclose(wide, [resistance, voltage], rtol=3e-3)
    constant = WideWall(replace(wire.dimensional, law=METAL.law), KELVIN, *directions).added()
    assert added[0] == pytest.approx(constant[0], rel=0.05)


@pytest.mark.slow
def test_equal_times_without_the_force_resist_nothing():
    wire = wire_with_wall(TABLE, 10e-9, 4, force=False)
    found = respond(wire.constants, wire.options, wire.magnetisation, wire.ends)
    assert np.abs(found.added_current).max() == 0.0


def _second_solution(problem, resolution):
    """∫W dx for 1 V/m, from jL, σL and the ends, with the force on the charge as a source.

    1D electrons: ∂_{p_x} is µ ∂_p, by differences of fourth order.
    """
    mu, weights = problem.directions()
    charges = np.array([problem.time_minority, problem.time_majority])
    total, ends = 0.0, np.array([0.0, problem.length])
    nodes, gauss = np.polynomial.legendre.leggauss(80)
    x, gauss = 0.5 * problem.length * (nodes + 1.0), 0.5 * problem.length * gauss
    step = 2e-3 * np.sqrt(2.0 * problem.mass * problem.fermi_energy)
    for p, weight in zip(*momenta(problem, resolution), strict=True):
        near = {k: solve_momentum(problem, p + k * step, resolution) for k in (-2, -1, 1, 2)}
        first = solve_momentum(problem, p, resolution)

        def force(x, mu, near=near):
            places = mesh_points(x)
            values = {k: solution(places)[0][..., 1:] for k, solution in near.items()}
            slope = 8.0 * (values[1] - values[-1]) - (values[2] - values[-2])
            slope = slope / (12.0 * step) * mu[:, None]
            turn = texture_gradient(problem, places)
            pushed = 0.5 * problem.exchange_splitting * np.einsum("nia,na->ni", slope, turn)
            source = np.zeros((*pushed.shape, 4))
            source[..., 0] = pushed
            return source.reshape(*np.shape(x)[:-1], mu.size, 4)

        second = solve_source(problem, p, force, resolution)
        v = p / problem.mass
        states = weight * float(problem.phase_space(np.array(p)))
        outer = first(ends)[0] + second(ends)[0]
        current = -2.0 * CHARGE * v * np.einsum("i,nia->na", weights * mu, outer)[0, 0]
        scalar = -0.5 * CHARGE * v * charges.sum()
        vector = -0.5 * CHARGE * v * (charges[0] - charges[1]) * problem.texture(ends)
        weighted = scalar * outer[..., 0] + np.einsum("na,nia->ni", vector, outer[..., 1:])
        flow = v * np.diff(weighted @ weights)[0]
        # δG of the second solution is of third order; [C11] takes that of the first.
        across = np.einsum("nia,na->ni", second(x)[0][..., 1:], texture_gradient(problem, x))
        beyond = -CHARGE * (charges[0] - charges[1]) * v**2 * gauss @ (across @ (weights * mu**2))
        total += states * (current * problem.length + 2.0 * flow - beyond)
    return total


def mesh_points(x):
    return np.asarray(x)[..., 0].ravel()


@pytest.mark.slow
def test_a_random_texture_adds_what_a_second_solution_with_the_force_adds():
    """The identity [C11] itself, of the slow solver's two solutions, in a wire with open ends."""
    length = 6e-9
    electrons = replace(
        TABLE, fermi_energy=CHARGE, time_minority=3e-15, time_majority=7e-15,
        spin_flip_time=1e-13,
    )  # fmt: skip
    wire = ConsistentWire(
        RandomTexture(1, length), length, electrons, KELVIN, 1.0, isothermal=True, nodes=40,
        cells=200,
    )  # fmt: skip
    problem = wire.problem()
    resolution = Resolution(elements=8, panel=5.0, nodes=10, tail=28.0)
    assert mesh(problem, 1e-25, resolution).points.size < 1000
    sigma = UniformWire(wire.dimensional, KELVIN).conductivity()
    expected = _second_solution(problem, resolution) - sigma * length
    added = []
    for cells in (200, 600):
        finer = wire.but(cells=cells)
        found = respond(finer.constants, finer.options, finer.magnetisation, finer.ends)
        added.append(np.asarray(found.added_current)[:, 0].sum() * length / cells)
    extrapolated = (9.0 * added[1] - added[0]) / 8.0
    assert extrapolated == pytest.approx(expected, rel=1e-5)
    assert abs(expected) > 1e-3 * sigma * length


SMALL = {
    "material": {
        "preset": "permalloy",
        "scattering": "constant",
        "anisotropic_magnetoresistance": 0.02,
    },
    "wire": {"length": 120e-9, "cells": 240},
    "texture": {"kind": "neel", "width": 5e-9},
    "temperature": {"kind": "uniform", "value": KELVIN},
    "drive": {"current_density": 1e12},
    "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
}


@pytest.mark.slow
def test_a_neel_wall_has_the_anisotropic_resistance_of_its_inside():
    """(M·x̂)² = sech²: Δρ ∫sech²(x/Δ)dx = 2ΔΔρ."""
    found = solve_transport(SMALL, progress=False)
    change = 0.02 / found.attrs["conductivity"]
    assert float(found["wall_resistance_area_amr"]) == pytest.approx(2.0 * 5e-9 * change, rel=1e-3)
    assert float(found["wall_resistance_area"]) > 0.0
    assert found.attrs["wall_element_note"] == ""
    expected = KELVIN * float(found["wall_thermovoltage"])
    assert float(found["wall_peltier_heat"]) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("texture", "reason"),
    [
        ({"kind": "uniform", "direction": [0.0, 0.0, 1.0]}, "uniform"),
        ({"kind": "spiral", "period": 60e-9}, "reaches an end"),
    ],
)
def test_where_there_is_no_wall_there_is_a_reason(texture, reason):
    found = solve_transport({**SMALL, "texture": texture}, progress=False)
    assert np.isnan(found["wall_resistance_area"])
    assert np.isnan(found["wall_thermovoltage"])
    assert reason in found.attrs["wall_element_note"]


@pytest.mark.slow
def test_a_wall_in_the_middle_is_an_element_and_one_at_the_end_is_none():
    wire = ConsistentWire(TanhWall(5e-9, 50e-9), 100e-9, cells=100)
    shifted = wire.but(texture=TanhWall(5e-9, 8e-9))
    assert not conditions(wire.magnetisation)[1]
    assert conditions(shifted.magnetisation)[1]
