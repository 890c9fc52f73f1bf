"""The resistance of a domain wall for every metal, against its width, beside Levy and Zhang.

The consistent model gives a Néel wall its resistance R_w times the cross-section, beyond the same
wire with uniform M, and its thermovoltage, [C11]. A wide wall has R_w = 2c/(σΔ) with a length²  c
that depends on the metal alone: the table prints c for each width, that of the formula of Levy and
Zhang (PRL 79, 5110 (1997), current across the wall), and what the anisotropic magnetoresistance of
the wall's M adds. Times are constant, but for the last two columns, c and the thermovoltage with
the exponents that reproduce the measured Seebeck coefficients: each energy resists for itself, so
that these change c by a few per cent, and the thermovoltage, its slope, several times.

    python wall_resistance.py
"""

import warnings

import numpy as np

import boltzwall
from boltzwall.constants import REDUCED_PLANCK

PRESETS = ("permalloy", "cobalt", "iron", "nickel", "cofeb", "permalloy-wang2022")
WIDTHS = np.array([5.0, 10.0, 20.0, 40.0]) * 1e-9
CELLS, LENGTH = 400, 20.0  # the length in units of the width


def solve(preset, width, scattering="constant"):
    """The transport through a Néel wall at 300 K; the preset's own scattering is a "power"."""
    with warnings.catch_warnings():
        # R_w of a wide wall survives cells that are longer than the precession length.
        warnings.filterwarnings("ignore", message="The cells .* are longer than the precession")
        return boltzwall.solve_transport(
            {
                "material": {"preset": preset, "scattering": scattering},
                "wire": {"length": LENGTH * width, "cells": CELLS},
                "texture": {"kind": "neel", "width": width},
                "temperature": {"kind": "uniform", "value": 300.0},
                "drive": {"current_density": 1e9},
                "transport": {"model": "consistent", "streams": 6, "momentum_nodes": 12},
            },
            progress=False,
        )


def levy_zhang(found):
    """c of their formula in m²: R_w = ρ d (ξ²/5)(ρ_+ − ρ_-)²/(ρ_+ρ_-) [3 + 10 √(ρ_+ρ_-)/Σρ].

    Their wall turns by π at a constant rate over d; with d = π²Δ/2 it has the same ∫θ'²dx. Their J
    is half of the splitting.
    """
    metal = boltzwall.load_config(boltzwall.io.config_of(found)).material
    polarisation = found.attrs["polarisation"]
    plus, minus = 2.0 / (1.0 - polarisation), 2.0 / (1.0 + polarisation)  # in units of ρ
    wave_number = np.sqrt(2.0 * metal.effective_mass * metal.fermi_energy) / REDUCED_PLANCK
    splitting = 0.5 * metal.exchange_splitting
    per_width = np.pi * REDUCED_PLANCK**2 * wave_number / (4.0 * metal.effective_mass * splitting)
    factor = (plus - minus) ** 2 / (plus * minus)
    factor *= 3.0 + 10.0 * np.sqrt(plus * minus) / (plus + minus)
    return per_width**2 / 5.0 * factor / np.pi**2


def table():
    """Rows of text."""
    head = ("metal", *(f"c, {w * 1e9:g} nm" for w in WIDTHS), "Levy–Zhang")
    rows = [(*head, "R_w, 10 nm", "AMR", "S_w, 10 nm", "c, fitted", "S_w, fitted")]
    for preset in PRESETS:
        found = [solve(preset, width) for width in WIDTHS]
        sigma = found[0].attrs["conductivity"]
        resistance = np.array([float(one["wall_resistance_area"]) for one in found])
        lengths = 0.5 * sigma * resistance * WIDTHS * 1e18
        ten, own = found[1], found[1]
        if preset != "permalloy-wang2022":
            own = solve(preset, WIDTHS[1], "power")
        fitted = 0.5 * sigma * float(own["wall_resistance_area"]) * WIDTHS[1] * 1e18
        rows.append(
            (
                preset,
                *(f"{c:.4f}" for c in lengths),
                f"{levy_zhang(ten) * 1e18:.3g}",
                f"{resistance[1]:.3g}",
                f"{float(ten['wall_resistance_area_amr']):.3g}",
                f"{float(ten['wall_thermovoltage']):.3g}",
                f"{fitted:.3g}",
                f"{float(own['wall_thermovoltage']):.3g}",
            )
        )
        assert (resistance > 0.0).all()
        assert abs(fitted / lengths[1] - 1.0) < 0.1
    return rows


if __name__ == "__main__":
    for row in table():
        print("  ".join(f"{cell:>12}" for cell in row))
