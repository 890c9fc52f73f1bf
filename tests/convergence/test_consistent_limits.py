"""Closed limits of the consistent model: walls after Zhang and Li, spirals, the uniform wire."""

from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.conduction import conduction
from boltzwall.transport.consistent.two_stream import Inflow, StreamSource
from tests.consistent_wires import (
    DIRECTION,
    FLIPPING,
    SATURATION,
    TABLE,
    UNEQUAL,
    ConsistentWire,
    carriers,
    two_streams,
)
from tests.systems.consistent_spiral import Spiral, SpiralSolution
from tests.systems.consistent_transport import (
    BOHR_MAGNETON,
    CHARGE,
    HBAR,
    Electrons,
    UniformWire,
)
from tests.systems.consistent_walls import TanhWall, leading_beta_ratio, project
from tests.systems.textures import Uniform

OWN = replace(
    TABLE, exchange_splitting=0.2 * CHARGE, time_minority=2e-15, time_majority=2e-15,
    spin_flip_time=3e-13,
)  # fmt: skip
COLLINEAR = 0.4


def wall_parameters(width, electrons=TABLE, speed=2.6e5, cells=6000):
    """β_eff/β, and u over its wide-wall value, of one speed without the exchange force.

    The drive µ(1, −P M) with P = 0.4 moves charge and, against it, spin.
    """
    length = 24.0 * width
    wall, dx = TanhWall(width, 0.5 * length, 0.3), length / cells
    x = (np.arange(cells) + 0.5) * dx
    M, gradient = wall(x), wall.gradient(x)

    def drive(M):
        return np.concatenate([np.ones((len(M), 1)), -COLLINEAR * M], axis=1)[..., None]

    force = jnp.asarray(drive(M))
    still = jnp.zeros_like(force)
    ends = jnp.asarray(electrons.time_minority * drive(wall(np.array([0.0, length]))))
    densities, faces = two_streams(
        electrons, np.array([speed]), M, dx,
        StreamSource(force, still, -force, still), Inflow(ends[0], -ends[1]),
    )  # fmt: skip
    rate = electrons.exchange_splitting / HBAR * BOHR_MAGNETON / SATURATION
    torque = rate * np.cross(M, 2.0 * np.asarray(densities.mean)[:, 1:, 0])
    velocity, beta = project(np.full(cells, dx), torque, M, gradient)
    flow = 0.5 * speed * float(faces.forward[0, 0, 0] - faces.backward[0, 0, 0])
    wide = BOHR_MAGNETON * COLLINEAR * 2.0 * flow / SATURATION
    return beta / electrons.beta, velocity * (1.0 + electrons.beta**2) / wide


@pytest.mark.parametrize(("width", "ratio"), [(20e-9, 1.0550), (100e-9, 1.0022)])
def test_beta_of_a_wall_has_the_printed_excess(width, ratio):
    beta, velocity = wall_parameters(width)
    print(f"β_eff/β = {beta:.6f}, u over its wide-wall value {velocity:.8f}")
    assert round(float(beta), 4) == ratio
    assert abs(velocity - 1.0) < 1e-3


@pytest.mark.parametrize(
    ("electrons", "speed", "allowed"), [(TABLE, 2.6e5, 1e-3), (OWN, 3.1e5, 3e-3)]
)
def test_beta_grows_as_the_wall_narrows_and_the_velocity_stays(electrons, speed, allowed):
    """Walls of 2 nm are some mean free paths wide; longer paths change u a little more."""
    widths = (2e-9, 5e-9, 10e-9, 40e-9)
    found = np.array([wall_parameters(width, electrons, speed) for width in widths])
    assert np.all(np.diff(found[:, 0]) < 0.0)
    assert np.all(found[:, 0] > 1.0)
    np.testing.assert_allclose(found[:, 1], 1.0, atol=allowed)
    assert abs(found[-1, 1] - 1.0) < 0.1 * allowed


