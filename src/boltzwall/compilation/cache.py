"""Compiled code: kept between processes, and given back before a process holds too much of it."""

import os
import time
from pathlib import Path

import jax

_MAPS = Path("/proc/self/maps")
_MOST_MAPS = Path("/proc/sys/vm/max_map_count")
_REST = 0.5  # s between two looks, in which no process makes or loads thirty programs
_looked = [-_REST]  # when maps were last counted


def keep_compiled_code() -> None:
    """Point JAX's compilation cache to the user's cache folder, unless one is already chosen.

    ``BOLTZWALL_CACHE`` names another folder; if it is empty, nothing is kept.
    """
    chosen = os.environ.get("BOLTZWALL_CACHE")
    if getattr(jax.config, "jax_compilation_cache_dir", None) is not None or chosen == "":
        return
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(chosen or home) / ("" if chosen else "boltzwall")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def free_compiled_code() -> None:
    """Forget all compiled programs once they take half of the memory maps that Linux grants.

    A program of one shape of wire holds about 1400 maps of the usual 65530; beyond them the process
    dies. What is needed again comes from the folder of :func:`keep_compiled_code`. Counting takes
    milliseconds, and is left out if it was done just before.
    """
    now = time.monotonic()
    if now - _looked[0] < _REST:
        return
    _looked[0] = now
    try:
        held, most = _MAPS.read_bytes().count(b"\n"), int(_MOST_MAPS.read_text())
    except OSError:  # no Linux
        return
    if 2 * held > most:
        jax.clear_caches()
