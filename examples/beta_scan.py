"""How β of the spin torque grows when the wall becomes narrow, for the field and for a gradient.

The torque of a wide wall is −u ∂xM + βu M×∂xM with β = ħ/(Jτ_sf). In a narrow wall spin diffuses
across it while it precesses, and the projections of the torque on ∂xM and M×∂xM, [C6], give another
β. Here the consistent model is solved for walls of 2 to 200 nm, for electrons in one dimension (two
streams) and in three (eight), driven by a field, by a gradient at no field, and by a gradient at no
current; for Table I of Wang et al. and for permalloy with constant times. The lines are the leading
correction, D of docs/consistent-model.md, for the same drive.

    python beta_scan.py [FIGURE.png]
"""

import sys
import warnings

import numpy as np
from matplotlib.figure import Figure

import boltzwall
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK

WIDTHS = np.array([2.0, 4.0, 8.0, 20.0, 45.0, 100.0, 200.0]) * 1e-9
PRESETS = ("permalloy-wang2022", "permalloy")
STREAMS = {"1D": 2, "3D": 8}
DRIVES = {
    "field": "electrical_beta",
    "gradient, E = 0": "thermal_beta_closed",
    "gradient, j = 0": "thermal_beta_open",
}
TEMPERATURE = 300.0
# The same for all, so that there is one compilation for 1D and one for 3D. A cell is 0.05 Δ where
# the wall is narrowest, and ten spin diffusion lengths lie around every wall.
CELLS, AROUND = 820, 62e-9


def solve(preset, streams, width):
    """The transport through a wall of this width, driven by a current."""
    with warnings.catch_warnings():
        # In the widest walls a cell is longer than the precession length, which β survives.
        warnings.filterwarnings("ignore", message="The cells .* are longer than the precession")
        return boltzwall.solve_transport(
            {
                "material": {"preset": preset, "scattering": "constant"},
                "wire": {"length": 10.0 * width + AROUND, "cells": CELLS},
                "texture": {"kind": "neel", "width": width},
                "temperature": {"kind": "uniform", "value": TEMPERATURE},
                "drive": {"current_density": -1e10},
                "transport": {"model": "consistent", "streams": streams, "momentum_nodes": 16},
            }
        )


def leading(preset, dimension, drive, seebeck):
    """β_eff/β − 1 times Δ², in m²: the leading correction of a tanh wall by sums over p."""
    config = boltzwall.load_config({"material": {"preset": preset, "scattering": "constant"}})
    metal, times = config.material, spin_times(preset)
    J, m, flip = metal.exchange_splitting, metal.effective_mass, 1.0 / metal.spin_flip_time
    top = metal.fermi_energy + J + 40.0 * BOLTZMANN * TEMPERATURE
    v = np.linspace(0.0, np.sqrt(2.0 * top / m), 100_001)
    kinetic = 0.5 * m * v**2
    responses = []
    for sign, time in zip((1.0, -1.0), times, strict=True):
        z = (kinetic + 0.5 * sign * J - metal.fermi_energy) / (BOLTZMANN * TEMPERATURE)
        window = 0.25 / np.cosh(np.clip(0.5 * z, -300.0, 300.0)) ** 2
        # −eE and −(ε − µ)κ/T, over −e for 1 K/m; no current flows in E = Sκ.
        pull = 1.0 if drive == "field" else z * BOLTZMANN / ELEMENTARY_CHARGE
        pull = pull + (seebeck if drive.endswith("j = 0") else 0.0)
        responses.append(time * window * pull)
    g, k = (responses[0] - responses[1]), (responses[0] + responses[1])
    rate, turn = 0.5 * sum(1.0 / time for time in times), J / REDUCED_PLANCK

    def total(values):
        return np.sum(v ** (dimension - 1) * values)

    first = total(v**4 * g + J / m * v**2 * k) / dimension * (rate + flip) / (rate**2 + turn**2)
    tilt = total(v**4 * g + 2.5 * J / m * v**2 * k) * (4.0 / 15.0 if dimension == 3 else 0.0)
    second = tilt * 2.0 * rate * (turn**2 + flip**2) / (rate**2 + turn**2) ** 2
    return (first + second) / total(v**2 * g) / (3.0 * flip)


def spin_times(preset):
    """τ_+ and τ_-."""
    transport = boltzwall.load_config(
        {
            "material": {"preset": preset, "scattering": "constant"},
            "transport": {"model": "consistent"},
        }
    ).transport
    return transport.momentum_time_minority, transport.momentum_time_majority


