"""Sweeps: points a second against one at a time, Dask against threads, memory, overheads.

    python -m benchmarks.sweeps [--points N]

Everything in one run on one machine, with as many workers as it has cores; the published model at
100 cells × 64 momenta for 0.2 ns.
"""

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import boltzwall
from benchmarks.machine import describe
from boltzwall.sweeps import Workforce, load_study, run_study
from boltzwall.sweeps.compute_batch import Task
from boltzwall.sweeps.kept_points import KeptColumn
from boltzwall.sweeps.plan import Plan
from boltzwall.sweeps.store import Store
from boltzwall.variables import VARIABLES

PAPER = {
    "wire": {"length": "5 nm", "cells": 100},
    "transport": {"momentum_nodes": 64},
    "dynamics": {"end_time": "0.2 ns", "save_interval": "5 ps", "stop": "end"},
}
ONE_AT_A_TIME = 12  # calls of `simulate`
DASK_POINTS = 320
PROCESSES = 3  # calls of `boltzwall run`


def study(points, config=None, **settings):
    """A grid of ``points`` gradients and temperatures."""
    rows = max(1, points // 10)
    axes = [
        {"key": "temperature.gradient", "start": "0.5 K/nm", "stop": "6 K/nm", "count": rows},
        {"key": "temperature.cold_end", "start": 100, "stop": 300, "count": min(points, 10)},
    ]
    return load_study({**(config or PAPER), "sweep": {"axes": axes, **settings}})


def timed(function):
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def throughput(points, folder):
    """Points a second: whole processes, one call at a time, and a sweep."""
    grid = study(points)
    toml = folder / "one.toml"
    toml.write_text(
        '[wire]\nlength = "5 nm"\ncells = 100\n[transport]\nmomentum_nodes = 64\n'
        '[dynamics]\nend_time = "0.2 ns"\nsave_interval = "5 ps"\nstop = "end"\n'
    )
    command = [sys.executable, "-m", "boltzwall", "run", str(toml), "--overwrite", "-q"]
    command += ["-o", str(folder / "one.nc")]
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=quiet)
    processes = (
        timed(lambda: [subprocess.run(command, check=True, stdout=quiet) for _ in range(PROCESSES)])
        / PROCESSES
    )
    boltzwall.simulate(grid.config(0))
    step = max(1, points // ONE_AT_A_TIME)
    chosen = range(0, step * ONE_AT_A_TIME, step)
    single = timed(lambda: [boltzwall.simulate(grid.config(k)) for k in chosen]) / len(chosen)
    run_study(study(40, batch=16), str(folder / "warm"))
    swept = timed(lambda: run_study(grid, str(folder / "all"))) / points
    print(f"\npublished model, 100 × 64, 0.2 ns, {points} points")
    for name, seconds in (
        ("`boltzwall run`, one after another", processes),
        ("`simulate`, one after another, compiled", single),
        ("`sweep`, all of it", swept),
    ):
        print(
            f"{name:42s} {1.0 / seconds:8.2f} points/s  {seconds / swept:6.1f} × the sweep's time"
        )
    return swept


def dask_share(folder):
    """Throughput of two Dask workers over that of two threads, for tasks of seconds."""
    from boltzwall.sweeps.workforce import _client, _run_dask, _run_threads

    grid = study(DASK_POINTS, batch=16)
    times = {}
    work = Workforce()
    with _client(Workforce(work.count, "local")) as client:
        for name in ("warm", "measured"):
            for kind in ("dask", "threads"):
                address = str(folder / f"{kind}-{name}")
                Store(address).prepare()
                plan = Plan(grid, address, {})
                if kind == "dask":
                    times[kind] = timed(lambda p=plan: _run_dask(p, client, None))
                else:
                    times[kind] = timed(lambda p=plan: _run_threads(p, work.count, None))
    a_task = times["threads"] * work.count / len(plan)
    print(f"\nDask, {work.count} workers, against threads, {a_task:.1f} s a task")
    rates = {kind: DASK_POINTS / seconds for kind, seconds in times.items()}
    print(f"threads {rates['threads']:.2f} points/s, Dask {rates['dask']:.2f} points/s: "
          f"{rates['dask'] / rates['threads']:.0%}")  # fmt: skip


MEMORY = """
import sys, tempfile
from benchmarks.sweeps import study
from boltzwall.sweeps import run_study
config = {
    "wire": {"length": "50 nm", "cells": 20}, "texture": {"kind": "bloch", "width": "5 nm"},
    "transport": {"model": "zhang-li", "u": 1.0, "beta": 0.1}, "drive": {"electric_field": 0.0},
    "dynamics": {"end_time": "2 ps", "save_interval": "1 ps", "stop": "end"},
}
with tempfile.TemporaryDirectory() as folder:
    run_study(study(int(sys.argv[1]), config, batch=16), folder + "/s")
print(next(line.split()[1] for line in open("/proc/self/status") if "VmHWM" in line))
"""


def memory():
    """Peak memory of a process against the number of points."""
    print("\npoints, peak memory of the process (a cheap point)")
    for points in (100, 1000, 10_000):
        found = subprocess.run(
            [sys.executable, "-c", MEMORY, str(points)], capture_output=True, text=True, check=True
        )
        print(f"{points:8d} {int(found.stdout) / 1024:8.0f} MB")


def overheads(folder):
    """What each batch costs besides its computation: plan, scheduler, store, index, gathering."""
    from distributed import Client, LocalCluster

    grid = study(16000, batch=16)
    store = Store(str(folder / "over"))
    store.prepare()
    tasks: list[Task] = []

    def plan() -> None:
        tasks.extend(Plan(grid, store.address, {}).starting_at(0))

    planned = timed(plan)
    values = np.zeros((16, 1))
    names = [name for name, entry in VARIABLES.items() if entry.dims == ("time",)][:25]
    table = {name: KeptColumn(values[:, 0], ()) for name in names}

    def write() -> None:
        for task in tasks:
            store.write(task.name, task.digests, table, {})

    written = timed(write)
    indexed = timed(store.index)
    from boltzwall.sweeps.gather import gather

    gathered = timed(lambda: gather(grid, store))
    size = sum(p.stat().st_size for p in Path(store.address).rglob("*") if p.is_file())
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.gather(client.map(abs, range(10)))

        def schedule() -> None:
            client.gather([client.submit(len, (t, k), pure=False) for k, t in enumerate(tasks)])

        scheduled = timed(schedule)
    count = len(tasks)
    sent = len(pickle.dumps(tasks[0]))
    print(f"\noverheads, {count} batches of 16 points, one process")
    for name, seconds in (
        ("plan", planned), ("store: write", written), ("store: index", indexed),
        ("gather", gathered), ("Dask: submit, schedule, result", scheduled),
    ):  # fmt: skip
        whole = seconds / count * 62500
        print(f"{name:32s} {1e3 * seconds / count:8.3f} ms a batch, {whole:8.0f} s for 10⁶ points")
    print(f"store {size / count / 16:.0f} bytes a point, {sent / 1e3:.1f} kB sent for a batch")
    return {"scheduled": scheduled / count, "written": written / count}


def projection(seconds_per_point, cost):
    """10⁶ points of the paper's size on N cores, and what saturates first."""
    print("\n10⁶ points: cores, hours of computation, share of the scheduler's time")
    batch = 16 * seconds_per_point
    for cores in (2, 16, 128, 1024, 8192):
        hours = 62500 * batch / cores / 3600.0
        print(f"{cores:6d} {hours:10.2f} h  {62500 * cost['scheduled'] / 3600.0 / hours:8.2%}")
    print(f"the scheduler keeps up to {batch / cost['scheduled']:.0f} cores busy, one disk "
          f"{batch / cost['written']:.0f}")  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1000)
    arguments = parser.parse_args()
    print(describe())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        swept = throughput(arguments.points, folder)
        dask_share(folder)
        cost = overheads(folder)
        projection(swept * len(os.sched_getaffinity(0)), cost)
    memory()


if __name__ == "__main__":
    main()
