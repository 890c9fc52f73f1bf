"""The reference solver of the consistent model meets its closed limits: bulk, spiral, walls."""

from dataclasses import replace

import numpy as np
import pytest

from tests.reference.consistent import (
    Resolution,
    mesh,
    moments,
    solve,
    solve_source,
    torque,
)
from tests.reference.consistent_problem import ELECTRON_MASS, HBAR
from tests.reference.consistent_wires import (
    DIRECTION,
    FLIPPING,
    TABLE,
    UNEQUAL,
    angles,
    isothermal_wire,
    wire,
)
from tests.reference.meshes import gauss_rule
from tests.systems.consistent_spiral import Spiral, SpiralSolution
from tests.systems.consistent_transport import CHARGE, UniformWire
from tests.systems.consistent_walls import TanhWall, leading_beta_ratio, project
from tests.systems.textures import Uniform


@pytest.mark.slow_but("2-False")
@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("streams", [2, 4])
def test_long_spiral_has_the_exact_spin_density_and_beta(streams, force):
    """τ_sf is short here, so that the ends are forgotten in the middle.

    And τ_+ = τ_-: otherwise the spiral resists the flow that comes in, which the whole wire feels.
    """
    q, length = 4e8, 30e-9
    electrons = replace(FLIPPING, dimension=1 if streams == 2 else 3)
    settings = {"streams": streams, "boundary": "bulk", "exchange_force": force}
    problem = isothermal_wire(Spiral(q), length, electrons, **settings)
    exact = SpiralSolution(electrons, q, 300.0, 1e9, exchange_force=force, **angles(problem))
    x = np.array([0.47, 0.5]) * length
    angle, zero = q * x, 0.0 * x
    frame = np.stack(
        [
            np.stack([np.cos(angle), np.sin(angle), zero], axis=-1),
            np.stack([-np.sin(angle), np.cos(angle), zero], axis=-1),
            np.stack([zero, zero, zero + 1.0], axis=-1),
        ]
    )
    m = np.einsum("rna,cna->rnc", solve(problem, x, Resolution(elements=14))["m"], frame)
    truth = exact.spin_density()
    largest = np.abs(truth).max(axis=-1)[:, None, None]
    np.testing.assert_allclose((m - truth[:, None]) / largest, 0.0, atol=1e-8)
    np.testing.assert_allclose(m[..., 1] / m[..., 2], electrons.beta, rtol=1e-7)


@pytest.mark.parametrize("streams", [2, 4])
def test_uniform_wire_has_the_currents_of_the_transport_integrals(streams):
    electrons = replace(UNEQUAL, dimension=1 if streams == 2 else 3)
    problem = isothermal_wire(Uniform(DIRECTION), 5e-9, electrons, streams=streams, boundary="bulk")
    bulk = UniformWire(electrons, 300.0)
    found = solve(problem, np.array([0.3e-9, 4e-9]), Resolution(elements=2, layer=1e9, order=6))
    sigma, seebeck = bulk.conductivity(), bulk.seebeck()
    np.testing.assert_allclose(found["j_e"][0], sigma, rtol=1e-9)
    np.testing.assert_allclose(found["j_e"][1], -sigma * seebeck * 1e9, rtol=1e-9)
    np.testing.assert_allclose(found["j_Q"][0], sigma * bulk.peltier(), rtol=1e-9)
    short_circuit = bulk.heat_conductivity() + sigma * seebeck * bulk.peltier()
    np.testing.assert_allclose(found["j_Q"][1], -short_circuit * 1e9, rtol=1e-9)
    along = found["j_s"] @ (np.array(DIRECTION) / np.linalg.norm(DIRECTION))
    np.testing.assert_allclose(along[0], bulk.polarisation() * sigma / CHARGE, rtol=1e-9)
    heat = -bulk.heat_polarisation() * sigma * seebeck * 1e9 / CHARGE
    np.testing.assert_allclose(along[1], heat, rtol=1e-9)


