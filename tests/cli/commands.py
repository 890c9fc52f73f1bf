"""Run the command in its own process, as a user does."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FORBIDDEN = ("jax", "diffrax", "equinox")
_SCRIPT = f"""
import sys
from boltzwall.cli import call  # what `main` calls: `main` ends the process where JAX was loaded
try:
    call()
finally:
    loaded = [name for name in {FORBIDDEN} if name in sys.modules]
    if loaded:
        print("imported:", *loaded, file=sys.stderr)
"""


_COMMAND = "\nfrom boltzwall.cli import main\nmain()\n"


def boltzwall(
    *arguments: object, cwd: Path | None = None, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """Exit status, stdout and stderr; stderr names forbidden libraries that were imported.

    ``before`` is Python that runs first.
    """
    return subprocess.run(
        [sys.executable, "-c", before + _SCRIPT, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def start(
    *arguments: object, cwd: Path, env: Mapping[str, str], before: str = ""
) -> subprocess.Popen[str]:
    """The command while it runs; ``env`` is added to the environment."""
    return subprocess.Popen(
        [sys.executable, "-c", before + _COMMAND, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit status, stdout and stderr, once the command is done."""
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err
