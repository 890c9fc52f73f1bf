"""Whole processes: start-up of the commands, memory against cells, the reproduction.

python -m benchmarks.processes [--reproduce]
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import describe

_PEAK = """
import resource, sys
import boltzwall
cells = int(sys.argv[1])
wire = {"length": 5e-11 * cells, "cells": cells}
boltzwall.solve_transport({"wire": wire, "temperature": {"gradient": 0.0}})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_FIRST_STEP = """
import sys, time
from boltzwall.simulation import simulate
class Reached(Exception): pass
def progress(done, total, message):
    if done > 0.0: raise Reached
try: simulate(None, progress=progress)
except Reached: pass
"""


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Wall time in s of a command that must succeed, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stdout


def start_up(environment: dict[str, str], folder: Path) -> None:
    """Time of the commands that compute nothing, and to the first step of a run."""
    command = [sys.executable, "-m", "boltzwall"]
    config = folder / "my.toml"
    config.write_text(timed([*command, "init"], environment)[1])
    print("\nCommands, s (the second of two calls)")
    for words in (["--help"], ["check", str(config)], ["materials"]):
        timed([*command, *words], environment)
        print(f"  boltzwall {words[0]:10s} {timed([*command, *words], environment)[0]:6.2f}")
    cold = timed([sys.executable, "-c", _FIRST_STEP], environment)[0]
    warm = timed([sys.executable, "-c", _FIRST_STEP], environment)[0]
    print(f"  first stretch of `run`: {cold:.1f} with nothing compiled, {warm:.1f} the second time")


def memory(environment: dict[str, str]) -> None:
    """Peak memory of a process that solves the transport once, 64 momenta."""
    print("\nPeak memory of one transport solution, MB")
    for cells in (100, 10_000, 40_000, 160_000):
        peak = timed([sys.executable, "-c", _PEAK, str(cells)], environment)[1]
        print(f"  {cells:7d} cells: {int(peak) / 1024:8.0f}")


def reproduction(environment: dict[str, str], folder: Path) -> None:
    """The whole of `boltzwall reproduce wang2022`, from a cold start."""
    command = [sys.executable, "-m", "boltzwall", "reproduce", "wang2022", "-q"]
    elapsed, _ = timed([*command, "-o", str(folder / "wang2022")], environment)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nboltzwall reproduce wang2022, cold: {elapsed:.0f} s, {peak:.0f} MB")


def main() -> None:
    print(describe())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "BOLTZWALL_CACHE": str(folder / "cache")}
        if "--reproduce" in sys.argv:
            reproduction(environment, folder)
        start_up(environment, folder)
        memory(environment)


if __name__ == "__main__":
    main()
