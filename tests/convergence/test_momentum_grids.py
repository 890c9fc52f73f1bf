"""How fast the moments of the wall converge with the number of momenta, without a field."""

import numpy as np
import pytest

from boltzwall.transport.published.outputs import without_field
from tests.compare import largest_error, measured_orders
from tests.systems.textures import RandomTexture
from tests.wires import Wire, solve

pytestmark = pytest.mark.slow

COLD = Wire(RandomTexture(1), (0.9, 1.6), cold_end=40.0, gradient=1e9, cells=40)


def _spin(wire):
    return np.asarray(solve(without_field(wire.model()), wire.magnetisation, wire.ends).spin)


@pytest.fixture(scope="module")
def converged():
    return _spin(COLD.but(nodes=128))


def test_panels_converge_spectrally(converged):
    errors = [largest_error(_spin(COLD.but(nodes=nodes)), converged) for nodes in (16, 32, 64)]
    print(f"16, 32, 64 nodes: {errors}")
    # Faster than any power: each doubling gains more than the one before.
    assert errors[1] < 0.2 * errors[0]
    assert errors[2] < 1e-3 * errors[1]
    assert errors[2] < 1e-6


def test_uniform_cells_are_of_second_order(converged):
    wire = COLD.but(rule="uniform")
    errors = [largest_error(_spin(wire.but(nodes=nodes)), converged) for nodes in (64, 128)]
    print(f"64, 128 uniform momenta: {errors}")
    np.testing.assert_allclose(measured_orders(errors), 2.0, atol=0.15)
