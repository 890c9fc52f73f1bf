"""How things are timed here: the best of several calls, on one core where that is said."""

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def best_time(call: Callable[[], Any], repeats: int) -> float:
    """Shortest wall time of ``repeats`` calls in s; other load can only lengthen a call."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def stay_on_one_core() -> None:
    """Keep this process, with all its threads to come, on one core where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def describe() -> str:
    """The processor and the versions that matter."""
    import jax
    import numpy

    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = lines[0].split(":", 1)[1].strip() if lines else name
    return (
        f"{name}, {os.cpu_count()} cores; Python {platform.python_version()}, "
        f"JAX {jax.__version__}, NumPy {numpy.__version__}"
    )
