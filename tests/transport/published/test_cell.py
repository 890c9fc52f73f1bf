"""Streaming and collisions of a cell against (5),(6) written as matrices."""

import jax.numpy as jnp
import numpy as np

from boltzwall.transport.published.cell import Rates, minus

U, MOMENTUM, SPIN, PRECESSION = 2e5, 1e14, 3e12, 7e14
V = np.array([2.5e5, 4e5, 9e5])
RATES = Rates(
    v=jnp.asarray(V),
    u=jnp.asarray(U),
    momentum=jnp.asarray(MOMENTUM),
    spin=jnp.asarray(SPIN),
    precession=jnp.asarray(PRECESSION),
)
COLLISIONS = np.array(
    [
        [MOMENTUM, 0.0, 0.0, 0.0],
        [0.0, SPIN, 0.0, 0.0],
        [0.0, 0.0, SPIN, PRECESSION],  # of (1/τ_sf − iJ/ħ)(G₁ + iG₂)
        [0.0, 0.0, -PRECESSION, SPIN],
    ]
)


def streaming(v):
    return np.array([[v, U, 0, 0], [U, v, 0, 0], [0, 0, v, 0], [0, 0, 0, v]])


def quad(values):
    return tuple(jnp.asarray(part) for part in values)


def test_a_source_that_is_linear_in_x_is_balanced_by_rest_and_tilt():
    rng = np.random.default_rng(3)
    value, slope = rng.normal(size=(2, 4, V.size))
    tilt = RATES.relax(quad(slope))
    rest = RATES.relax(minus(quad(value), RATES.stream(tilt)))
    for k, v in enumerate(V):
        own_tilt, own_rest = (np.array([float(part[k]) for part in y]) for y in (tilt, rest))
        np.testing.assert_allclose(COLLISIONS @ own_tilt, slope[:, k], rtol=1e-12)
        balance = streaming(v) @ own_tilt + COLLISIONS @ own_rest
        np.testing.assert_allclose(balance, value[:, k], rtol=1e-10)