def _quadrature(elements):
    """Points and weights of ∫dx over all elements."""
    weights = 0.5 * elements.sizes[:, None] * gauss_rule(elements.order)[1]
    return elements.points.ravel(), weights.ravel()


def _wall_parameters(width):
    """β_eff/β and u over its wide-wall value for one speed 2.6e5 m/s, τ = 1 fs, τ_sf = 1 ps."""
    length, polarisation, saturation = 24.0 * width, 0.4, 8e5
    wall = TanhWall(width, 0.5 * length, 0.3)
    problem = wire(wall, length, TABLE, exchange_force=False)
    p = ELECTRON_MASS * 2.6e5

    def source(x, mu):
        M = wall(x)
        fields = np.concatenate([np.ones((*M.shape[:-1], 1)), -polarisation * M], axis=-1)
        return mu[..., None] * fields

    def inflow(x, mu):
        return TABLE.time_minority * source(x, mu)

    resolution = Resolution(elements=60, order=10)
    found = solve_source(problem, p, source, resolution, inflow)
    x, weights = _quadrature(mesh(problem, p, resolution))
    state = moments(problem, p, x, found(x))
    exerted = torque(problem, x, state["m"], saturation)[0]
    velocity, beta = project(weights, exerted, wall(x), wall.gradient(x))
    wide = -9.2740100783e-24 * polarisation * state["j_e"][0, 0] / (CHARGE * saturation)
    return beta / TABLE.beta, velocity * (1.0 + TABLE.beta**2) / wide


@pytest.mark.parametrize(("width", "ratio"), [(20e-9, 1.0550), (100e-9, 1.0022)])
def test_beta_of_a_wall_grows_as_it_narrows(width, ratio):
    beta, velocity = _wall_parameters(width)
    assert round(float(beta), 4) == ratio
    assert abs(velocity - 1.0) < 1e-3


def test_velocity_of_narrow_walls_is_that_of_wide_ones():
    ratios = np.array([_wall_parameters(width) for width in (2e-9, 5e-9, 10e-9)])
    assert np.all(np.diff(ratios[:, 0]) < 0.0)
    assert np.all(np.abs(ratios[:, 1] - 1.0) < 1e-3)


def test_beta_of_wide_walls_rises_by_the_diffusion_of_precessing_spin():
    width, speed, time = 200e-9, 2.6e5, TABLE.time_minority
    turn = TABLE.exchange_splitting / HBAR * time
    diffusion = speed**2 * time * (1.0 + turn * TABLE.beta) / (1.0 + turn**2)
    expected = leading_beta_ratio(width, diffusion, TABLE.spin_flip_time)
    found, _ = _wall_parameters(width)
    assert found - 1.0 == pytest.approx(expected - 1.0, rel=1e-3)


@pytest.mark.slow_but("2")
@pytest.mark.parametrize("streams", [2, 4])
def test_wide_wall_moves_along_the_electron_flow_as_zhang_li_say(streams):
    width, saturation = 60e-9, 8e5
    electrons = replace(FLIPPING, dimension=1 if streams == 2 else 3)
    wall = TanhWall(width, 8.0 * width, -0.5)
    problem = isothermal_wire(wall, 16.0 * width, electrons, streams=streams, boundary="bulk")
    nodes, weights = gauss_rule(80)
    x = 8.0 * width * (1.0 + nodes)
    found = solve(problem, x, Resolution(elements=16, panel=5.0))
    exerted = torque(problem, x, found["m"], saturation)
    velocity, beta = project(8.0 * width * weights, exerted, wall(x), wall.gradient(x))
    expected = np.array(UniformWire(electrons, 300.0).wide_wall_velocity(saturation))
    np.testing.assert_allclose(velocity / (expected * [1.0, 1e9]), 1.0, rtol=1e-3)
    np.testing.assert_allclose(beta, electrons.beta, rtol=1e-3)
    assert found["j_e"][0, 0] * velocity[0] < 0.0, "electrons flow against the current"
