"""The name under which a traced program is kept: the same for the same program, in any process."""

import dataclasses
import functools
import json
import os
import subprocess
import sys
from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.compilation import program_key, programs
from boltzwall.compilation.program_key import ProgramKey, described


class Spring(eqx.Module):
    stiffness: jax.Array
    name: str = eqx.field(static=True)


class Pair(NamedTuple):
    first: object
    second: object


def work(*arguments):
    return arguments


def name_of(*arguments):
    return ProgramKey.of(work, arguments).file_name


SPRING = Spring(jnp.ones(3), "steel")
ARGUMENTS = (
    SPRING,
    Pair(0.1, None),
    {"b": 2, "a": [True, np.float64(1.0)]},
    functools.partial(work, 1),
)


def test_values_of_arrays_do_not_matter_but_shapes_types_and_settings_do():
    name = name_of(*ARGUMENTS)
    assert name.startswith("work-")
    assert name == name_of(Spring(2.0 * jnp.ones(3), "steel"), *ARGUMENTS[1:])
    others = [
        (Spring(jnp.ones(4), "steel"), *ARGUMENTS[1:]),
        (Spring(jnp.ones(3, dtype=int), "steel"), *ARGUMENTS[1:]),
        (Spring(jnp.ones(3), "brass"), *ARGUMENTS[1:]),
        (SPRING, Pair(np.nextafter(0.1, 1.0).item(), None), *ARGUMENTS[2:]),
        (SPRING, (0.1, None), *ARGUMENTS[2:]),
        (*ARGUMENTS[:2], {"b": 2.0, "a": [True, np.float64(1.0)]}, ARGUMENTS[3]),
        (*ARGUMENTS[:2], {"b": 2, "a": [1, np.float64(1.0)]}, ARGUMENTS[3]),
        (*ARGUMENTS[:3], functools.partial(work, 2)),
    ]
    assert len({name, *(name_of(*other) for other in others)}) == 1 + len(others)


def test_sources_versions_options_and_functions_matter(monkeypatch):
    name = name_of(*ARGUMENTS)
    monkeypatch.setattr(program_key, "_origin", lambda: "other sources")
    assert name_of(*ARGUMENTS) != name
    monkeypatch.undo()
    with jax.default_matmul_precision("highest"):
        assert name_of(*ARGUMENTS) != name
    assert ProgramKey.of(described, ARGUMENTS).file_name.startswith("described-")


def test_a_key_is_plain_data_without_addresses():
    text = json.dumps(dataclasses.asdict(ProgramKey.of(work, ARGUMENTS)))
    assert "0x" not in text
    assert json.loads(text)["function"].endswith("test_program_key.work")


@pytest.mark.parametrize(
    "value",
    [lambda: 0, object(), {1, 2}],
    ids=["lambda", "object", "set"],
)
def test_what_has_no_lasting_name_is_not_kept(value):
    with pytest.raises(TypeError, match="no lasting"):
        name_of(value)


@pytest.mark.filterwarnings("ignore:A JAX array is being set as static")
def test_a_static_array_is_not_told_by_its_shape():
    with pytest.raises(TypeError, match="static"):
        name_of(Spring(jnp.ones(3), np.ones(3)))  # type: ignore[arg-type]


PRINT = """
import numpy as np
from boltzwall.compilation.program_key import ProgramKey, described
from boltzwall.environment import use_float64
use_float64()
print(ProgramKey.of(described, ({"x": np.ones(3), "y": (1.5, "a")},)).file_name)
"""


def test_another_process_finds_the_same_name():
    def name(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    assert name("1") == name("2")


WALL = {
    "material": {"preset": "permalloy"},
    "wire": {"length": "60 nm", "cells": 30},
    "texture": {"kind": "neel", "width": "8 nm"},
    "temperature": {"kind": "uniform", "value": 300.0},
    "dynamics": {"end_time": 1e-13, "save_interval": 1e-13, "stop": "end"},
}
MODELS = {
    "published": {"wire": {"cells": 30}, "transport": {"momentum_nodes": 8}},
    "consistent": {
        **WALL, "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
        "drive": {"current_density": 1e11},
    },
    "zhang-li": {**WALL, "transport": {"model": "zhang-li", "u": 10.0, "beta": 0.1}},
}  # fmt: skip


@pytest.mark.slow_but("published")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("model", MODELS)
def test_every_program_of_a_model_is_kept(model, monkeypatch):
    from boltzwall import simulate, solve_transport

    monkeypatch.setattr(programs, "_CANNOT_KEEP", ())  # what cannot be kept raises
    if model != "zhang-li":
        assert np.isfinite(solve_transport(MODELS[model])["torque_total"]).all()
    if model != "published":
        assert np.isfinite(simulate(MODELS[model])["magnetisation"]).all()
