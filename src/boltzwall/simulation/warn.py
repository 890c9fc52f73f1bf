"""What deserves a second look, told before anything is computed."""

import warnings

from boltzwall.config import Config
from boltzwall.config.scales import run_warnings


def warn_of(config: Config) -> None:
    """Warn of what about the grids and the drive may spoil the answer."""
    for text in run_warnings(config):
        warnings.warn(text, stacklevel=3)
