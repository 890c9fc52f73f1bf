"""What moves a unit-vector field, and how exactly it is to be followed."""

from collections.abc import Callable
from typing import Any, NamedTuple

import equinox as eqx
from jaxtyping import Array, Float, Int

from boltzwall.numerics.tangent import Coefficients
from boltzwall.typing import Scalar, Vectors


class Accuracy(eqx.Module):
    """Error allowed in a time step, and the times at which a step must end."""

    relative: Scalar
    absolute: Scalar
    breaks: Float[Array, " breaks"]


class Noise(NamedTuple):
    """A fluctuating part of the right-hand side, constant within a step.

    Attributes:
        step: length of the fixed steps, s; every time wanted is a multiple of it.
        rate: dM/dt in 1/s from M and the number of the step, counted from t = 0.
    """

    step: Scalar
    rate: Callable[[Vectors, Array], Vectors]


class Evolution(NamedTuple):
    """How a unit-vector field moves.

    Attributes:
        rate: dM/dt in 1/s from (t, M).
        stiffness: its stiff part at (t, M), for the semi-implicit method; None: explicit.
        noise: for Heun's method with fixed steps; None: adaptive steps.
    """

    rate: Callable[[Any, Vectors], Vectors]
    stiffness: Callable[[Any, Vectors], Coefficients] | None = None
    noise: Noise | None = None


class TimeRange(NamedTuple):
    """What one call of `integrate` covers, s.

    Attributes:
        start: t0.
        times: those wanted, in increasing order.
        step: the first time step.
    """

    start: Array
    times: Array
    step: Array


class Stretch(NamedTuple):
    """States wanted of one call of `integrate`, and how it went."""

    states: Float[Array, "times cells 3"]
    step: Scalar
    evaluations: Int[Array, ""]
    success: Array
