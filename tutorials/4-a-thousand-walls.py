# %% [markdown]
# # A thousand walls: a sweep, a map, a cluster
#
# Any number of a configuration can vary. Here the question is what decides which way a gradient pushes a wall: how
# the momentum times of the two spins grow with the energy, τ ∝ k^r. A thousand metals answer it.

# %%
# %matplotlib inline
import tempfile
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

import boltzwall

# %% [markdown]
# ## 1. The study
#
# One configuration, two keys, 40 × 25 values. `kind="transport"` solves the electrons of each wall, `kind="run"` would
# let it move.

# %%
wall = {
    "material": {"preset": "permalloy", "scattering": "power"},
    "wire": {"length": "120 nm", "cells": 110},
    "texture": {"kind": "neel", "width": "12 nm"},
    "temperature": {"cold_end": "299.4 K", "gradient": "0.01 K/nm"},
    "drive": {"circuit": "open"},
    "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 10},
}
axes_of_study = {
    "material.scattering_exponent_majority": list(np.linspace(-2.0, 15.0, 40)),
    "material.scattering_exponent_minority": list(np.linspace(-2.0, 15.0, 25)),
}
store = Path(tempfile.mkdtemp()) / "study.zarr"
study = boltzwall.sweep(
    wall, axes_of_study, kind="transport", keep="scalars", batch=250, store=store, progress=False
)
print(dict(study.sizes), "all done:", bool((study["status"] == "done").all()))

# %% [markdown]
# ## 2. Stop it when you like
#
# Every batch is kept in the store. The same call again takes what is there; after a crash it computes only what is
# missing.

# %%
again = boltzwall.sweep(
    wall, axes_of_study, kind="transport", keep="scalars", batch=250, store=store, progress=False
)
print(
    "the same, bit for bit:",
    bool((again["effective_velocity"] == study["effective_velocity"]).all()),
)

# %% [markdown]
# ## 3. On a cluster
#
# The study stays as it is; only who computes changes. Three lines, here for SLURM:
#
# ```python
# from dask_jobqueue import SLURMCluster
# cluster = SLURMCluster(cores=8, memory="32 GB"); cluster.scale(20)
# study = boltzwall.sweep(wall, axes_of_study, workforce=boltzwall.sweeps.Workforce(cluster))
# ```
#
# ## 4. The map

# %% alt="Map of u over the two exponents, with the line where the wall stands still and permalloy marked"
u = study["effective_velocity"] / 0.01  # for 1 K/nm
r_major, r_minor = (study[name].values for name in axes_of_study)
shown = u.transpose(*reversed(list(axes_of_study))).values
limit = float(np.abs(shown).max())
figure = Figure(figsize=(7, 4.8), layout="constrained")
axes = figure.subplots()
picture = axes.pcolormesh(r_major, r_minor, shown, cmap="PuOr", vmin=-limit, vmax=limit)
axes.contour(r_major, r_minor, shown, levels=[0.0], colors="black")
metal = boltzwall.load_config({"material": {"preset": "permalloy"}}).material
axes.plot(metal.scattering_exponent_majority, metal.scattering_exponent_minority, "k*", ms=14)
axes.annotate(
    "permalloy", (metal.scattering_exponent_majority, metal.scattering_exponent_minority),
    xytext=(8, 6), textcoords="offset points",
)  # fmt: skip
axes.set(xlabel="exponent of the majority's time", ylabel="exponent of the minority's time")
axes.set_title("A thousand metals: which way a gradient pushes the wall")
figure.colorbar(picture, label="u (m/s) at 1 K/nm; negative: to the cold end")
figure
