"""Walls held by a site of lower anisotropy or by a notch, up to the depinning field.

A rigid wall cos θ = −tanh((x − q)/Δ) has E(q) = min_Δ ∫ a(x)(A/Δ² + K(x)) sech²((x − q)/Δ) dx per
nominal cross-section, a(x) the relative one; the field's pressure is H µ0Ms ∫ a sech² dx/Δ. The
depinning field is the largest ratio of dE/dq and the latter over H.
"""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from tests.systems.walls import MU0
from tests.walls import CELLS, EASY, MS, SPACING, STIFFNESS, run, wall

pytestmark = pytest.mark.slow

SITE, SPREAD = 160e-9, 25e-9
STEP = 1e-10
PLACES = (np.arange(round(CELLS * SPACING / STEP)) + 0.5) * STEP
SHAPE = np.exp(-0.5 * ((PLACES - SITE) / SPREAD) ** 2)


def depinning(anisotropy, area):
    """(H in A/m, q in m where the wall is held most strongly) of a rigid wall."""

    def energy(q, width):
        bell = np.cosh((PLACES - q) / width) ** -2.0
        return STEP * np.sum(area * (STIFFNESS / width**2 + anisotropy * EASY) * bell)

    positions = SITE + np.arange(5e-9, 50e-9, 1e-9)
    energies, pressures = [], []
    for q in positions:
        best = minimize_scalar(lambda width, q=q: energy(q, width), bounds=(5e-9, 2.5e-8))
        energies.append(best.fun)
        bell = np.cosh((PLACES - q) / best.x) ** -2.0
        pressures.append(MU0 * MS * STEP * np.sum(area * bell) / best.x)
    fields = np.gradient(energies, positions) / np.array(pressures)
    top = int(np.argmax(fields))
    return fields[top], positions[top]


@pytest.mark.parametrize(
    ("profile", "anisotropy", "area"),
    [
        ({"kind": "pinning", "anisotropy_factor": 0.7}, 1.0 - 0.3 * SHAPE, np.ones_like(SHAPE)),
        ({"kind": "notch", "depth": 0.4}, np.ones_like(SHAPE), 1.0 - 0.4 * SHAPE),
    ],
    ids=["anisotropy", "notch"],
)
def test_depinning_field(profile, anisotropy, area):
    """From where it is held most strongly, the wall goes back below the field, and on above it."""
    field, start = depinning(anisotropy, area)
    runs = run(
        [
            wall(
                1e5, 0.3, 6e-9, profile={**profile, "width": SPREAD}, texture={"centre": start},
                drive={"magnetic_field": (0.0, 0.0, share * field)},
            )
            for share in (0.9, 0.95, 1.05, 1.1)
        ]
    )  # fmt: skip
    ends = [float(one.wall_position.dropna("time")[-1]) for one in runs]  # two leave the wire
    for back, onward in zip(ends[:2], ends[2:], strict=True):
        assert SITE < back < start
        assert onward > SITE + 4.0 * SPREAD
