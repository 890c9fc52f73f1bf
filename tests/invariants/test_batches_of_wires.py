"""What is computed once, beside others, or in the order of the flow is what one solve gives."""

from dataclasses import replace

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from tests.compare import assert_close_to_largest
from tests.systems.textures import RandomTexture
from tests.wires import Wire, solve

BASE = Wire(RandomTexture(5), cells=30, nodes=16)
VECTORS = ("unit-phase", "polarised-phase", "polarised", "rotating", "z-axis")


@pytest.mark.slow_but("unit-phase")
@pytest.mark.parametrize("vector", VECTORS)
def test_a_prepared_model_gives_the_same_whatever_field_it_gets_later(vector):
    wire = BASE.but(vector=vector)
    prepared = eqx.filter_jit(lambda model: model.prepared())(wire.model())
    for field in (-8e3, 8e3):
        expected = solve(wire.but(electric_field=field).model(), wire.magnetisation, wire.ends)
        driven = replace(prepared, electric_field=jnp.asarray(field))
        found = solve(driven, wire.magnetisation, wire.ends)
        for ours, theirs in zip(jax.tree.leaves(found), jax.tree.leaves(expected), strict=True):
            assert_close_to_largest(ours, theirs, 1e-12)


def test_members_with_fields_of_either_sign_do_not_know_of_each_other():
    wires = [
        BASE.but(electric_field=e, gradient=g) for e, g in ((-8e3, 1e9), (8e3, 2e9), (-1e3, 0.0))
    ]
    models = [wire.model() for wire in wires]
    shared = models[0].options
    models = [replace(model, options=shared) for model in models]
    batch = jax.tree.map(lambda *leaves: jnp.stack([jnp.asarray(a) for a in leaves]), *models)
    together = jax.jit(jax.vmap(lambda model: model.moments(BASE.magnetisation, BASE.ends)))(batch)
    for k, model in enumerate(models):
        alone = solve(model, BASE.magnetisation, BASE.ends)
        for ours, theirs in zip(jax.tree.leaves(together), jax.tree.leaves(alone), strict=True):
            assert_close_to_largest(ours[k], theirs, 1e-12)


@pytest.mark.slow
def test_one_iteration_of_the_field_term_leaves_what_the_docs_say():
    wire = Wire(RandomTexture(1))
    model = wire.model()
    assert model.options.schedule.iterations == 1
    schedule = replace(model.options.schedule, iterations=5)
    exact = replace(model, options=replace(model.options, schedule=schedule))
    found, expected = (solve(m, wire.magnetisation, wire.ends).spin for m in (model, exact))
    assert_close_to_largest(found, expected, 1e-9)
    none = replace(model.options.schedule, iterations=0)
    without = replace(model, options=replace(model.options, schedule=none))
    missed = np.abs(solve(without, wire.magnetisation, wire.ends).spin - expected).max()
    assert missed > 1e-6 * np.abs(expected).max()
