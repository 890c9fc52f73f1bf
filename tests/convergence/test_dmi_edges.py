"""Walls, spirals and free ends with Dzyaloshinskii–Moriya interaction, and their orders."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_bvp

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.physics.field_terms import (
    BulkDMI,
    Cells,
    Exchange,
    InterfacialDMI,
    UniaxialAnisotropy,
    Zeeman,
)
from boltzwall.physics.waveforms import AlwaysOn
from tests.compare import measured_orders

jax.config.update("jax_enable_x64", True)

MS, A, K = 8e5, 1.5e-11, 5e5
WIDTH = np.sqrt(A / K)
CRITICAL = 4.0 * np.sqrt(A * K) / np.pi
TIME = jnp.zeros(())
PLANES = {BulkDMI: 1, InterfacialDMI: 0}  # the component of M that turns into M_z


def _terms(kind, length, count, chirality, easy=K, across=0.0):
    """Exchange, easy axis z, DMI and a field along d, for a wire of constant Ms and S."""
    cells = Cells(jnp.asarray(length / count), jnp.full(count, MS), jnp.ones(count))
    even = jnp.ones(count)
    axis = np.eye(3)[1 - PLANES[kind]]
    return [
        Exchange(cells, A * even),
        UniaxialAnisotropy(cells, easy * even, jnp.asarray([0.0, 0.0, 1.0])),
        kind(cells, chirality * even, A * even),
        Zeeman(cells, jnp.asarray(across * axis), even, AlwaysOn()),
    ]


def _turned(kind, angle, lift=0.0):
    """M = cos ψ (sin θ e + cos θ z) + sin ψ f, with e in the plane that gains and f across it."""
    angle = jnp.asarray(angle)
    columns = [jnp.cos(lift) * jnp.sin(angle), jnp.sin(lift) + 0.0 * angle]
    pair = columns if PLANES[kind] == 0 else columns[::-1]
    return jnp.stack([*pair, jnp.cos(lift) * jnp.cos(angle)], axis=1)


@eqx.filter_jit
def _energy_and_torques(terms, m):
    field = sum(term.field(m, TIME) for term in terms)
    torques = jnp.linalg.norm(jnp.cross(m, field), axis=1)
    return sum(term.energy(m, TIME) for term in terms), torques


def _wall(kind, count, chirality, plane_of=None):
    """The energy of a wall of 40 widths of wire and its largest torque away from the ends."""
    length = 40.0 * WIDTH
    x = (np.arange(count) + 0.5) * length / count - 0.5 * length
    angle = -np.sign(chirality) * 2.0 * np.arctan(np.exp(x / WIDTH))
    terms = _terms(kind, length, count, chirality)
    m = _turned(plane_of or kind, angle)
    ends = -0.25 * chirality**2 / A * length / count  # of half a cell at both ends
    energy, torques = _energy_and_torques(terms, m)
    return float(energy) - ends, torques[count // 4 : -count // 4].max()


@pytest.mark.parametrize("kind", PLANES)
def test_energy_of_the_wall(kind):
    """4√(AK) − π|D| for both signs of D at the second order, and the wall is at rest."""
    for chirality in (0.3 * CRITICAL, -0.8 * CRITICAL):
        exact = 4.0 * np.sqrt(A * K) - np.pi * abs(chirality)
        walls = [_wall(kind, count, chirality) for count in (200, 400, 800)]
        errors = np.abs([energy - exact for energy, _ in walls]) / (4.0 * np.sqrt(A * K))
        assert errors[-1] < 1e-3
        np.testing.assert_allclose(measured_orders(errors), 2.0, atol=0.1)
        np.testing.assert_allclose(measured_orders([torque for _, torque in walls]), 2.0, atol=0.1)


@pytest.mark.parametrize("kind", PLANES)
def test_the_other_wall_gains_nothing(kind):
    other = BulkDMI if kind is InterfacialDMI else InterfacialDMI
    plain, _ = _wall(kind, 800, 1e-30, plane_of=other)
    turned, _ = _wall(kind, 800, 0.8 * CRITICAL, plane_of=other)
    ends = 0.25 * (0.8 * CRITICAL) ** 2 / A * 40.0 * WIDTH / 800
    assert turned - plain == pytest.approx(0.0, abs=1.1 * ends)


@pytest.mark.parametrize("kind", PLANES)
def test_walls_come_by_themselves_above_the_critical_strength(kind):
    assert _wall(kind, 800, 0.99 * CRITICAL)[0] > 0.0
    assert _wall(kind, 800, 1.01 * CRITICAL)[0] < 0.0


@pytest.mark.parametrize("kind", PLANES)
def test_pitch_of_the_spiral(kind):
    """Without anisotropy the spiral of the slope −D/2A has no torque, ends included, and the
    energy −D²/4A per length; both at the second order."""
    chirality, length = 2e-3, 9e-8
    slope = -0.5 * chirality / A
    energies, torques = [], []
    for count in (60, 120, 240):
        x = (np.arange(count) + 0.5) * length / count
        terms, m = _terms(kind, length, count, chirality, easy=0.0), _turned(kind, slope * x)
        energy, field = _energy_and_torques(terms, m)
        energies.append(float(energy) / (-0.25 * chirality**2 / A * length) - 1.0)
        torques.append(float(field.max()))
        for other in (0.98, 1.02):
            assert _energy_and_torques(terms, _turned(kind, other * slope * x))[0] > energy
    np.testing.assert_allclose(measured_orders(np.abs(energies)), 2.0, atol=0.1)
    assert torques[-1] < 1e-2 * 2.0 * A * slope**2 / (VACUUM_PERMEABILITY * MS)


@eqx.filter_jit
def _newton_step(terms, kind, unknowns):
    def torques(u):
        angle, lift = jnp.split(u, 2)
        field = sum(term.field(_turned(kind, angle, lift), TIME) for term in terms) / MS
        plane, across = (field[:, i] for i in (PLANES[kind], 1 - PLANES[kind]))
        inward = plane * jnp.sin(angle) + field[:, 2] * jnp.cos(angle)
        turning = plane * jnp.cos(angle) - field[:, 2] * jnp.sin(angle)
        lifting = across * jnp.cos(lift) - inward * jnp.sin(lift)
        return jnp.concatenate([turning, lifting])

    return jnp.linalg.solve(jax.jacfwd(torques)(unknowns), torques(unknowns))


def _rest(terms, kind, angle, lift):
    """The angles at rest by Newton's method."""
    unknowns = jnp.concatenate([jnp.asarray(angle), jnp.asarray(lift)])
    for _ in range(30):
        step = _newton_step(terms, kind, unknowns)
        unknowns = unknowns - step
        if jnp.abs(step).max() < 1e-12:
            return np.split(np.asarray(unknowns), 2)
    raise AssertionError("Newton's method found no state at rest")


