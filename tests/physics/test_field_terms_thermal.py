"""The thermal field: its strength, its numbers, and the equilibrium that it leads to."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.constants import BOLTZMANN, VACUUM_PERMEABILITY
from boltzwall.physics.field_terms import Cells, thermal_field, thermal_field_strength
from boltzwall.physics.llg import magnetisation_rate

jax.config.update("jax_enable_x64", True)

GAMMA, MS, DX, SECTION = jnp.asarray(2.211e5), 8e5, 2e-9, jnp.asarray(4e-18)
TEMPERATURE, STEPS, STEP = 300.0, 1500, 8e-14
KEY = jax.random.PRNGKey(4)


def _wire(count, area=None):
    even = jnp.ones(count)
    return Cells(jnp.asarray(DX), MS * even, even if area is None else area)


def _strength(cells, damping, temperature=TEMPERATURE):
    profile = temperature * jnp.ones_like(cells.area)
    return thermal_field_strength(
        cells, SECTION, profile, jnp.asarray(damping), GAMMA, jnp.asarray(STEP)
    )


def test_strength():
    """σ² = 2αk_BT/(γ0 µ0 Ms V dt), each cell with its own volume."""
    area = jnp.asarray([1.0, 0.5, 2.0])
    moments = VACUUM_PERMEABILITY * MS * DX * float(SECTION) * np.asarray(area)
    variance = 2.0 * 0.02 * BOLTZMANN * TEMPERATURE / (float(GAMMA) * moments * STEP)
    np.testing.assert_allclose(_strength(_wire(3, area), 0.02), np.sqrt(variance), rtol=1e-12)
    np.testing.assert_array_equal(_strength(_wire(3), 0.02, 0.0), 0.0)


def test_numbers_depend_on_key_and_step_alone():
    strength = _strength(_wire(20000), 0.02)
    first = np.asarray(thermal_field(strength, KEY, 7))
    np.testing.assert_array_equal(first, thermal_field(strength, KEY, jnp.asarray(7)))
    units = first / float(strength[0])
    np.testing.assert_allclose(units.mean(axis=0), 0.0, atol=0.03)
    np.testing.assert_allclose(np.cov(units.T), np.eye(3), atol=0.04)
    for other in (
        thermal_field(strength, KEY, 8),
        thermal_field(strength, jax.random.PRNGKey(5), 7),
    ):
        assert abs(np.mean(units * np.asarray(other))) < 0.01 * float(strength[0])


@pytest.mark.slow
@pytest.mark.parametrize("damping", [0.4, 1.5])
def test_equilibrium_of_macrospins(damping):
    """⟨M_z⟩ = coth ξ − 1/ξ, ξ = µ0MsVH/k_BT, for every damping: Heun's rule, 4000 macrospins.

    A factor 1 + α² in the noise would move ⟨M_z⟩ by 0.05 and more.
    """
    cells = _wire(4000)
    ratio = 2.0
    moment = VACUUM_PERMEABILITY * MS * DX * SECTION
    applied = jnp.asarray([0.0, 0.0, ratio * BOLTZMANN * TEMPERATURE / moment])
    strength = _strength(cells, damping)

    def rate(m, noise):
        return magnetisation_rate(m, applied + noise, 0.0 * m, GAMMA, jnp.asarray(damping))

    def advance(m, step):
        noise = thermal_field(strength, KEY, step)
        slope = rate(m, noise)
        m = m + 0.5 * STEP * (slope + rate(m + STEP * slope, noise))
        m = m / jnp.linalg.norm(m, axis=1, keepdims=True)
        return m, jnp.mean(m[:, 2])

    start = jnp.zeros((4000, 3)).at[:, 2].set(1.0)
    means = np.asarray(jax.lax.scan(advance, start, jnp.arange(STEPS))[1])
    exact = 1.0 / np.tanh(ratio) - 1.0 / ratio
    assert np.mean(means[STEPS // 2 :]) == pytest.approx(exact, abs=0.01)
