"""The exact solutions of the consistent model, against printed numbers and their own equations."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from tests.systems.consistent_ballistic import (
    hemisphere_current,
    hemisphere_density,
    thermal_average,
    thermal_dephasing,
)
from tests.systems.consistent_injection import Injection
from tests.systems.consistent_manufactured import ManufacturedStreams
from tests.systems.consistent_spiral import SpiralSolution
from tests.systems.consistent_transport import CHARGE, ELECTRON_MASS, HBAR, Electrons, UniformWire
from tests.systems.consistent_walls import TanhWall, project
from tests.systems.textures import RandomTexture

TABLE = Electrons()
UNEQUAL = replace(TABLE, time_minority=0.7e-15, time_majority=2e-15)
DIRECTION = (0.3, -0.5, 0.7)
FOUR = {"mu": (-0.8, -0.3, 0.3, 0.8), "weights": (0.2, 0.3, 0.3, 0.2)}


@pytest.mark.parametrize(("exchange", "expected"), [(0.0, -28.7), (0.106, -31.18)])
def test_seebeck_coefficient_of_one_dimensional_electrons(exchange, expected):
    wire = UniformWire(replace(TABLE, exchange_splitting=exchange * CHARGE), 300.0)
    digits = 1 if exchange == 0.0 else 2
    assert round(1e6 * wire.seebeck(), digits) == expected
    assert wire.peltier() == pytest.approx(300.0 * wire.seebeck())


def test_cold_seebeck_and_lorenz_number_are_those_of_sommerfeld():
    wire = UniformWire(replace(TABLE, exchange_splitting=0.0), 10.0)
    k_over_e = 1.380649e-23 / CHARGE
    leading = -(np.pi**2) / 6.0 * k_over_e * 1.380649e-23 * 10.0 / TABLE.fermi_energy
    assert wire.seebeck() == pytest.approx(leading, rel=2e-3)
    lorenz = wire.heat_conductivity() / wire.conductivity() / 10.0
    assert lorenz == pytest.approx(np.pi**2 / 3.0 * k_over_e**2, rel=2e-3)


@pytest.mark.parametrize(("dimension", "expected"), [(1, 0.197), (3, 0.535)])
def test_cold_polarisation(dimension, expected):
    wire = UniformWire(replace(TABLE, dimension=dimension), 1.0)
    assert round(wire.polarisation(), 3) == expected
    edges = {s: TABLE.edge(s) ** dimension for s in (1, -1)}
    exact = (edges[-1] - edges[1]) / (edges[-1] + edges[1])
    assert wire.polarisation() == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize("dimension", [1, 3])
@pytest.mark.parametrize("temperature", [30.0, 300.0, 900.0])
def test_conductivity_is_drudes(dimension, temperature):
    electrons = replace(UNEQUAL, dimension=dimension)
    wire = UniformWire(electrons, temperature)
    for sign in (1, -1):
        drude = wire.density(sign) * CHARGE**2 * electrons.time(sign) / electrons.mass
        assert wire.conductivity(sign) == pytest.approx(drude, rel=1e-10)


def test_one_dimensional_density_without_exchange_is_that_of_the_free_electron_gas():
    wire = UniformWire(replace(TABLE, exchange_splitting=0.0), 1.0)
    k_F = np.sqrt(2.0 * ELECTRON_MASS * TABLE.fermi_energy) / HBAR
    assert wire.density(1) + wire.density(-1) == pytest.approx(k_F**3 / (3.0 * np.pi**2), rel=1e-4)


def test_heat_polarisation_weighs_the_spins_seebeck_coefficients():
    wire = UniformWire(replace(UNEQUAL, dimension=3), 300.0)
    flow = {s: wire.conductivity(s) * wire.seebeck(s) for s in (1, -1)}
    assert sum(flow.values()) == pytest.approx(wire.conductivity() * wire.seebeck(), rel=1e-12)
    assert wire.heat_polarisation() == pytest.approx((flow[-1] - flow[1]) / sum(flow.values()))


@pytest.mark.parametrize("electrons", [TABLE, UNEQUAL])
@pytest.mark.parametrize("q", [1e7, 1e9])
@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("streams", [2, 4])
def test_spiral_has_beta_exactly(electrons, q, force, streams):
    settings = FOUR if streams == 4 else {}
    electrons = replace(electrons, dimension=3 if streams == 4 else 1)
    spiral = SpiralSolution(electrons, q, 300.0, 1e9, exchange_force=force, **settings)
    velocity, beta = spiral.torque_parameters(8e5)
    np.testing.assert_allclose(beta, electrons.beta, rtol=1e-10)
    assert velocity[0] < 0.0, "E > 0 drives electrons to −x"


@pytest.mark.parametrize("force", [True, False])
def test_wide_spiral_moves_with_the_velocity_of_the_collinear_current(force):
    spiral = SpiralSolution(UNEQUAL, 1e6, 300.0, 1e9, exchange_force=force)
    velocity, _ = spiral.torque_parameters(8e5)
    electrical, thermal = UniformWire(UNEQUAL, 300.0).wide_wall_velocity(8e5)
    np.testing.assert_allclose(velocity, [electrical, 1e9 * thermal], rtol=1e-6)


@pytest.mark.parametrize("settings", [{}, FOUR])
def test_spiral_obeys_its_equations(settings):
    """As a manufactured solution without drive it leaves exactly the drive and the force."""
    spiral = SpiralSolution(UNEQUAL, 5e8, 300.0, 1e9, **settings)
    free = SpiralSolution(UNEQUAL, 5e8, 300.0, 1e9, exchange_force=False, **settings)
    p, x, h = 2.1e-25, np.array([0.3e-9, 2.2e-9]), 1e-13
    mu, weights = np.array(spiral.mu), np.array(spiral.weights)
    angle = 5e8 * x
    M = np.stack([np.cos(angle), np.sin(angle), 0.0 * x], axis=-1)[:, None]

    def left(solution):
        y = solution.distribution(p, x)
        ahead, behind = solution.distribution(p, x + h), solution.distribution(p, x - h)
        mean = np.einsum("i,rnia->rna", weights, y)[:, :, None]
        out = (p / ELECTRON_MASS * mu)[:, None] * (ahead - behind) / (2.0 * h)
        out += UNEQUAL.mean_rate * (y - mean)
        out[..., 0] += UNEQUAL.rate_difference * np.sum(M * (y - mean)[..., 1:], axis=-1)
        out[..., 1:] += UNEQUAL.rate_difference * M * (y - mean)[..., :1]
        out[..., 1:] += mean[..., 1:] / UNEQUAL.spin_flip_time
        turn = UNEQUAL.exchange_splitting / HBAR
        out[..., 1:] -= turn * np.cross(np.broadcast_to(M, (*y.shape[1:-1], 3)), y[..., 1:])
        return out

    drive = left(free)
    odd = np.abs(drive + drive[:, :, ::-1]).max()
    assert odd < 1e-6 * np.abs(drive).max(), "the drive is odd in the direction"
    across = drive[..., 1:] - np.sum(drive[..., 1:] * M, axis=-1, keepdims=True) * M
    assert np.abs(across).max() < 1e-6 * np.abs(drive).max(), "the drive's spin is along M"
    force = left(spiral) - drive
    axis = np.stack([-np.sin(angle), np.cos(angle), 0.0 * x], axis=-1)[:, None]
    along = np.sum(force[..., 1:] * axis, axis=-1)
    np.testing.assert_allclose(force[..., 1:], along[..., None] * axis, atol=1e-6 * along.max())
    assert np.abs(along).max() > 1e-3 * np.abs(drive).max()


def test_spin_diffusion_length_of_table_one():
    length = 1e9 / Injection(TABLE, 2.21e5, DIRECTION).longitudinal_rate
    assert round(length, 4) == 6.9886


@pytest.mark.parametrize("length", [np.inf, 6e-9])
@pytest.mark.parametrize("electrons", [TABLE, UNEQUAL])
def test_injected_electrons_obey_their_equations_and_data(electrons, length):
    speed, F, G = 2.3e5, 0.4, np.array([0.2, -0.1, 0.3])
    system = Injection(electrons, speed, DIRECTION, length)
    x, h = np.array([0.4e-9, 2.5e-9]), 1e-13
    y, ahead, behind = (system.distribution(x + s, F, G) for s in (0.0, h, -h))
    M = np.broadcast_to(np.array(DIRECTION) / np.linalg.norm(DIRECTION), (2, 2, 3))
    mean = y.mean(axis=1, keepdims=True)
    left = np.array([[-speed], [speed]]) * (ahead - behind) / (2.0 * h)
    a, b = electrons.mean_rate, electrons.rate_difference
    left += a * (y - mean)
    left[..., 0] += b * np.sum(M * (y - mean)[..., 1:], axis=-1)
    left[..., 1:] += b * M * (y - mean)[..., :1] + mean[..., 1:] / electrons.spin_flip_time
    left[..., 1:] -= electrons.exchange_splitting / HBAR * np.cross(M, y[..., 1:])
    assert np.abs(left).max() < 1e-6 * np.abs(a * y).max()
    start = system.distribution(np.array([0.0]), F, G)[0, 1]
    np.testing.assert_allclose(start, [F, *G], rtol=1e-12)
    if np.isfinite(length):
        end = system.distribution(np.array([length]), F, G)[0, 0]
        np.testing.assert_allclose(end, 0.0, atol=1e-14)


def test_hemisphere_integrals_by_adaptive_quadrature():
    speed, exchange = 2.2e5, TABLE.exchange_splitting
    for x in (0.2e-9, 1.7e-9, 6e-9):
        phase = exchange * x / (HBAR * speed)
        # t = 1/µ, and the contour t = 1 + is makes the integrand decay
        for kind, order in ((hemisphere_density, 2), (hemisphere_current, 3)):
            real, imaginary = (
                quad(_along_contour, 0.0, np.inf, args=(phase, order, k), epsabs=1e-13)[0]
                for k in (0, 1)
            )
            assert kind(np.array(x), speed, exchange) == pytest.approx(
                complex(real, imaginary), rel=1e-9
            )


def _along_contour(s, phase, order, part):
    """e^{iφt} t^{−n} dt/ds on t = 1 + is."""
    t = 1.0 + 1j * s
    value = 1j * np.exp(1j * phase * t) * t**-order
    return value.imag if part else value.real


def test_thermal_dephasing_is_the_limit_of_small_temperature():
    kinetic, J = 0.14 * CHARGE, 0.106 * CHARGE
    errors = []
    for temperature in (4.0, 2.0, 1.0):
        x = 2.0 * 2.2e5 * HBAR * kinetic / (np.pi * J * 1.380649e-23 * temperature)
        exact = thermal_average(x, temperature, kinetic, ELECTRON_MASS, J)
        closed = thermal_dephasing(np.array(x), temperature, kinetic, ELECTRON_MASS, J)
        assert 0.8 < closed < 0.9
        errors.append(abs(abs(exact) - closed))
    assert errors[0] < 5e-3
    assert errors[2] < 0.6 * errors[1] < 0.4 * errors[0]


def test_projection_finds_the_parameters_of_a_torque():
    wall = TanhWall(5e-9, 40e-9, 0.4)
    x = np.linspace(0.0, 80e-9, 801)
    M, gradient = wall(x), wall.gradient(x)
    ahead, behind = wall(x + 1e-13), wall(x - 1e-13)
    np.testing.assert_allclose(gradient, (ahead - behind) / 2e-13, atol=1e-6 * 2e8)
    torque = -3.0 * gradient + 0.07 * 3.0 * np.cross(M, gradient)
    velocity, beta = project(np.full(x.size, 1e-10), torque, M, gradient)
    assert velocity == pytest.approx(3.0)
    assert beta == pytest.approx(0.07)


@pytest.mark.parametrize("shift", [0.0, 3e14])
@pytest.mark.parametrize("settings", [{}, FOUR])
def test_manufactured_source_is_the_left_side(settings, shift):
    texture = RandomTexture(5)
    exact = ManufacturedStreams(texture, UNEQUAL, 5e-9, shift=shift, **settings)
    x, p, h = np.array([[0.6e-9], [3.1e-9]]), 2.1e-25, 1e-14
    mu = np.array(exact.mu)
    y, M = exact.fields(x, mu, p), texture(x)
    slope = (exact.fields(x + h, mu, p) - exact.fields(x - h, mu, p)) / (2.0 * h)
    mean = np.einsum("i,nia->na", exact.weights, y)[:, None]
    plus = 1.0 / UNEQUAL.time_minority
    minus = 1.0 / UNEQUAL.time_majority
    left = (p / ELECTRON_MASS * mu)[:, None] * slope + shift * y
    along = np.sum(M * (y - mean)[..., 1:], axis=-1)
    rates = {1: plus, -1: minus}
    bands = {s: 0.5 * rates[s] * ((y - mean)[..., 0] + s * along) for s in (1, -1)}
    left[..., 0] += bands[1] + bands[-1]
    left[..., 1:] += (bands[1] - bands[-1])[..., None] * M
    across = (y - mean)[..., 1:] - along[..., None] * M
    left[..., 1:] += 0.5 * (plus + minus) * across + mean[..., 1:] / UNEQUAL.spin_flip_time
    left[..., 1:] -= UNEQUAL.exchange_splitting / HBAR * np.cross(M, y[..., 1:])
    np.testing.assert_allclose(exact.source(x, mu, p), left, atol=1e-7 * np.abs(left).max())
