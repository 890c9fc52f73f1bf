"""How soon are the electrons steady, and what does the quasi-steady assumption cost?

The paper solves the transport equations without their time derivatives: the electrons are taken as
steady for the magnetisation of each moment. Here the derivatives are kept. First the wall is held
and the electrons start from <F>, <G>: how many femtoseconds until their spin accumulation is
steady? Then the wall moves for a picosecond: how far from the steady electrons do they stay, and
how far does the magnetisation get from that of a quasi-steady run?

    python electrons_in_time.py [FIGURE.png]
"""

import sys

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

import boltzwall
from boltzwall.plot.theme import line_styles, save_figure, theme

WALL = {"wire": {"cells": 50}, "transport": {"momentum_nodes": 32}}


def held_wall() -> xr.Dataset:
    """Electrons from local equilibrium at a wall that does not move."""
    return boltzwall.simulate(
        {
            **WALL,
            "transport": {"momentum_nodes": 32, "time_dependent": True},
            "dynamics": {
                "magnetisation": "fixed", "end_time": "60 fs", "save_interval": "1 fs",
                "electron_step": "0.5 fs",
            },
        }
    )  # fmt: skip


def moving_wall(time_dependent: bool) -> xr.Dataset:
    """One picosecond of the moving wall, with and without the electrons' time derivatives."""
    return boltzwall.simulate(
        {
            **WALL,
            "transport": {
                "momentum_nodes": 32, "time_dependent": time_dependent,
                "initial_distribution": "steady",
            },
            "dynamics": {
                "stop": "end", "end_time": "1 ps", "save_interval": "0.05 ps",
                "electron_step": "5 fs",
            },
        }
    )  # fmt: skip


def steady_after(run: xr.Dataset, tolerance: float) -> float:
    """First saved time (s) from which the deviation stays below ``tolerance``."""
    outside = np.flatnonzero(run.electron_deviation.values > tolerance)
    return float(run.time.values[outside[-1] + 1])


def draw(held: xr.Dataset, moving: xr.Dataset, apart: np.ndarray, moved: np.ndarray) -> Figure:
    """Both answers side by side."""
    figure = Figure(figsize=(7.0, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.semilogy(held.time * 1e15, held.electron_deviation, **next(line_styles()))
    left.axhline(0.01, color="0.6", linewidth=0.8)
    left.text(59.0, 0.013, "1 %", ha="right")
    left.set(title="Wall held in place", xlabel="time (fs)", xlim=(0.0, 60.0))
    left.set_ylabel(r"max |$\mathbf{m}$ − steady $\mathbf{m}$| / max |steady $\mathbf{m}$|")
    deviations = (
        (moving.electron_deviation[1:], "of $\\mathbf{m}$ from steady $\\mathbf{m}$"),
        (
            apart[1:] / moved[1:],
            "of $\\mathbf{M}$ from that of a quasi-steady run,\nover its way from the start",
        ),
    )
    for (values, label), style in zip(deviations, line_styles(), strict=False):
        right.plot(moving.time[1:] * 1e12, 1e3 * values, label=label, **style)
    right.set(title="Wall moving", xlabel="time (ps)", ylabel="relative deviation (10⁻³)")
    right.set(xlim=(0.0, 1.0), ylim=(0.0, 1.4))
    right.legend(loc="lower right")
    return figure


def main() -> None:
    held = held_wall()
    settled = steady_after(held, 0.01)
    print(f"held wall: within 1 % of steady after {settled * 1e15:.0f} fs")
    assert 10e-15 < settled < 30e-15  # about the time of flight, d/v = 23 fs at the Fermi velocity

    timed, quasi = moving_wall(True), moving_wall(False)
    start = quasi.magnetisation.values[0]
    moved = np.abs(quasi.magnetisation.values - start).max(axis=(1, 2))
    apart = np.abs(quasi.magnetisation.values - timed.magnetisation.values).max(axis=(1, 2))
    lag = float(timed.electron_deviation.values[1:].max())
    print(f"moving wall: m within {lag:.1e} of steady m at every time")
    print(f"moving wall: M off by {apart[-1]:.1e} after 1 ps, in which it moved by {moved[-1]:.2f}")
    assert lag < 3e-3
    assert apart[-1] < 0.01 * moved[-1]
    with theme():
        path = sys.argv[1] if len(sys.argv) > 1 else "electrons-in-time.png"
        save_figure(draw(held, timed, apart, moved), path)


if __name__ == "__main__":
    main()
