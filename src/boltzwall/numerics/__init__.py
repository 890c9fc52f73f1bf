"""Methods that know no physics: momentum grids, frames, linear solves, time stepping.

Nothing here knows `physics`, a transport model or a configuration.
"""

from boltzwall.environment import use_float64

use_float64()
