"""The exact systems themselves, against difference quotients and an ODE integrator."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tests.systems.macrospin import Macrospin
from tests.systems.manufactured import CHARGE, HBAR, Manufactured, Medium
from tests.systems.textures import RandomTexture, TiltedWall, TwistedWall, Uniform, WangWall
from tests.systems.uniform import UniformDecay

LENGTH = 5e-9


@pytest.mark.parametrize(
    "texture",
    [Uniform((1.0, 2.0, 3.0)), WangWall(), TiltedWall(), TwistedWall(), RandomTexture(7)],
)
def test_textures_are_unit_vectors_of_any_shape(texture):
    x = np.linspace(0.0, LENGTH, 12)
    M = texture(x)
    np.testing.assert_allclose(np.linalg.norm(M, axis=1), 1.0, rtol=1e-14)
    np.testing.assert_array_equal(texture(x.reshape(3, 4)), M.reshape(3, 4, 3))


def test_random_texture_is_seeded_and_smooth():
    x = np.linspace(0.0, LENGTH, 2001)
    np.testing.assert_array_equal(RandomTexture(1)(x), RandomTexture(1)(x))
    assert np.abs(RandomTexture(1)(x) - RandomTexture(2)(x)).max() > 0.1
    assert np.abs(np.diff(RandomTexture(1)(x), axis=0)).max() < 0.02


@pytest.mark.parametrize("u", [0.0, 1.93e5, -1.93e5])
def test_uniform_decay_obeys_its_equations(u):
    system = UniformDecay(2.2e5, u, 1e-15, 1e-12, 1.6e14, (0.3, -0.6, 0.2))
    M = np.array([0.3, -0.6, 0.2]) / 0.7
    x, h = np.array([1e-10, 7e-10]), 1e-14
    start = np.array([0.1, 0.4, -0.3])
    f, g = system.deviation(x, 0.2, start)
    ahead, behind = system.deviation(x + h, 0.2, start), system.deviation(x - h, 0.2, start)
    df, dg = (ahead[0] - behind[0]) / (2 * h), (ahead[1] - behind[1]) / (2 * h)
    np.testing.assert_allclose(2.2e5 * df + u * dg @ M, -f / 1e-15, rtol=1e-5, atol=1e8)
    right = 1.6e14 * np.cross(M, g) - g / 1e-12
    np.testing.assert_allclose(2.2e5 * dg + u * np.outer(df, M), right, rtol=1e-5, atol=1e8)
    f0, g0 = system.deviation(np.array([0.0]), 0.2, start)
    assert f0[0] == pytest.approx(0.2)
    np.testing.assert_allclose(g0[0], start)


def test_macrospin_solves_the_llg_equation():
    start, m, rate, damping = (0.6, 0.0, -0.8), (0.0, 0.6, 0.8), 3e9, 0.2
    spin = Macrospin.under_torque(start, m, rate, damping)

    def implicit(_, M):
        torque = -rate * np.cross(M, m)
        return (torque + damping * np.cross(M, torque)) / (1.0 + damping**2)

    times = np.linspace(0.0, 2e-9, 9)
    run = solve_ivp(implicit, (0.0, 2e-9), start, t_eval=times, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(spin(times), run.y.T, atol=1e-9)


@pytest.mark.parametrize("field", [-8e3, 1e7])
@pytest.mark.parametrize("time_scale", [None, 2e-14])
def test_manufactured_source_is_the_left_side(field, time_scale):
    medium = Medium(electric_field=field, u=-1.93e5)
    texture = RandomTexture(5)

    def moving(x, t):
        return RandomTexture(5)(x + 2e-10 * t / 2e-14)

    exact = Manufactured(texture if time_scale is None else moving, medium, time_scale=time_scale)
    p, x, t = np.array([[1.1e-25], [-3e-25]]), np.array([1e-9, 3e-9, 4e-9]), 0.7e-14
    steps = 1e-5 * exact.momentum_scale, 1e-5 * LENGTH, 1e-5 * 2e-14

    def slope(axis):
        shifts = np.eye(3)[axis] * steps[axis]
        ahead = _stacked(exact.fields(p + shifts[0], x + shifts[1], t + shifts[2]))
        behind = _stacked(exact.fields(p - shifts[0], x - shifts[1], t - shifts[2]))
        return (ahead - behind) / (2.0 * steps[axis])

    M = texture(x) if time_scale is None else moving(x, t)
    y, along_x = _stacked(exact.fields(p, x, t)), slope(1)
    left = slope(2) + p[..., None] / medium.mass * along_x - CHARGE * field * slope(0)
    left[..., 0] += medium.u * np.sum(M * along_x[..., 1:], axis=-1)
    left[..., 0] += y[..., 0] / medium.momentum_time
    left[..., 1:] += medium.u * M * along_x[..., :1] + y[..., 1:] / medium.spin_flip_time
    left[..., 1:] -= medium.exchange / HBAR * np.cross(M, y[..., 1:])
    np.testing.assert_allclose(_stacked(exact.total_source(p, x, t)), left, rtol=0, atol=1e6)


def _stacked(fields):
    return np.concatenate([fields[0][..., None], fields[1]], axis=-1)
