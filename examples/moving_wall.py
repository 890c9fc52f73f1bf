"""The voltage that a moving wall induces, directly and by Onsager's relation, against its width.

A wall that turns or moves drives a current: the reciprocal of the torque that a current exerts on
it. `boltzwall.pumped` computes it from the motion itself, [C11], and from the torque on the
reversed texture, [C12]. The table gives both over the closed form of a wide wall,
−(ħP/e)(φ' + βq'/Δ)/(1 + β²), for 3D electrons with the times of the preset at the Fermi level,
and the added damping of the moving wall.

    python moving_wall.py
"""

import math
import warnings

import boltzwall
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK

WIDTHS = (2e-9, 5e-9, 10e-9, 20e-9, 40e-9, 100e-9)
PRESETS = ("permalloy", "permalloy-wang2022")
TURNING, VELOCITY = -1e10, 100.0  # rad/s, m/s


def pumped(preset, width, **motion):
    """What a Néel wall of this width pumps at 300 K."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The cells .* are longer than the precession")
        return boltzwall.pumped(
            {
                "material": {"preset": preset, "scattering": "constant"},
                "wire": {"length": 16.0 * width, "cells": 240},
                "texture": {"kind": "neel", "width": width},
                "temperature": {"kind": "uniform", "value": 300.0},
                "transport": {"model": "consistent", "streams": 6, "momentum_nodes": 12},
            },
            progress=False,
            **motion,
        )


def rows():
    """Preset, width in nm, four ratios to the closed form, and the added damping of the motion."""
    for preset in PRESETS:
        for width in WIDTHS:
            cells = [preset, f"{width * 1e9:g}"]
            moves = (("turning", TURNING, 1.0), ("velocity", VELOCITY, 1.0 / width))
            for name, size, factor in moves:
                found = pumped(preset, width, **{name: size})
                beta = found.attrs["beta_wide_wall"]
                factor *= 1.0 if name == "turning" else beta
                scale = -REDUCED_PLANCK * found.attrs["polarisation"] / ELEMENTARY_CHARGE
                wide = scale * size * factor / (1.0 + beta**2)
                voltages = (float(found[f"{kind}_voltage"]) for kind in ("pumped", "wall"))
                cells += [f"{voltage / wide:.4f}" for voltage in voltages]
                cells.append(f"{float(found['added_damping']):.3g}")
                assert math.isfinite(wide)
            yield cells


if __name__ == "__main__":
    head = ("metal", "Δ in nm", "turning", "Onsager", "Δα", "moving", "Onsager", "Δα")
    for row in (head, *rows()):
        print("  ".join(f"{cell:>18}" for cell in row))
