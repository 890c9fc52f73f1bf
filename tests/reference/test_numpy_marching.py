"""The benchmark's baseline converges to the reference and to exact solutions at second order."""

from dataclasses import replace

import numpy as np
import pytest

from tests.reference.numpy_marching import march
from tests.reference.problem import CHARGE, ELECTRON_MASS, PublishedProblem
from tests.reference.published import Resolution, solve
from tests.systems.manufactured import Manufactured, Medium
from tests.systems.textures import TwistedWall

LENGTH = 5e-9
P_FERMI = np.sqrt(2.0 * ELECTRON_MASS * 0.14 * CHARGE)


def _problem(window, field):
    return PublishedProblem(
        TwistedWall(LENGTH),
        lambda x: 200.0 + 2e9 * x,
        window[0] * P_FERMI,
        window[1] * P_FERMI,
        electric_field=field,
    )


def _errors(problem, exact, sizes):
    """Largest relative error of m and j_s at the quarter points for each (cells, nodes)."""
    out = []
    for cells, nodes in sizes:
        ours = march(problem, cells, nodes)
        quarters = slice(None, None, cells // 4)
        theirs = exact(ours["x"][quarters])
        out.append(
            max(
                np.abs(ours[k][quarters] - theirs[k]).max() / np.abs(theirs[k]).max()
                for k in ("n", "m", "j_e", "j_s")
            )
        )
    return np.array(out)


@pytest.mark.parametrize("convention", ["moment", "as-printed"])
def test_second_order_against_the_reference(convention):
    problem = replace(_problem((1.05, 1.6), 0.0), spin_convention=convention)
    reference = solve(problem, Resolution(order_p=9))
    errors = _errors(problem, reference.moments, [(100, 64), (200, 127), (400, 253)])
    assert errors[-1] < 1e-3
    assert np.all(np.log2(errors[:-1] / errors[1:]) > 1.8), errors


@pytest.mark.parametrize("field", [-1e6, 1e6])
def test_second_order_with_the_field(field):
    base = _problem((1.05, 1.6), field)
    exact = Manufactured(base.magnetisation, Medium(u=base.signed_u, electric_field=field))

    def source(p, x):
        return exact.extra_source(p, x, *base.equilibrium(p, x))

    problem = replace(base, source=source, boundary=exact.fields)
    reference = solve(problem, Resolution(order_p=8))
    errors = _errors(problem, reference.moments, [(100, 33), (200, 65), (400, 129)])
    assert errors[-1] < 1e-3
    assert np.all(np.log2(errors[:-1] / errors[1:]) > 1.8), errors


def test_unresolved_edge_layer_costs_an_order():
    """At the default field the layer at p_min is thinner than any spacing used here."""
    problem = _problem((1.05, 1.3), -8e3)
    reference = solve(problem, Resolution(order_x=8, order_p=8))
    errors = _errors(problem, reference.moments, [(100, 65), (200, 129)])
    assert errors[-1] < 2e-2, errors
    assert 0.8 < np.log2(errors[0] / errors[1]) < 1.3, errors


def test_a_window_that_contains_the_singular_speed_is_refused():
    with pytest.raises(ValueError, match="p_min"):
        march(_problem((0.8, 1.6), 0.0), 10, 8)
