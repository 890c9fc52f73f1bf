"""Moments, torques and distributions against the independent collocation solver.

The package gives cell averages, of second order in x. They are summed to the averages over
twenty stretches of the wire on two grids, extrapolated, and compared with the averages of the
reference. (Point values would not do: near v = u the layers at the ends are thinner than any cell.)
"""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.frames import local_frames
from tests.compare import assert_close_to_largest, largest_error, measured_orders
from tests.reference.published import Resolution
from tests.reference.published import solve as solve_reference
from tests.systems.textures import RandomTexture, TiltedWall, TwistedWall, WangWall
from tests.wires import Wire

STRETCHES = 20
TOLERANCE = 1e-6
SHORT = 1e-9  # resolves the layers of electrons with |v| < u, 0.01 nm at |v/u − 1| = 0.02


def _colder_right(wire: Wire) -> Wire:
    """The same wire in a falling temperature."""
    return wire.but(gradient=-6e9, cold_end=130.0)


WIRES = {
    "the paper's wall": Wire(nodes=96),
    "activated": _colder_right(
        Wire(RandomTexture(1), (1.25, 1.75), 8e3, vector="rotating", convention="as-printed")
    ),
    "as printed": Wire(
        TiltedWall(), (0.9, 1.6), -8e3, 6e9, vector="unit-phase", convention="as-printed",
        inflow="characteristic",
    ),
    "left-movers": _colder_right(
        Wire(WangWall(), (-1.6, -0.9), 8e3, vector="rotating", inflow="characteristic", nodes=96)
    ),
    "slow electrons": Wire(
        TwistedWall(SHORT), (0.3, 0.8), vector="z-axis", inflow="characteristic", length=SHORT
    ),
    "across v = u": _colder_right(
        Wire(
            RandomTexture(2, SHORT), (0.6, 1.2), 8e3, vector="polarised",
            inflow="characteristic", length=SHORT,
        )
    ),
}  # fmt: skip


@eqx.filter_jit
def _solve(model, magnetisation, ends):
    moments, mean = model.solve(magnetisation, ends, keep=True)
    vector = jnp.einsum("cab,acp->cpb", local_frames(magnetisation), jnp.stack(mean[1:]))
    return {
        "n": moments.density,
        "m": moments.spin,
        "j_e": moments.charge_flux,
        "j_s": moments.spin_flux,
        "torque": model.torque(magnetisation, moments.spin),
        "F": mean[0],
        "G": vector,
    }


def _averages(wire):
    """Averages over the stretches of the wire."""
    values = _solve(wire.refined_model(), wire.magnetisation, wire.ends)
    return {
        name: np.asarray(a).reshape(STRETCHES, -1, *a.shape[1:]).mean(axis=1)
        for name, a in values.items()
    }


def _quadrature(length):
    """Places and weights (stretches, places) of averages, graded towards the ends of the wire."""
    nodes, weights = np.polynomial.legendre.leggauss(10)
    fractions = np.concatenate([[0.0], 2.0 ** -np.arange(12.0, -0.5, -1.0)])
    first = fractions * length / STRETCHES
    middle = np.arange(1, STRETCHES) * length / STRETCHES
    edges = np.concatenate([first, middle[1:-1], length - first[::-1]])
    places = edges[:-1, None] + np.diff(edges)[:, None] * 0.5 * (1.0 + nodes)
    share = np.diff(edges)[:, None] * 0.5 * weights * STRETCHES / length
    stretch = np.searchsorted(middle, places)
    table = np.zeros((STRETCHES, places.size))
    table[stretch.ravel(), np.arange(places.size)] = share.ravel()
    return places.ravel(), table


def _reference(wire, p):
    solution = solve_reference(wire.problem(), Resolution(order_x=8, order_p=9))
    x, table = _quadrature(wire.length)
    values = solution.moments(x) | {"torque": solution.torque(x)}
    distribution = np.swapaxes(solution.distribution(p, x), 0, 1)
    values |= {"F": distribution[..., 0], "G": distribution[..., 1:]}
    return {name: np.einsum("sx,x...->s...", table, a) for name, a in values.items()}


def _compared(wire):
    """Which nodes are off v = ±u and off the layer at the inflow end of the window."""
    model, problem = wire.refined_model(), wire.problem()
    p = np.asarray(model.grid().nodes)
    entry = problem.p_min if wire.electric_field < 0.0 else problem.p_max
    off = np.abs(np.abs(p) / (problem.mass * problem.spinor_velocity) - 1.0) > 0.02
    return p, off & (np.abs(p - entry) > 0.02 * problem.fermi_momentum)


@pytest.mark.slow_but("activated")
@pytest.mark.parametrize("name", WIRES)
def test_agrees_with_the_reference(name):
    wire = WIRES[name]
    p, compared = _compared(wire)
    assert compared.sum() > 0.4 * p.size
    coarse, fine = (_averages(wire.but(cells=cells)) for cells in (300, 900))
    for key, expected in _reference(wire, p[compared]).items():
        both = [values[key] for values in (coarse, fine)]
        if key in ("F", "G"):
            both = [values[:, compared] for values in both]
        errors = [largest_error(ours, expected) for ours in both]
        extrapolated = (9.0 * both[1] - both[0]) / 8.0
        print(f"{name}, {key}: {errors}, {largest_error(extrapolated, expected):.2g}")
        assert_close_to_largest(extrapolated, expected, TOLERANCE, key)
        if key in ("m", "j_s", "torque"):
            np.testing.assert_allclose(measured_orders(errors, 3.0), 2.0, atol=0.15)