def _at_end(values):
    """Extrapolated to the right end from three cell centres."""
    return (15.0 * values[-1] - 10.0 * values[-2] + 3.0 * values[-3]) / 8.0


@pytest.mark.parametrize("kind", PLANES)
def test_canting_of_a_free_end(kind):
    """sin θ = −D/(2√(AK)) at the right end of a long wire.

    There Aθ'² = K sin²θ, the first integral of a state that tends to the axis, and 2Aθ' = −D.
    """
    chirality, length, errors = 0.7 * CRITICAL, 14.0 * WIDTH, []
    for count in (40, 80):
        x = (np.arange(count) + 0.5) / count
        start = 0.3 * (np.exp(-14.0 * x) - np.exp(14.0 * (x - 1.0)))
        angle, _ = _rest(_terms(kind, length, count, chirality), kind, start, 0.0 * x)
        errors.append(abs(np.sin(_at_end(angle)) + 0.5 * chirality / np.sqrt(A * K)))
    assert errors[-1] < 1e-3
    assert measured_orders(errors).min() > 1.9


def _continuum(length, chirality, field):
    """θ(x), ψ(x) of the least energy, by collocation, with lengths in units of √(A/K).

    The energy density over K is ψ'² + (θ'² + δθ')cos²ψ + 1 − cos²ψ cos²θ − h sin ψ, where
    δ = D/√(AK), h = µ0MsH/K. Free ends: ψ' = 0, θ' = −δ/2.
    """
    delta, h = chirality / np.sqrt(A * K), VACUUM_PERMEABILITY * MS * field / K

    def rate(x, y):
        angle, slope, lift, rise = y
        cos, sin = np.cos(lift), np.sin(lift)
        bend = (2.0 * slope + delta) * rise * sin / cos + np.sin(angle) * np.cos(angle)
        lifted = cos * sin * (np.cos(angle) ** 2 - slope**2 - delta * slope) - 0.5 * h * cos
        return np.array([slope, bend, rise, lifted])

    def ends(left, right):
        free = 0.5 * delta
        return np.array([left[1] + free, right[1] + free, left[3], right[3]])

    x = np.linspace(0.0, length / WIDTH, 201)
    start = np.vstack([0.4 * (1.0 - 2.0 * x / x[-1]), 0.0 * x, 0.3 + 0.0 * x, 0.0 * x])
    solution = solve_bvp(rate, ends, x, start, tol=1e-8, max_nodes=20000)
    assert solution.success
    return lambda x: solution.sol(x / WIDTH)


@pytest.mark.parametrize("kind", PLANES)
def test_free_end_with_a_part_along_the_vector(kind):
    """A field along d lifts M out of the plane; both angles are of the second order."""
    length, chirality, field = 2e-8, 2.5e-3, 3e5
    exact = _continuum(length, chirality, field)
    errors, rough = [], []
    for count in (40, 80):
        x = (np.arange(count) + 0.5) / count
        start = (kind, 0.4 * (1.0 - 2.0 * x), 0.3 + 0.0 * x)
        terms = _terms(kind, length, count, chirality, across=field)
        wanted = exact(x * length)[[0, 2]]
        errors.append(np.abs(_rest(terms, *start) - wanted).max())
        terms[2] = eqx.tree_at(lambda term: term.edge, terms[2], jnp.zeros(count))
        rough.append(np.abs(_rest(terms, *start) - wanted).max())
    assert errors[-1] < 2e-4
    assert measured_orders(errors).min() > 1.9
    assert measured_orders(rough).max() < 1.2  # what the gain of the end cells is for
