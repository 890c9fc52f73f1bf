"""Shapes and signatures that many files share, each under one name."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Array, Float
from numpy.typing import NDArray

Scalar = Float[Array, ""]
"""One number."""

PerCell = Float[Array, " cells"]
"""A number of each cell."""

Vectors = Float[Array, "cells 3"]
"""A vector of each cell: M, H, a torque, a spin density."""

Ends = Float[Array, "2 3"]
"""A vector at both ends of the wire."""

Arrays = dict[str, Array]
"""Outputs by their names in the registry."""

Values = NDArray[np.float64]
"""Numbers outside of JAX."""

Progress = Callable[[float, float, str], None]
"""Told (done, total, a few words)."""
