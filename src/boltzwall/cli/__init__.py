"""The command line; ``main`` is what the command `boltzwall` calls."""

from boltzwall.cli.app import app, main

__all__ = ["app", "main"]
