"""Failures inside compiled code, told in this project's words."""

from collections.abc import Iterator
from contextlib import contextmanager

import equinox as eqx
import jax

from boltzwall.errors import NumericsError


@contextmanager
def numerics_failures() -> Iterator[None]:
    """Turn a failed linear solve inside compiled code into a NumericsError with advice."""
    try:
        yield
    except (eqx.EquinoxRuntimeError, jax.errors.JaxRuntimeError) as error:
        if "linear solve" not in str(error):
            raise
        raise NumericsError(
            "The field term of the transport equations did not converge. Use a weaker electric "
            "field, fewer momenta (`transport.momentum_nodes`), or a window further from p = 0."
        ) from None
