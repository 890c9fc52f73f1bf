"""Under the tests, every annotated shape and type of the numerical code is checked at run time."""

import os
import signal
from pathlib import Path

import pytest
from jaxtyping import install_import_hook

# The reference solver works on small matrices, on which threads only wait for each other: up to
# fifty times longer on a busy machine. Workers of pytest-xdist load NumPy after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

CHECKED = ("boltzwall.numerics", "boltzwall.physics", "boltzwall.transport")

install_import_hook(list(CHECKED), "beartype.beartype")

# Most of the tests' time is compilation: LLVM's slow passes are left out, here and in the commands
# that the tests start. The examples run what users run.
os.environ.setdefault("JAX_DISABLE_MOST_OPTIMIZATIONS", "1")

# Compiled programs are shared by the workers, and by the next call of the tests.
os.environ.setdefault("BOLTZWALL_CACHE", str(Path(__file__).parents[1] / ".test_cache"))

# A shell that starts the tests in the background leaves the interrupt ignored; the tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure():
    """Compiled code is kept from the first test on, of whatever layer it is."""
    from boltzwall.compilation.cache import keep_compiled_code

    keep_compiled_code()


def pytest_itemcollected(item):
    """`slow_but` names the parameters with which a slow test is quick enough."""
    mark = item.get_closest_marker("slow_but")
    if mark is not None and item.callspec.id not in mark.args:
        item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True, scope="module")
def few_memory_maps():
    """Tests compile far more than a user does."""
    yield
    from boltzwall.compilation.cache import free_compiled_code

    free_compiled_code()
