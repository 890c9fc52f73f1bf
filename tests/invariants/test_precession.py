"""Precession and decay in a uniform M, node by node: cells are exact, for any length."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.frames import local_frames
from boltzwall.physics.electrons import EquilibriumCells
from boltzwall.transport.published.march import SourceData
from boltzwall.transport.published.model import EquilibriumSource, FramedTexture
from boltzwall.transport.published.outputs import without_field, without_gradient
from tests.compare import assert_close_to_largest
from tests.systems.textures import Uniform
from tests.systems.uniform import UniformDecay
from tests.wires import LENGTH, Wire

DIRECTION = (0.2, 0.9, -0.4)
SCALAR, SPIN = 0.07, np.array([0.3, -0.2, 0.5])


@eqx.filter_jit
def _deviations(model, magnetisation, ends):
    """Cell averages of F − <F>, G − <G> where F = <F> + 0.07, G = <G> + a spin enter."""
    frames = local_frames(magnetisation)
    equilibrium = model.equilibrium(ends)
    x = model.centres
    cells = EquilibriumCells(x, model.temperature.at(x), frames)

    def inflow_of(p):
        local = frames[0] @ SPIN
        rest = [a[0] for a in equilibrium.at(p, EquilibriumCells(*(a[:1] for a in _leaves(cells))))]
        entering = (rest[0] + SCALAR, *(rest[1 + k] + local[k] for k in range(3)))
        return entering, entering

    kinetics = model.kinetics(keep=True)
    source_of = EquilibriumSource(equilibrium)
    _, mean = model.distribute(
        kinetics,
        FramedTexture(frames, ends),
        SourceData((cells, None), None),
        source_of,
        inflow_of,
    )
    rest = equilibrium.at(kinetics.field.grid.nodes, cells)
    local = jnp.stack([a - b for a, b in zip(mean[1:], rest[1:], strict=True)])
    return mean[0] - rest[0], jnp.einsum("cab,acp->pcb", frames, local)


def _leaves(cells):
    return cells.x, cells.temperature, cells.frame


def _averages(system, cells):
    """Averages of the exact deviation over the cells, by Gauss quadrature."""
    nodes, weights = np.polynomial.legendre.leggauss(24)
    places = (np.arange(cells)[:, None] + 0.5 * (1.0 + nodes)) * LENGTH / cells
    f, g = system.deviation(places.ravel(), SCALAR, SPIN)
    return f.reshape(cells, -1) @ weights / 2.0, np.einsum(
        "q,cqb->cb", weights / 2.0, g.reshape(cells, -1, 3)
    )


@pytest.mark.parametrize("convention", ["moment", "as-printed"])
@pytest.mark.parametrize("inflow", ["left", "characteristic"])
def test_injected_spin_follows_the_exact_modes(inflow, convention):
    wire = Wire(
        Uniform(DIRECTION), (1.0, 1.4), vector="polarised", convention=convention,
        inflow=inflow, cells=25, nodes=16,
    )  # fmt: skip
    model = without_gradient(without_field(wire.model()))
    scalar, spin = _deviations(model, wire.magnetisation, wire.ends)
    electrons, p = model.electrons, np.asarray(model.grid().nodes)
    for k in range(0, p.size, 3):
        exact = UniformDecay(
            p[k] / float(electrons.mass),
            float(model.signed_spinor_velocity),
            float(electrons.momentum_time),
            float(electrons.spin_flip_time),
            float(electrons.precession_rate),
            DIRECTION,
        )
        f, g = _averages(exact, wire.cells)
        np.testing.assert_allclose(scalar[:, k], f, rtol=0.0, atol=1e-12)
        assert_close_to_largest(spin[k], g, 1e-12)
