"""The same problem given to each code, as each takes it, with its own default time stepping.

    python -m validation.codes CODE PROBLEM REPEATS RESULT.json

Every code runs in a process of its own, so that none sees another's threads or settings.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from boltzwall.constants import VACUUM_PERMEABILITY
from validation.problem import (
    ANISOTROPY,
    BETA,
    CENTRE,
    DAMPING,
    EXCHANGE,
    GYROMAGNETIC,
    PROBLEMS,
    SATURATION,
    SAVED_EVERY,
    VELOCITY,
    WIDTH,
    Problem,
    Values,
    rates,
    wall,
)

Run = Callable[[], tuple[Values, int]]  # gives M at the saved times and the field evaluations


def boltzwall_config(problem: Problem, method: str) -> dict[str, Any]:
    """The problem as a configuration of boltzwall."""
    hard = problem.hard_axis > 0.0
    material = {
        "gyromagnetic_ratio": GYROMAGNETIC,
        "damping": DAMPING,
        "saturation_magnetisation": SATURATION,
        "exchange_stiffness": EXCHANGE,
        "uniaxial_anisotropy": ANISOTROPY,
    }
    field = {"exchange": True, "uniaxial_anisotropy": True}
    length = problem.cells * problem.spacing
    return {
        "material": material | ({"hard_axis_anisotropy": problem.hard_axis} if hard else {}),
        "wire": {"length": length, "cells": problem.cells},
        "texture": {"kind": "neel", "width": WIDTH, "centre": CENTRE},
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": {"model": "zhang-li", "u": VELOCITY, "beta": BETA},
        "field": field | ({"hard_axis_anisotropy": True} if hard else {}),
        "dynamics": {
            "method": method,
            "end_time": problem.end_time,
            "save_interval": SAVED_EVERY,
            "stop": "end",
        },
    }


def cell_centres(problem: Problem) -> Values:
    """x of the middles of the cells, m."""
    return (np.arange(problem.cells) + 0.5) * problem.spacing


def run_boltzwall(problem: Problem, method: str) -> tuple[Run, Values]:
    """boltzwall, with its own tolerances."""
    import boltzwall

    config = boltzwall_config(problem, method)

    def run() -> tuple[Values, int]:
        dataset = boltzwall.simulate(config)
        return dataset.magnetisation.values, int(dataset.transport_solves[-1])

    return run, cell_centres(problem)


def run_magnumnp(problem: Problem) -> tuple[Run, Values]:
    """magnum.np: RKF45 with atol = rtol = 1e-5.

    Its torque in the form of ours is bj ∂xM − bjξ M×∂xM, so that bj = −u, with b as it is given:
    nothing divides it by 1 + ξ².
    """
    import magnumnp
    import torch

    magnumnp.set_log_level(40)
    magnumnp.constants.gamma, magnumnp.constants.mu_0 = GYROMAGNETIC, VACUUM_PERMEABILITY
    mesh = magnumnp.Mesh((problem.cells, 1, 1), (problem.spacing,) * 3)
    start = problem.start(cell_centres(problem)).reshape(problem.cells, 1, 1, 3)
    terms = [
        magnumnp.ExchangeField(),
        magnumnp.UniaxialAnisotropyField(),
        magnumnp.SpinTorqueZhangLi(),
    ]
    material = {
        "Ms": SATURATION, "A": EXCHANGE, "alpha": DAMPING, "b": 1.0, "xi": BETA,
        "Ku": ANISOTROPY, "Ku_axis": [0.0, 0.0, 1.0],
    }  # fmt: skip
    if problem.hard_axis > 0.0:
        terms.append(magnumnp.UniaxialAnisotropyField(Ku="Kh", Ku_axis="Kh_axis"))
        material |= {"Kh": -problem.hard_axis, "Kh_axis": [0.0, 1.0, 0.0]}

    def run() -> tuple[Values, int]:
        state = magnumnp.State(mesh)
        state.material = material
        state.m = torch.tensor(start)
        state.j = state.Constant([-VELOCITY, 0.0, 0.0])
        solver = magnumnp.LLGSolver(terms)
        count = _Counter(solver._solver._f)
        solver._solver._f = count
        states = [start.copy()]
        for _ in range(problem.saves):
            solver.step(state, SAVED_EVERY)
            states.append(state.m.numpy().copy())
        return np.stack(states).reshape(-1, problem.cells, 3), count.calls

    return run, cell_centres(problem)


def run_neuralmag(problem: Problem, backend: str) -> tuple[Run, Values]:
    """NeuralMag: Dormand–Prince of order 5 with atol = rtol = 1e-5, M at the nodes, in float64.

    It has no spin-transfer torque: that comes as a field −(u/γ0)(M×∂xM + β ∂xM), with central
    differences of second order as in the other simulators, and the hard axis with it.
    """
    os.environ |= {"NM_BACKEND": backend, "NM_DTYPE": "float64", "NM_DEVICE": "cpu"}
    import neuralmag
    from neuralmag.common import llg, logging

    logging.set_log_level(40)
    llg.GAMMA_PRIME = GYROMAGNETIC
    mesh = neuralmag.Mesh((problem.cells,), (problem.spacing,) * 3)
    x = np.arange(problem.cells + 1) * problem.spacing

    def run() -> tuple[Values, int]:
        state = neuralmag.State(mesh)
        material = {
            "Ms": SATURATION, "A": EXCHANGE, "alpha": DAMPING,
            "Ku": ANISOTROPY, "Ku_axis": [0.0, 0.0, 1.0],
        }  # fmt: skip
        for name, value in material.items():
            setattr(state.material, name, value)
        start = problem.start(x)
        state.m = neuralmag.VectorFunction(state, tensor=state.tensor(start))
        fields = {
            "exchange": neuralmag.ExchangeField(),
            "easy": neuralmag.UniaxialAnisotropyField(),
        }
        fields["given"] = neuralmag.ExternalField(_given_field(backend, problem))
        for name, term in fields.items():
            term.register(state, name)
        neuralmag.TotalField(*fields).register(state)
        solver, calls = neuralmag.LLGSolver(state), 0
        count = _Counter(getattr(solver, "_func", None))
        solver._func = count
        states = [start]
        for _ in range(problem.saves):
            solution = solver.step(SAVED_EVERY)
            calls += 6 * int(solution.stats["num_steps"]) + 1 if backend == "jax" else 0
            states.append(np.asarray(state.m.tensor).copy())
        return np.stack(states), calls or count.calls

    return run, x


def _given_field(backend: str, problem: Problem) -> Callable[[Any], Any]:
    """The field in A/m whose LLG torque is −u ∂xM + βu M×∂xM, and the hard axis's, at the nodes."""
    hard = -2.0 * problem.hard_axis / (VACUUM_PERMEABILITY * SATURATION)
    if backend == "jax":
        import jax.numpy as xp
    else:
        import torch as xp  # type: ignore[no-redef, unused-ignore]

    def field(m: Any) -> Any:
        inner = (m[2:] - m[:-2]) / (2.0 * problem.spacing)
        ends = xp.zeros_like(m[:1])
        slope = xp.concatenate([ends, inner, ends])
        torque = -(VELOCITY / GYROMAGNETIC) * (xp.linalg.cross(m, slope) + BETA * slope)
        none = xp.zeros_like(m[:, 1])
        return torque + hard * xp.stack([none, m[:, 1], none], -1)

    return field


