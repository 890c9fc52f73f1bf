# %% [markdown]
# # For theorists: your own texture, spin currents, β against width
#
# The consistent model takes any array of unit vectors. This page holds it to three closed forms: the
# continuity of spin, the β of a spiral, and the β of a narrow wall.

# %%
# %matplotlib inline
import warnings

import numpy as np
from matplotlib.figure import Figure

import boltzwall
from boltzwall.constants import REDUCED_PLANCK

warnings.filterwarnings("ignore", message="The cells .* are longer than the precession")
warnings.filterwarnings("ignore", message="The magnetisation turns")

# %% [markdown]
# ## 1. A texture of your own
#
# A wall whose plane turns by a quarter along the wire, in one-dimensional electrons (two streams).

# %%
CELLS, LENGTH = 480, 120e-9


def wire(length=LENGTH):
    """Electrons of Table I in one dimension, at 20 K, driven by a current."""
    return {
        "material": {"preset": "permalloy-wang2022", "scattering": "constant"},
        "wire": {"length": length, "cells": CELLS},
        "temperature": {"kind": "uniform", "value": "20 K"},
        "drive": {"current_density": "-1e10 A/m²"},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 12},
    }


def along(length):
    """Centres of the cells, from the middle of the wire."""
    return (np.arange(CELLS) + 0.5) * length / CELLS - 0.5 * length


def tanh_wall(x, width, twist=0.0):
    """M(x) of shape (cells, 3): polar angle of a tanh wall, azimuth rising by twist along x."""
    across, azimuth = 1 / np.cosh(x / width), twist * x / LENGTH
    return np.stack(
        [across * np.cos(azimuth), across * np.sin(azimuth), -np.tanh(x / width)], axis=-1
    )


x = along(LENGTH)
mine = boltzwall.solve_transport(wire(), tanh_wall(x, 8e-9, np.pi / 2), progress=False)
print("spin continuity [C4] holds to rounding:", mine.attrs["residual_spin_relative"] < 1e-12)
torque = mine["torque_total"].values
lengthwise = np.abs((mine["magnetisation"].values * torque).sum(-1)).max() / np.abs(torque).max()
print("no torque along M:", lengthwise < 1e-12)

# %% [markdown]
# ## 2. The spin current
#
# Far from the wall it is P j/e along M. In the wall it turns with M, and what it loses is the torque.

# %%
current = mine["spin_current_density"].values
parallel = (current * mine["magnetisation"].values).sum(-1)
print(f"P from the spin current: {parallel[0] * 1.602176634e-19 / -1e10:.4f}")
print(f"P of the uniform wire:   {mine.attrs['polarisation']:.4f}")

# %% [markdown]
# ## 3. A spiral
#
# For M = (cos qx, sin qx, 0) the derivation gives β = ħ/(Jτ_sf) for every q: it is change of ∂M/∂x, not its size,
# that changes β. The projection [C6], over the middle of the wire, where its ends are far:

# %%
for period in (60e-9, 30e-9):
    turn = 2 * np.pi * x / period
    spiral = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=-1)
    T = boltzwall.solve_transport(wire(), spiral, progress=False)["torque_total"].values
    slope = np.gradient(spiral, x, axis=0)
    middle = slice(180, 300)
    u = -(T * slope)[middle].sum() / (slope**2)[middle].sum()
    beta = (T * np.cross(spiral, slope))[middle].sum() / (u * (slope**2)[middle].sum())
    print(
        f"period {period * 1e9:.0f} nm: β over ħ/(Jτ_sf) = {beta / mine.attrs['beta_wide_wall']:.3f}"
    )

# %% [markdown]
# ## 4. A narrow wall
#
# In a tanh wall spin diffuses while it precesses. For one speed, two streams and a field, section 9 of the
# derivation gives
#
# $$
# \frac{\beta_\mathrm{eff}}{\beta} - 1 = \frac{\tau_\mathrm{sf}}{3\Delta^2}\,\frac{v_F^2\,\tau\,(1 + \Omega\tau\beta)}{1 + \Omega^2\tau^2}, \qquad \Omega = \frac{J}{\hbar}.
# $$

# %%
metal = boltzwall.load_config(wire()).material
omega = metal.exchange_splitting / REDUCED_PLANCK
tau, flip = metal.momentum_time, metal.spin_flip_time
speed = np.sqrt(2 * metal.fermi_energy / metal.effective_mass)
wide = 1 / (omega * flip)
widths = np.array([2.5, 4, 6, 9, 13]) * 1e-9
found = []
for width in widths:
    length = 12 * width + 60e-9
    solved = boltzwall.solve_transport(
        wire(length), tanh_wall(along(length), width), progress=False
    )
    found.append(float(solved["electrical_beta"]) / wide - 1)
found = np.array(found)
fine = np.geomspace(2e-9, 16e-9, 100)
formula = (
    flip / (3 * fine**2) * speed**2 * tau * (1 + omega * tau * wide) / (1 + (omega * tau) ** 2)
)
for width, value in zip(widths, found, strict=True):
    closed = np.interp(width, fine, formula)
    print(f"Δ = {width * 1e9:4.1f} nm: model {value:.4f}, closed form {closed:.4f}")

# %% alt="Left: spin current through a twisted wall; right: β against the width of the wall, model on the closed form"
figure = Figure(figsize=(9, 3.8), layout="constrained")
left, right = figure.subplots(1, 2)
for component, style in zip("xyz", ("-", "--", ":"), strict=True):
    flow = mine["spin_current_density"].sel(component=component)
    left.plot(x * 1e9, flow * 1e-28, style, label=f"$j_{{s,{component}}}$")
left.set(xlabel="x (nm)", ylabel=r"spin current (10$^{28}$/(m² s))", title="Through a twisted wall")
left.legend()
right.loglog(fine * 1e9, formula, color="0.5", label="closed form")
right.loglog(widths * 1e9, found, "o", color="#D55E00", label="model")
right.set(
    xlabel="width of the wall Δ (nm)",
    ylabel=r"$\beta_{eff}/\beta - 1$",
    title="β grows in narrow walls",
)
right.legend()
figure