@pytest.mark.parametrize("electrons", [TABLE, OWN])
def test_beta_of_wide_walls_rises_by_the_diffusion_of_precessing_spin(electrons):
    """To leading order in 1/width²."""
    width, speed, time = 200e-9, 3.1e5, electrons.time_minority
    turn = electrons.exchange_splitting / HBAR * time
    diffusion = speed**2 * time * (1.0 + turn * electrons.beta) / (1.0 + turn**2)
    expected = leading_beta_ratio(width, diffusion, electrons.spin_flip_time) - 1.0
    found = wall_parameters(width, electrons, speed, 12000)[0] - 1.0
    print(f"excess {found:.6e}, to leading order {expected:.6e}")
    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.slow_but("2")
@pytest.mark.parametrize("streams", [2, 4])
def test_wide_wall_moves_along_the_electron_flow_as_zhang_li_say(streams):
    """u = −µ_B P j_e/(e Ms (1 + β²)) with the P of all electrons, at fixed T, in both drives."""
    width, cells = 60e-9, 1600
    wall = TanhWall(width, 8.0 * width, -0.5)
    wire = ConsistentWire(
        wall, 16.0 * width, FLIPPING, temperature=300.0, gradient=1e9, isothermal=True,
        streams=streams, cells=cells, nodes=24,
    )  # fmt: skip
    moments = wire.respond()
    weights = np.full(cells, wire.length / cells)
    velocity, beta = project(weights, moments.torque(wire), wall(wire.x), wall.gradient(wire.x))
    bulk = UniformWire(wire.dimensional, 300.0)
    expected = np.array(bulk.wide_wall_velocity(SATURATION)) * [1.0, 1e9]
    np.testing.assert_allclose(velocity / expected, 1.0, rtol=1e-3)
    np.testing.assert_allclose(beta, FLIPPING.beta, rtol=1e-3)
    current = moments.j_e[0].mean()
    closed = -BOHR_MAGNETON * bulk.polarisation() * current / (CHARGE * SATURATION)
    np.testing.assert_allclose(velocity[0], closed / (1.0 + FLIPPING.beta**2), rtol=1e-3)
    # A field along −x drives electrons, and the wall, along +x.
    assert current > 0.0
    assert -velocity[0] > 0.0


SPIRALS: dict[str, tuple[Electrons, float, dict[str, Any]]] = {
    "two streams": (FLIPPING, 4e8, {"force": True}),
    "two streams, no force": (FLIPPING, 1.1e9, {"force": False}),
    "two streams, unequal times": (
        replace(FLIPPING, time_minority=0.7e-15, time_majority=2e-15), 2e8, {"force": True},
    ),
    "four streams": (FLIPPING, 4e8, {"streams": 4}),
    "eight streams, unequal times": (
        replace(FLIPPING, time_minority=2e-15, time_majority=0.8e-15), 7e8, {"streams": 8},
    ),
}  # fmt: skip


