"""What MuMax3 reads is the torque of the Dataset again, by MuMax3's own formulas."""

import re

import numpy as np
import pytest
import xarray as xr

from boltzwall.adapters.mumax3 import slope_of_mumax3, write_mumax3_torque
from boltzwall.errors import InputError
from boltzwall.io.ovf import read_ovf
from tests.simulation.test_torque_field import CELLS, PERMALLOY, STEP, quiet, wall

ELECTRON_CHARGE, BOHR_MAGNETON, FIXED_GAMMA = 1.60217646e-19, 9.2740091523e-24, 1.7595e11


@pytest.fixture(scope="module")
def dataset() -> xr.Dataset:
    m = np.array(np.broadcast_to(wall(), (CELLS, 3, 1, 3)))
    m[:4, 0] = 0.0
    return quiet(m, (STEP, 3e-9, 5e-9), PERMALLOY)


def test_mumax3s_torque_and_the_field_are_the_torque(dataset, tmp_path):
    lines, field = write_mumax3_torque(dataset, tmp_path / "kinetic.mx3")
    text = lines.read_text(encoding="utf-8")
    assert f'B_ext.add(LoadFile("{field.name}"), 1)' in text
    gamma, beta, current = (
        float(re.findall(rf"^{name} = (?:vector\()?(\S+?)[,\s]", text, re.M)[0])
        for name in ("GammaLL", "xi", "J")
    )
    # cuda/zhangli2.cu: u = -(GammaLL/gamma) mu_B Pol J/(e Msat (1 + xi²))
    scale = ELECTRON_CHARGE * 8e5 * (1.0 + beta**2) / BOHR_MAGNETON
    u = -(gamma / FIXED_GAMMA) * current / scale
    read = read_ovf(field)
    np.testing.assert_allclose(read.step, (STEP, 3e-9, 5e-9), rtol=1e-9)
    assert read.units == "T"
    m = dataset["magnetisation"].to_numpy()
    slope = slope_of_mumax3(m, STEP)
    found = -u * slope + beta * u * np.cross(m, slope) - gamma * np.cross(m, read.values)
    found -= np.sum(found * m, axis=-1, keepdims=True) * m
    expected = dataset["torque_total"].to_numpy()
    np.testing.assert_allclose(found, expected, atol=1e-6 * np.abs(expected).max())
    with pytest.raises(InputError, match="exists"):
        write_mumax3_torque(dataset, lines)


def test_the_slope_of_mumax3_keeps_to_full_cells():
    m = np.zeros((5, 1, 1, 3))
    m[1:4, 0, 0, 0] = [1.0, 2.0, 4.0]
    found = slope_of_mumax3(m, 0.5)[:, 0, 0, 0]
    np.testing.assert_allclose(found, [0.0, 1.0, 3.0, 2.0, 0.0])


def test_a_uniform_magnetisation_has_nothing_to_export(dataset, tmp_path):
    still = dataset.assign(effective_velocity=np.nan)
    with pytest.raises(InputError, match="texture"):
        write_mumax3_torque(still, tmp_path / "none.mx3")
