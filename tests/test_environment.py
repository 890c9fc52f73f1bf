"""What importing changes: float64, whichever part is imported first."""

import subprocess
import sys

import pytest

FIRST = (
    "import jax.numpy as jnp; assert jnp.zeros(1).dtype == 'float64'; "
    "from boltzwall.physics.fermi import fermi; "
    "value = float(fermi(jnp.asarray(0.0), jnp.asarray(300.0))); assert value == 0.5, value"
)


@pytest.mark.parametrize("module", ["physics.fermi", "physics.conduction", "transport.model"])
def test_a_module_imported_alone_computes_in_float64(module):
    done = subprocess.run(
        [sys.executable, "-c", f"import boltzwall.{module}; {FIRST}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
