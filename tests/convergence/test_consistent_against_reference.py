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
from tests.systems.consistent_transport import CHARGE
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