def scan(preset, kind):
    """For one material in 1D or 3D: β_eff/β and its leading order for each drive, and P_eff/P."""
    runs = [solve(preset, STREAMS[kind], width) for width in WIDTHS]
    uniform = runs[0].attrs
    wide, seebeck = uniform["beta_wide_wall"], uniform["seebeck_coefficient"]
    ratios = {
        drive: np.array([float(run[name]) for run in runs]) / wide for drive, name in DRIVES.items()
    }
    orders = {
        drive: 1.0 + leading(preset, int(kind[0]), drive, seebeck) / WIDTHS**2 for drive in DRIVES
    }
    effective = np.array([float(run["electrical_polarisation"]) for run in runs])
    print(f"{preset}, {kind}: β = ħ/(Jτ_sf) = {wide:.4g}, P = {uniform['polarisation']:.4g}")
    row("Δ (nm)", WIDTHS * 1e9, "8.0f")
    for drive in DRIVES:
        row(f"β_eff/β, {drive}", ratios[drive])
        row("  leading order", orders[drive])
    row("P_eff/P", effective / uniform["polarisation"])
    return ratios, orders, effective / uniform["polarisation"]


def row(name, values, form="8.4f"):
    """One line of the table."""
    print(f"  {name:24}", *(format(value, form) for value in values))


def draw(found, path):
    """Above β_eff/β, below its distance from 1 with the leading correction."""
    figure = Figure(figsize=(9.0, 7.0), layout="constrained")
    panels = figure.subplots(2, len(PRESETS), sharex=True)
    x = WIDTHS * 1e9
    for preset, (upper, lower) in zip(PRESETS, panels.T, strict=True):
        upper.axhline(1.0, color="0.4", lw=1.0)
        upper.annotate(
            r"wide wall: $\hbar/(J\tau_\mathrm{sf})$", (200.0, 1.0), (0, 6),
            ha="right", fontsize="small", textcoords="offset points",
        )  # fmt: skip
        for number, drive in enumerate(DRIVES):
            for kind, line in (("1D", "--"), ("3D", "-")):
                (ratios, orders, _), color = found[preset, kind], f"C{number}"
                label = f"{drive}, {kind}"
                upper.plot(x, ratios[drive], line, marker="o", ms=4, color=color, label=label)
                away = ratios[drive] - 1.0
                face = {"ls": "", "color": color, "mfc": "none" if kind == "1D" else color}
                lower.plot(x, np.where(away > 0.0, away, np.nan), marker="^", **face)
                lower.plot(x, np.where(away < 0.0, -away, np.nan), marker="v", **face)
                lower.plot(x, np.abs(orders[drive] - 1.0), line, color=color, lw=1.0)
        ticks = [-10, -3, -1, 0, 1, 3, 10]
        upper.set(title=preset, xscale="log")
        upper.set_yscale("symlog", linthresh=2.0)
        upper.set_yticks(ticks, [f"{tick}".replace("-", "−") for tick in ticks])
        lower.set(xlabel="wall width Δ (nm)", yscale="log", ylim=(1e-3, 50.0))
    panels[0, 0].set_ylabel(r"$\beta_\mathrm{eff}\,/\,\beta$")
    panels[1, 0].set_ylabel(r"$|\beta_\mathrm{eff}/\beta - 1|$   (▲ above 1, ▼ below)")
    panels[0, 1].legend(fontsize="small")
    figure.savefig(path, dpi=110)


def main():
    found = {(preset, kind): scan(preset, kind) for kind in STREAMS for preset in PRESETS}
    draw(found, sys.argv[1] if len(sys.argv) > 1 else "beta-scan.png")
    for ratios, orders, polarisation in found.values():
        # Wide walls have the torque of Zhang and Li, whatever drives it.
        assert all(abs(ratio[-1] - 1.0) < 0.01 for ratio in ratios.values())
        assert abs(polarisation[-1] - 1.0) < 1e-3
        # Narrower walls: first the leading correction, at 2 nm more than twice the wide wall's β.
        field, order = ratios["field"], orders["field"]
        assert abs(field[3] - order[3]) < 0.06 * (order[3] - 1.0)
        assert np.all(np.diff(field) < 0.0)
        assert field[0] > 2.0
    # Table I in 3D follows the correction down to 2 nm; permalloy's P_eff is down by a tenth there.
    ratios, orders, _ = found["permalloy-wang2022", "3D"]
    assert abs(ratios["field"][0] / orders["field"][0] - 1.0) < 0.01
    assert found["permalloy", "3D"][2][0] < 0.9


if __name__ == "__main__":
    main()
