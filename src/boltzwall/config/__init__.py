"""The configuration of a run: sections, units, loading, checks, and the scales that follow.

Data and plain arithmetic; no JAX, and nothing that builds or computes.
"""

from boltzwall.config.config import Config
from boltzwall.config.load import load_config

__all__ = ["Config", "load_config"]
