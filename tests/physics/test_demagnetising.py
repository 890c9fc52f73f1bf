"""Demagnetising factors and kernels against closed forms and a slow numerical integration."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.physics.field_terms import Cells, FullDemagnetising, LocalDemagnetising
from boltzwall.physics.field_terms.demagnetising_factors import _closed, _distant, wire_kernel
from boltzwall.shape_factors import prism_factors

jax.config.update("jax_enable_x64", True)

MS = 8e5
WIRES = {  # dx, w, t, cells
    "square": (2e-9, 8e-9, 8e-9, 30),
    "strip": (1e-9, 6e-8, 5e-9, 90),
    "film": (2e-9, 4e-7, 2e-9, 60),
    "coarse": (1e-8, 4e-9, 2e-9, 25),
    "tall": (2e-9, 3e-9, 4e-8, 40),
}
TIME = jnp.zeros(())


def _cells(spacing, count, magnetisation=None):
    values = np.full(count, MS) if magnetisation is None else magnetisation
    return Cells(jnp.asarray(spacing), jnp.asarray(values), jnp.ones(count))


def _prism(a, b, c):
    """The factor along c of a prism a × b × c that is magnetised evenly.

    Source: A. Aharoni, J. Appl. Phys. 83, 3432 (1998), equation (1).
    """
    ab, bc, ca = np.hypot(a, b), np.hypot(b, c), np.hypot(c, a)
    whole, volume = np.sqrt(a * a + b * b + c * c), a * b * c

    def ratio(root, side):
        return np.log((root + side) / (root - side))

    logarithms = (
        (c * c - b * b) / (2.0 * b * c) * ratio(whole, a)
        + (c * c - a * a) / (2.0 * a * c) * ratio(whole, b)
        + 0.5 * b / c * ratio(ab, a)
        + 0.5 * a / c * ratio(ab, b)
        - 0.5 * c / a * ratio(bc, b)
        - 0.5 * c / b * ratio(ca, a)
    )
    roots = (
        (a**3 + b**3 - 2.0 * c**3 - ab**3 - bc**3 - ca**3) / (3.0 * volume)
        + (a * a + b * b - 2.0 * c * c) / (3.0 * volume) * whole
        + c / (a * b) * (ca + bc)
    )
    return (logarithms + roots + 2.0 * np.arctan(a * b / (c * whole))) / np.pi


def _integrated(distance, sides, points):
    """Directly: charges on the end faces for N_xx, on the sides for N_yy, N_zz; a midpoint rule.

    N_kk is the interaction of the charged faces of one cell, across k, with those of the other.
    """
    sides, shift = np.asarray(sides), np.array([distance, 0.0, 0.0])
    lattice = (np.arange(points) + 0.5) / points - 0.5
    result = []
    for k in range(3):
        others = [a for a in range(3) if a != k]
        grids = np.meshgrid(*(lattice * sides[a] for a in others), indexing="ij")
        face = np.zeros((grids[0].size, 3))
        for a, grid in zip(others, grids, strict=True):
            face[:, a] = grid.ravel()
        area = np.prod(sides[others])
        total = 0.0
        for charge, offset in ((2.0, 0.0), (-1.0, sides[k]), (-1.0, -sides[k])):
            apart = shift + offset * np.eye(3)[k] + face[:, None] - face[None, :]
            total += charge * np.mean(1.0 / np.linalg.norm(apart, axis=2)) * area**2
        result.append(total / (4.0 * np.pi * np.prod(sides)))
    return np.array(result)


@pytest.mark.parametrize("p", [1e-4, 0.03, 0.5, 1.0, 7.0, 1e4])
def test_factors_of_an_endless_prism(p):
    """They sum to 1, are ½ for a square and tend to those of a film."""
    factors = np.array(prism_factors(1e-8, p * 1e-8))
    assert factors[0] == 0.0
    np.testing.assert_allclose(factors.sum(), 1.0, rtol=1e-11)
    np.testing.assert_allclose(factors, np.array(prism_factors(p * 1e-8, 1e-8))[[0, 2, 1]])
    if p == 1.0:
        np.testing.assert_allclose(factors[1:], 0.5, rtol=1e-14)
    if p == 1e-4:
        film = p / np.pi * (1.5 - np.log(p))  # N_y at the first order of t/w
        np.testing.assert_allclose(factors[1], film, rtol=1e-4)


def test_cube():
    np.testing.assert_allclose(wire_kernel(1, 3e-9, 3e-9, 3e-9), 1.0 / 3.0, rtol=1e-14)
    np.testing.assert_allclose(_prism(2.0, 2.0, 2.0), 1.0 / 3.0, rtol=1e-13)


@pytest.mark.parametrize("name", WIRES)
def test_trace(name):
    """N_xx + N_yy + N_zz is 1 in the cell itself and 0 elsewhere."""
    spacing, width, thickness, count = WIRES[name]
    trace = wire_kernel(count, spacing, width, thickness).sum(axis=1)
    np.testing.assert_allclose(trace, np.eye(count)[0], atol=2e-13)


@pytest.mark.parametrize("name", WIRES)
def test_evenly_magnetised_prism(name):
    """The mean field of a finite wire is that of Aharoni's closed form."""
    spacing, width, thickness, count = WIRES[name]
    term = FullDemagnetising(_cells(spacing, count), width, thickness)
    means = []
    for k in range(3):
        m = jnp.zeros((count, 3)).at[:, k].set(1.0)
        means.append(-float(jnp.mean(term.field(m, TIME)[:, k])) / MS)
    sides = np.array([count * spacing, width, thickness])
    exact = [_prism(*np.roll(sides, -1 - k)) for k in range(3)]
    np.testing.assert_allclose(means, exact, atol=1e-10)


