"""The electrons of all rows of a grid, solved by one compiled program for a few rows at a time."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from boltzwall.build.rows import RowProblem
from boltzwall.compilation.programs import Kept
from boltzwall.errors import NumericsError
from boltzwall.numerics.frames import extrapolate_ends
from boltzwall.numerics.rows import Grid
from boltzwall.transport.model import KineticModel, check_converged
from boltzwall.typing import Arrays, Vectors

LANES = 8  # solved side by side: their number does not compile anew from grid to grid


@Kept
def _solved(electrons: KineticModel, lanes: Any, names: tuple[str, ...]) -> Arrays:
    """The named outputs of LANES lanes, each (cells, 3)."""
    prepared = electrons.prepared()

    def one(m: Vectors) -> Arrays:
        arrays = prepared.outputs(m, extrapolate_ends(m)).arrays
        return {name: arrays[name] for name in names if name in arrays}

    return jax.vmap(one)(lanes)


def row_torques(problem: RowProblem, m: Grid, names: tuple[str, ...]) -> Arrays:
    """Outputs of the cells, each row of the grid by itself, (nx, ny, nz, …); 0 in empty cells.

    Arguments:
        names: of the registry, those with a value in every cell; what the model has not is left
            out.

    Raises:
        NumericsError: the solution is not finite or did not converge.
    """
    rows = problem.rows
    lanes = rows.gather(m)
    spare = -len(rows) % LANES
    lanes = jnp.concatenate([lanes, jnp.repeat(lanes[-1:], spare, axis=0)])
    wanted = (*names, "transport_error")

    def solve(first: int) -> Arrays:
        return jax.device_get(_solved(problem.electrons, lanes[first : first + LANES], wanted))

    # JAX lets go of Python's lock while it computes, so that batches run side by side.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        batches = list(pool.map(solve, range(0, lanes.shape[0], LANES)))
    found = {name: np.concatenate([batch[name] for batch in batches]) for name in batches[0]}
    check_converged(found)
    if not all(np.all(np.isfinite(values)) for values in found.values()):
        raise NumericsError(
            "The torque is not finite: the grid is too coarse for these electrons. Use smaller "
            "cells along x, other `transport.momentum_nodes`, or a weaker field."
        )
    found.pop("transport_error", None)
    return {name: rows.scatter(jnp.asarray(lane)[: len(rows)]) for name, lane in found.items()}
