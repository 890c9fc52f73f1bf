# %% [markdown]
# # A temperature gradient: which way, how fast, how sure
#
# Heat one end of a magnetic wire, and the electrons that diffuse push the wall. Which way it goes depends on which
# spin carries more, a small difference of two large numbers; so the answer needs its error beside it.

# %%
# %matplotlib inline
import numpy as np
from matplotlib.figure import Figure

import boltzwall

# %% [markdown]
# ## 1. One wall
#
# 1 K/nm, 300 K in the middle, no current: `circuit = "open"`. κ > 0 is hot at the right end, and u > 0 is a drift to
# the right.

# %%
METALS = ("permalloy", "cobalt", "cofeb", "iron", "nickel")


def wall(metal):
    """A Néel wall of 12 nm in a gradient of 1 K/nm, in an open circuit."""
    return {
        "material": {"preset": metal},
        "wire": {"length": "160 nm", "cells": 160},
        "texture": {"kind": "neel", "width": "12 nm"},
        "temperature": {"cold_end": "220 K", "gradient": "1 K/nm"},
        "drive": {"circuit": "open"},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 12},
    }


permalloy = boltzwall.solve_transport(wall("permalloy"), uncertainty=True, progress=False)
u = float(permalloy["effective_velocity"])
print(f"u = {u:.2f} m/s for 1 K/nm: to the {'hot' if u > 0 else 'cold'} end")
print(f"S = {permalloy.attrs['seebeck_coefficient'] * 1e6:.1f} µV/K")

# %% [markdown]
# ## 2. How sure is it?
#
# The preset's numbers were measured, with errors. `uncertainty=True` carries them through the fit of the electrons
# and through the solution, by gradients.

# %%
error = float(permalloy["effective_velocity_error"])
print(f"u = ({u:.2f} ± {error:.2f}) m/s")

# %% [markdown]
# ## 3. Five metals
#
# The same wall in every metal whose spin-dependent Seebeck effect is known. The bars are one standard deviation.

# %%
solved = {
    name: boltzwall.solve_transport(wall(name), uncertainty=True, progress=False) for name in METALS
}
opened = np.array([float(s["thermal_velocity_open"]) for s in solved.values()]) * 1e9
sure = np.array([float(s["thermal_velocity_open_error"]) for s in solved.values()]) * 1e9
closed = np.array([float(s["thermal_velocity_closed"]) for s in solved.values()]) * 1e9
for name, value, deviation in zip(METALS, opened, sure, strict=True):
    print(f"{name:10} u = {value:6.2f} ± {deviation:.2f} m/s")

# %% alt="u in five metals for a gradient of 1 K/nm, with errors, in an open and a closed circuit"
figure = Figure(figsize=(7, 4), layout="constrained")
axes = figure.subplots()
place = np.arange(len(METALS))
axes.errorbar(
    place - 0.08, opened, sure, fmt="o", capsize=4, color="#0072B2", label="open circuit, j = 0"
)
axes.plot(place + 0.08, closed, "s", color="#D55E00", mfc="white", label="closed circuit, E = 0")
axes.axhline(0, color="0.4", lw=0.8)
axes.set_yscale("symlog", linthresh=0.1)
axes.set_xticks(place, METALS)
axes.set_ylabel("u in a gradient of 1 K/nm (m/s)")
axes.text(0.99, 0.97, "to the hot end", ha="right", va="top", transform=axes.transAxes)
axes.text(0.01, 0.03, "to the cold end", ha="left", va="bottom", transform=axes.transAxes)
axes.set_title("Which way a gradient pushes a wall")
axes.legend(loc="upper left")
figure

# %% [markdown]
# Lattice and magnons are not in this model: a gradient also changes Ms, A and K along the wire and drives magnons,
# and both push a wall to the hot end. What is left out is listed under Limits in the documentation.