@pytest.mark.parametrize("name", WIRES)
def test_closed_form_and_integral_meet(name):
    """The two ways to the kernel agree where they change over: second differences and Gauss."""
    spacing, width, thickness, _ = WIRES[name]
    sides = np.array([spacing, width, thickness])
    first = 1 + int(np.ceil(0.5 * max(width, thickness) / spacing))
    for n in (first, first + 1, 2 * first):
        near = _closed(np.array([n * spacing]), sides)[0]
        far = _distant(n * spacing, sides)
        np.testing.assert_allclose(near, far, atol=1e-10 * np.abs(far).max() + 1e-14)


def test_against_direct_integration():
    """Coulomb's sums over the faces, extrapolated from two midpoint rules."""
    spacing, width, thickness = 4e-9, 6e-9, 3e-9
    kernel = wire_kernel(9, spacing, width, thickness)
    for n in (2, 4, 8):
        coarse, fine = (
            _integrated(n * spacing, (spacing, width, thickness), points) for points in (10, 20)
        )
        slow = (4.0 * fine - coarse) / 3.0
        np.testing.assert_allclose(kernel[n], slow, atol=1e-5 * np.abs(kernel[n]).max())


def test_far_cells_are_dipoles():
    """N → V/(4π r³) (−2, 1, 1), to the order (w/r)²."""
    spacing, width, thickness = 2e-9, 1e-8, 5e-9
    n = 2000
    kernel = wire_kernel(n + 1, spacing, width, thickness)[n]
    dipole = spacing * width * thickness / (4.0 * np.pi * (n * spacing) ** 3)
    np.testing.assert_allclose(kernel / dipole, [-2.0, 1.0, 1.0], rtol=1e-5)


def test_middle_of_a_long_wire_has_the_local_factors():
    spacing, width, thickness, count = 4e-9, 8e-9, 4e-9, 801
    cells = _cells(spacing, count)
    full = FullDemagnetising(cells, width, thickness)
    local = LocalDemagnetising.of_prism(cells, width, thickness)
    m = jnp.tile(jnp.asarray([0.6, -0.48, 0.64]), (count, 1))
    far, near = full.field(m, TIME)[count // 2], local.field(m, TIME)[count // 2]
    np.testing.assert_allclose(far, near, atol=1e-5 * MS)


@pytest.mark.parametrize("name", WIRES)
def test_continued_even_wire_has_the_local_factors_everywhere(name):
    """No axial field, and none that varies."""
    spacing, width, thickness, count = WIRES[name]
    cells = _cells(spacing, count)
    full = FullDemagnetising(cells, width, thickness, continued=True)
    local = LocalDemagnetising.of_prism(cells, width, thickness)
    m = jnp.tile(jnp.asarray([0.6, -0.48, 0.64]), (count, 1))
    np.testing.assert_allclose(full.field(m, TIME), local.field(m, TIME), atol=1e-11 * MS)


def test_continued_wire_is_a_part_of_a_longer_one():
    """A window of a wire whose outside is even feels what the whole wire makes."""
    spacing, width, thickness, count, more = 2e-9, 1e-8, 5e-9, 40, 30
    rng = np.random.default_rng(2)
    inside = rng.normal(size=(count, 3))
    magnetisation = MS * (1.0 + 0.3 * rng.uniform(-1.0, 1.0, count))
    whole = np.vstack([np.tile(inside[:1], (more, 1)), inside, np.tile(inside[-1:], (more, 1))])
    outer = np.pad(magnetisation, more, mode="edge")
    window = FullDemagnetising(_cells(spacing, count, magnetisation), width, thickness, True)
    wire = FullDemagnetising(_cells(spacing, whole.shape[0], outer), width, thickness, True)
    long = wire.field(jnp.asarray(whole), TIME)[more:-more]
    np.testing.assert_allclose(
        window.field(jnp.asarray(inside), TIME), long, atol=1e-11 * np.abs(long).max()
    )


def test_convolution():
    """The transforms give the sum over all cells, of moments that vary."""
    spacing, width, thickness, count = WIRES["square"]
    rng = np.random.default_rng(3)
    magnetisation, m = MS * rng.uniform(0.5, 1.5, count), rng.normal(size=(count, 3))
    kernel = wire_kernel(count, spacing, width, thickness)
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    exact = -np.einsum("ijk,j,jk->ik", kernel[apart], magnetisation, m)
    term = FullDemagnetising(_cells(spacing, count, magnetisation), width, thickness)
    np.testing.assert_allclose(
        term.field(jnp.asarray(m), TIME), exact, atol=1e-13 * np.abs(exact).max()
    )


def test_refusals():
    cells = _cells(1e-9, 4)
    with pytest.raises(InputError, match="thickness"):
        FullDemagnetising(cells, 1e-8, 0.0)
    with pytest.raises(InputError, match="width"):
        LocalDemagnetising.of_prism(cells, float("nan"), 1e-8)
    narrow = Cells(cells.spacing, cells.magnetisation, jnp.asarray([1.0, 1.0, 0.9, 1.0]))
    with pytest.raises(InputError, match="area"):
        FullDemagnetising(narrow, 1e-8, 1e-8)
