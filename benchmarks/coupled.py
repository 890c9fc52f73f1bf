"""A self-consistent run: the consistent model's electrons and a wall in 1 µm for 10 ns.

    python -m benchmarks.coupled [--streams N ...] [-o FIGURE.png]

1000 cells of 1 nm, permalloy at 300 K, a hard axis, a given current. Everything after compilation,
which a run of two saved states pays for; prints the conservation residuals along the run.
"""

import argparse
import time
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

import boltzwall
from benchmarks.machine import describe


def config(streams: int, end_time: str = "10 ns") -> dict[str, Any]:
    """A wall of 11.4 nm that a current moves by some hundred nm."""
    return {
        "material": {
            "preset": "permalloy", "uniaxial_anisotropy": 1e5, "hard_axis_anisotropy": 1e5,
        },
        "wire": {"length": "1 um", "cells": 1000},
        "texture": {"kind": "neel", "width": "11.4 nm", "centre": "400 nm"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"current_density": "-1.5e11 A/m^2"},
        "transport": {
            "model": "consistent", "streams": streams, "momentum_nodes": 16, "update": 1e-3,
        },
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {
            "method": "semi-implicit", "end_time": end_time, "save_interval": "0.1 ns",
            "stop": "end",
        },
    }  # fmt: skip


def report(streams: int, seconds: float, run: xr.Dataset) -> None:
    """Where the wall went, what it took, and how the balances drift."""
    time_, position = run["time"].values, run["wall_position"].values
    half = time_ > 0.5 * time_[-1]
    velocity = np.polyfit(time_[half], position[half], 1)[0]
    print(f"\n{streams} streams: {seconds:.1f} s for 10 ns")
    print(f"  wall {1e9 * position[0]:.1f} → {1e9 * position[-1]:.1f} nm, {velocity:.3f} m/s")
    print(f"  largest error of the held torque {float(run['transport_update_error'].max()):.1e}")
    for name in ("residual_charge_ratio", "residual_spin_ratio"):
        ratio = run[name].values
        print(f"  {name}: {ratio[0]:.1e} at the start, {ratio[-1]:.1e} at the end, at most "
              f"{ratio.max():.1e}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--streams", type=int, nargs="+", default=[2, 8])
    parser.add_argument("-o", "--output")
    arguments = parser.parse_args()
    print(describe())
    figure = Figure(figsize=(6.0, 3.2), layout="constrained")
    panel = figure.subplots()
    for streams in arguments.streams:
        boltzwall.simulate(config(streams, "0.2 ns"))
        begin = time.perf_counter()
        run = boltzwall.simulate(config(streams))
        report(streams, time.perf_counter() - begin, run)
        for name in ("charge", "spin"):
            ratio = np.maximum(run[f"residual_{name}_ratio"].values, 1e-18)
            panel.semilogy(run["time"] * 1e9, ratio, label=f"{name}, {streams} streams")
    panel.set(xlabel="time, ns", ylabel="residual over the largest term")
    figure.legend(loc="outside upper center", ncols=4, fontsize=8)
    if arguments.output:
        figure.savefig(arguments.output, dpi=150)


if __name__ == "__main__":
    main()
