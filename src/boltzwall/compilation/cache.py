"""Compiled code: kept between processes, and given back before a process holds too much of it."""

import os
import stat
import time
import warnings
from pathlib import Path

import jax

_MAPS = Path("/proc/self/maps")
_MOST_MAPS = Path("/proc/sys/vm/max_map_count")
_UNMAPPED = 65534  # the owner of root's folders in a container without root
_REST = 0.5  # s between two looks, in which no process makes or loads thirty programs
_looked = [-_REST]  # when maps were last counted


def keep_compiled_code() -> None:
    """Point JAX's compilation cache to the user's cache folder, unless one is already chosen.

    ``BOLTZWALL_CACHE`` names another folder; if it is empty, nothing is kept.
    """
    chosen = os.environ.get("BOLTZWALL_CACHE")
    if getattr(jax.config, "jax_compilation_cache_dir", None) is not None or chosen == "":
        return
    try:
        home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        folder = Path(chosen or home).absolute() / ("" if chosen else "boltzwall")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stranger = writable_by_others(folder)
    except (OSError, RuntimeError):  # read-only, a file, or a user without a home
        return
    if stranger is not None:
        warnings.warn(
            f"The cache folder {folder} is not used, because other users can write to {stranger}: "
            "compiled code that is read from it is executed. Take their right to write "
            f"(chmod go-w {stranger}), or name a folder of your own with BOLTZWALL_CACHE.",
            stacklevel=2,
        )
    elif os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def writable_by_others(folder: Path) -> Path | None:
    """The first folder on the way to what is in ``folder`` that other users may change, or None.

    In a folder with the sticky bit, such as /tmp, they can add, but not replace what is ours. The
    group that a user has alone is no other user.
    """
    if not hasattr(os, "getuid"):
        return None
    for place in (folder / "boltzwall-programs", folder, *folder.parents):
        try:
            found = place.stat()
        except FileNotFoundError:
            continue
        sticky = bool(found.st_mode & stat.S_ISVTX) and place in folder.parents
        shared = found.st_mode & stat.S_IWGRP and not _is_own_group(found.st_gid)
        open_to_all = found.st_mode & stat.S_IWOTH
        if found.st_uid not in (0, _UNMAPPED, os.getuid()) or (
            (shared or open_to_all) and not sticky
        ):
            return place
    return None


def _is_own_group(group: int) -> bool:
    """Whether a group is root's, or has the user's name and no other member."""
    import grp
    import pwd

    try:
        found, user = grp.getgrgid(group), pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return group == 0
    return group == 0 or (found.gr_name == user and set(found.gr_mem) <= {user})


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
