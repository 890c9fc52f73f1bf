"""Torque on the wall of Wang et al. (2022), and how much of it any drive causes.

The transport equations (5),(6) are solved once, for the paper's Néel wall in an electric field of
−8 kV/m and a temperature gradient of 2 K/nm. The total torque is the sum of what the electrons do
without any drive, what the gradient adds and what the field adds. As the paper's equations stand,
nearly all of it is there without a drive: a first thing to know before trusting a number.

    python quickstart.py [FIGURE.png]
"""

import sys

import numpy as np
from matplotlib.figure import Figure

import boltzwall


def size(torque):
    """Root mean square of a vector field along the wire."""
    return float(np.sqrt((torque**2).sum("component").mean()))


def draw(wall, path):
    """The components of the total torque along the wire."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    for component, style in zip("xyz", ("-", "--", ":"), strict=True):
        torque = wall["torque_total"].sel(component=component)
        axes.plot(wall["x"] * 1e9, torque * 1e-9, style, label=f"$T_{component}$")
    axes.set(xlabel="x (nm)", ylabel="torque, contribution to dM/dt (1/ns)")
    axes.legend()
    figure.savefig(path)


def main():
    wall = boltzwall.solve_transport(
        {
            "wire": {"length": "5 nm", "cells": 80},
            "temperature": {"cold_end": "100 K", "gradient": "2 K/nm"},
            "drive": {"electric_field": "-8e3 V/m"},
            "transport": {"momentum_nodes": 64},
        }
    )
    parts = {
        name: size(wall[name])
        for name in ("torque_total", "torque_background", "torque_thermal", "torque_electrical")
    }
    for name, part in parts.items():
        share = part / parts["torque_total"]
        print(f"{name:18} {part:9.3e} 1/s, {share:8.2e} of the total")
    draw(wall, sys.argv[1] if len(sys.argv) > 1 else "quickstart.png")

    # The parts add up; field and gradient change the torque by less than a thousandth.
    total = wall["torque_background"] + wall["torque_thermal"] + wall["torque_electrical"]
    assert size(total - wall["torque_total"]) < 1e-12 * parts["torque_total"]
    assert parts["torque_thermal"] + parts["torque_electrical"] < 1e-3 * parts["torque_total"]
    assert abs(parts["torque_total"] / 4.962e10 - 1.0) < 0.01


if __name__ == "__main__":
    main()
