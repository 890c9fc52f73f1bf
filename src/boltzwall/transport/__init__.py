"""The electrons: one model a package or file, from (M, T, drive) to moments and torques.

No time stepping of M, no configuration, no files; `model.py` is the face of them all.
"""

from boltzwall.environment import use_float64

use_float64()
