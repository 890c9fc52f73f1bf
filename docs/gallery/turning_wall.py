import sys

import boltzwall

run = boltzwall.simulate(
    {
        "material": {
            "preset": "permalloy",
            "damping": 0.05,
            "uniaxial_anisotropy": "1e5 J/m³",
            "hard_axis_anisotropy": "2e4 J/m³",
        },
        "wire": {"length": "400 nm", "cells": 200},
        "texture": {"kind": "neel", "width": "11.4 nm", "centre": "200 nm"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"magnetic_field": ["0 T", "0 T", "60 mT"]},
        "transport": {"model": "none"},
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {"end_time": "1.8 ns", "save_interval": "20 ps", "stop": "end"},
    }
)
boltzwall.plot.save_figure(boltzwall.plot.motion_figure(run), sys.argv[1])
