"""The torque on a curved wall in a strip, for discretisedfield and for MuMax3.

A head-to-head wall of permalloy that bends across a strip 96 nm wide, under a current. β of the
bent wall exceeds that of a wide one; the last lines show how far rows by themselves can be trusted.
With discretisedfield installed (pip install '.[tools]'), the torque is a field of it too.

    python strip_torque.py
"""

from importlib.util import find_spec

import numpy as np

import boltzwall
from boltzwall.adapters.mumax3 import write_mumax3_torque

CELLS, EDGES = (96, 24, 1), (4e-9, 4e-9, 5e-9)
CONFIG = {
    "material": {"preset": "permalloy"},
    "temperature": {"kind": "uniform", "value": "300 K"},
    "drive": {"current_density": "-1e12 A/m^2"},
    "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
}

x, y = (edge * (np.arange(n) + 0.5 - 0.5 * n) for n, edge in zip(CELLS[:2], EDGES, strict=False))
s = (x[:, None] - 20e-9 * (y / 48e-9) ** 2) / 40e-9
m = np.stack([-np.tanh(s), 1.0 / np.cosh(s), 0.0 * s], axis=-1)[:, :, None]

torque = boltzwall.torque_field(m, EDGES, CONFIG, progress=False)
ratio = float(torque["effective_beta"]) / torque.attrs["beta_wide_wall"]
print(f"u = {float(torque['effective_velocity']):.2f} m/s, beta = {ratio:.3f} of a wide wall's")
print(f"M changes across the rows within {torque.attrs['transverse_scale'] * 1e9:.0f} nm, "
      f"{torque.attrs['transverse_ratio']:.1f} mean free paths")  # fmt: skip
for path in write_mumax3_torque(torque, "strip_torque.mx3", overwrite=True):
    print(path)
assert 1.0 < ratio < 1.1

if find_spec("discretisedfield") is None:
    print("discretisedfield is not installed: no field of it")
else:
    import discretisedfield as df

    from boltzwall.adapters.discretised import torque_of_field

    corner = tuple(n * edge for n, edge in zip(CELLS, EDGES, strict=True))
    field = df.Field(df.Mesh(p1=(0, 0, 0), p2=corner, n=CELLS), nvdim=3, value=m)
    print(torque_of_field(field, CONFIG))
