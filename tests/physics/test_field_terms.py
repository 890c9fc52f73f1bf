"""Every term of the effective field: H is the exact derivative of its energy; closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.physics.field_terms import (
    BulkDMI,
    Cells,
    CubicAnisotropy,
    Exchange,
    FullDemagnetising,
    HardAxisAnisotropy,
    InitialStateField,
    InterfacialDMI,
    LocalDemagnetising,
    UniaxialAnisotropy,
    Zeeman,
)
from boltzwall.physics.waveforms import AlwaysOn, Sine
from tests.compare import assert_close_to_largest

jax.config.update("jax_enable_x64", True)

CELLS, DX, MS = 17, 1.3e-9, 8e5
TIME = jnp.asarray(3e-10)
RNG = np.random.default_rng(5)
AXIS = jnp.asarray([0.48, -0.6, 0.64])
AXES = jnp.asarray(np.linalg.qr(RNG.normal(size=(3, 3)))[0])


def _around(value, spread=0.5):
    """A random constant of each cell."""
    return jnp.asarray(value * (1.0 + spread * RNG.uniform(-1.0, 1.0, CELLS)))


def _directions():
    m = RNG.normal(size=(CELLS, 3))
    return jnp.asarray(m / np.linalg.norm(m, axis=1, keepdims=True))


ROUGH = Cells(jnp.asarray(DX), _around(MS), _around(1.0))
EVEN = Cells(jnp.asarray(DX), _around(MS), jnp.ones(CELLS))
PLAIN = Cells(jnp.asarray(DX), jnp.full(CELLS, MS), jnp.ones(CELLS))
WAVE = Sine(jnp.asarray(1e9), jnp.asarray(0.4), jnp.asarray(0.0))
EXTERNAL = jnp.asarray([3e4, -2e4, 1e5])
EXCHANGE = Exchange(ROUGH, _around(1.3e-11))
TERMS = {
    "exchange": EXCHANGE,
    "uniaxial": UniaxialAnisotropy(ROUGH, _around(5e5), AXIS),
    "hard axis": HardAxisAnisotropy(ROUGH, _around(1e5), AXIS),
    "cubic": CubicAnisotropy(ROUGH, _around(4e4), AXES),
    "applied": Zeeman(ROUGH, EXTERNAL, _around(1.0), WAVE),
    "initial state": InitialStateField(ROUGH, jnp.asarray(0.1), _directions()),
    "bulk DMI": BulkDMI(ROUGH, _around(2e-3), _around(1.3e-11)),
    "interfacial DMI": InterfacialDMI(ROUGH, _around(2e-3), _around(1.3e-11)),
    "local demagnetising": LocalDemagnetising.of_prism(ROUGH, 2e-8, 5e-9),
    "full demagnetising": FullDemagnetising(EVEN, 2e-8, 5e-9),
    "continued demagnetising": FullDemagnetising(EVEN, 2e-8, 5e-9, continued=True),
}


@pytest.mark.parametrize("name", TERMS)
def test_field_is_the_derivative_of_the_energy(name):
    """H = −(∂E/∂m)/(µ0 Ms S dx) of any vectors m, of unit length or not."""
    term = TERMS[name]
    weight = VACUUM_PERMEABILITY * term.cells.magnetisation * term.cells.area * DX
    gradient = jax.jit(jax.grad(lambda m: term.energy(m, TIME)))
    for m in (_directions(), jnp.asarray(RNG.normal(size=(CELLS, 3)))):
        exact = -gradient(m) / weight[:, None]
        assert_close_to_largest(term.field(m, TIME), exact, 1e-13)


@pytest.mark.parametrize("name", TERMS)
def test_energy_is_even_or_odd_in_m(name):
    """Applied fields are odd under M → −M, all else is even."""
    m, term = _directions(), TERMS[name]
    sign = -1.0 if name in ("applied", "initial state") else 1.0
    np.testing.assert_allclose(term.energy(-m, TIME), sign * term.energy(m, TIME), rtol=1e-12)


def test_exchange_of_a_standing_wave():
    """cos(k x) with free ends is an eigenvector: H = −2A/(µ0Ms) (2/dx)² sin²(k dx/2) m."""
    stiffness = 1.3e-11
    term = Exchange(PLAIN, jnp.full(CELLS, stiffness))
    x = (np.arange(CELLS) + 0.5) * DX
    for mode in range(4):
        k = np.pi * mode / (CELLS * DX)
        m = np.outer(np.cos(k * x), [0.3, -1.0, 0.5])
        eigenvalue = (2.0 * np.sin(0.5 * k * DX) / DX) ** 2
        exact = -2.0 * stiffness / (VACUUM_PERMEABILITY * MS) * eigenvalue * m
        np.testing.assert_allclose(term.field(jnp.asarray(m), TIME), exact, atol=1e-6 * MS)


def test_exchange_from_its_neighbours():
    """left and right are the field's own factors, and nothing lies beyond the ends."""
    term, m = EXCHANGE, np.asarray(_directions())
    previous, following = np.vstack([m[:1], m[:-1]]), np.vstack([m[1:], m[-1:]])
    left, right = np.asarray(term.left)[:, None], np.asarray(term.right)[:, None]
    exact = left * (previous - m) + right * (following - m)
    assert_close_to_largest(term.field(jnp.asarray(m), TIME), exact, 1e-13)
    assert left[0] == 0.0
    assert right[-1] == 0.0


