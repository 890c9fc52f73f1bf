"""Compiled code is kept between processes, so that a second run starts at once."""

import os
from pathlib import Path

import jax


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
