import sys

from matplotlib.figure import Figure

import boltzwall

wall = boltzwall.solve_transport(
    {
        "material": {"preset": "permalloy"},
        "wire": {"length": "180 nm", "cells": 180},
        "texture": {"kind": "neel", "width": "11.4 nm"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"current_density": "-1e12 A/m²"},
        "transport": {"model": "consistent", "streams": 4, "momentum_nodes": 12},
    }
)
figure = Figure(figsize=(6.5, 5.5), layout="constrained")
panels = figure.subplots(3, 1, sharex=True)
names = ("magnetisation", "spin_accumulation", "torque_total")
for axes, name in zip(panels, names, strict=True):
    for component, style in zip("xyz", ("-", "--", ":"), strict=True):
        axes.plot(wall["x"] * 1e9, wall[name].sel(component=component), style, label=component)
    axes.set_ylabel(f"{name.replace('_', ' ')}\n({wall[name].units})")
panels[0].legend(loc="right")
panels[2].set_xlabel("x (nm)")
figure.savefig(sys.argv[1], dpi=150)
