"""Equations, local in x: pure functions and small modules; docs/equations.md numbers them.

No grids in p, no solvers, no time stepping, no configuration.
"""

from boltzwall.environment import use_float64

use_float64()
