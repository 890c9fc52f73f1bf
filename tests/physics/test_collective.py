"""The collective coordinates [M15] against projections of the torque on a wall, by quadrature."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.collective import CollectiveWall

jax.config.update("jax_enable_x64", True)

GAMMA, DAMPING, MS, MU0 = 2.21e5, 0.3, 8e5, 1.25663706212e-6


def wall(orientation=1.0, hard=3e4, chiral=(0.0, 0.0)):
    numbers = (GAMMA, DAMPING, MS, 1.3e-11, 1e5, hard, orientation)
    return CollectiveWall(*(jnp.asarray(n) for n in (*numbers, chiral)))


def projected(model, tilt, field, push):
    """(q', φ') of the torques of fields and of −γ0 H_DL M×(M×ŝ), in the frame e₁, e₂, a."""
    delta, sign = float(model.width(jnp.asarray(tilt))), float(model.orientation)
    x = np.linspace(-40.0, 40.0, 200_001) * delta
    cosine, sine = -sign * np.tanh(x / delta), 1.0 / np.cosh(x / delta)
    m = np.stack([sine * np.cos(tilt), sine * np.sin(tilt), cosine], axis=1)
    theta = np.stack([cosine * np.cos(tilt), cosine * np.sin(tilt), -sine], axis=1)
    phi = np.array([-np.sin(tilt), np.cos(tilt), 0.0])
    hard = -2.0 * float(model.hard) / (MU0 * MS) * m * [0.0, 1.0, 0.0]
    total = hard + np.array([field[1], field[2], field[0]])
    torque = -GAMMA * np.cross(m, total)
    torque -= GAMMA * np.cross(m, np.cross(m, [push[0], push[1], 0.0]))
    one = -np.trapezoid(sine * np.sum(torque * theta, axis=1), x) / (2.0 * delta)
    two = np.trapezoid(sine * (torque @ phi), x) / (2.0 * delta)
    turn = (two - DAMPING * one) / (1.0 + DAMPING**2)
    return sign * delta * (one + DAMPING * turn), turn


@pytest.mark.parametrize("orientation", [1.0, -1.0])
@pytest.mark.parametrize("tilt", [0.3, 2.0, -1.1])
def test_the_rates_are_the_projections_of_the_torque(orientation, tilt):
    model, field, push = wall(orientation), (2e3, -3e3, 1.5e3), (4e3, -2.5e3)
    found = model.rates(
        jnp.asarray(tilt),
        tuple(jnp.asarray(part) for part in field),
        jnp.zeros(()),
        jnp.zeros(()),
        tuple(jnp.asarray(part) for part in push),
    )
    np.testing.assert_allclose(found, projected(model, tilt, field, push), rtol=1e-8)


@pytest.mark.parametrize("orientation", [1.0, -1.0])
def test_the_twist_is_the_slope_of_the_energy(orientation):
    model = wall(orientation, chiral=(6e-4, -2e-4))
    for tilt in jnp.asarray([0.2, 1.4, 4.0]):
        slope = jax.grad(model.energy)(tilt)
        expected = slope / (2.0 * MU0 * MS * model.width(tilt))
        np.testing.assert_allclose(model.twist(tilt), expected, rtol=1e-9)


def test_the_critical_field_with_dmi():
    """H_W = απD/(2µ0MsΔ) of a wall that DMI alone holds."""
    model = wall(hard=0.0, chiral=(6e-4, 0.0))
    width = np.sqrt(1.3e-11 / 1e5)
    expected = DAMPING * np.pi * 6e-4 / (2.0 * MU0 * MS * width)
    np.testing.assert_allclose(model.walker_field, expected, rtol=1e-9)
    rates = model.rates(
        jnp.asarray(0.5 * np.pi), jnp.asarray(-expected), jnp.zeros(()), jnp.zeros(())
    )
    np.testing.assert_allclose(rates[1], 0.0, atol=1.0)


def test_chirality_chooses_the_side():
    """D₁ > 0: left-handed, −x between up on the left and down on the right."""
    angles = jnp.linspace(0.0, 2.0 * jnp.pi, 361)
    assert float(angles[jnp.argmin(wall(1.0, 0.0, (1e-3, 0.0)).energy(angles))]) == pytest.approx(
        np.pi
    )
    assert float(angles[jnp.argmin(wall(-1.0, 0.0, (1e-3, 0.0)).energy(angles))]) % (
        2.0 * np.pi
    ) == pytest.approx(0.0)