def _spiral(name, cells):
    """A wire of 40 nm, and its spin density along M, ∂xM/q and M×∂xM/q in the middle."""
    electrons, q, settings = SPIRALS[name]
    wire = ConsistentWire(
        Spiral(q), 40e-9, electrons, temperature=300.0, gradient=1e9, isothermal=True,
        cells=cells, nodes=24, **settings,
    )  # fmt: skip
    angle = q * wire.x[cells // 2]
    axes = np.array(
        [
            [np.cos(angle), np.sin(angle), 0.0],
            [-np.sin(angle), np.cos(angle), 0.0],
            [0.0, 0.0, 1.0],
        ]
    )
    return wire, wire.respond().m[:, cells // 2] @ axes.T


@pytest.mark.slow_but("two streams")
@pytest.mark.parametrize("name", SPIRALS)
def test_beta_of_a_spiral_is_exact_on_any_grid(name):
    wire, m = _spiral(name, 121)
    found = m[:, 1] / m[:, 2]
    print(name, found / wire.electrons.beta - 1.0)
    np.testing.assert_allclose(found, wire.electrons.beta, rtol=1e-6)


@pytest.mark.slow_but("two streams")
@pytest.mark.parametrize("name", ["two streams", "two streams, no force", "four streams"])
def test_spin_density_of_a_spiral_is_that_of_its_algebra(name):
    """With τ_+ = τ_-: else the spiral resists the flow that comes in."""
    (wire, coarse), (_, fine) = _spiral(name, 363), _spiral(name, 1089)
    problem = wire.problem()
    mu, weights = problem.directions()
    exact = SpiralSolution(
        wire.dimensional, wire.texture.q, 300.0, 1e9, tuple(mu), tuple(weights),
        exchange_force=wire.force,
    ).spin_density()  # fmt: skip
    extrapolated = (9.0 * fine - coarse) / 8.0
    largest = np.abs(exact).max(axis=1, keepdims=True)
    errors = [np.abs((m - exact) / largest).max() for m in (coarse, fine, extrapolated)]
    print(name, errors)
    assert errors[2] < 2e-6, errors
    assert errors[1] < 0.15 * errors[0], errors


@pytest.mark.slow_but("2-electrons0", "2-electrons1")
@pytest.mark.parametrize("electrons", [TABLE, UNEQUAL])
@pytest.mark.parametrize("streams", [2, 6])
def test_uniform_wire_has_the_currents_of_the_transport_integrals(streams, electrons):
    wire = ConsistentWire(
        Uniform(DIRECTION), 5e-9, electrons, temperature=300.0, gradient=1e9, isothermal=True,
        streams=streams, cells=4,
    )  # fmt: skip
    found, bulk = wire.respond(), UniformWire(wire.dimensional, 300.0)
    ours = conduction(carriers(wire.dimensional), jnp.asarray(300.0))
    sigma, seebeck = bulk.conductivity(), bulk.seebeck()
    along = found.j_s @ (np.array(DIRECTION) / np.linalg.norm(DIRECTION))
    heat = -bulk.heat_polarisation() * sigma * seebeck * 1e9 / CHARGE
    short_circuit = bulk.heat_conductivity() + sigma * seebeck * bulk.peltier()
    expected = {
        "j_e of E": (found.j_e[0], sigma, ours.conductivity),
        "j_e of ∇T": (found.j_e[1], -sigma * seebeck * 1e9, None),
        "j_Q of E": (found.j_q[0], sigma * bulk.peltier(), None),
        "j_Q of ∇T": (found.j_q[1], -short_circuit * 1e9, None),
        "j_s of E": (along[0], bulk.polarisation() * sigma / CHARGE, None),
        "j_s of ∇T": (along[1], heat, 1e9 * ours.thermal_spin_current),
    }
    for name, (value, exact, other) in expected.items():
        np.testing.assert_allclose(value, exact, rtol=1e-10, err_msg=name)
        if other is not None:
            np.testing.assert_allclose(value, other, rtol=1e-10, err_msg=name)
    transverse = found.j_s - along[..., None] * (np.array(DIRECTION) / np.linalg.norm(DIRECTION))
    assert np.abs(transverse).max() < 1e-12 * np.abs(along[1]).max()


@pytest.mark.slow
def test_printed_seebeck_coefficients_and_polarisations_come_out_of_the_solver():
    """300 K, 1D: −31.18 µV/K, −28.7 without exchange; P = 0.197 and 0.535 in the cold."""
    for exchange, printed, digits in ((0.106, -31.18, 2), (0.0, -28.7, 1)):
        electrons = replace(TABLE, exchange_splitting=exchange * CHARGE)
        moments = ConsistentWire(
            Uniform(), 5e-9, electrons, temperature=300.0, gradient=1e9, isothermal=True, cells=4
        ).respond()
        seebeck = -moments.j_e[1].mean() / moments.j_e[0].mean() / 1e9
        assert round(1e6 * float(seebeck), digits) == printed
    for streams, printed in ((2, 0.197), (6, 0.535)):
        cold = ConsistentWire(
            Uniform(), 5e-9, temperature=1.0, gradient=1e6, isothermal=True, cells=4,
            streams=streams,
        ).respond()  # fmt: skip
        flow = CHARGE * cold.j_s[0, :, 2].mean() / cold.j_e[0].mean()
        assert round(float(flow), 3) == printed
