"""Adapters where their simulators are installed, and what they say where these are missing."""

import sys

import numpy as np
import pytest

from boltzwall.adapters import discretised, magnumnp, neuralmag
from boltzwall.errors import InputError
from tests.simulation.test_torque_field import CELLS, PERMALLOY, STEP, quiet, wall


@pytest.mark.parametrize(
    ("package", "use", "extra"),
    [
        ("magnumnp", lambda: magnumnp.MagnumTorque().h(None), "magnumnp"),
        ("neuralmag", lambda: neuralmag.NeuralMagTorque().register(None), "neuralmag"),
        ("discretisedfield", lambda: discretised.torque_of_field(None), "tools"),
    ],
)
def test_a_missing_simulator_names_the_extra(monkeypatch, package, use, extra):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError, match=rf"\.\[{extra}\]"):
        use()


def test_a_term_of_magnumnp_adds_the_torque():
    code = pytest.importorskip("magnumnp", reason="the extra magnumnp is not installed")
    torch = pytest.importorskip("torch", reason="the extra magnumnp is not installed")
    m = np.array(np.broadcast_to(wall(), (CELLS, 3, 1, 3)))
    m[:4, 0] = 0.0
    state = code.State(code.Mesh((CELLS, 3, 1), (STEP,) * 3))
    saturation = np.where(np.any(m != 0.0, axis=-1, keepdims=True), 4e5, 0.0)
    state.material = {"Ms": torch.tensor(saturation), "alpha": 0.1}
    state.m = torch.tensor(m)
    field = magnumnp.MagnumTorque(PERMALLOY).h(state)
    torque = -code.constants.gamma * torch.linalg.cross(state.m, field).numpy()
    expected = quiet(m, STEP, PERMALLOY)["magnetisation_torque"].to_numpy() / 4e5
    np.testing.assert_allclose(torque, expected, atol=1e-10 * np.abs(expected).max())


def test_a_field_becomes_a_field_of_torques():
    df = pytest.importorskip("discretisedfield", reason="the extra tools is not installed")
    m = np.array(np.broadcast_to(wall(), (CELLS, 3, 1, 3)))
    m[:4, 0] = 0.0
    mesh = df.Mesh(p1=(0, 0, 0), p2=(CELLS * STEP, 3 * STEP, STEP), n=(CELLS, 3, 1))
    found = discretised.torque_of_field(
        df.Field(mesh, nvdim=3, value=5e5 * m, unit="A/m"), PERMALLOY
    )
    expected = quiet(m, STEP, PERMALLOY)["magnetisation_torque"].to_numpy()
    np.testing.assert_allclose(found.array, expected, rtol=1e-9)
    assert found.unit == "A/m/s"
    with pytest.raises(InputError, match="three dimensions"):
        discretised.torque_of_field(df.Field(mesh, nvdim=1, value=1.0), PERMALLOY)
