"""Shapes of arrays that many files share, each under one name; those outside of JAX: `values`."""

from jaxtyping import Array, Float

Scalar = Float[Array, ""]
"""One number."""

PerCell = Float[Array, " cells"]
"""A number of each cell."""

Vectors = Float[Array, "cells 3"]
"""A vector of each cell: M, H, a torque, a spin density."""

Ends = Float[Array, "2 3"]
"""A vector at both ends of the wire."""

Batch = Float[Array, "*batch"]
"""Numbers that are taken one by one, all of one shape."""

AnyShape = Float[Array, "..."]
"""Numbers that are taken one by one, of shapes that broadcast."""

Four = Float[Array, "4 ..."]
"""Charge and spin (F, Gx, Gy, Gz) along the first dimension."""

Fours = Float[Array, "cells 4 ..."]
"""Charge and spin of each cell."""

Quad = tuple[Array, Array, Array, Array]
"""Charge and spin as four arrays."""

Arrays = dict[str, Array]
"""Outputs by their names in the registry."""
