"""How fast a temperature gradient moves a wall in permalloy, and which torque does it.

A wall of 11 nm at 300 K in gradients from 1 K/µm to 6 K/nm, under one torque at a time: the
electrons' in an open circuit and in a closed one without field (consistent model), Bauer's formula
for the electrons' heat current, and the fall of Ms, A and K with temperature ("entropic"); then
the electrons in an open circuit together with that fall. Without a hard axis the wall moves and
turns from the start, and two numbers tell everything: v, and v + Δφ'/α, the velocity with the tilt
held by a hard axis (below Walker's breakdown): γ0ΔH/α + βu/α in the collective model.

The electrons' torque is linear in the gradient, so its two velocities follow from u and β of one
kinetic solution of the resting wall; two runs that step the wall and the electrons together show
that this is so. The wire is 150 nm long: the ends of a shorter one turn a wall that has left the
middle, by more than these weak torques do. Only 6 K/nm needs a shorter wire, to end above 0 K.

    python thermal_wall.py [FIGURE.png]
"""

import sys
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import boltzwall
from boltzwall.constants import BOHR_MAGNETON
from boltzwall.plot.theme import line_styles, save_figure, theme

GRADIENTS = np.array([1e6, 1e7, 1e8, 1e9, 6e9])  # K/m
CELL, TEMPERATURE = 1e-9, 300.0
DAMPING, CURIE = 0.02, 850.0
METAL = {
    "preset": "permalloy", "damping": DAMPING,
    "uniaxial_anisotropy": 1e5, "curie_temperature": CURIE,
}  # fmt: skip
ENTROPIC = {"temperature_law": "kuzmin", "reference_temperature": TEMPERATURE}
ELECTRONS = {"model": "consistent", "update": 1e-2}
ALONE, TOGETHER = GRADIENTS[2:3], GRADIENTS[3:4]  # of the coupled runs, the slow part


def configuration(gradient, transport, field=None, drive=None):
    """A wall in the middle of a piece of wire, at 300 K there."""
    length = min(150e-9, 1.8 * TEMPERATURE / gradient)
    return {
        "material": METAL,
        "wire": {"length": length, "cells": round(length / CELL)},
        "texture": {"kind": "neel", "width": np.sqrt(1.3e-11 / 1e5)},
        "temperature": {"cold_end": TEMPERATURE - 0.5 * gradient * length, "gradient": gradient},
        "drive": drive or {"electric_field": 0.0},
        "transport": transport,
        "field": {"exchange": True, "uniaxial_anisotropy": True, **(field or {})},
        "dynamics": {
            "end_time": 1e-10, "save_interval": 1e-11, "stop": "end",
            "checkpoint_interval": 10, "relative_tolerance": 1e-8, "absolute_tolerance": 1e-11,
        },
    }  # fmt: skip


def stepped(gradient, *settings):
    """(v, v with the tilt held) in m/s from the wall's motion and turning."""
    run = boltzwall.simulate(configuration(gradient, *settings))
    time = run.time.values[3:]
    v, turning = (
        np.polyfit(time, run[name].values[3:], 1)[0] for name in ("wall_position", "wall_tilt")
    )
    return v, v + float(run.wall_width[-1]) * turning / DAMPING


def solved(gradient, *settings):
    """(v, v with the tilt held) in m/s from u and β of the wall at rest, and these two."""
    transport = boltzwall.solve_transport(configuration(gradient, *settings))
    u, beta = float(transport.effective_velocity), float(transport.effective_beta)
    return (1.0 + DAMPING * beta) / (1.0 + DAMPING**2) * u, beta * u / DAMPING, u, beta


def main():
    opened = (ELECTRONS, None, {"circuit": "open"})
    metal = boltzwall.solve_transport(configuration(1e8, *opened))
    bauer = {"model": "bauer", "spin_conversion": metal.attrs["spin_conversion"]}
    cases = {
        "electrons, open circuit": (GRADIENTS, solved, opened),
        "electrons, closed circuit": (GRADIENTS, solved, (ELECTRONS,)),
        "Bauer's formula": (GRADIENTS, stepped, (bauer,)),
        "entropic": (GRADIENTS, stepped, ({"model": "none"}, ENTROPIC)),
        "electrons, open circuit, stepped": (ALONE, stepped, opened),
        "electrons + entropic": (TOGETHER, stepped, (ELECTRONS, ENTROPIC, {"circuit": "open"})),
    }
    found = {
        name: np.array([way(gradient, *case) for gradient in gradients])
        for name, (gradients, way, case) in cases.items()
    }
    print("v, and v with the tilt held, in m/s; positive: towards the hot end")
    print("gradient (K/m)                  ", *(f"{gradient:17.0e}" for gradient in GRADIENTS))
    for name, values in found.items():
        numbers = dict(zip(cases[name][0], values, strict=True))
        shown = (numbers.get(gradient) for gradient in GRADIENTS)
        line = (" " * 17 if two is None else f"{two[0]:8.1e} {two[1]:8.1e}" for two in shown)
        print(f"{name:32s}", *line)
    check(found, metal)
    if len(sys.argv) > 1:
        with theme():
            save_figure(draw(found), sys.argv[1])


