"""Methods that know no physics: momentum grids, frames, linear solves, time stepping.

Importing this package switches JAX to float64, which every result of this project needs.
"""

import jax

jax.config.update("jax_enable_x64", True)
