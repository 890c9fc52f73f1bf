# %% [markdown]
# # Your first wall: permalloy, a current, Walker's breakdown
#
# In a quarter of an hour: a wall M(x) in permalloy, the current that pushes it, and its velocity against the
# current, v(j), up to the current where it loses its shape. Every number comes out of the electrons' Boltzmann
# equation; nothing is fitted to the answer.
#
# You need `pip install .` in a clone of the repository, and nothing else.

# %%
# %matplotlib inline
import numpy as np
from matplotlib.figure import Figure

import boltzwall

# %% [markdown]
# ## 1. The wire
#
# A configuration is a dictionary of sections. Numbers are in SI units, or text with a unit. The width of the
# wall is √(A/K), 11.4 nm for permalloy's A = 13 pJ/m and K = 10⁵ J/m³.

# %%
wire = {
    "material": {
        "preset": "permalloy",
        "damping": 0.05,
        "uniaxial_anisotropy": "1e5 J/m³",
        "hard_axis_anisotropy": "1e5 J/m³",
    },
    "wire": {"length": "180 nm", "cells": 180},
    "texture": {"kind": "neel", "width": "11.4 nm"},
    "temperature": {"kind": "uniform", "value": "300 K"},
}
electrons = boltzwall.solve_transport(
    wire
    | {
        "drive": {"current_density": "-1e12 A/m²"},
        "transport": {"model": "consistent", "streams": 4, "momentum_nodes": 12},
    },
    progress=False,
)

# %% [markdown]
# The result is an `xarray.Dataset`: arrays with names, units and meanings. M(x) is in it, and so is the torque of
# the electrons on each cell.

# %% alt="Magnetisation and torque along the wire: the torque stands where the wall is"
x = electrons["x"].values * 1e9
figure = Figure(figsize=(7, 4), layout="constrained")
above, below = figure.subplots(2, 1, sharex=True)
for component, style in zip("xyz", ("-", "--", ":"), strict=True):
    above.plot(
        x, electrons["magnetisation"].sel(component=component), style, label=f"$M_{component}$"
    )
    torque = electrons["torque_total"].sel(component=component) * 1e-9
    below.plot(x, torque, style, label=f"$T_{component}$")
above.set_ylabel("magnetisation")
below.set(xlabel="x (nm)", ylabel="torque (1/ns)")
for axes in (above, below):
    axes.legend(loc="right")
figure

# %% [markdown]
# ## 2. u, β and P
#
# The torque of a current on a wall has two parts, −u ∂M/∂x and βu M×∂M/∂x. The solution says how large they are,
# and which polarisation P the current has. A negative j drives the electrons, and the wall, to +x.

# %%
u = float(electrons["effective_velocity"])
beta = float(electrons["effective_beta"])
polarisation = electrons.attrs["polarisation"]
print(f"u = {u:.1f} m/s, β = {beta:.3f}, P = {polarisation:.2f}")
print(f"β of a very wide wall: {electrons.attrs['beta_wide_wall']:.3f}")

# %% [markdown]
# ## 3. v(j)
#
# Now the wall moves. Its torque is that of Zhang and Li with the u and β just found, which is exact while the wall
# keeps its width. A sweep follows eight currents at once.

# %%
currents = np.array([0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 7.0, 10.0]) * 1e12
moving = wire | {
    "wire": {"length": "150 nm", "cells": 75},
    "transport": {"model": "zhang-li", "u": u, "beta": beta},
    "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True},
    "dynamics": {
        "end_time": "4 ns", "save_interval": "20 ps", "stop": "end", "moving_window": True,
    },
}  # fmt: skip
study = boltzwall.sweep(
    moving, {"transport.u": list(u * currents / 1e12)}, keep="scalars", progress=False
)
velocity = study["mean_wall_velocity"].values
regimes = [
    study["wall_regime"].attrs["flag_meanings"].split()[int(r)] for r in study["wall_regime"]
]
for j, v, regime in zip(currents, velocity, regimes, strict=True):
    print(f"j = {j / 1e12:4.1f}·10¹² A/m²   v = {v:6.1f} m/s   {regime}")

# %% [markdown]
# ## 4. Walker's breakdown
#
# Below a critical current the wall leans over and moves steadily, v = βu/α. Above it the wall turns round and round.
# Two numbers q and φ, the position and the tilt of the wall, describe both ([M8] of the
# equations). From them follow the critical velocity
#
# $$
# u_\mathrm{W} = \frac{\alpha\,\gamma_0\,\Delta\,H_K}{2\,|\beta - \alpha|}, \qquad H_K = \frac{2K_\perp}{\mu_0 M_\mathrm{s}},
# $$
#
# and the mean velocity of the turning wall, which far above is (1 + αβ)u/(1 + α²).

# %%
metal = boltzwall.load_config(wire).material
alpha, gamma0 = metal.damping, metal.gyromagnetic_ratio
field = 2 * metal.hard_axis_anisotropy / (4e-7 * np.pi * metal.saturation_magnetisation)
narrowed = np.sqrt(
    metal.exchange_stiffness / (metal.uniaxial_anisotropy + 0.5 * metal.hard_axis_anisotropy)
)
critical = alpha * gamma0 * narrowed * field / (2 * abs(beta - alpha))
print(f"Walker's breakdown at u = {critical:.0f} m/s, j = {critical / u:.1f}·10¹² A/m²")

# %% alt="Velocity of the wall against the current: it rises steadily to Walker's breakdown and falls beyond, as the closed form says"
flow = np.linspace(0, u * 10, 400)
held = beta * flow / alpha
turning = (
    np.sqrt(np.clip(flow**2 - critical**2, 0, None)) * (alpha - beta) / (alpha * (1 + alpha**2))
)
figure = Figure(figsize=(7, 4.2), layout="constrained")
axes = figure.subplots()
axes.plot(flow / u, held + turning, color="0.5", label="q and φ, closed form")
axes.plot(flow / u, (1 + alpha * beta) * flow / (1 + alpha**2), ":", color="0.5", label="far above")
steady = np.array([r == "steady" for r in regimes])
axes.plot(currents[steady] / 1e12, velocity[steady], "o", color="#0072B2", label="steady")
axes.plot(
    currents[~steady] / 1e12, velocity[~steady], "s", color="#D55E00", mfc="white", label="turning"
)
axes.axvline(critical / u, color="0.8", zorder=0)
axes.set(xlabel="|j| (10¹² A/m²)", ylabel="velocity of the wall (m/s)", ylim=(0, None))
axes.set_title("A permalloy wall: u, β and P from the electrons")
axes.legend()
figure

# %% [markdown]
# ## What next
#
# - Change `damping`, the anisotropies or the material (`boltzwall materials` lists them), and run the cells again.
# - The same from the command line: `boltzwall init wall -o wall.toml`, then `boltzwall run wall.toml`.
# - A temperature gradient instead of a current is the next tutorial.
