"""The coupled equations: electrons and magnetisation together in time.

What moves, and by which equation; neither a configuration nor a loop over saved states.
"""

from boltzwall.environment import use_float64

use_float64()
