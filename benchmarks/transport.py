"""One transport solve: against plain NumPy, per cell and momentum, and by momentum rule.

    python -m benchmarks.transport

Everything runs on one core, in one process, one after the other.
"""

from typing import Any

import equinox as eqx
import jax
import numpy as np

from benchmarks.machine import best_time, describe, stay_on_one_core
from boltzwall import load_config
from boltzwall.build.problem import Problem
from boltzwall.simulation import solve_transport  # noqa: F401  (switches the cache on)
from tests.reference.numpy_marching import march as numpy_march
from tests.reference.problem import PublishedProblem
from tests.systems.textures import WangWall

CELLS, MOMENTA = 200, 256


@eqx.filter_jit
def moments(model: Any, m: Any, ends: Any) -> Any:
    """All moments of the steady solution."""
    return model.moments(m, ends)


def prepared(cells: int, momenta: int, **sections: dict[str, Any]) -> tuple[Any, Any, Any]:
    """A model and the paper's wall."""
    transport = {"momentum_nodes": momenta, **sections.pop("transport", {})}
    config = load_config({"wire": {"cells": cells}, "transport": transport, **sections})
    problem = Problem.of(config)
    electrons: Any = problem.kinetic_electrons()
    return electrons.model, problem.start, problem.ends


def seconds(problem: tuple[Any, Any, Any], repeats: int = 100) -> float:
    """Time of one solve after compilation."""
    jax.block_until_ready(moments(*problem))
    return best_time(lambda: jax.block_until_ready(moments(*problem)), repeats)


def against_numpy() -> None:
    """The same problem by the straightforward NumPy march of tests/reference."""
    ours = prepared(CELLS, MOMENTA, transport={"momentum_rule": "uniform"})
    unit = float(ours[0].electrons.fermi_momentum)
    problem = PublishedProblem(WangWall(5e-9), lambda x: 100.0 + 2e9 * x, 0.9 * unit, 1.6 * unit)
    slow = best_time(lambda: numpy_march(problem, CELLS, MOMENTA), 3)
    fast, gauss = seconds(ours), seconds(prepared(CELLS, MOMENTA))
    print(f"\nOne solve, {CELLS} cells × {MOMENTA} momenta, E = −8e3 V/m, with all moments")
    print(f"  NumPy, one loop over x, LU per node: {slow * 1e3:8.1f} ms")
    print(
        f"  boltzwall, uniform momenta:          {fast * 1e3:8.2f} ms, {slow / fast:.0f} × faster"
    )
    print(
        f"  boltzwall, Gauss panels:             {gauss * 1e3:8.2f} ms, {slow / gauss:.0f} × faster"
    )


def per_node() -> None:
    """Cost of a march per cell and momentum, by the number of passes that the field term takes."""
    print("\nMarch with its moments, ns per (cell, momentum)")
    for cells, momenta in ((200, 256), (100, 64), (1000, 64)):
        model, m, ends = prepared(cells, momenta)
        schedule = model.options.schedule
        costs = []
        for passes in (0, schedule.iterations):
            options = _replaced(model.options, schedule=_replaced(schedule, iterations=passes))
            problem = (_replaced(model, options=options), m, ends)
            costs.append(seconds(problem) / cells / momenta * 1e9)
        print(
            f"  {cells:5d} × {momenta:3d}: {costs[0]:5.1f} without the field term, "
            f"{costs[1]:5.1f} with it ({schedule.iterations} iteration)"
        )


def momentum_rules() -> None:
    """Error of the spin accumulation against cost, for both rules."""
    print("\nMomentum rules, 200 cells: error of m (relative to the largest) and time of one solve")
    exact = np.asarray(moments(*prepared(200, 512)).spin)
    for rule, counts in (("gauss", (16, 32, 64, 128)), ("uniform", (64, 256, 1024, 4096))):
        for count in counts:
            problem = prepared(200, count, transport={"momentum_rule": rule})
            spin = np.asarray(moments(*problem).spin)
            error = np.abs(spin - exact).max() / np.abs(exact).max()
            print(
                f"  {rule:7s} {count:5d}: error {error:.1e}, {seconds(problem, 20) * 1e3:7.2f} ms"
            )


def growth() -> None:
    """Time against the number of cells and momenta, march and boundary-value solve."""
    print("\nTime of one solve, ms")
    for inflow in ("left", "characteristic"):
        for cells, momenta in ((100, 64), (400, 64), (1600, 64), (100, 256)):
            problem = prepared(cells, momenta, transport={"inflow": inflow})
            print(f"  {inflow:14s} {cells:5d} × {momenta:3d}: {seconds(problem, 10) * 1e3:8.2f}")


def _replaced(thing: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(thing, **changes)


def main() -> None:
    stay_on_one_core()
    print(describe())
    against_numpy()
    per_node()
    momentum_rules()
    growth()


if __name__ == "__main__":
    main()
