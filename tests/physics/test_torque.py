"""The paper's torques (17), (21), (22), (24) and accumulation (16) as identities."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.torque import (
    SpinScales,
    Texture,
    accumulation_from_current,
    thermal_current_slope,
    torque_from_current,
    torque_terms,
)
from boltzwall.relations import beta_q
from tests.compare import assert_close_to_largest
from tests.systems.textures import RandomTexture

SPIN_FLIP_TIME = 1e-12
LENGTH = 5e-9


def _scales(xi=161.04, u=-1.93e5):
    return SpinScales(*(jnp.asarray(value) for value in (xi, SPIN_FLIP_TIME, u)))


def _texture(seed, points=40):
    """M and its exact slope at random places (differences of a smooth function)."""
    x = np.random.default_rng(seed).uniform(0.0, LENGTH, points)
    h, random = 1e-13, RandomTexture(seed)
    slope = (random(x + h) - random(x - h)) / (2.0 * h)
    direction = random(x)
    slope -= np.sum(slope * direction, axis=1, keepdims=True) * direction
    return Texture(jnp.asarray(direction), jnp.asarray(slope))


def _random(*shape, seed=0):
    return jnp.asarray(np.random.default_rng(seed).normal(size=shape))


@pytest.mark.parametrize("xi", [0.3, 1.0, 161.04])
@pytest.mark.parametrize("u", [1.93e5, -1.93e5])
def test_accumulation_16_solves_the_steady_moment_equation(xi, u):
    """∂x j_s − u n ∂xM − (J/ħ) M×m + (m − <m>)/τ_sf = 0 for <m> along M."""
    texture, scales = _texture(1), _scales(xi, u)
    slope, density = _random(40, 3) * 1e12, 1.0 + 0.2 * _random(40)
    held = 0.3 * _random(40, 1, seed=1) * texture.direction
    m = accumulation_from_current(texture, slope, density, held, scales)
    precession = xi / SPIN_FLIP_TIME * np.cross(texture.direction, m)
    driven = slope - u * density[:, None] * texture.slope
    left = driven - precession + (m - held) / SPIN_FLIP_TIME
    largest = max(np.abs(term).max() for term in (driven, precession, m / SPIN_FLIP_TIME))
    assert np.abs(left).max() < 1e-13 * largest


@pytest.mark.parametrize("xi", [0.3, 161.04])
def test_torque_17_is_the_precession_of_16(xi):
    """(17) is (J/ħ) M×m, whatever <m> along M."""
    texture, scales = _texture(2), _scales(xi)
    slope, density = _random(40, 3) * 1e12, 1.0 + 0.2 * _random(40)
    held = 0.3 * _random(40, 1, seed=1) * texture.direction
    m = accumulation_from_current(texture, slope, density, held, scales)
    expected = xi / SPIN_FLIP_TIME * np.cross(texture.direction, m)
    ours = torque_from_current(texture, slope, density, scales)
    assert_close_to_largest(ours, expected, 1e-12)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("xi", [0.05, 1.0, 161.04])
def test_the_four_terms_of_22_cancel_without_b(seed, xi):
    """With A = u n_T the thermal torque vanishes for any M, T, ξ once B is dropped."""
    texture, scales = _texture(seed), _scales(xi)
    density, density_slope = 1.0 + 0.3 * _random(40, seed=seed), 1e9 * _random(40, seed=seed + 9)
    zero = jnp.zeros(40)
    slope = thermal_current_slope(
        texture, (scales.u * density, zero), (scales.u * density_slope, zero)
    )
    terms = torque_terms(texture, slope, density, scales)
    largest = max(np.abs(term).max() for term in terms)
    assert largest > 0.0
    assert np.abs(sum(terms)).max() < 1e-14 * largest
    with_b = thermal_current_slope(
        texture, (scales.u * density, density), (scales.u * density_slope, density_slope * 1e5)
    )
    assert np.abs(torque_from_current(texture, with_b, density, scales)).max() > 1e-3 * largest


def test_parts_of_24_have_the_ratio_xi():
    """Damping-like over field-like: ξ M× the one is the other."""
    texture, scales = _texture(3), _scales(2.5)
    field_like, damping_like, _, _ = torque_terms(texture, _random(40, 3), jnp.ones(40), scales)
    assert_close_to_largest(damping_like, 2.5 * np.cross(texture.direction, field_like), 1e-14)


def test_slope_23_is_that_of_the_thermal_spin_current():
    """∂x(A M + B ẑ) against central differences."""
    random, x, h = RandomTexture(6), np.linspace(1e-10, 4.9e-9, 30), 2e-13

    def current(x):
        a, b = np.cos(4e8 * x)[:, None], np.sin(7e8 * x)[:, None]
        return a * random(x) + b * np.array([0.0, 0.0, 1.0])

    direction = jnp.asarray(random(x))
    texture = Texture(direction, jnp.asarray((random(x + h) - random(x - h)) / (2.0 * h)))
    a, b = jnp.cos(4e8 * x), jnp.sin(7e8 * x)
    slopes = (-4e8 * jnp.sin(4e8 * x), 7e8 * jnp.cos(7e8 * x))
    expected = (current(x + h) - current(x - h)) / (2.0 * h)
    assert_close_to_largest(thermal_current_slope(texture, (a, b), slopes), expected, 1e-7)


def test_beta_of_25():
    assert beta_q(161.04) == pytest.approx(161.04 / (1.0 + 161.04**2))
