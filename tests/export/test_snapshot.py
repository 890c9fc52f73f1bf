"""What a script takes of a result: the torque of kinetic models, constants, remarks, errors."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.export import mumax3_script, problem_of, ubermag_script
from boltzwall.export.torque import Torque
from boltzwall.numerics.frames import derivative_along
from tests.export.cases import CELLS, DX, settings
from tests.export.mumax3_language import MuMax3
from tests.export.results import result_of, rough_wall

CONSISTENT = {"model": "consistent", "streams": 2, "momentum_nodes": 4}
PUBLISHED = {"model": "published"}


def torque_in(dataset, time=None) -> Torque:
    torque = problem_of(dataset, time).torque
    assert torque is not None
    return torque


def read(problem):
    script = mumax3_script(problem, "m.ovf")
    return MuMax3(script.text, {"m.ovf": problem.state.directions}), script.text


def consistent(times=2, drive=None, **numbers):
    """A result of the consistent model with u, β and P by hand, j = −1e12 A/m²."""
    given = settings(transport=CONSISTENT, drive=drive or {"current_density": -1e12})
    found = {
        "effective_velocity": [20.0, 24.0],
        "effective_beta": [0.06, 0.06],
        "electrical_velocity": [-1.5e-11] * 2,
        "electrical_beta": [0.04] * 2,
        "electrical_polarisation": [0.3] * 2,
    } | numbers
    arrays = {name: np.array(values) for name, values in found.items()}
    dataset = result_of(given, rough_wall(CELLS), **arrays)
    return dataset if times else dataset.isel(time=0, drop=True)


def test_the_current_and_the_gradient_have_their_own_parts():
    problem, torque = problem_of(consistent()), torque_in(consistent())
    np.testing.assert_allclose(torque.driven, 15.0)
    assert (torque.steady, torque.beta) == (5.0, 0.06)
    assert (torque.current, torque.polarisation) == (-1e12, 0.3)
    script, text = read(problem)
    along = script.value("J")[:, 0]
    np.testing.assert_allclose(along, -1e12 * 20.0 / 15.0, rtol=1e-9)
    assert "J = vector(-1e12-3.33" in text
    assert "its P is 0.3" in text
    assert "in the run u lies between 20 and 24 m/s" in text


def test_with_a_waveform_the_gradients_part_stays():
    drive = {
        "current_density": -1e12,
        "electric_waveform": "linear",
        "electric_duration": 1e-10,
    }
    # The state of t = 0 has no current yet: its u is the gradient's.
    dataset = consistent(drive=drive, effective_velocity=[5.0, 20.0], effective_beta=[0.12, 0.06])
    problem, torque = problem_of(dataset), torque_in(dataset)
    np.testing.assert_allclose(torque.driven, 15.0)
    np.testing.assert_allclose(torque.steady, 5.0)
    np.testing.assert_allclose(torque.beta, (0.04 * 15.0 + 0.12 * 5.0) / 20.0)
    script, text = read(problem)
    at = [script.value("J", t)[0, 0] for t in (0.0, 5e-11, 1e-10)]
    np.testing.assert_allclose(np.array(at) / at[-1], [0.25, 0.625, 1.0], rtol=1e-9)
    assert "another beta" in text
    np.testing.assert_allclose(torque_in(dataset, "last").full, 20.0)
    code = ubermag_script(problem, "m.ovf").text
    assert "func=lambda t: 0.75 * electric(t) + 0.25" in code


def test_an_open_circuit_has_no_current():
    given = settings(transport=CONSISTENT, drive={"circuit": "open", "current_density": None})
    found = {"effective_velocity": 0.5, "effective_beta": 0.1, "electrical_velocity": -1.5e-11}
    arrays = {name: np.full(2, value) for name, value in found.items()}
    dataset = result_of(given, rough_wall(CELLS), **arrays)
    problem, torque = problem_of(dataset), torque_in(dataset)
    assert (float(torque.full[0]), torque.beta) == (0.5, 0.1)
    script, text = read(problem)
    assert script.value("J")[0, 0] < 0.0
    np.testing.assert_array_equal(script.value("Pol"), 1.0)
    assert "The wire's own current is 0 A/m2." in text


def published(rest=0.0):
    """A result of the published model with a torque of u = 40 m/s, β = 0.3, and a rest."""
    m = jnp.asarray(rough_wall(CELLS))
    slope = derivative_along(m, jnp.asarray(DX))
    slope -= jnp.sum(slope * m, axis=1, keepdims=True) * m
    turned = jnp.cross(m, slope)
    torque = -40.0 * slope + 12.0 * turned
    # What is orthogonal to both along the whole wire: a twist that changes its sign.
    sign = jnp.sign(jnp.arange(CELLS) - 27.0)[:, None]
    twist = sign * slope
    twist -= slope * jnp.sum(twist * slope) / jnp.sum(slope**2)
    torque += rest * twist * jnp.sqrt(jnp.sum(torque**2) / jnp.sum(twist**2))
    given = settings(
        transport=PUBLISHED,
        drive={"current_density": None},
        temperature={"kind": "linear"},
    )
    return result_of(given, rough_wall(CELLS), torque_total=np.stack([torque, torque]))


def test_a_torque_of_any_form_is_projected_and_what_is_lost_is_told():
    torque = torque_in(published())
    np.testing.assert_allclose(torque.full, 40.0, rtol=2e-4)
    np.testing.assert_allclose(torque.beta, 0.3, rtol=2e-4)
    _, text = read(problem_of(published()))
    assert "own profile along the wall" in text
    assert "no such form" not in text
    lost = published(rest=0.75)
    np.testing.assert_allclose(torque_in(lost).full, 40.0, rtol=2e-4)
    _, text = read(problem_of(lost))
    assert "60% of the torque" in text  # 0.75/√(1 + 0.75²)


def test_without_electrons_or_without_a_drive_there_is_no_torque():
    none = settings(transport={"model": "none"}, drive={"current_density": None})
    assert problem_of(result_of(none, rough_wall(CELLS))).torque is None
    zero = consistent(
        drive={"current_density": 0.0}, effective_velocity=[0.0] * 2, effective_beta=[np.nan] * 2
    )
    problem = problem_of(zero)
    assert problem.torque is None
    assert "xi =" not in mumax3_script(problem, "m.ovf").text
    assert "ZhangLi" not in ubermag_script(problem, "m.ovf").text


def test_a_torque_that_means_nothing_is_refused():
    with pytest.raises(InputError, match="finite torque"):
        problem_of(consistent(effective_velocity=[np.nan] * 2))
    given = settings(transport=PUBLISHED, drive={"current_density": None})
    with pytest.raises(InputError, match="torque_total"):
        problem_of(result_of(given, rough_wall(CELLS)))
    with pytest.raises(InputError, match="configuration"):
        problem_of(consistent().assign_attrs(configuration=""))


def test_a_transport_solution_gets_the_constants_that_its_material_has():
    off = dict.fromkeys(("exchange", "uniaxial_anisotropy", "hard_axis_anisotropy"), False)
    given = settings(field=off)
    run = result_of(given, rough_wall(CELLS))
    still = run.isel(time=0, drop=True)
    script, text = read(problem_of(run))
    np.testing.assert_array_equal(script.value("Aex"), 0.0)
    assert "no exchange in [field]" in text
    script, text = read(problem_of(still))
    np.testing.assert_allclose(script.value("Aex"), 1.3e-11)
    np.testing.assert_allclose(script.value("Ku1"), 1e5)
    assert "hardAxis" in text


def test_what_no_simulator_takes_over():
    given = settings(
        transport=CONSISTENT | {"time_dependent": True},
        dynamics={"magnetisation": "fixed", "end_time": 1e-12, "save_interval": 1e-13},
    )
    names = ("effective_velocity", "effective_beta", "electrical_velocity", "electrical_beta")
    numbers = {name: np.full(2, 0.1) for name in names}
    dataset = result_of(given, rough_wall(CELLS), **numbers)
    hot = dataset["temperature"].expand_dims(time=dataset["time"])
    dataset = dataset.assign(temperature=hot).assign_attrs(stopped_because="steady")
    text = mumax3_script(problem_of(dataset), "m.ovf").text
    for remark in ("time_dependent", "fixed", "change of T in time", "stop at rest, after 1e-13"):
        assert remark in " ".join(text.replace("//", "").split()), remark
