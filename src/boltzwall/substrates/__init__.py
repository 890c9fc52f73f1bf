"""How a substrate warms under a strip of wire, in plain NumPy: step responses, and their sums.

Neither JAX nor a configuration, so that both may build on it.

The response of T_s, the mean under the strip, to a flux of 1 W/m² from t = 0 on is P(t) in K m²/W.
"""

from boltzwall.substrates.exponentials import Exponentials, half_space_terms, layered_terms
from boltzwall.substrates.responses import Layer, Medium, half_space_rise, layered_response

__all__ = [
    "Exponentials",
    "Layer",
    "Medium",
    "half_space_rise",
    "half_space_terms",
    "layered_response",
    "layered_terms",
]
