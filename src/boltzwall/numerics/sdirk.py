"""Alexander's L-stable SDIRK2, SIAM J. Numer. Anal. 14, 1006 (1977)."""

import math

GAMMA = 1.0 - 1.0 / math.sqrt(2.0)
"""The share of a step after which its first stage stands; each stage is implicit by it."""
