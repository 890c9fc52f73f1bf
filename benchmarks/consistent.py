"""The consistent model: one solve for both drives, against the slow solver, and how cost grows.

    python -m benchmarks.consistent [FIGURE.png]

Everything runs in one process, one after the other, on all cores that the process has.
"""

import sys
import time
import warnings
from typing import Any

import equinox as eqx
import jax
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from benchmarks.machine import best_time, describe
from boltzwall import load_config
from boltzwall.build.problem import Problem
from boltzwall.simulation import solve_transport  # noqa: F401  (switches the cache on)
from tests.reference.consistent import ConsistentProblem, Resolution, momenta, solve_momentum
from tests.systems.consistent_walls import TanhWall

CELLS, NODES = 1000, 32
LENGTH, WIDTH = 200e-9, 10e-9
FREE_PATH = 0.26e-9  # v_F τ of the majority, Table I


@eqx.filter_jit
def respond(model: Any, m: Any, ends: Any) -> Any:
    """Both basis solutions with all moments."""
    return model.respond(m, ends)


def prepared(
    cells: int = CELLS, nodes: int = NODES, streams: int = 2, length: float = LENGTH
) -> tuple[Any, Any, Any]:
    """A wall in the middle of a wire, Table I, 300 K with 0.1 K/nm over 200 nm."""
    config = load_config(
        {
            "wire": {"length": length, "cells": cells},
            "texture": {"kind": "neel", "width": length / 20.0},
            "temperature": {"kind": "linear", "cold_end": 300.0, "gradient": 20.0 / length},
            "transport": {"model": "consistent", "streams": streams, "momentum_nodes": nodes},
        }
    )
    problem = Problem.of(config)
    electrons: Any = problem.kinetic_electrons()
    return electrons.model, problem.start, problem.ends


def seconds(problem: tuple[Any, Any, Any], repeats: int = 5) -> tuple[float, int]:
    """Time of one solve after compilation, and the iterations that it took."""
    answer = jax.block_until_ready(respond(*problem))
    time_of_one = best_time(lambda: jax.block_until_ready(respond(*problem)), repeats)
    return time_of_one, int(answer.iterations)


def against_slow_solver() -> None:
    """The same wire by discontinuous Galerkin with one sparse LU per momentum."""
    print(f"\nOne solve, both drives, all moments, {LENGTH * 1e9:g} nm")
    resolution = Resolution(elements=40, order=6)
    for streams, some in ((2, 8), (16, 1)):
        fast, iterations = seconds(prepared(streams=streams))
        problem = ConsistentProblem(
            texture=TanhWall(WIDTH, 0.5 * LENGTH),
            temperature=lambda x: 300.0 + 1e8 * np.asarray(x),
            temperature_gradient=lambda x: 1e8 + 0.0 * np.asarray(x),
            length=LENGTH,
            boundary="bulk",
            streams=streams,
        )
        count = momenta(problem, resolution)[0].size
        slow = slow_time(problem, resolution, some)
        print(
            f"  {streams:2d} streams: boltzwall, {CELLS} cells × {NODES} momenta "
            f"{fast * 1e3:8.1f} ms ({iterations} iterations); slow solver, 40 elements of order 6, "
            f"{slow * 1e3:.0f} ms a momentum, {slow * count:.1f} s for its {count}"
        )


def slow_time(problem: ConsistentProblem, resolution: Resolution, some: int) -> float:
    """Time per momentum of the slow solver, from a few of them."""
    p, _ = momenta(problem, resolution)
    chosen = p[p.size // 2 : p.size // 2 + some]
    start = time.perf_counter()
    for node in chosen:
        solve_momentum(problem, float(node), resolution)
    return (time.perf_counter() - start) / some


def growth(path: str) -> None:
    """Time against cells, momentum nodes, streams, and the length of the wire."""
    found: dict[str, list[tuple[float, float, int]]] = {}
    for cells in (250, 500, 1000, 2000, 4000):
        found.setdefault("cells, 2 streams", []).append((cells, *seconds(prepared(cells))))
    for cells in (250, 1000):
        found.setdefault("cells, 8 streams", []).append(
            (cells, *seconds(prepared(cells, streams=8), 2))
        )
    for nodes in (16, 32, 64):
        found.setdefault("momentum nodes, 2 streams", []).append(
            (nodes, *seconds(prepared(nodes=nodes)))
        )
    for streams in (4, 8, 16):
        found.setdefault("streams", []).append((streams, *seconds(prepared(streams=streams), 2)))
    for paths in (0.1, 1.0, 10.0, 100.0, 1e3, 1e4):
        found.setdefault("mean free paths, 8 streams", []).append(
            (paths, *seconds(prepared(streams=8, length=paths * FREE_PATH), 2))
        )
    print(f"\nTime of one solve, ms (iterations); {CELLS} cells × {NODES} momenta where not varied")
    for name, rows in found.items():
        print(f"  {name:26s}", *(f"{x:g}: {t * 1e3:.1f} ({n})" for x, t, n in rows), sep="  ")
    draw(found, path)


def draw(found: dict[str, list[tuple[float, float, int]]], path: str) -> None:
    """Times in log-log plots, with lines of slope 1; flat for the length of the wire."""
    figure = Figure(figsize=(11.0, 3.6), layout="constrained")
    panels = figure.subplots(1, 4, sharey=True)
    groups = (("cells",), ("momentum nodes",), ("streams",), ("mean free paths",))
    for panel, (group,) in zip(panels, groups, strict=True):
        # The longest series last: the ticks are its values.
        for name, rows in sorted(found.items(), key=lambda item: len(item[1])):
            if not name.startswith(group):
                continue
            x, t, _ = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
            panel.loglog(x, t * 1e3, "o-", label=name.partition(", ")[2] or None)
            slope = 0.0 if group == "mean free paths" else 1.0
            panel.loglog(x, t[-1] * 1e3 * (x / x[-1]) ** slope, ":", color="0.5")
        panel.set(xlabel=group)
        if group != "mean free paths":
            panel.set_xticks(x, [f"{value:g}" for value in x])
            panel.xaxis.set_minor_formatter(NullFormatter())
        if any(", " in name for name in found if name.startswith(group)):
            panel.legend(fontsize="small")
    panels[0].set_ylabel("one solve, both drives (ms)")
    figure.suptitle(f"{CELLS} cells × {NODES} momenta where not varied; dotted: linear, constant")
    figure.savefig(path, dpi=110)


def main() -> None:
    warnings.simplefilter("ignore")
    print(describe())
    against_slow_solver()
    growth(sys.argv[1] if len(sys.argv) > 1 else "benchmark-consistent.png")


if __name__ == "__main__":
    main()
