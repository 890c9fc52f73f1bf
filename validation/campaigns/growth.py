"""Many runs in one process: memory and time stay flat.

    python -m validation.campaigns.growth [--runs 2000] [--shapes 300] [--minutes 60] [--write]

First ``runs`` of one shape with other numbers each, then ``shapes`` of different cells. Printed:
memory after a tenth, at the end and at its peak, and the time of a run early and late.
"""

import os
import resource
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

from boltzwall.simulation import simulate
from validation.campaigns.table import PAGE, options, with_row
from validation.campaigns.wires import KINDS, Tables

KIND = "Zhang and Li"


def resident() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def of_one_shape(number: int) -> Tables:
    """A wire with other numbers each time."""
    plain = KINDS[KIND]
    texture = {"kind": "neel", "width": 1e-8 * (1.0 + 1e-4 * number)}
    transport = {**plain["transport"], "u": 40.0 + 0.01 * number}
    return {**plain, "texture": texture, "transport": transport}


def of_another_shape(number: int) -> Tables:
    """A wire with other cells each time."""
    wire = {**KINDS[KIND]["wire"], "cells": 16 + number}
    return of_one_shape(number) | {"wire": wire}


def grow(draw: Callable[[int], Tables], count: int, minutes: float) -> tuple[int, list[str]]:
    """(how many ran, the cells of a row: memory after the first block and at the end, times)."""
    begun, memory, seconds = time.monotonic(), [], []
    for number in range(count):
        if time.monotonic() - begun > 60.0 * minutes:
            break
        start = time.process_time()
        simulate(draw(number), progress=False)
        seconds.append(time.process_time() - start)
        memory.append(resident())
        if number % 100 == 99:
            print(f"{number + 1}: {memory[-1]:.0f} MB, {np.mean(seconds[-100:]):.3f} s", flush=True)
    tenth = max(len(seconds) // 10, 1)
    early, late = seconds[tenth : 2 * tenth] or seconds, seconds[-tenth:]
    return len(seconds), [
        f"{len(seconds)}",
        f"{memory[min(tenth, len(memory) - 1)]:.0f} MB",
        f"{memory[-1]:.0f} MB",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1.024e-3:.0f} MB",
        f"{np.median(early):.3f} s",
        f"{np.median(late):.3f} s",
    ]


def main() -> None:
    given = options("memory and time of many runs", runs=2000, shapes=300, minutes=60)
    warnings.simplefilter("ignore")
    page = PAGE.read_text(encoding="utf-8")
    for name, draw, count in (
        ("runs of one shape", of_one_shape, given.runs),
        ("shapes", of_another_shape, given.shapes),
    ):
        if count == 0:
            continue
        done, cells = grow(draw, count, given.minutes)
        print(name, *cells, flush=True)
        if done and given.write:
            page = with_row(page, name, cells)
    if given.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
