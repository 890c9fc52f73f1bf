import sys

import boltzwall

run = boltzwall.simulate(
    {
        "material": {
            "preset": "permalloy",
            "damping": 0.05,
            "uniaxial_anisotropy": "1e5 J/m³",
            "hard_axis_anisotropy": "1e5 J/m³",
        },
        "wire": {"length": "400 nm", "cells": 200},
        "texture": {"kind": "neel", "width": "11.4 nm", "centre": "80 nm"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "transport": {"model": "zhang-li", "u": "85 m/s", "beta": 0.117},
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {"end_time": "1.2 ns", "save_interval": "30 ps", "stop": "end"},
    }
)
boltzwall.plot.animate(run, sys.argv[1])
