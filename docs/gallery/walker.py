import sys

import numpy as np
from matplotlib.figure import Figure

import boltzwall

wall = boltzwall.load_config(
    {
        "material": {"uniaxial_anisotropy": 1e5, "hard_axis_anisotropy": 1e5},
        "texture": {"kind": "neel", "width": "11.4 nm"},
        "transport": {"model": "none"},
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
        "dynamics": {"end_time": "10 ns", "save_interval": "20 ps"},
    }
)
figure = Figure(figsize=(6.5, 4), layout="constrained")
axes = figure.subplots()
flow = np.array([20, 60, 100, 140, 160, 200, 260, 320, 400])
for damping, style in ((0.05, "o-"), (0.08, "s--")):
    damped = wall.replace("material.damping", damping)
    found = [boltzwall.collective_coordinates(damped, u=u, beta=0.117) for u in flow]
    axes.plot(flow, [f["mean_velocity"].item() for f in found], style, label=f"α = {damping}")
axes.set(xlabel="u (m/s)", ylabel="mean velocity (m/s)", title="Walker's breakdown, β = 0.117")
axes.legend()
figure.savefig(sys.argv[1], dpi=150)
