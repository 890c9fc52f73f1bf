"""Occupations, their gradients (7)–(9), and the readings of <F>, <G>."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE
from boltzwall.numerics.frames import local_frames
from boltzwall.physics.electrons import EquilibriumCells
from boltzwall.physics.fermi import (
    equilibrium_gradients,
    equilibrium_pair,
    fermi,
    minus_fermi_slope,
)
from tests.compare import assert_close_to_largest
from tests.reference.problem import EQUILIBRIUM_VECTORS
from tests.systems.textures import RandomTexture
from tests.wires import LENGTH, Wire

SPLITTING = jnp.asarray(0.106 * ELEMENTARY_CHARGE)
ENERGIES = jnp.linspace(-0.3, 0.3, 41) * ELEMENTARY_CHARGE
TEMPERATURES = pytest.mark.parametrize("temperature", [20.0, 100.0, 400.0])


@TEMPERATURES
def test_slope_9_is_the_derivative_of_the_occupation(temperature):
    slope = jax.vmap(jax.grad(fermi), (0, None))(ENERGIES, jnp.asarray(temperature))
    ours = minus_fermi_slope(ENERGIES, jnp.asarray(temperature))
    assert_close_to_largest(ours, -slope, 1e-13)


@TEMPERATURES
def test_gradients_7_and_8_are_those_of_the_local_equilibrium(temperature):
    gradient = jnp.asarray(-3e9)
    ours = equilibrium_gradients(ENERGIES, SPLITTING, jnp.asarray(temperature), gradient)
    _, theirs = jax.jvp(
        lambda t: equilibrium_pair(ENERGIES, SPLITTING, t), (jnp.asarray(temperature),), (gradient,)
    )
    for our, their in zip(ours, theirs, strict=True):
        assert_close_to_largest(our, their, 1e-12)


def test_occupation_far_from_the_edge_is_finite_with_its_gradient():
    far = jnp.array([-900.0, 900.0]) * BOLTZMANN * 100.0
    np.testing.assert_allclose(fermi(far, jnp.asarray(100.0)), [1.0, 0.0], atol=1e-15)
    slopes = jax.vmap(jax.grad(fermi, argnums=1), (0, None))(far, jnp.asarray(100.0))
    np.testing.assert_allclose(slopes, 0.0, atol=1e-100)
    assert np.all(np.isfinite(minus_fermi_slope(far, jnp.asarray(100.0))))


def test_the_raised_spin_is_the_minority():
    scalar, vector = equilibrium_pair(ENERGIES, SPLITTING, jnp.asarray(100.0))
    assert np.all(vector <= 0.0)
    assert vector.min() < -0.4
    assert np.all((scalar >= 0.0) & (scalar <= 1.0))


@pytest.mark.parametrize("convention", ["moment", "as-printed"])
@pytest.mark.parametrize("vector", EQUILIBRIUM_VECTORS)
def test_equilibrium_is_that_of_the_reference(vector, convention):
    wire = Wire(
        RandomTexture(4), (-1.3, 1.7), vector=vector, convention=convention,
        inflow="characteristic", cells=30,
    )  # fmt: skip
    model = wire.model()
    p, x = np.asarray(model.grid().nodes)[::5], wire.x
    frames = local_frames(wire.magnetisation)
    cells = EquilibriumCells(jnp.asarray(x), model.temperature.at(jnp.asarray(x)), frames)
    ours = model.equilibrium(wire.ends).at(jnp.asarray(p), cells)
    scalar, spin = wire.problem().equilibrium(p[:, None], x)
    assert_close_to_largest(ours[0], scalar.T, 1e-12)
    cartesian = np.einsum("cab,acp->pcb", frames, jnp.stack(ours[1:]))
    assert_close_to_largest(cartesian, spin, 1e-9)


def test_derived_numbers_of_table_1():
    electrons = Wire().model().electrons
    assert float(electrons.xi) == pytest.approx(161.04, abs=0.01)
    assert float(electrons.precession_rate) == pytest.approx(1.610e14, rel=1e-3)
    assert float(electrons.fermi_momentum / electrons.mass) == pytest.approx(2.219e5, rel=1e-3)
    assert pytest.approx(5e-9) == LENGTH
