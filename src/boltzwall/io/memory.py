"""How much memory a file may ask for: told from its header, before any of it is taken."""

import contextlib
import os
from pathlib import Path

from boltzwall.errors import InputError

_SHARE = 0.8  # of what is free


def require_memory(count: float, path: Path | str) -> None:
    """Raise InputError, "must …, but …", where ``count`` bytes of a file do not fit the memory."""
    free = available()
    if count > _SHARE * free:
        raise InputError(
            f"must fit the memory, but {path} says that it holds {count / 1e9:.3g} GB, and "
            f"{free / 1e9:.3g} GB are free: it is damaged, or too large for this machine."
        )


def available() -> float:
    """Bytes that this process may still take; endless where the system does not say."""
    return min(_free(), _left_of_limit())


def _free() -> float:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return 1024.0 * float(line.split()[1])
    return float("inf")


def _left_of_limit() -> float:
    """Of the address space, where that is limited."""
    with contextlib.suppress(ImportError, OSError, ValueError, IndexError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
        if most != resource.RLIM_INFINITY:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            return max(float(most - pages * os.sysconf("SC_PAGE_SIZE")), 0.0)
    return float("inf")
