"""What the published model would need to give the three settling times that its paper prints.

The paper leaves open the momentum window, the electron density n_ref behind the torque, and the
constant c of its effective field H = c Ms M(x, 0). Can they be chosen so that the wall comes to
rest after 0.23, 0.15 and 0.08 ns at 0.5, 2 and 6 K/nm? And what becomes of its other statements?

Only n_ref/c decides the way of M: the torque is proportional to n_ref and the field to c, so that a
common factor of both is one of time, t_s(c, n_ref) = t_s(1, n_ref/c)/c. One sweep over windows and
densities at c = 1 therefore holds every c. Where the window ends makes no difference to the digits
given here, if it is 0.1 p_F wide and begins above both Fermi edges; where it begins is what counts.

    python paper_settling_times.py [--fine] [FOLDER]

draws settling-map.png. The coarse map takes about two minutes on two cores; the fine one, of
docs/reproduction.md, five times as long. Interrupted, either goes on from its store in FOLDER.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import boltzwall
from boltzwall.simulation import simulate_batch

PAPER = {0.5e9: 0.23e-9, 2e9: 0.15e-9, 6e9: 0.08e-9}  # K/m: s
COLD_ENDS = (150.0, 175.0, 200.0, 225.0, 250.0)  # K, at 5 K/nm
LEFT_DOMAIN = 0.98  # <M_z> above this is "the direction of the left domain"
WINDOW = ("transport.momentum_window.min", "transport.momentum_window.max")
KAPPA = "temperature.gradient"
WIDTH = 0.5  # p_F
WALL: dict[str, dict[str, Any]] = {
    "wire": {"length": "5 nm", "cells": 24},
    "temperature": {"cold_end": "100 K", "gradient": "2 K/nm"},
    "drive": {"electric_field": "-8e3 V/m"},
    "transport": {"spin_convention": "moment", "momentum_nodes": 16, "reference_density": 1e26},
    "field": {"initial_state_field": 1.0},
    "dynamics": {"end_time": "0.5 ns", "save_interval": "1 ps", "relative_tolerance": 1e-4},
}
FIELD_RATE = 2.21e5 * 8e5  # γ0 Ms in 1/s: what the field turns M by, at c = 1


@dataclass(frozen=True)
class Scan:
    """Windows, and n_ref/c in units of that at which torque and field turn M equally fast."""

    edges: np.ndarray  # p_min in p_F
    ratios: np.ndarray


COARSE = Scan(np.array([1.3, 1.5, 1.6, 1.7]), np.geomspace(0.5, 16.0, 6))
FINE = Scan(np.linspace(1.2, 2.0, 9), np.geomspace(0.5, 16.0, 11))


@dataclass(frozen=True)
class Map:
    """What the sweep gave; axes (window, ratio), and the three gradients last where there is one.

    ``deviation`` is the rms of ln(t_s/paper) with the best c, ``without_field`` that of c = 0 with
    the best density, for each window.
    """

    scan: Scan
    unit: np.ndarray  # n_ref/c of ratio 1, 1/m³, for each window
    times: np.ndarray  # s, at c = 1
    final: np.ndarray  # <M_z>
    share: np.ndarray  # max|τ_T|/max|τ_total| at t = 0, for each window
    without_field: np.ndarray

    @property
    def constant(self) -> np.ndarray:
        """The c whose settling times are nearest."""
        return np.exp(np.log(self.times / list(PAPER.values())).mean(axis=-1))

    @property
    def deviation(self) -> np.ndarray:
        return scatter(self.times)

    @property
    def settled(self) -> np.ndarray:
        """The least deviation of each window with all three walls along the left domain."""
        there = self.final.min(axis=-1) > LEFT_DOMAIN
        return np.where(there, self.deviation, np.inf).min(axis=1)

    @property
    def best(self) -> tuple[int, int]:
        window, ratio = np.unravel_index(np.nanargmin(self.deviation), self.deviation.shape)
        return int(window), int(ratio)


def scatter(times):
    """The rms of ln(t_s/paper), the mean taken out; nan where a wall did not settle."""
    logs = np.log(times / list(PAPER.values()))
    return np.sqrt(((logs - logs.mean(axis=-1, keepdims=True)) ** 2).mean(axis=-1))


def compute(scan, folder):
    """All sweeps of a scan; their stores in ``folder`` are gone on from."""
    windows = [(edge, edge + WIDTH) for edge in scan.edges.tolist()]
    gradients = {KAPPA: list(PAPER)}
    start = boltzwall.sweep(
        WALL, {WINDOW: windows, **gradients}, store=folder / "start", kind="transport", keep="final"
    )
    size = largest(start["torque_total"])[:, 1]  # at 2 K/nm
    unit = 1e26 * FIELD_RATE / size
    keys = (*WINDOW, "transport.reference_density")
    rows = [(*w, n * r) for w, n in zip(windows, unit, strict=True) for r in scan.ratios.tolist()]
    runs = boltzwall.sweep(WALL, {keys: rows, **gradients}, store=folder / "with-field")
    free = WALL | {"field": {"initial_state_field": 0.0}}
    strong = [(*w, 4.0 * n) for w, n in zip(windows, unit, strict=True)]
    alone = boltzwall.sweep(free, {keys: strong, **gradients}, store=folder / "without-field")
    shape = (len(windows), len(scan.ratios), len(PAPER))
    return Map(
        scan=scan,
        unit=unit,
        times=runs["settling_time"].values.reshape(shape),
        final=runs["mean_magnetisation"].sel(component="z").values.reshape(shape),
        share=largest(start["torque_thermal_eq22"]) / largest(start["torque_total_eq17"]),
        without_field=scatter(alone["settling_time"].values),
    )


def largest(field):
    """Largest length along x."""
    return np.linalg.norm(field.values, axis=-1).max(axis=-1)


def chosen(edge, density, constant):
    """The wall with one choice of what the paper leaves open."""
    return WALL | {
        "transport": WALL["transport"]
        | {"momentum_window": (edge, edge + WIDTH), "reference_density": density},
        "field": {"initial_state_field": constant},
        "dynamics": {"end_time": "1 ns", "save_interval": "2 ps"},
    }


def tilt(run):
    """The largest angle between M and m when the run ends, in degrees."""
    M, m = (run[name].values[-1] for name in ("magnetisation", "spin_accumulation"))
    across = np.linalg.norm(np.cross(M, m), axis=-1)
    return np.degrees(np.arctan2(across, (M * m).sum(axis=-1))).max()


def draw(found, path):
    """The map of residuals; residual against final state; the best of each window, and c = 0."""
    figure = Figure(figsize=(12.5, 4.0), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    edges, ratios = found.scan.edges, found.scan.ratios
    least = found.final.min(axis=-1)
    shown = {"cmap": "viridis_r", "vmin": 0.0, "vmax": 0.6, "shading": "nearest"}
    mesh = left.pcolormesh(edges, ratios, found.deviation.T, **shown)
    figure.colorbar(mesh, ax=left, label="rms of ln($t_s$/paper), best $c$", extend="max")
    lines = left.contour(edges, ratios, least.T, [0.5, 0.9, LEFT_DOMAIN], colors="k", linewidths=1)
    left.clabel(lines, fmt=r"$\langle M_z\rangle$ = %g", fontsize=8)
    window, ratio = found.best
    left.plot(edges[window], ratios[ratio], "w*", mec="k", ms=13)
    left.set(yscale="log", xlabel="window from $p_{min}$ ($p_F$)")
    left.set_ylabel("initial torque over field, $n_{ref}/c$ in units of equal rates")
    colours = {"c": np.broadcast_to(edges[:, None], least.shape), "cmap": "plasma", "s": 14}
    points = middle.scatter(least, found.deviation, **colours)
    figure.colorbar(points, ax=middle, label="$p_{min}$ ($p_F$)")
    middle.axvline(LEFT_DOMAIN, color="0.4", lw=1.0, ls="--")
    middle.text(LEFT_DOMAIN - 0.02, 0.03, "left domain", rotation=90, ha="right", fontsize=8)
    middle.set(xlabel=r"least final $\langle M_z\rangle$ of the three", ylim=(0.0, 0.6))
    middle.set_ylabel("rms of ln($t_s$/paper), best $c$")
    right.plot(edges, np.nanmin(found.deviation, axis=1), "o-", label="best $c$ and $n_{ref}$")
    right.plot(edges, found.settled, "s--", label="the same, along the left domain")
    right.plot(edges, found.without_field, "^:", label="$c$ = 0, best $n_{ref}$")
    right.set(xlabel="window from $p_{min}$ ($p_F$)", ylim=(0.0, 0.6))
    right.set_ylabel("rms of ln($t_s$/paper)")
    right.legend(fontsize=8)
    for letter, panel in zip("abc", (left, middle, right), strict=True):
        panel.set_title(f"({letter})", loc="left", fontsize=10)
    figure.savefig(path, dpi=130)


def report(found):
    """The nearest choice, what it gives, and what becomes of the paper's other statements."""
    window, ratio = found.best
    edge, constant = float(found.scan.edges[window]), float(found.constant[window, ratio])
    density = float(constant * found.unit[window] * found.scan.ratios[ratio])
    wall = chosen(edge, density, constant)
    print(f"nearest: window from {edge:.2f} p_F, c = {constant:.3g}, n_ref = {density:.3g} 1/m³,")
    print(f"rms of ln(t_s/paper) {found.deviation[window, ratio]:.3f}")
    print("  K/nm   t_s (ns)  paper   ⟨M_z⟩  M to m   |τ_T|/|τ|")
    runs = simulate_batch([boltzwall.load_config(wall).replace(KAPPA, kappa) for kappa in PAPER])
    for (kappa, time), run, share in zip(PAPER.items(), runs, found.share[window], strict=True):
        z = float(run["mean_magnetisation"][-1].sel(component="z"))
        ours = 1e9 * run.attrs["settling_time"]
        numbers = f"{ours:10.3f} {1e9 * time:6.2f} {z:7.3f} {tilt(run):6.1f}° {share:10.2f}"
        print(f"  {kappa / 1e9:4.1f} {numbers}")
    cold_ends = {"temperature.cold_end": list(COLD_ENDS), KAPPA: [5e9]}
    start = boltzwall.sweep(wall, cold_ends, kind="transport", keep="final")
    torque = largest(start["torque_total"])[:, 0]
    growth = torque[-1] / torque[0]
    print(f"torque at t = 0 and 5 K/nm, T0 = 250 over 150 K: {growth:.3g}")
    print(f"rms with all three walls along the left domain: at least {found.settled.min():.3f}")
    print(f"rms with c = 0, any window and density: at least {found.without_field.min():.3f}")
    return runs, growth


def main():
    fine = "--fine" in sys.argv
    folders = [argument for argument in sys.argv[1:] if argument != "--fine"]
    folder = Path(folders[0] if folders else "paper-settling-times")
    found = compute(FINE if fine else COARSE, folder / ("fine" if fine else "coarse"))
    draw(found, folder / "settling-map.png")
    runs, growth = report(found)

    # The three times come out, and with them a wall that does not end along the left domain.
    times = [run.attrs["settling_time"] for run in runs]
    assert max(abs(np.log(np.divide(times, list(PAPER.values()))))) < 0.1
    assert found.final[found.best].min() < 0.6
    assert tilt(runs[0]) > 5.0
    # Without the field, or with a wall that does end there, they do not come out.
    assert found.without_field.min() > 0.25
    assert found.settled.min() > 0.15
    # And T0 would change the torque by far more than a paper's figure shows.
    assert growth > 30.0


if __name__ == "__main__":
    main()
