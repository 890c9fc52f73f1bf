"""Spin–orbit torque and Oersted field against their formulas, by hand and by brute force."""

from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.field_terms import (
    Cells,
    OerstedField,
    SpinOrbitTorque,
    oersted_strength,
    spin_orbit_strength,
)
from boltzwall.physics.llg import Magnet
from boltzwall.physics.waveforms import AlwaysOn, Sine

jax.config.update("jax_enable_x64", True)

COUNT, GAMMA = 9, 2.21e5
RNG = np.random.default_rng(11)
CELLS = Cells(
    jnp.asarray(1e-9),
    jnp.asarray(8e5 * RNG.uniform(0.8, 1.2, COUNT)),
    jnp.asarray(RNG.uniform(0.5, 1.0, COUNT)),
)
AXIS = jnp.asarray([0.0, -1.0, 0.0])
DL, FL = (jnp.asarray(RNG.uniform(1e4, 3e4, COUNT)) for _ in range(2))
TIME = jnp.asarray(2e-10)
WAVE = Sine(jnp.asarray(1e9), jnp.asarray(0.3), jnp.asarray(0.0))
M = RNG.normal(size=(COUNT, 3))
M /= np.linalg.norm(M, axis=1, keepdims=True)


def test_the_torque_is_the_one_of_the_docs():
    """T = −γ0 H_DL m×(m×ŝ) − γ0 H_FL m×ŝ, times the factor of time."""
    term = SpinOrbitTorque(CELLS, DL, FL, AXIS, WAVE)
    torque = -GAMMA * np.cross(M, term.field(jnp.asarray(M), TIME))
    mxs = np.cross(M, AXIS)
    expected = -GAMMA * (DL[:, None] * np.cross(M, mxs) + FL[:, None] * mxs)
    expected *= np.sin(2.0 * np.pi * 1e9 * 2e-10 + 0.3)
    np.testing.assert_allclose(torque, expected, rtol=1e-12, atol=1e-3)


def test_the_damping_like_part_turns_m_to_the_moment_that_arrives():
    """One spin with damping-like torque alone: m·ŝ = tanh(γ0 H_DL t + c) without damping."""
    term = SpinOrbitTorque(CELLS, DL, jnp.zeros(COUNT), AXIS, AlwaysOn())
    magnet = Magnet(jnp.asarray(GAMMA), jnp.zeros(COUNT), CELLS, {"spin_orbit_torque": term})
    m = jnp.asarray(M)
    rate = magnet.rate(m, TIME, jnp.zeros_like(m))
    along = M @ np.asarray(AXIS)
    np.testing.assert_allclose(rate @ AXIS, GAMMA * DL * (1.0 - along**2), rtol=1e-12)


def test_energies_and_their_fields():
    """The field-like part and the Oersted field are derivatives; the damping-like part is none."""
    weight = CELLS.weight[:, None]
    strength = jnp.asarray(RNG.normal(size=(COUNT, 3)) * 1e3)
    m = jnp.asarray(M)
    for term in (
        SpinOrbitTorque(CELLS, jnp.zeros(COUNT), FL, AXIS, WAVE),
        OerstedField(CELLS, strength, WAVE),
    ):
        exact = -jax.grad(lambda m, term=term: term.energy(m, TIME))(m) / weight
        np.testing.assert_allclose(term.field(m, TIME), exact, rtol=1e-12)
    both = SpinOrbitTorque(CELLS, DL, FL, AXIS, WAVE)
    alone = SpinOrbitTorque(CELLS, jnp.zeros(COUNT), FL, AXIS, WAVE)
    assert float(both.energy(m, TIME)) == float(alone.energy(m, TIME))


def test_the_damping_like_part_does_work_on_a_turn_about_the_moment():
    """∮ H·dm about ŝ is 2π H_DL sin²θ: no energy can stand for it."""
    term = SpinOrbitTorque(CELLS, DL, jnp.zeros(COUNT), AXIS, AlwaysOn())
    angles = np.linspace(0.0, 2.0 * np.pi, 201)
    sine = 0.6
    work = 0.0
    for one, two in pairwise(angles):
        states = [
            np.array([sine * np.cos(a), -0.8, -sine * np.sin(a)]) for a in (one, two)
        ]  # counter-clockwise about −y
        middle = jnp.asarray(np.tile(0.5 * (states[0] + states[1]), (COUNT, 1)))
        work += np.asarray(term.field(middle, TIME))[0] @ (states[1] - states[0])
    assert abs(work) == pytest.approx(2.0 * np.pi * float(DL[0]) * sine**2, rel=1e-3)


def test_the_strength_of_the_torque():
    """ħθj/(2eµ0Ms t) for θ = 0.1, 1e12 A/m², Ms = 8e5 A/m, t = 1 nm: 41.1 mT, by hand."""
    found = float(spin_orbit_strength(0.1, 1e12, jnp.asarray([8e5]), 1e-9)[0])
    tesla = 1.054571817e-34 * 0.1 * 1e12 / (2.0 * 1.602176634e-19 * 8e5 * 1e-9)
    assert found * 1.25663706212e-6 == pytest.approx(tesla, rel=1e-8)
    assert tesla == pytest.approx(0.04114, rel=1e-3)


def biot_savart(width, thickness, distance, count=400):
    """|H_y| per current density above a plate, averaged over its width, by adding up lines."""
    y = (np.arange(count) + 0.5) / count * width
    z = distance + (np.arange(40) + 0.5) / 40 * thickness
    source = y[:, None, None]
    here = y[None, None, 10::20] - 0.5 * width / count
    lines = z[None, :, None] / ((here - source) ** 2 + z[None, :, None] ** 2) / (2.0 * np.pi)
    return np.mean(np.sum(lines, axis=(0, 1))) * width / count * thickness / 40


@pytest.mark.parametrize(
    ("width", "thickness", "distance"), [(1e-7, 5e-9, 2e-9), (2e-8, 8e-9, 5e-9)]
)
def test_the_oersted_field_of_a_plate(width, thickness, distance):
    found = oersted_strength(1e12, thickness, width, distance)
    assert found == pytest.approx(1e12 * biot_savart(width, thickness, distance), rel=3e-3)
    endless = oersted_strength(1e12, thickness, None, distance)
    assert endless == pytest.approx(0.5e12 * thickness)
    assert found < endless
    wide = oersted_strength(1e12, thickness, 1e5 * width, distance)
    assert wide == pytest.approx(endless, rel=1e-4)
    touching = oersted_strength(1e12, thickness, width, 0.0)
    assert found < touching < endless
