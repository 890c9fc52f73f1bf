"""From a configuration to what computes: the only place that knows both.

Sections and checks live below in `config`, equations in `physics`, `numerics` and `transport`.
"""

from boltzwall.environment import use_float64

use_float64()