def test_exchange_across_a_jump():
    """A S ∂x M = const is in balance across a jump of A and of S: slopes as 1/(A S)."""
    half = CELLS // 2
    stiffness = np.where(np.arange(CELLS) < half, 1e-11, 3e-11)
    area = np.where(np.arange(CELLS) < half, 1.0, 0.4)
    slopes = 1.0 / (stiffness * area)
    steps = 0.5 * (slopes[1:] + slopes[:-1])  # half of each cell on both sides of the face
    profile = np.concatenate([[0.0], np.cumsum(steps)]) * 1e-12
    cells = Cells(jnp.asarray(DX), jnp.full(CELLS, MS), jnp.asarray(area))
    field = Exchange(cells, jnp.asarray(stiffness)).field(
        jnp.asarray(np.outer(profile, [1.0, 2.0, 3.0])), TIME
    )
    assert np.abs(field[1:-1]).max() < 1e-13 * np.abs(field).max()


def test_exchange_stops_where_there_is_none():
    stiffness = np.full(CELLS, 1e-11)
    stiffness[5:7] = 0.0
    field = Exchange(PLAIN, jnp.asarray(stiffness)).field(_directions(), TIME)
    np.testing.assert_array_equal(field[5:7], 0.0)
    assert np.isfinite(np.asarray(field)).all()


def test_easy_and_hard_axis():
    """H = ±2K/(µ0Ms) along the axis, E = 0 at the minimum and K L at right angles to it."""
    constant = jnp.full(CELLS, 5e5)
    z, axis = jnp.zeros((CELLS, 3)).at[:, 2].set(1.0), jnp.asarray([0.0, 0.0, 1.0])
    x = z[:, ::-1]
    easy = UniaxialAnisotropy(PLAIN, constant, axis)
    hard = HardAxisAnisotropy(PLAIN, constant, axis)
    strength = 2.0 * 5e5 / (VACUUM_PERMEABILITY * MS)
    np.testing.assert_allclose(easy.field(z, TIME), strength * z)
    np.testing.assert_allclose(hard.field(z, TIME), -strength * z)
    wire = 5e5 * CELLS * DX
    energies = [float(term.energy(m, TIME)) for term in (easy, hard) for m in (z, x)]
    np.testing.assert_allclose(energies, [0.0, wire, wire, 0.0], rtol=1e-13)


@pytest.mark.parametrize("axes", [None, AXES])
def test_cubic_directions(axes):
    """E/L: 0 along an axis, K1/4 on a face's diagonal, K1/3 on the cube's; no torque there."""
    term = CubicAnisotropy(PLAIN, jnp.full(CELLS, 4e4), axes)
    rows = np.eye(3) if axes is None else np.asarray(axes)
    for count, exact in ((1, 0.0), (2, 0.25), (3, 1.0 / 3.0)):
        direction = rows[:count].sum(axis=0) / np.sqrt(count)
        m = jnp.asarray(np.tile(direction, (CELLS, 1)))
        energy = float(term.energy(m, TIME)) / (4e4 * CELLS * DX)
        np.testing.assert_allclose(energy, exact, atol=1e-15)
        assert np.abs(jnp.cross(m, term.field(m, TIME))).max() < 1e-10 * MS


def test_applied_field_follows_place_and_time():
    profile = _around(1.0)
    term = Zeeman(PLAIN, EXTERNAL, profile, WAVE)
    exact = np.sin(2.0 * np.pi * 0.3 + 0.4) * np.outer(profile, EXTERNAL)
    np.testing.assert_allclose(term.field(_directions(), TIME), exact, rtol=1e-12)
    steady = Zeeman(PLAIN, EXTERNAL, profile, AlwaysOn())
    np.testing.assert_allclose(steady.field(_directions(), TIME), np.outer(profile, EXTERNAL))


def test_field_of_the_initial_state_stays():
    initial = _directions()
    term = InitialStateField(PLAIN, jnp.asarray(0.1), initial)
    np.testing.assert_allclose(term.field(-initial, TIME), 0.1 * MS * initial)


@pytest.mark.parametrize("name", ["exchange", "bulk DMI", "interfacial DMI", "uniaxial"])
def test_a_rotation_that_the_energy_does_not_see(name):
    """Exchange: any turn of all M. DMI: about its vector d. Uniaxial: about its axis."""
    axis = {"bulk DMI": [1.0, 0.0, 0.0], "interfacial DMI": [0.0, 1.0, 0.0]}.get(name, AXIS)
    cross = np.cross(np.eye(3), np.asarray(axis))
    turn = np.eye(3) + np.sin(0.7) * cross + (1.0 - np.cos(0.7)) * cross @ cross
    m, term = _directions(), TERMS[name]
    turned = jnp.asarray(np.asarray(m) @ turn)
    np.testing.assert_allclose(term.energy(turned, TIME), term.energy(m, TIME), rtol=1e-12)
