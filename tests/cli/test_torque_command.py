"""`boltzwall torque`: from M on a grid to a torque on the same grid."""

import numpy as np
import pytest

from boltzwall.cli import torque_grid
from boltzwall.cli.outputs import Target
from boltzwall.config.toml import read_toml
from boltzwall.errors import InputError
from boltzwall.io import read_dataset
from boltzwall.io.ovf import Ovf, read_ovf, write_ovf
from tests.simulation.test_torque_field import CELLS, PERMALLOY, STEP, quiet, wall

CONFIG = """
[material]
preset = "permalloy"
[temperature]
kind = "linear"
cold_end = 290.0
gradient = "0.2 K/nm"
[drive]
current_density = -1e12
[transport]
model = "consistent"
streams = 2
momentum_nodes = 8
"""
EDGES = (STEP, 3e-9, 5e-9)


@pytest.fixture
def files(tmp_path):
    """M in A/m with empty cells, and the configuration."""
    m = np.array(np.broadcast_to(wall(), (CELLS, 3, 1, 3)))
    m[:4, 0] = 0.0
    write_ovf(Ovf(5e5 * m, (1e-9, 0.0, 0.0), EDGES, "m", "A/m"), tmp_path / "m.ovf")
    (tmp_path / "wire.toml").write_text(CONFIG, encoding="utf-8")
    assert read_toml(tmp_path / "wire.toml")["transport"] == PERMALLOY["transport"]
    return tmp_path / "m.ovf", tmp_path / "wire.toml", m


@pytest.mark.filterwarnings("ignore:The magnetisation turns")
def test_the_file_becomes_the_torque_in_every_form(files, capsys):
    file, config, m = files
    expected = quiet(m, EDGES, PERMALLOY)
    torque_grid.torque(file, config, (), Target(None, False, True))
    field = read_ovf(file.with_name("m-torque.ovf"))
    values = expected["magnetisation_torque"].to_numpy()
    np.testing.assert_allclose(field.values, values, atol=1e-10 * np.abs(values).max())
    np.testing.assert_allclose(field.origin, (1e-9, 0.0, 0.0))
    assert field.units == "A/m/s"
    assert f"{float(expected['effective_velocity']):.4g} m/s" in capsys.readouterr().out
    for name in ("out.nc", "out.mx3"):
        torque_grid.torque(file, config, (), Target(file.with_name(name), False, True))
    whole = read_dataset(file.with_name("out.nc"))
    np.testing.assert_allclose(whole["effective_beta"], expected["effective_beta"])
    assert read_ovf(file.with_name("out.ovf")).units == "T"


def test_an_output_of_another_kind_is_refused(files):
    file, config, _ = files
    with pytest.raises(InputError, match=r"\.ovf, \.nc, \.mx3"):
        torque_grid.torque(file, config, (), Target(file.with_name("out.csv"), False, True))
