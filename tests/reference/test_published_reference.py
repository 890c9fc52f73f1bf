"""The reference solver proves itself: exact systems, self-convergence, invariances."""

from dataclasses import replace

import numpy as np
import pytest

from tests.reference.problem import BOLTZMANN, CHARGE, ELECTRON_MASS, HBAR, PublishedProblem
from tests.reference.published import Resolution, Solution, solve
from tests.systems.manufactured import Manufactured, Medium
from tests.systems.textures import RandomTexture, TwistedWall, Uniform, WangWall
from tests.systems.uniform import UniformDecay

LENGTH = 5e-9
P_FERMI = np.sqrt(2.0 * ELECTRON_MASS * 0.14 * CHARGE)
PLACES = np.linspace(0.0, LENGTH, 21)
COARSE = Resolution(order_x=8, order_p=9)
FINE = Resolution(order_x=12, order_p=12, panel=0.9, element=0.8, gap=1e-4)


def _problem(window, texture=None, gradient=2e9, coldest=100.0, **settings):
    start = coldest - min(0.0, gradient * LENGTH)
    return PublishedProblem(
        texture or WangWall(LENGTH),
        lambda x: start + gradient * np.asarray(x),
        window[0] * P_FERMI,
        window[1] * P_FERMI,
        **settings,
    )


def _inner_momenta(problem, count=60):
    """Momenta off the window's ends and off |v/u − 1| = 0.02."""
    p = np.linspace(problem.p_min, problem.p_max, count + 10)[5:-5]
    return p[np.abs(np.abs(p) / (problem.mass * problem.spinor_velocity) - 1.0) > 0.02]


def _difference(first: Solution, second: Solution) -> dict[str, float]:
    """Largest differences relative to the largest value, for moments and distributions."""
    ours, theirs = first.moments(PLACES), second.moments(PLACES)
    p = _inner_momenta(first.problem)
    ours |= {"F": first.F(p, PLACES), "G": first.G(p, PLACES)}
    theirs |= {"F": second.F(p, PLACES), "G": second.G(p, PLACES)}
    return {k: float(np.abs(ours[k] - theirs[k]).max() / np.abs(theirs[k]).max()) for k in ours}


@pytest.mark.parametrize("convention", ["moment", "as-printed"])
def test_uniform_polarised_equilibrium_is_exact(convention):
    problem = _problem(
        (0.9, 1.6),
        Uniform((0.3, -0.5, 0.7)),
        gradient=0.0,
        electric_field=0.0,
        equilibrium_vector="polarised",
        spin_convention=convention,
    )
    solution = solve(problem, Resolution(order_x=6, order_p=6))
    p = solution.momenta
    F, G = problem.equilibrium(p[:, None], PLACES)
    np.testing.assert_allclose(solution.F(p, PLACES), F, atol=1e-13)
    np.testing.assert_allclose(solution.G(p, PLACES), G, atol=1e-13)
    assert np.abs(solution.torque(PLACES)).max() < 1e-12 * 0.1 * 1.6e14


@pytest.mark.parametrize("convention", ["moment", "as-printed"])
def test_injected_spin_precesses_and_decays_as_the_exact_modes(convention):
    direction = (0.2, 0.9, -0.4)
    f, g = 0.07, np.array([0.3, -0.2, 0.5])
    base = _problem(
        (1.0, 1.4),
        Uniform(direction),
        gradient=0.0,
        electric_field=0.0,
        equilibrium_vector="polarised",
        spin_convention=convention,
    )

    def inflow(p, x):
        F, G = base.equilibrium(p, x)
        return F + f, G + g

    problem = replace(base, boundary=inflow)
    solution = solve(problem, Resolution(order_p=8))
    p = solution.momenta[::7]
    F, G = problem.equilibrium(p[:, None], PLACES)
    for j, momentum in enumerate(p):
        exact = UniformDecay(
            momentum / problem.mass,
            problem.signed_u,
            problem.momentum_time,
            problem.spin_flip_time,
            problem.exchange / HBAR,
            direction,
        )
        f_exact, g_exact = exact.deviation(PLACES, f, g)
        np.testing.assert_allclose(solution.F(p[j], PLACES)[0] - F[j], f_exact, atol=2e-10)
        np.testing.assert_allclose(solution.G(p[j], PLACES)[0] - G[j], g_exact, atol=2e-10)


