"""Temperature laws of Ms, A and K against their limits."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.scaling_laws import BlochLaw, KuzminLaw, TabulatedLaw, scaling

jax.config.update("jax_enable_x64", True)

CURIE = 628.0
BLOCH = BlochLaw(jnp.asarray(CURIE))
NICKEL = KuzminLaw(jnp.asarray(CURIE), jnp.asarray(0.15))
TABLE = TabulatedLaw(jnp.asarray([0.0, 314.0, CURIE]), jnp.asarray([1.0, 0.9, 0.0]))


@pytest.mark.parametrize("law", [BLOCH, NICKEL, TABLE])
def test_ends(law):
    temperatures = jnp.asarray([0.0, CURIE, 2.0 * CURIE])
    np.testing.assert_allclose(law.at(temperatures), [1.0, 0.0, 0.0], atol=1e-15)
    falling = np.diff(law.at(jnp.linspace(0.0, CURIE, 400)))
    assert (falling < 0.0).all()


def test_kuzmin_at_low_temperature_and_at_the_critical_point():
    """1 − m → (s/3) τ^{3/2}; m³ → (s·3/2 + (1 − s)·5/2)(1 − τ)."""
    low, near = 1e-4, 1.0 - 1e-6
    lost = 1.0 - float(NICKEL.at(jnp.asarray(low * CURIE)))
    np.testing.assert_allclose(lost, 0.05 * low**1.5, rtol=2e-3)
    cube = float(NICKEL.at(jnp.asarray(near * CURIE))) ** 3
    np.testing.assert_allclose(cube, (0.225 + 2.125) * 1e-6, rtol=1e-5)


def test_kuzmin_holds_bloch_cubed():
    """s = 1 leaves [1 − τ^{3/2}]^{1/3}."""
    law = KuzminLaw(jnp.asarray(CURIE), jnp.asarray(1.0), jnp.asarray(4.0))
    temperatures = jnp.asarray([100.0, 300.0, 600.0])
    np.testing.assert_allclose(law.at(temperatures) ** 3, BLOCH.at(temperatures), rtol=1e-13)


@pytest.mark.parametrize("law", [BLOCH, NICKEL])
def test_derivative_is_finite_on_both_sides(law):
    slopes = jax.vmap(jax.grad(law.at))(jnp.asarray([1.0, 300.0, 627.0, 700.0]))
    assert np.isfinite(np.asarray(slopes)).all()


def test_scaling_from_a_reference():
    temperatures, reference = jnp.asarray([0.0, 300.0, 500.0]), jnp.asarray(300.0)
    magnetisation = np.asarray(scaling(NICKEL, temperatures, reference))
    assert magnetisation[1] == pytest.approx(1.0)
    assert magnetisation[0] > 1.0 > magnetisation[2]
    for exponent in (2.0, 3.0):
        scaled = scaling(NICKEL, temperatures, reference, exponent)
        np.testing.assert_allclose(scaled, magnetisation**exponent, rtol=1e-13)
