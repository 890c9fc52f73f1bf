"""What importing changes: float64, whichever part is imported first, and not without saying so."""

import os
import subprocess
import sys

import pytest

FIRST = (
    "import jax.numpy as jnp; assert jnp.zeros(1).dtype == 'float64'; "
    "from boltzwall.physics.fermi import fermi; "
    "value = float(fermi(jnp.asarray(0.0), jnp.asarray(300.0))); assert value == 0.5, value"
)
SWITCHED = "switches JAX to it for this whole process"


def python(program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("module", ["physics.fermi", "physics.conduction", "transport.model"])
def test_a_module_imported_alone_computes_in_float64(module):
    done = python(f"import boltzwall.{module}; {FIRST}")
    assert done.returncode == 0, done.stderr
    assert SWITCHED not in done.stderr


def test_a_program_with_its_own_jax_is_told_that_it_computes_in_float64_now():
    program = (
        "import jax.numpy as jnp; assert jnp.ones(1).dtype == 'float32'\n"
        "import boltzwall; assert jnp.ones(1).dtype == 'float32'  # nothing that computes yet\n"
        "boltzwall.load_config(); assert jnp.ones(1).dtype == 'float32'\n"
        "import boltzwall.numerics; assert jnp.ones(1).dtype == 'float64'\n"
    )
    done = python(program)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(SWITCHED) == 1


def test_who_has_chosen_float64_is_told_nothing():
    done = python("import jax; import boltzwall.numerics", JAX_ENABLE_X64="1")
    assert (done.returncode, done.stderr) == (0, "")


def test_who_has_refused_float64_is_told():
    done = python("import boltzwall.numerics", JAX_ENABLE_X64="0")
    assert done.returncode == 0
    assert done.stderr.count(SWITCHED) == 1
