"""Time stepping of the magnetisation: orders, exact motions, and both methods beside each other."""

import diffrax
import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.numerics.evolution import Accuracy, Evolution, TimeRange
from boltzwall.numerics.rosenbrock import SemiImplicit
from boltzwall.numerics.sphere import normalise
from boltzwall.numerics.stepping import integrate
from tests.compare import measured_orders
from tests.systems.macrospin import Macrospin
from tests.walls import EASY, GAMMA, MS, MU0, STIFFNESS, wall

CELLS, LENGTH = 40, 120e-9


def evolution(**sections):
    """(M at the start, how it moves) of a short wire."""
    config = load_config(wall(2e4, 0.1, **{"wire": {"cells": CELLS, "length": LENGTH}, **sections}))
    problem = Problem.of(config)
    return problem.start, problem.coupled().evolution()


def moving_wall():
    """A tilted wall of the wrong width under a current that swings, in a tilted field."""
    return evolution(
        texture={"tilt": 0.2, "width": 8e-9},
        transport={"u": 150.0, "beta": 0.04},
        drive={
            "magnetic_field": (1e4, 0.0, 2e4), "electric_waveform": "sine",
            "electric_frequency": 1e10,
        },
    )  # fmt: skip


@eqx.filter_jit
def adaptive(moving, start, times, tolerance):
    accuracy = Accuracy(tolerance, 0.1 * tolerance, jnp.zeros(0))
    return integrate(moving, start, TimeRange(jnp.zeros(()), times, jnp.asarray(1e-14)), accuracy)


def explicit(moving):
    return Evolution(moving.rate)


@eqx.filter_jit
def fixed(moving, share, start, end, steps):
    """M at the end after equal steps, with a share of the stiffness in place of all of it."""

    def stiffness(t, m):
        return jax.tree.map(lambda a: share * (a + 0.0j), moving.stiffness(t, m))

    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(lambda t, y, _: moving.rate(t, normalise(y))),
        SemiImplicit(stiffness),
        t0=0.0,
        t1=end,
        dt0=end / steps,
        y0=start,
        stepsize_controller=diffrax.ConstantStepSize(),
        max_steps=None,
        adjoint=diffrax.ForwardMode(),
    )
    return solution.ys[-1]


def test_third_order_for_any_matrix():
    """The order in the step is 3 with the stiffness as it is, with half of it, and without it."""
    start, moving = moving_wall()
    end = jnp.asarray(4e-11)
    exact = adaptive(explicit(moving), start, end[None], jnp.asarray(1e-11)).states[-1]
    for share in (1.0, 0.5, 0.0):
        errors = [
            float(jnp.max(jnp.abs(fixed(moving, jnp.asarray(share), start, end, steps) - exact)))
            for steps in (jnp.asarray(n) for n in (100.0, 200.0, 400.0))
        ]
        np.testing.assert_allclose(measured_orders(errors), 3.0, atol=0.15)


@pytest.mark.parametrize("method", ["explicit", "semi-implicit"])
def test_macrospin(method):
    """Cells that are alike move as one, tan(θ/2) ∝ exp(−αγ0Ht/(1 + α²))."""
    field = (2e4, -3e4, 5e4)
    start, moving = evolution(
        texture={"kind": "uniform", "direction": (0.3, 0.5, -0.6)},
        material={"uniaxial_anisotropy": 0.0, "hard_axis_anisotropy": 0.0},
        drive={"magnetic_field": field},
    )
    times = np.linspace(0.0, 1e-9, 9)[1:]
    moving = explicit(moving) if method == "explicit" else moving
    states = adaptive(moving, start, jnp.asarray(times), jnp.asarray(1e-8)).states
    exact = Macrospin((0.3, 0.5, -0.6), field, 0.1, GAMMA)(times)
    np.testing.assert_allclose(states, np.repeat(exact[:, None], CELLS, axis=1), atol=2e-6)


