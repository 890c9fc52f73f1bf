"""What several tests of pictures draw."""

import numpy as np
import pytest

from tests.plot.sweep_cases import COLD_END, GRADIENT, grid


@pytest.fixture
def study():
    """κ from −3 to 3 K/nm and five temperatures; three points failed and two are missing."""
    status = np.full((7, 5), "done", dtype=object)
    status[6, 2:] = "failed"
    status[0, :2] = "missing"
    axes = {GRADIENT: np.linspace(-3e9, 3e9, 7), COLD_END: np.linspace(100.0, 300.0, 5)}
    return grid(axes, lambda k, t: 20e-9 * k * t / 100.0, status=status)
