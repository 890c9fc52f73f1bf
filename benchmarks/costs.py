"""What `boltzwall check` says that runs cost, beside what they do.

    python -m benchmarks.costs [NAME …]

Each run is repeated once its code is compiled; seconds are those of the processor, so that other
programs on the machine matter little.
"""

import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import boltzwall
from boltzwall.config.scales.cost import expected_cost

WALL: dict[str, Any] = {
    "material": {"preset": "permalloy", "uniaxial_anisotropy": 1e5, "hard_axis_anisotropy": 1e5},
    "wire": {"length": 4e-7, "cells": 200},
    "texture": {"kind": "neel", "width": 1.14e-8},
    "temperature": {"kind": "uniform", "value": 300.0},
    "drive": {"electric_field": 0.0},
    "transport": {"model": "zhang-li", "u": 30.0, "beta": 0.02},
    "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
    "dynamics": {"end_time": 2e-9, "save_interval": 5e-11, "stop": "end"},
}
CONSISTENT = {
    "transport.model": "consistent",
    "drive.current_density": -1e12,
    "transport.momentum_nodes": 16,
    "wire.cells": 100,
    "dynamics.end_time": 2e-10,
}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "slow wall": (WALL, {"transport.u": 1.0}),
    "wall": (WALL, {}),
    "fast wall": (WALL, {"transport.u": 100.0}),
    "turning wall": (WALL, {"transport.u": 0.0, "drive.magnetic_field": [0, 0, 3e4]}),
    "tight tolerance": (WALL, {"dynamics.relative_tolerance": 1e-8}),
    "many cells": (WALL, {"wire.cells": 4000, "wire.length": 4e-6}),
    "moving window": (WALL, {"dynamics.moving_window": True}),
    "explicit": (WALL, {"dynamics.method": "explicit", "dynamics.end_time": 5e-10}),
    "noise": (
        WALL,
        {
            "dynamics.thermal_noise": True,
            "wire.width": 1e-7,
            "wire.thickness": 5e-9,
            "dynamics.end_time": 2e-10,
        },
    ),
    "stray field": (
        WALL,
        {
            "field.demagnetising": "full",
            "wire.width": 1e-8,
            "wire.thickness": 1e-8,
            "material.uniaxial_anisotropy": 4e5,
            "texture.width": 7e-9,
        },
    ),
    "published": ({}, {"dynamics.stop": "end", "dynamics.end_time": 3e-10}),
    "published, characteristic": (
        {"transport": {"inflow": "characteristic", "momentum_window": (0.6, 1.6)}},
        {"dynamics.stop": "end", "dynamics.end_time": 5e-11},
    ),
    "consistent, 2 streams, held": (
        WALL,
        CONSISTENT | {"transport.streams": 2, "transport.update": 1e-3},
    ),
    "consistent, 8 streams, held": (WALL, CONSISTENT | {"transport.update": 1e-3}),
    "consistent, 2 streams, every stage": (
        WALL,
        CONSISTENT | {"transport.streams": 2, "dynamics.end_time": 5e-11},
    ),
    "electrons in time": (
        {"transport": {"time_dependent": True}},
        {"dynamics.end_time": 5e-14, "dynamics.save_interval": 2e-15, "dynamics.stop": "end"},
    ),
}


def row(name: str) -> str:
    """Estimated and measured evaluations, solutions are among them, seconds and MB."""
    settings, changes = CASES[name]
    config = boltzwall.load_config(settings).replace(changes)
    cost = expected_cost(config)
    boltzwall.simulate(config, progress=False)
    begun = time.process_time()
    run = boltzwall.simulate(config, progress=False)
    seconds = time.process_time() - begun
    counted = float(run["transport_solves"][-1]) if "transport_solves" in run else float("nan")
    with tempfile.TemporaryDirectory() as folder:
        size = boltzwall.io.write_dataset(run, Path(folder) / "run.nc").stat().st_size
    kinetic = config.transport.model in ("published", "consistent")
    return (
        f"| {name} | {cost.solutions if kinetic else cost.evaluations:.2g}, {counted:.2g} | "
        f"{cost.seconds:.2g}, {seconds:.2g} | {cost.bytes / 1e6:.2g}, {size / 1e6:.2g} |"
    )


def main(names: list[str]) -> None:
    """Print the table, estimate and measurement beside each other."""
    warnings.simplefilter("ignore")
    print("| run | evaluations or solutions | s | MB |\n|---|---|---|---|")
    for name in names or CASES:
        print(row(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
