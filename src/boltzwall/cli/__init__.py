"""The command line; ``main`` is what the command `boltzwall` calls."""

from boltzwall.cli.app import app, call, main

__all__ = ["app", "call", "main"]
