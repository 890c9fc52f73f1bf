"""A wall in a strip of NeuralMag, driven by the kinetic torque, from JAX to JAX.

Needs pip install '.[neuralmag]'; says so, and ends, where that is missing.

    python neuralmag_strip.py
"""

import os
import sys
from importlib.util import find_spec

import numpy as np

from boltzwall.adapters.neuralmag import NeuralMagTorque

if find_spec("neuralmag") is None:
    print("neuralmag is not installed: pip install '.[neuralmag]'")
    sys.exit()

os.environ |= {"NM_BACKEND": "jax", "NM_DTYPE": "float64", "NM_DEVICE": "cpu"}
import neuralmag
from neuralmag.common import logging

CELLS, EDGES, WIDTH = (96, 8), (4e-9, 4e-9, 5e-9), 20e-9
logging.set_log_level(40)
state = neuralmag.State(neuralmag.Mesh(CELLS, EDGES))
for name, value in {
    "Ms": 8e5, "A": 13e-12, "alpha": 0.5, "Ku": 13e-12 / WIDTH**2, "Ku_axis": [1.0, 0.0, 0.0],
}.items():  # fmt: skip
    setattr(state.material, name, value)
s = EDGES[0] * (np.arange(CELLS[0] + 1) - 0.5 * CELLS[0]) / WIDTH
m = np.stack([-np.tanh(s), 1.0 / np.cosh(s), 0.0 * s], axis=-1)
nodes = np.array(np.broadcast_to(m[:, None], (CELLS[0] + 1, CELLS[1] + 1, 3)))
state.m = neuralmag.VectorFunction(state, tensor=state.tensor(nodes))

torque = NeuralMagTorque(
    {
        "material": {"preset": "permalloy"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"current_density": "-1e12 A/m^2"},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
    }
)
neuralmag.ExchangeField().register(state, "exchange")
neuralmag.UniaxialAnisotropyField().register(state, "easy")
torque.register(state)
neuralmag.TotalField("exchange", "easy", "kinetic").register(state)
torque.solver(state)
before = float(np.asarray(state.m.tensor)[..., 0].mean())
torque.step(2e-10)
moved = float(np.asarray(state.m.tensor)[..., 0].mean()) - before
print(f"moved by {0.5e9 * moved * CELLS[0] * EDGES[0]:.2f} nm after {torque.solves} solutions, "
      f"held to {100 * torque.largest_error:.2g} %")  # fmt: skip
assert moved > 0.0
