"""Run the command in its own process, as a user does."""

import subprocess
import sys
from pathlib import Path

FORBIDDEN = ("jax", "diffrax", "equinox")
_SCRIPT = f"""
import sys
from boltzwall.cli import main
try:
    main()
finally:
    loaded = [name for name in {FORBIDDEN} if name in sys.modules]
    if loaded:
        print("imported:", *loaded, file=sys.stderr)
"""


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
