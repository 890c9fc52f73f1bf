"""The Landau–Lifshitz–Gilbert–Levy equation and its time stepping against one macrospin."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.evolution import Accuracy, Evolution, TimeRange
from boltzwall.numerics.stepping import advance
from boltzwall.physics.llg import magnetisation_rate
from tests.systems.macrospin import Macrospin

GAMMA = 2.21e5
TIMES = np.linspace(2e-11, 4e-10, 20)
STARTS = np.array([[0.6, 0.0, -0.8], [0.1, 0.3, 0.2], [0.0, -1.0, 0.0]])
STARTS /= np.linalg.norm(STARTS, axis=1, keepdims=True)


@eqx.filter_jit
def _advance(start, field, torque_along, damping, tolerance):
    """Precession about a field and about a fixed spin accumulation, T = −k M×m."""

    def rate(t, m):
        torque = -jnp.cross(m, jnp.broadcast_to(torque_along, m.shape))
        held = jnp.broadcast_to(field, m.shape)
        return magnetisation_rate(m, held, torque, jnp.asarray(GAMMA), damping)

    span = TimeRange(jnp.zeros(()), jnp.asarray(TIMES), jnp.asarray(1e-12))
    accuracy = Accuracy(tolerance, 1e-2 * tolerance, jnp.zeros(0))
    return advance(Evolution(rate), start, span, accuracy)


def _run(field=(0.0, 0.0, 0.0), torque=(0.0, 0.0, 0.0), damping=0.2, tolerance=1e-9):
    arrays = (STARTS, np.asarray(field), np.asarray(torque), damping, tolerance)
    result = _advance(*(jnp.asarray(a) for a in arrays))
    assert bool(result.success)
    return result


def _exact(field, damping):
    return np.stack([Macrospin(tuple(s), field, damping)(TIMES) for s in STARTS], axis=1)


@pytest.mark.parametrize("damping", [0.0, 0.02, 0.2, 1.5])
def test_macrospin_in_a_field(damping):
    field = (3e4, -2e4, 1e5)
    states = _run(field=field, damping=damping).states
    np.testing.assert_allclose(states, _exact(field, damping), atol=2e-8)
    np.testing.assert_allclose(np.linalg.norm(states, axis=-1), 1.0, atol=1e-12)


def test_frequency_and_angle():
    """ω = γ0H/(1+α²) and tan(θ/2) ∝ exp(−αωt), read off the run itself."""
    strength, damping = 2e5, 0.1
    states = np.asarray(_run(field=(0.0, 0.0, strength), damping=damping).states)[:, 0]
    omega = GAMMA * strength / (1.0 + damping**2)
    azimuth = np.unwrap(np.arctan2(states[:, 1], states[:, 0]))
    np.testing.assert_allclose(azimuth, omega * TIMES, rtol=1e-8)
    half = np.tan(0.5 * np.arccos(states[:, 2]))
    np.testing.assert_allclose(np.log(half / half[0]), -damping * omega * (TIMES - TIMES[0]),
                               atol=1e-6)  # fmt: skip


def test_torque_of_a_fixed_accumulation():
    """−k M×m turns M towards m as a field k m/γ0 does."""
    m = np.array([0.0, 0.6, 0.8])
    states = _run(torque=3e10 * m).states
    exact = [Macrospin.under_torque(tuple(s), tuple(m), 3e10, 0.2)(TIMES) for s in STARTS]
    np.testing.assert_allclose(states, np.stack(exact, axis=1), atol=2e-8)


def test_error_follows_the_tolerance():
    field = (3e4, -2e4, 1e5)
    exact, errors = _exact(field, 0.2), []
    for tolerance in (1e-4, 1e-6, 1e-8):
        errors.append(np.abs(_run(field=field, tolerance=tolerance).states - exact).max())
    assert errors[0] < 1e-3
    assert errors[1] < 0.05 * errors[0]
    assert errors[2] < 0.05 * errors[1]


def test_gilbert_form():
    """dM/dt = −γ0 M×H + α M×dM/dt + T holds for the explicit rate."""
    rng = np.random.default_rng(0)
    m, field = jnp.asarray(STARTS), jnp.asarray(rng.normal(size=(3, 3)) * 1e5)
    torque = jnp.cross(m, jnp.asarray(rng.normal(size=(3, 3)) * 1e10))
    rate = magnetisation_rate(m, field, torque, jnp.asarray(GAMMA), jnp.asarray(0.3))
    right = -GAMMA * np.cross(m, field) + 0.3 * np.cross(m, rate) + torque
    np.testing.assert_allclose(rate, right, rtol=1e-12, atol=1e-3)
    np.testing.assert_allclose(np.sum(rate * m, axis=1), 0.0, atol=1e-4)
