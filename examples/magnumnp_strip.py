"""A head-to-head wall in a strip of magnum.np, driven by the kinetic torque.

Needs pip install '.[magnumnp]'; says so, and ends, where that is missing. Below Walker's
breakdown the wall moves with βu/α.

    python magnumnp_strip.py
"""

import sys
from importlib.util import find_spec

import numpy as np

from boltzwall.adapters.magnumnp import MagnumTorque

if find_spec("magnumnp") is None:
    print("magnumnp is not installed: pip install '.[magnumnp]'")
    sys.exit()

import magnumnp
import torch

CELLS, EDGES, WIDTH, DAMPING = (96, 8, 1), (4e-9, 4e-9, 5e-9), 20e-9, 0.5
magnumnp.set_log_level(40)
state = magnumnp.State(magnumnp.Mesh(CELLS, EDGES))
state.material = {
    "Ms": 8e5, "A": 13e-12, "alpha": DAMPING, "Ku": 13e-12 / WIDTH**2, "Ku_axis": [1.0, 0.0, 0.0],
    "Kh": -1e5, "Kh_axis": [0.0, 0.0, 1.0],
}  # fmt: skip
s = EDGES[0] * (np.arange(CELLS[0]) - 0.5 * CELLS[0] + 0.5) / WIDTH
m = np.stack([-np.tanh(s), 1.0 / np.cosh(s), 0.0 * s], axis=-1)
state.m = torch.tensor(np.array(np.broadcast_to(m[:, None, None], (*CELLS, 3))))

torque = MagnumTorque(
    {
        "material": {"preset": "permalloy"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"current_density": "-1e12 A/m^2"},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
    }
)
fields = [
    magnumnp.ExchangeField(),
    magnumnp.UniaxialAnisotropyField(),
    magnumnp.UniaxialAnisotropyField(Ku="Kh", Ku_axis="Kh_axis"),
]
solver = magnumnp.LLGSolver([*fields, torque])
places = []
for _ in range(4):
    solver.step(state, 1e-10)
    places.append(0.5 * CELLS[0] * EDGES[0] * float(state.m[..., 0].mean()))
velocity = (places[-1] - places[-2]) / 1e-10
print(f"v = {velocity:.2f} m/s after {torque.solves} solutions, "
      f"held to {100 * torque.largest_error:.2g} %")  # fmt: skip
assert velocity > 0.0
