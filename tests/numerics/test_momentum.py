"""Momentum grids: quadrature, the upwind derivative, its order and what it conserves."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.momentum import GaussPanels, UniformCells, panel_edges, share_panels
from tests.compare import measured_orders

LOW, HIGH = 0.9, 1.6
DIRECTIONS = pytest.mark.parametrize("upward", [True, False], ids=["upward", "downward"])


def _panels(count, order):
    return GaussPanels(jnp.linspace(LOW, HIGH, count + 1), order)


def _uniform(count):
    return UniformCells(jnp.asarray(LOW), jnp.asarray(HIGH), count)


GRIDS = [_panels(3, 4), _panels(1, 8), GaussPanels(jnp.array([0.9, 1.0, 1.6]), 8), _uniform(9)]


def _values(p):
    return np.sin(5.0 * np.asarray(p)) + 0.3 * np.asarray(p)


def _slope(p):
    return 5.0 * np.cos(5.0 * np.asarray(p)) + 0.3


@eqx.filter_jit
def _apply(grid, values, inflow, upward):
    return grid.derivative(values, inflow, upward), grid.difference(values, inflow, upward)


def _matrix(grid, upward):
    """The derivative with zero inflow as a matrix, and what inflow data add to it."""
    count = grid.nodes.size
    rows = jnp.concatenate([jnp.eye(count), jnp.zeros((1, count))])
    slope, _ = _apply(grid, rows, jnp.zeros(count + 1).at[-1].set(1.0), jnp.array(upward))
    return np.asarray(slope)[:-1].T, np.asarray(slope)[-1]


def _derivative(grid, upward):
    matrix, lift = _matrix(grid, upward)
    return matrix @ _values(grid.nodes) + lift * _inflow(grid, upward)


def _inflow(grid, upward):
    return float(_values(grid.ends[0] if upward else grid.ends[1]))


def _mean_error(grid, upward):
    """Root mean square over the window, that of the method's own analysis."""
    error = _derivative(grid, upward) - _slope(grid.nodes)
    return np.sqrt(np.asarray(grid.weights) @ error**2)


@pytest.mark.parametrize("order", [1, 2, 4, 8])
def test_gauss_quadrature_is_exact_to_degree_twice_the_order(order):
    grid = GaussPanels(jnp.array([-0.7, 0.2, 1.6]), order)
    for degree in range(2 * order):
        exact = (1.6 ** (degree + 1) - (-0.7) ** (degree + 1)) / (degree + 1)
        np.testing.assert_allclose(grid.weights @ grid.nodes**degree, exact, rtol=1e-13)


def test_midpoints_integrate_straight_lines():
    grid = _uniform(7)
    np.testing.assert_allclose(grid.weights @ (1.0 + 2.0 * grid.nodes), 0.7 + 1.6**2 - 0.9**2)


@DIRECTIONS
@pytest.mark.parametrize("grid", GRIDS)
def test_quadrature_of_the_derivative_is_the_difference_of_the_ends(grid, upward):
    rng = np.random.default_rng(1)
    values = jnp.asarray(rng.normal(size=(5, grid.nodes.size)))
    inflow = jnp.asarray(rng.normal(size=5))
    slope, difference = _apply(grid, values, inflow, jnp.array(upward))
    np.testing.assert_allclose(slope @ grid.weights, difference, atol=1e-13)


@DIRECTIONS
@pytest.mark.parametrize("grid", GRIDS)
def test_the_derivative_takes_its_data_from_the_inflow_end(grid, upward):
    """A change at the inflow end is seen, one at a node is seen by no node before it."""
    matrix, lift = _matrix(grid, upward)
    assert np.abs(lift).max() > 1.0
    order = grid.order if isinstance(grid, GaussPanels) else 1
    panel = np.arange(grid.nodes.size) // order
    beyond = panel[None, :] > panel[:, None] if upward else panel[None, :] < panel[:, None]
    assert np.all(matrix[beyond] == 0.0)


@DIRECTIONS
@pytest.mark.parametrize("grid", GRIDS)
def test_the_upwind_derivative_damps(grid, upward):
    """−∂p with zero inflow loses norm: no eigenvalue of the flow has a positive real part."""
    matrix, _ = _matrix(grid, upward)
    assert np.linalg.eigvals(-matrix if upward else matrix).real.max() < 0.0


