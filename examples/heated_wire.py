"""How a permalloy wire on oxidised silicon warms under a current pulse, and what takes its heat.

The table compares substrates: the rise at the end of a pulse of 5 ns and 5e11 A/m². The picture is
T(x, t) on the oxidised silicon, with a notch in the middle.

    python heated_wire.py [heated-wire.png]
"""

import sys
import warnings

import boltzwall
from boltzwall.plot.heat import heat_figure

PULSE = 5e-9  # s
WIRE = {
    "material": {"preset": "permalloy"},
    "wire": {"length": "2 um", "cells": 200, "width": "200 nm", "thickness": "20 nm"},
    "temperature": {"kind": "uniform", "value": "300 K"},
    "profile": {"kind": "notch", "width": "100 nm", "depth": 0.2},
    "drive": {
        "current_density": 5e11,
        "electric_waveform": "pulse",
        "electric_duration": PULSE,
    },
    "transport": {"model": "none"},
    "dynamics": {"end_time": 2 * PULSE, "save_interval": "0.1 ns"},
}
ON_SILICON = {"kind": "wire", "substrate": "half-space", "substrate_material": "silicon"}
OXIDE = {"film_material": "silicon-dioxide", "film_thickness": "300 nm"}
SUBSTRATES = {
    "nothing": {"kind": "wire"},
    "300 nm oxide on silicon": {**ON_SILICON, **OXIDE},
}


def warmed(heat):
    """T(x, t) of the wire."""
    return boltzwall.heat_wire({**WIRE, "heat": heat}, progress=False)


if __name__ == "__main__":
    print(f"{'under the wire':24}  far from the notch   in the notch  heat that left")
    rises = []
    # In the oxide it comes to a third of the notch's width: docs/heat.md.
    warnings.filterwarnings("ignore", message="Heat spreads")
    for name, heat in SUBSTRATES.items():
        found = warmed(heat)
        hot = found["temperature"].sel(time=PULSE, method="nearest") - 300.0
        away, notch = float(hot[0]), float(hot.max())
        left = float(found["heat_substrate"][-1] / found["heat_joule"][-1])
        print(f"{name:24}  {away:16.1f} K  {notch:11.1f} K  {left:14.0%}")
        assert abs(found["heat_balance_residual"]).max() < 1e-10
        rises.append(away)
    assert rises == sorted(rises, reverse=True)
    boltzwall.plot.save_figure(
        heat_figure(found), sys.argv[1] if len(sys.argv) > 1 else "heated-wire.png"
    )
