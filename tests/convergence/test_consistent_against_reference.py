"""The solver of the consistent model against the slow one of tests/reference.

Random smooth textures, T(x), τ_+ ≠ τ_-. Both sides hold all moments of both drives. The fast solver
is of second order in x, so that two grids, one three times finer, are extrapolated; the centres of
the coarse one are centres of the fine one too.
"""

from dataclasses import replace

import numpy as np
import pytest

from tests.compare import largest_error
from tests.consistent_wires import TABLE, ConsistentWire
from tests.reference.consistent import Resolution, solve
from tests.systems.consistent_transport import CHARGE, Power, Table
from tests.systems.textures import RandomTexture

LENGTH = 6e-9
# No slow electrons here, whose response is not smooth in p: their nodes converge slowly.
UNEQUAL = replace(
    TABLE,
    fermi_energy=0.3 * CHARGE,
    time_minority=3e-15,
    time_majority=7e-15,
    spin_flip_time=1e-13,
)
OTHER = replace(UNEQUAL, time_minority=8e-15, time_majority=4e-15)
# Filled by 50 k_BT: τ ∝ k^r is not smooth at the bottom of a band.
POWER = replace(UNEQUAL, fermi_energy=CHARGE, law=Power(1.5, -2.0))
# σ_- falls by half within a fifth of k_BT.
STEP = replace(
    UNEQUAL,
    law=Table(
        tuple(0.01 * CHARGE * np.array([-1.2, -0.3, -0.05, 1.0])),
        (0.8, 1.0, 1.1, 1.0),
        (1.3, 1.4, 0.7, 0.8),
    ),
)
WIRES = {
    "two streams": ConsistentWire(
        RandomTexture(1, LENGTH), LENGTH, UNEQUAL, gradient=8e9, nodes=72, cells=400
    ),
    "two streams, reservoirs, no force": ConsistentWire(
        RandomTexture(2, LENGTH), LENGTH, OTHER, temperature=160.0, gradient=-1e10, nodes=48,
        bulk=False, force=False, cells=200,
    ),
    "four streams, reservoirs": ConsistentWire(
        RandomTexture(3, LENGTH), LENGTH, OTHER, gradient=8e9, streams=4, bulk=False,
        nodes=48, cells=400,
    ),
    "six streams, no force": ConsistentWire(
        RandomTexture(1, LENGTH), LENGTH, UNEQUAL, temperature=160.0, gradient=-1e10, streams=6,
        force=False, cells=100,
    ),
    "two streams, power of the energy": ConsistentWire(
        RandomTexture(1, LENGTH), LENGTH, POWER, temperature=160.0, gradient=8e9, nodes=40,
        cells=300,
    ),
    "two streams, table, reservoirs": ConsistentWire(
        RandomTexture(2, LENGTH), LENGTH, STEP, temperature=160.0, gradient=-1e10, nodes=72,
        bulk=False, cells=400,
    ),
    "four streams, table": ConsistentWire(
        RandomTexture(3, LENGTH), LENGTH, STEP, temperature=160.0, gradient=8e9, streams=4,
        nodes=64, cells=400,
    ),
    "four streams, power of the energy, reservoirs": ConsistentWire(
        RandomTexture(3, LENGTH), LENGTH, POWER, temperature=200.0, gradient=8e9, streams=4,
        bulk=False, nodes=32, cells=300,
    ),
}  # fmt: skip


def _extrapolated(wire):
    """All moments at the centres of the coarse grid."""
    coarse, fine = wire.respond(), wire.but(cells=3 * wire.cells).respond()
    middles = np.arange(wire.cells) * 3 + 1
    result = {}
    for name in ("n", "m", "j_e", "j_s", "j_q"):
        one, other = getattr(coarse, name), getattr(fine, name)
        if name in ("j_e", "j_s"):
            one, other = (0.5 * (part[:, 1:] + part[:, :-1]) for part in (one, other))
        result[name] = (9.0 * other[:, middles] - one) / 8.0
    return result


@pytest.mark.slow_but("two streams")
@pytest.mark.parametrize("name", WIRES)
def test_all_moments_are_those_of_the_slow_solver(name):
    wire = WIRES[name]
    found = _extrapolated(wire)
    expected = solve(wire.problem(), wire.x, Resolution(panel=4.0))
    expected["j_q"] = expected.pop("j_Q")
    errors = {
        f"{key}, {drive}": largest_error(found[key][k], expected[key][k])
        for key in found
        for k, drive in enumerate(("field", "gradient"))
    }
    print(name, {key: f"{error:.1e}" for key, error in errors.items()})
    assert max(errors.values()) < 1e-6, errors