def check(found, metal):
    """What must hold whatever the numbers are."""
    opened, entropic = found["electrons, open circuit"], found["entropic"]
    for name in ("electrons, open circuit", "electrons, closed circuit", "Bauer's formula"):
        values = found[name][:, :2] / GRADIENTS[:, None]
        np.testing.assert_allclose(values[:3], values[:1].repeat(3, axis=0), rtol=0.02)
    # [M8]: what u and β of the wall at rest say is what the coupled run does.
    stepped_alone = found["electrons, open circuit, stepped"][0]
    np.testing.assert_allclose(stepped_alone, opened[2, :2], rtol=0.02)
    # The wall's free energy falls towards the hot end; torques add up.
    assert np.all(entropic[:, 1] > 0.0)
    together, apart = found["electrons + entropic"][0], opened[3, :2] + entropic[3]
    np.testing.assert_allclose(together, apart, rtol=0.01)
    print("stepped, over u and β:", stepped_alone / opened[2, :2])
    print("together, over the sum of the two apart:", together / apart)
    # No more angular momentum than the spin current carries: µ_B|j_s|/Ms.
    carried = np.abs(np.sum(metal.spin_current_density.values * metal.magnetisation.values, axis=1))
    bound = BOHR_MAGNETON * carried.max() / 8e5 / 1e8
    u, beta = opened[0, 2:]
    print(f"u per gradient, open circuit: {u / 1e6:.2e} m²/(s K), at most {bound:.2e}")
    assert abs(u) / 1e6 < 1.01 * bound
    print(f"β_Q {beta:.3f}, P' {metal.attrs['spin_conversion']:.2f}, "
          f"S {metal.attrs['seebeck_coefficient'] * 1e6:.2f} µV/K")  # fmt: skip


def draw(found):
    """|v| with the tilt held against the gradient; filled where the wall goes to the hot end."""
    figure = Figure(figsize=(7.0, 5.0), layout="constrained")
    axes = figure.subplots()
    names = list(found)[:4]
    for name, style in zip(names, line_styles(), strict=False):
        line = axes.loglog(GRADIENTS, np.abs(found[name][:, 1]), label=name, **style)
        for gradient, value in zip(GRADIENTS, found[name][:, 1], strict=True):
            colour = line[0].get_color()
            face = colour if value > 0.0 else "white"
            axes.plot(gradient, abs(value), "o", ms=5.0, color=colour, mfc=face)
    axes.fill_between(
        [2e7, 6e9], [0.003, 0.9], [0.016, 4.9], color="0.88", zorder=0,
        label=r"$\mu_B j_s/M_s$ of the measured spin-dependent Seebeck effect",
    )  # fmt: skip
    others: Any = {"color": "black", "linestyle": "none", "ms": 5.0}
    axes.plot([5e8, 6e9], [21.7, 62.5], marker="^", label="Wang et al. (2022)", **others)
    axes.plot(
        [1e7], [10.0], marker="s", mfc="white", label="Hals et al. (2010), (Ga,Mn)As", **others
    )
    axes.plot([2e7], [1e-9], marker="v", label="measured, Pt/CoB/Ir (arXiv:2506.09628)", **others)
    for face, label in (("0.5", "towards the hot end"), ("white", "towards the cold end")):
        axes.plot([], [], "o", ms=5.0, color="0.5", mfc=face, label=label)
    axes.set_xlabel(r"temperature gradient $\kappa$ (K/m)")
    axes.set_ylabel(r"$|v|$ of the wall with its tilt held (m/s)")
    axes.grid(color="0.92")
    figure.legend(loc="outside upper center", ncols=2)
    return figure


if __name__ == "__main__":
    main()
