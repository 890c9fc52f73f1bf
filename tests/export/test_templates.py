"""The MuMax3 script of each template, line by line, beside one that was checked by hand.

The files in expected/ were written by the program once and then checked: every number against the
template's keys and, for Pol and J, against u = −µ_B P j/(e Ms (1 + β²)) with MuMax3's constants.
The torque of the kinetic models is put in by hand here, T = −u ∂xM + βu M×∂xM with u and β below,
since its computation is held by other tests.
"""

import tomllib
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import load_config
from boltzwall.config.templates import EXAMPLES, template
from boltzwall.config.templates.study import STUDY
from boltzwall.export import mumax3_script, problem_of
from boltzwall.numerics.frames import derivative_along
from boltzwall.version import __version__
from tests.export.mumax3_language import MuMax3
from tests.export.results import result_of

EXPECTED = Path(__file__).parent / "expected"
SCRIPTS = {*EXAMPLES, STUDY} - {"heat"}  # heat alone: nothing there moves
U, BETA = 30.0, 0.5
CONSISTENT = {
    "effective_velocity": 0.3,
    "effective_beta": 0.0075,
    "electrical_velocity": -2.5e-11,
    "electrical_beta": 0.008,
    "electrical_polarisation": 0.35,
}


def script_of(name):
    settings = tomllib.loads(template(name))
    settings.pop("sweep", None)
    config = load_config(settings)
    arrays = {}
    if config.transport.model == "published":
        m = jnp.asarray(build_magnetisation(config)[0])
        slope = derivative_along(m, jnp.asarray(config.wire.length / config.wire.cells))
        torque = -U * slope + BETA * U * jnp.cross(m, slope)
        arrays["torque_total"] = np.stack([torque, torque])
        arrays["charge_current_density"] = np.full(torque.shape[:1], -7.5e11) * np.ones((2, 1))
    if config.transport.model == "consistent":
        arrays = {key: np.full(2, value) for key, value in CONSISTENT.items()}
    problem = problem_of(result_of(settings, **arrays))
    return mumax3_script(problem, "wire.ovf"), problem


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_the_script_of_a_template_line_by_line(name):
    script, problem = script_of(name)
    expected = (EXPECTED / f"{name}.mx3").read_text(encoding="utf-8")
    expected = expected.replace("VERSION", __version__)
    assert script.text.splitlines() == expected.splitlines()
    MuMax3(script.text, {"wire.ovf": problem.state.directions, **script.fields})


def test_there_is_no_script_of_a_template_that_is_gone():
    assert {path.stem for path in EXPECTED.glob("*.mx3")} == SCRIPTS


@pytest.mark.parametrize(
    ("name", "u", "beta"),
    [
        ("wang2022", U, BETA),
        ("consistent", 0.3, 0.0075),
        # µ_B P j/(e Ms (1 + β²)): 9.2740100783e-24·0.4·1e12/(1.602176634e-19·8e5·1.0004)
        ("wall", 28.93033690, 0.02),
    ],
)
def test_the_expected_currents_by_mumax3s_formula(name, u, beta):
    lines = (EXPECTED / f"{name}.mx3").read_text(encoding="utf-8").splitlines()
    found = {line.split(" = ")[0]: line.split(" = ")[1].split("//")[0] for line in lines
             if " = " in line and not line.startswith("//")}  # fmt: skip
    current = eval(found["J"].removeprefix("vector(").split(",")[0])
    xi, pol = float(found["xi"]), float(found["Pol"])
    gamma, saturation = float(found["GammaLL"]), float(found["Msat"])
    theirs = -gamma / 1.7595e11 * 9.2740091523e-24 * pol * current
    theirs /= 1.60217646e-19 * saturation * (1.0 + xi**2)
    np.testing.assert_allclose([theirs, xi], [u, beta], rtol=1e-8)
