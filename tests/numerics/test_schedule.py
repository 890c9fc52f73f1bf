"""A costly right-hand side is renewed as often as its error asks, and no oftener."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.evolution import Accuracy, Evolution, TimeRange
from boltzwall.numerics.schedule import Held, advance_held

RATE, FADING = 1e9, 1e-10  # of the turning about z at the start, 1/s; after which it has faded, s
TOLERANCE, ABSOLUTE = 1e-3, 1e-8
END = 100.0 * FADING


def _held(fading):
    """M turned about z at a rate that fades, computed now and then."""

    def torque(t, m, rate):
        return rate * jnp.cross(jnp.array([0.0, 0.0, 1.0]), m)

    return Held(
        compute=lambda t, m: RATE * jnp.exp(-t / fading),
        evolution=lambda rate: Evolution(lambda t, m: torque(t, m, rate)),
        torque=torque,
        tolerance=jnp.asarray(TOLERANCE),
    )


def _turned(fading, end):
    accuracy = Accuracy(jnp.asarray(1e-8), jnp.asarray(ABSOLUTE), jnp.zeros(0))
    span = TimeRange(jnp.zeros(()), jnp.array([end]), jnp.asarray(1e-13))
    start = jnp.array([[1.0, 0.0, 0.0]])
    return advance_held(_held(fading), start, span, accuracy, jnp.asarray(1e-12))


@pytest.mark.slow
def test_the_held_torque_is_right_within_its_tolerance():
    found = _turned(FADING, FADING)
    angle = RATE * FADING * (1.0 - np.exp(-1.0))
    m = np.asarray(found.states[-1, 0])
    assert np.arctan2(m[1], m[0]) == pytest.approx(angle, rel=2.0 * TOLERANCE)
    assert 0.0 < found.held_error <= TOLERANCE
    # A rate that halves within ln 2 · FADING changes by the tolerance in TOLERANCE · FADING.
    assert 0.8 / TOLERANCE < found.evaluations < 2.0 / TOLERANCE


def test_a_torque_that_has_faded_is_hardly_computed():
    """Its relative change goes on as before, but it turns M no more."""
    until_gone = np.log(RATE * FADING / ABSOLUTE)
    found = _turned(FADING, END)
    assert until_gone < 0.2 * END / FADING
    assert found.evaluations < 2.0 * until_gone / TOLERANCE
    assert found.held_error <= TOLERANCE
