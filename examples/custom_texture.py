"""Transport through a magnetisation of your own, and a check that no spin is lost.

Any array of unit vectors at the cell centres will do. Here it is a wall that is twisted: its plane
turns by a quarter along the wire. Whatever the texture, the moments must satisfy the spin
continuity equation (15) in the form that the difference equations give it:

    streaming − (J/ħ) M×m + (m − <m>)/τ_sf − eE[G] = 0.

`residual_spin` is what is left of it.

    python custom_texture.py
"""

import numpy as np

import boltzwall

CELLS, LENGTH, WIDTH = 80, 20e-9, 3e-9


def twisted_wall(x):
    """M(x), shape (len(x), 3): polar angle of a tanh wall, azimuth rising by π/2."""
    s = (x - 0.5 * LENGTH) / WIDTH
    along, across = -np.tanh(s), 1.0 / np.cosh(s)
    azimuth = 0.5 * np.pi * x / LENGTH
    return np.stack([across * np.cos(azimuth), across * np.sin(azimuth), along], axis=-1)


def main():
    x = (np.arange(CELLS) + 0.5) * LENGTH / CELLS
    wall = boltzwall.solve_transport(
        {
            "wire": {"length": LENGTH, "cells": CELLS},
            "temperature": {"cold_end": "300 K", "gradient": "-1 K/nm"},
            "drive": {"electric_field": "2e4 V/m"},
            "transport": {"momentum_nodes": 64},
        },
        magnetisation=twisted_wall(x),
    )
    M, torque = wall["magnetisation"].values, wall["torque_total"].values
    residual = wall.attrs["residual_spin_relative"]
    along = np.abs((M * torque).sum(axis=-1)).max() / np.abs(torque).max()
    print(f"largest torque        {np.abs(torque).max():.3e} 1/s")
    print(f"torque along M        {along:.1e} of it")
    print(f"spin continuity left  {residual:.1e} of its largest term")
    assert residual < 1e-10
    assert along < 1e-12


if __name__ == "__main__":
    main()