def test_decay_without_coupling_has_the_two_mean_free_paths():
    system = UniformDecay(2.2e5, 0.0, 1e-15, 1e-12, 1.6e14)
    np.testing.assert_allclose(system.decay_rates(), [1 / 2.2e-7, 1 / 2.2e-10], rtol=1e-12)
    f, g = system.deviation(np.array([2.2e-10]), 1.0, np.array([0.0, 0.0, 0.0]))
    assert f[0] == pytest.approx(np.exp(-1.0))
    assert np.abs(g).max() < 1e-12


@pytest.mark.parametrize(
    ("window", "field"),
    [
        ((0.9, 1.6), -8e3),
        ((0.9, 1.0), 1e6),
        ((0.3, 0.8), -1e6),
        ((0.6, 1.2), 8e3),
        ((-1.6, -0.9), -1e6),
    ],
)
def test_manufactured_solution(window, field):
    base = _problem(window, RandomTexture(3, LENGTH), electric_field=field)
    exact = Manufactured(base.magnetisation, Medium(u=base.signed_u, electric_field=field))

    def source(p, x):
        return exact.extra_source(p, x, *base.equilibrium(p, x))

    solution = solve(replace(base, source=source, boundary=exact.fields), Resolution(order_p=8))
    p = _inner_momenta(base, 20)
    F, G = exact.fields(p[:, None], PLACES)
    np.testing.assert_allclose(solution.F(p, PLACES), F, atol=1e-8)
    np.testing.assert_allclose(solution.G(p, PLACES), G, atol=1e-8)


@pytest.mark.slow
def test_defaults_agree_with_a_finer_solution():
    problem = _problem((0.9, 1.3), TwistedWall(LENGTH))
    error = _difference(solve(problem), solve(problem, FINE))
    assert all(value < 1e-8 for value in error.values()), error


@pytest.mark.parametrize(
    ("window", "settings"),
    [
        ((0.9, 1.1), {"equilibrium_vector": "unit-phase", "spin_convention": "as-printed"}),
        ((1.25, 1.5), {"gradient": 6e9, "electric_field": 8e3}),
        ((0.5, 0.8), {"gradient": -6e9, "equilibrium_vector": "rotating"}),
        ((-1.1, -0.9), {"equilibrium_vector": "rotating", "electric_field": 8e3}),
        ((0.95, 1.0), {"equilibrium_vector": "z-axis", "coldest": 300.0}),
    ],
)
def test_self_convergence(window, settings):
    """The error of a coarser solution bounds that of the defaults."""
    problem = _problem(window, TwistedWall(LENGTH), **settings)
    error = _difference(solve(problem, COARSE), solve(problem))
    assert all(value < 1e-7 for value in error.values()), error


@pytest.mark.slow
def test_self_convergence_across_the_singular_speed():
    """The strip about v = u is bridged at first order; it shows in the moments only."""
    problem = _problem((0.8, 0.95), electric_field=-8e3)
    coarse = Resolution(order_x=7, order_p=7)
    error = _difference(solve(problem, coarse), solve(problem, COARSE))
    assert max(error[name] for name in ("n", "m", "j_e", "j_s")) < 2e-6, error
    assert max(error["F"], error["G"]) < 1e-6, error


def test_the_comparison_can_fail():
    """The field of 8e3 V/m and a change of J by 1e-5 are both seen."""
    coarse = Resolution(order_x=7, order_p=6)
    problem = _problem((1.25, 1.4), electric_field=-8e3)
    base = solve(problem, coarse)
    for changes in ({"electric_field": 0.0}, {"exchange": problem.exchange * (1.0 + 1e-5)}):
        assert _difference(solve(replace(problem, **changes), coarse), base)["m"] > 1e-6


def test_thermal_energy_sets_the_equilibrium():
    problem = _problem((0.9, 1.6), equilibrium_vector="z-axis", spin_convention="as-printed")
    p, x = np.array([P_FERMI]), np.array([0.0])
    F, G = problem.equilibrium(p, x)
    tilt = np.tanh(0.25 * problem.exchange / (BOLTZMANN * 100.0))
    assert F[0] == pytest.approx(0.5)
    assert G[0] == pytest.approx([0.0, 0.0, -0.5 * tilt])