@DIRECTIONS
@pytest.mark.parametrize("order", [2, 4])
def test_order_of_the_panel_derivative(order, upward):
    """n nodes resolve degree n − 1: the slope at the nodes errs by h^(n−1)…h^n, h^n in the mean."""
    errors = [_mean_error(_panels(count, order), upward) for count in (8, 16, 32)]
    assert errors[-1] < 0.1
    np.testing.assert_array_less(order - 1.0 - 0.1, measured_orders(errors))


@DIRECTIONS
@pytest.mark.parametrize("order", [2, 4])
def test_order_of_a_transport_equation_in_panels(order, upward):
    """∂p y = s with data at one end: n in the norm, 2n − 1 at the outflow end."""
    mean, outflow = [], []
    for count in (8, 16, 32):
        grid = _panels(count, order)
        y = _integrate(grid, upward)
        mean.append(np.sqrt(np.asarray(grid.weights) @ (y - _values(grid.nodes)) ** 2))
        _, rise = _apply(
            grid, jnp.asarray(y), jnp.asarray(_inflow(grid, upward)), jnp.array(upward)
        )
        outflow.append(abs(float(rise) - (_values(HIGH) - _values(LOW))))
    np.testing.assert_array_less(order - 0.15, measured_orders(mean))
    np.testing.assert_array_less(2 * order - 1.15, measured_orders(outflow[:2]))


@DIRECTIONS
def test_order_of_a_transport_equation_in_uniform_cells(upward):
    errors = []
    for count in (40, 80, 160):
        grid = _uniform(count)
        errors.append(np.abs(_integrate(grid, upward) - _values(grid.nodes)).max())
    np.testing.assert_allclose(measured_orders(errors), 2.0, atol=0.15)


@DIRECTIONS
def test_order_of_the_uniform_derivative(upward):
    """Second order inside; the first cell after the inflow end is of first order."""
    inside = []
    for count in (40, 80, 160):
        grid = _uniform(count)
        error = np.abs(_derivative(grid, upward) - _slope(grid.nodes))
        inside.append((error[3:] if upward else error[:-3]).max())
    np.testing.assert_allclose(measured_orders(inside), 2.0, atol=0.15)


def _integrate(grid, upward):
    """Solve derivative(y) = s for y."""
    matrix, lift = _matrix(grid, upward)
    return np.linalg.solve(matrix, _slope(grid.nodes) - lift * _inflow(grid, upward))


def test_outflow_is_the_value_at_the_end():
    grid = _panels(2, 8)
    values = jnp.asarray(_values(grid.nodes))
    np.testing.assert_allclose(grid.outflow(values, jnp.array(True)), _values(HIGH), rtol=1e-6)
    np.testing.assert_allclose(grid.outflow(values, jnp.array(False)), _values(LOW), rtol=1e-6)


def test_panels_end_at_the_breakpoints():
    edges = panel_edges(0.6, 1.2, [0.87], (2, 3))
    np.testing.assert_allclose(edges, [0.6, 0.735, 0.87, 0.98, 1.09, 1.2], rtol=1e-14)
    grid = GaussPanels(edges, 4)
    one_by_one = np.stack([edges[:-1], edges[1:]], axis=1)
    np.testing.assert_allclose(grid.groups(5), one_by_one, rtol=1e-14)
    np.testing.assert_allclose(grid.groups(1)[0], edges, rtol=1e-14)
    assert np.sum(grid.nodes < 0.87) == 8


@pytest.mark.parametrize(
    ("lengths", "total"), [([1.0], 5), ([0.27, 0.33], 8), ([1.0, 5.0, 0.01], 9)]
)
def test_panels_are_shared_by_length(lengths, total):
    counts = share_panels(lengths, total)
    assert sum(counts) == total
    assert min(counts) >= 1
    widest = max(length / count for length, count in zip(lengths, counts, strict=True))
    for length, count in zip(lengths, counts, strict=True):
        assert count == 1 or widest <= length / (count - 1)
