"""The command line; ``main`` is what the command `boltzwall` calls.

Options, printing, exit status; nothing is computed here, and nothing below speaks of options.
"""

from boltzwall.cli.app import app
from boltzwall.cli.process import call, main

__all__ = ["app", "call", "main"]