def spin_wave(amplitude, mode):
    """(start, wavenumber) of a standing wave of free ends about +z."""
    wavenumber = mode * np.pi / LENGTH
    x = (np.arange(CELLS) + 0.5) * LENGTH / CELLS
    across = amplitude * np.cos(wavenumber * x)
    return jnp.stack([across, jnp.zeros(CELLS), jnp.sqrt(1.0 - across**2)], axis=-1), wavenumber


@pytest.mark.parametrize("method", ["explicit", "semi-implicit"])
def test_spin_wave(method):
    """M_x + iM_y ∝ cos kx exp((i − α)ωt/(1 + α²)), ω = γ0(H + H_A + 4A(1 − cos k dx)/(µ0Ms dx²)).

    To first order in the amplitude, exact for the cells' own exchange.
    """
    field, amplitude, mode = 3e4, 1e-4, 5
    _, moving = evolution(
        texture={"kind": "uniform"},
        material={"hard_axis_anisotropy": 0.0},
        drive={"magnetic_field": (0.0, 0.0, field)},
    )
    start, wavenumber = spin_wave(amplitude, mode)
    moving = explicit(moving) if method == "explicit" else moving
    times = np.linspace(0.0, 2e-10, 6)[1:]
    states = np.asarray(adaptive(moving, start, jnp.asarray(times), jnp.asarray(1e-9)).states)
    spacing = LENGTH / CELLS
    curved = 4.0 * STIFFNESS * (1.0 - np.cos(wavenumber * spacing)) / (MU0 * MS * spacing**2)
    rate = GAMMA * (field + 2.0 * EASY / (MU0 * MS) + curved)
    factor = np.exp((1j - 0.1) * rate * times / (1.0 + 0.1**2))
    found = states[:, :, 0] + 1j * states[:, :, 1]
    expected = factor[:, None] * np.asarray(start[:, 0])
    np.testing.assert_allclose(found, expected, atol=2e-4 * amplitude)


@pytest.mark.slow
def test_methods_agree_to_the_tolerance():
    """On a moving wall and on a large spin wave; closer as the tolerance falls."""
    start, moving = moving_wall()
    wave, _ = spin_wave(0.4, 3)
    times = jnp.asarray([1e-10, 2e-10])
    exact: dict[str, jax.Array] = {}
    for tolerance in (1e-9, 1e-5, 1e-6):
        for name, first in (("wall", start), ("wave", wave)):
            both = [
                adaptive(one, first, times, jnp.asarray(tolerance)).states
                for one in (moving, explicit(moving))
            ]
            exact.setdefault(name, both[1])
            for found in both:
                assert float(jnp.max(jnp.abs(found - exact[name]))) < 50.0 * tolerance


@pytest.mark.slow
def test_steps_are_not_limited_by_exchange():
    """With cells of 0.5 nm the explicit method takes many times the steps of the other."""
    start, moving = evolution(
        wire={"cells": CELLS, "length": 20e-9}, texture={"width": 4e-9},
        drive={"magnetic_field": (0.0, 0.0, 1e4)},
    )  # fmt: skip
    span, tolerance = jnp.asarray([5e-11]), jnp.asarray(1e-5)
    taken = [
        int(adaptive(one, start, span, tolerance).evaluations) for one in (moving, explicit(moving))
    ]
    assert taken[1] > 5 * taken[0]


def test_a_step_that_is_shorter_than_its_stretch_by_rounding_alone_leaves_none_behind():
    """The step that was left, some 1e-24 s, was a failure."""
    accuracy = Accuracy(jnp.asarray(1e-4), jnp.asarray(1e-6), jnp.zeros(0))
    axis, m = jnp.array([0.0, 0.0, 1.0]), jnp.array([[1.0, 0.0, 0.0]])
    evolution = Evolution(lambda t, m: 1e5 * jnp.cross(axis, m))
    start, step = 1.4188e-8, 2.0217e-9
    end = float(np.nextafter(start + step, 1.0))
    times = TimeRange(jnp.asarray(start), jnp.array([end]), jnp.asarray(step))
    found = integrate(evolution, m, times, accuracy)
    assert found.success
    assert found.evaluations == 7
