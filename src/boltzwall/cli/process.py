"""The process of the command: its start, its messages, its exit status, its end."""

import contextlib
import signal
import sys
import warnings

from boltzwall.cli.app import app
from boltzwall.cli.interrupts import InterruptedRunError
from boltzwall.environment import end_command, hasten_command
from boltzwall.errors import BoltzwallError


def main() -> None:
    """The command `boltzwall`: `call`, with a quick start and a quick end of the process."""
    hasten_command(sys.argv[1:])
    try:
        call()
    except SystemExit as leaving:
        end_command(leaving.code)
        raise


def call() -> None:
    """Run the command line; leaves with 0, 2 (input), 3 (numerics) or 130 (interrupted)."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    warnings.showwarning = _show_warning
    try:
        app()
    except BoltzwallError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(error.exit_status) from None
    except KeyboardInterrupt:
        print("Error: Interrupted.", file=sys.stderr)
        raise SystemExit(InterruptedRunError.exit_status) from None


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    print(f"Warning: {message}", file=sys.stderr)
