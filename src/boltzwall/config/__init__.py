"""The configuration of a run: schema, units, loading, and what follows from it."""

from boltzwall.config.config import Config
from boltzwall.config.load import load_config

__all__ = ["Config", "load_config"]
