"""The torque that the thermal magnons of a gradient exert on a wall, from ensembles of noisy runs.

A wall in the middle of a wire with T(x) = 300 K + κx is followed under the thermal noise of each
cell's own temperature, [M6], many times with different seeds, through `boltzwall.sweep`. Ms, A and
K do not depend on T here, so that nothing acts but the spin waves that the noise makes. Two numbers
tell what they do: the wall's velocity v is u, the torque of the magnons that pass through it and
turn their spin over, and v + Δφ'/α, that with the tilt held, is γ0ΔH/α of the field H with which
they push, the entropic torque of these same magnons. Each is a mean over seeds ± its standard
error.

For small noise u follows from the classical magnon current of the wire, with the dispersion of its
cells, ω_k = ω0[1 + 2(Δ/dx)²(1 − cos k dx)], the lifetime 1/(2αω_k), the range l_k = v_k/(2αω_k),
and ends that reflect:

    u = (γ k_B κ/(Ms S)) ∫dk/2π [v_k²/(2αω_k²)] [1 − 1/cosh(L/2l_k)]  →  γ k_B κ Δ/(2αMsS)

in an endless wire with small cells; S is the cross-section, across which M is uniform.

    python magnonic_torque.py [--full] [FOLDER]

computes one short ensemble; --full all of docs/thermal-wall.md, in two minutes of computing.
Interrupted, it goes on from its stores in FOLDER.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import boltzwall
from boltzwall.constants import BOLTZMANN, VACUUM_PERMEABILITY

GAMMA, SATURATION, STIFFNESS, ANISOTROPY = 2.21e5, 8e5, 1.3e-11, 1e5
WIDTH = np.sqrt(STIFFNESS / ANISOTROPY)
TEMPERATURE = 300.0
RATE = 2.0 * GAMMA * ANISOTROPY / (VACUUM_PERMEABILITY * SATURATION)  # ω0, 1/s


@dataclass(frozen=True)
class Ensemble:
    """Runs that differ in their seeds alone; SI units.

    Attributes:
        name: what it differs in from the first one.
        seeds: how many runs.
        time: that is counted, after the time in which the magnons come to be.
    """

    name: str
    cell: float = 5e-9
    length: float = 300e-9
    damping: float = 0.05
    section: tuple[float, float] = (10e-9, 5e-9)
    gradient: float = 1.5e9
    seeds: int = 32
    time: float = 2e-9

    @property
    def start(self) -> float:
        """Three lifetimes of the slowest magnons, 1/(2αω0)."""
        return 1.5 / (self.damping * RATE)

    @property
    def wall(self) -> dict[str, Any]:
        """The configuration but for the seed."""
        width, thickness = self.section
        end = self.start + self.time
        return {
            "material": {
                "damping": self.damping, "gyromagnetic_ratio": GAMMA,
                "saturation_magnetisation": SATURATION,
                "exchange_stiffness": STIFFNESS, "uniaxial_anisotropy": ANISOTROPY,
            },
            "wire": {
                "length": self.length, "cells": round(self.length / self.cell),
                "width": width, "thickness": thickness,
            },
            "texture": {"kind": "neel", "width": WIDTH},
            "temperature": {
                "cold_end": TEMPERATURE - 0.5 * self.gradient * self.length,
                "gradient": self.gradient,
            },
            "transport": {"model": "none"},
            "field": {"exchange": True, "uniaxial_anisotropy": True},
            "dynamics": {
                "end_time": end, "save_interval": end / 40, "stop": "end",
                "checkpoint_interval": 40, "thermal_noise": True,
            },
        }  # fmt: skip

    def expected(self) -> float:
        """u in m/s of the magnon current."""
        k = (np.arange(20000) + 0.5) / 20000 * np.pi / self.cell
        frequency = RATE * (1.0 + 2.0 * (WIDTH / self.cell) ** 2 * (1.0 - np.cos(k * self.cell)))
        speed = RATE * 2.0 * WIDTH**2 / self.cell * np.sin(k * self.cell)
        reach = speed / (2.0 * self.damping * frequency)
        ends = 1.0 - 1.0 / np.cosh(np.minimum(0.5 * self.length / reach, 500.0))
        carried = (
            np.mean(2.0 * self.damping * reach**2 * ends) / self.cell
        )  # ∫dk/2π over both signs
        moment = VACUUM_PERMEABILITY * SATURATION * np.prod(self.section)
        return float(GAMMA * BOLTZMANN * self.gradient * carried / moment)

    def entropic(self) -> float:
        """γ0ΔH/α in m/s if the magnons push with the force k_Bκ; they do with some times that."""
        moment = VACUUM_PERMEABILITY * SATURATION * np.prod(self.section)
        return float(GAMMA * WIDTH * BOLTZMANN * self.gradient / (2.0 * self.damping * moment))

    def measured(self, folder: Path | None) -> tuple[np.ndarray, np.ndarray]:
        """v and v with the tilt held, and their standard errors, m/s: two numbers each."""
        store = None if folder is None else folder / self.name.replace(" ", "-")
        axis = {"dynamics.noise_seed": list(range(self.seeds))}
        runs = boltzwall.sweep(self.wall, axis, store=store, keep="all")
        time = runs["time"].values[0]
        first = int(np.searchsorted(time, self.start))
        way, turned = (
            (runs[name].values[:, -1] - runs[name].values[:, first]) / (time[-1] - time[first])
            for name in ("wall_position", "wall_tilt")
        )
        both = np.stack([way, way + WIDTH * turned / self.damping])
        return both.mean(axis=1), both.std(axis=1, ddof=1) / np.sqrt(self.seeds)


FIRST = Ensemble("as above")
FULL = (
    FIRST,
    replace(FIRST, name="no gradient", gradient=0.0),
    replace(FIRST, name="half the gradient", gradient=7.5e8),
    replace(FIRST, name="twice the section", section=(20e-9, 5e-9)),
    replace(FIRST, name="cells of 10 nm", cell=10e-9),
    replace(FIRST, name="wire of 100 nm", length=100e-9),
    replace(FIRST, name="wire of 200 nm", length=200e-9),
    replace(FIRST, name="damping 0.02", damping=0.02),
    replace(FIRST, name="damping 0.1", damping=0.1),
)
SHORT = replace(FIRST, name="short", cell=10e-9, seeds=16, time=0.6e-9)


def main() -> None:
    full = "--full" in sys.argv
    folders = [Path(argument) for argument in sys.argv[1:] if argument != "--full"]
    print("velocities in m/s, positive: towards the hot end")
    print(f"{'ensemble':20s} {'v':>16s} {'expected u':>11s} {'tilt held':>18s} {'over k_Bκ':>10s}")
    for ensemble in FULL if full else (SHORT,):
        (v, held), (error, held_error) = ensemble.measured(folders[0] if folders else None)
        u, unit = ensemble.expected(), ensemble.entropic()
        force = f"{held / unit:5.1f} ± {held_error / unit:.1f}" if unit else ""
        both = f"{v:7.2f} ± {error:5.2f} {u:11.2f} {held:9.1f} ± {held_error:4.1f}"
        print(f"{ensemble.name:20s} {both} {force:>12s}", flush=True)
        assert abs(v - u) < 4.0 * error + 0.15 * u


if __name__ == "__main__":
    main()
