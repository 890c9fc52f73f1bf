"""Swept keys as axes: names, logarithms, edges of cells."""

import numpy as np
import pytest

from boltzwall.plot.sweeps.swept_axis import logarithmic, names_of, swept_axis
from tests.plot.sweep_cases import (
    COLD_END,
    DAMPING,
    ELECTRIC,
    GRADIENT,
    grid,
)


@pytest.mark.parametrize(
    ("key", "meaning", "names"),
    [(GRADIENT, "κ, either sign", ("κ", "gradient κ")),
     (COLD_END, "T0, temperature at x = 0", ("T₀", "cold end T₀")),
     (ELECTRIC, "E along x; not a number", ("E", "electric field E")),
     ("material.bulk_dmi", "D of the bulk interaction", ("D", "bulk dmi D")),
     ("wire.length", "length along x, from x = 0", ("length", "wire length")),
     ("dynamics.end_time", "the run ends here", ("end time", "end time"))],
)  # fmt: skip
def test_names_come_from_the_symbol_or_the_key(key, meaning, names):
    assert names_of(key, meaning) == names


@pytest.mark.parametrize(
    ("values", "expected"),
    [(np.geomspace(1e-3, 1.0, 7), True), ([1.0, 2.0, 5.0, 10.0, 20.0], True),
     (-np.geomspace(1e2, 1e5, 4), True), (np.linspace(1.0, 100.0, 9), False),
     ([0.0, 1.0, 10.0, 100.0], False), ([1.0, 2.0, 4.0], False), ([1.0, 100.0], False)],
)  # fmt: skip
def test_only_values_spaced_evenly_in_the_logarithm_get_its_axis(values, expected):
    assert logarithmic(np.asarray(values)) is expected


def test_edges_of_cells_lie_halfway_also_in_the_logarithm():
    axes = {DAMPING: np.geomspace(1e-3, 1.0, 4), COLD_END: np.array([100.0, 200.0, 400.0])}
    dataset = grid(axes, lambda a, t: a)
    decades = np.log10(swept_axis(dataset, DAMPING).edges())
    np.testing.assert_allclose(decades, [-3.5, -2.5, -1.5, -0.5, 0.5], atol=1e-12)
    edges = swept_axis(dataset, COLD_END).edges()
    np.testing.assert_allclose(edges, [50.0, 150.0, 300.0, 500.0])