class _Counter:
    """Counts the calls of a function."""

    def __init__(self, function: Callable[..., Any] | None) -> None:
        self.function = function
        self.calls = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        assert self.function is not None
        self.calls += 1
        return self.function(*args, **kwargs)


CODES: dict[str, tuple[str, Callable[[Problem], tuple[Run, Values]]]] = {
    "boltzwall, semi-implicit": ("boltzwall", lambda p: run_boltzwall(p, "semi-implicit")),
    "boltzwall, explicit": ("boltzwall", lambda p: run_boltzwall(p, "explicit")),
    "magnum.np": ("magnumnp", run_magnumnp),
    "NeuralMag, JAX": ("neuralmag", lambda p: run_neuralmag(p, "jax")),
    "NeuralMag, PyTorch": ("neuralmag", lambda p: run_neuralmag(p, "torch")),
}


def measure(code: str, problem: Problem, repeats: int) -> dict[str, Any]:
    """Run once to compile, then ``repeats`` times against the clock; the best counts."""
    package, prepare = CODES[code]
    run, x = prepare(problem)
    begin = time.perf_counter()
    magnetisation, evaluations = run()
    first, seconds = time.perf_counter() - begin, []
    for _ in range(repeats):
        begin = time.perf_counter()
        magnetisation, evaluations = run()
        seconds.append(time.perf_counter() - begin)
    times = np.arange(problem.saves + 1) * SAVED_EVERY
    position, tilt = wall(np.asarray(magnetisation, dtype=float), x)
    velocity, turning = rates(problem, times, position, tilt)
    return {
        "version": version(package),
        "velocity": velocity,
        "turning": turning,
        "seconds": min(seconds),
        "seconds_first": first,
        "evaluations": evaluations,
        "load": os.getloadavg()[0],
        "time": times.tolist(),
        "position": position.tolist(),
        "tilt": tilt.tolist(),
    }


def main(arguments: list[str]) -> None:
    code, name, repeats, path = arguments
    found = measure(code, PROBLEMS[name], int(repeats))
    Path(path).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
