"""A permalloy nanowire on SiO2/Si under a pulse of current: where its own heat leads the wall.

Prints how far the wall goes with and without the heat, which torque moved it, and how warm the wire
gets; checks the wire's temperature against the adiabatic bound and the balance of its heat.

With --full: three currents, five lengths of the pulse, and the kinetic electrons of one of them.
"""

import argparse
from typing import Any

import xarray as xr

import boltzwall

PULSE = 5e-9  # s
CURRENTS = (0.5e12, 1e12, 2e12)  # A/m²
PARTS = ("electrical", "thermal", "internal", "tilt")


def wire(current: float, *, heated: bool, kinetic: bool, pulse: float = PULSE) -> dict[str, Any]:
    """A wire of 1 µm × 240 nm × 10 nm between contacts that stay at room temperature."""
    electrons = (
        {"model": "consistent", "streams": 2, "momentum_nodes": 8, "update": 1e-2}
        if kinetic
        else {"model": "zhang-li", "polarisation": 0.4, "beta": 0.04}
    )
    config: dict[str, Any] = {
        "material": {"preset": "permalloy", "damping": 0.02, "uniaxial_anisotropy": "2e4 J/m^3",
                     "hard_axis_anisotropy": "1e5 J/m^3", "curie_temperature": "850 K"},
        "wire": {"length": "1 um", "cells": 250, "width": "240 nm", "thickness": "10 nm"},
        "texture": {"kind": "neel", "width": "25 nm", "centre": "600 nm"},
        "temperature": {"kind": "uniform", "value": "300 K"},
        "drive": {"current_density": current, "electric_waveform": "pulse",
                  "electric_duration": pulse, "electric_rise": "0.1 ns"},
        "transport": electrons,
        "field": {"exchange": True, "uniaxial_anisotropy": True, "hard_axis_anisotropy": True,
                  "temperature_law": "kuzmin"},
        "dynamics": {"end_time": pulse + (0.0 if kinetic else 1e-9), "save_interval": "0.1 ns",
                     "stop": "end", "checkpoint_interval": 10},
    }  # fmt: skip
    if heated:
        config["heat"] = {
            "kind": "wire",
            "substrate": "half-space",
            "substrate_material": "silicon",
            "film_material": "silicon-dioxide",
            "film_thickness": "300 nm",
            "ends": "300 K",
        }
    if kinetic:  # solved for in a short wire, near whose contacts T is steep
        config["wire"] |= {"length": "300 nm", "cells": 100}
        config["texture"]["centre"] = "150 nm"
    return config


def moved(run: xr.Dataset) -> float:
    """How far the wall went, m."""
    q = run["wall_position"].dropna("time")
    return float(q[-1] - q[0])


def told(run: xr.Dataset) -> dict[str, float]:
    """The way of the wall in nm, its parts, and the highest T in K."""
    parts = {k: run.attrs.get(f"displacement_{k}", 0.0) * 1e9 for k in PARTS}
    return {
        "way": moved(run) * 1e9,
        **{k: float(v) for k, v in parts.items()},
        "hottest": float(run["temperature"].max()),
        "balance": float(abs(run["heat_balance_residual"]).max()),
    }


def quick() -> None:
    """One current, a short pulse, a torque of Zhang and Li's form."""
    pulse, current = 0.5e-9, 1e12
    cold, warm = (
        boltzwall.simulate(wire(current, heated=h, kinetic=False, pulse=pulse), progress=False)
        for h in (False, True)
    )
    found = told(warm)
    print(f"without heat {moved(cold) * 1e9:7.2f} nm")
    print("with heat   ", *(f"{k} {v:.3g}" for k, v in found.items()))
    metal = boltzwall.load_config(wire(current, heated=True, kinetic=False)).material
    joule = current**2 / float(metal.conductivity or 0.0)
    adiabatic = joule * 0.6e-9 / float(metal.heat_capacity or 0.0) * 1.1  # ρ grows by less
    assert 3.0 < found["hottest"] - 300.0 < adiabatic
    assert found["balance"] < 1e-10
    assert abs(found["way"]) > abs(moved(cold)) * 1e9  # Ms falls, so that u grows


def full() -> None:
    """Three currents with and without heat, then other lengths of the pulse, then the electrons."""
    for current in CURRENTS:
        compare(f"{current:.1e} A/m², 5 ns", current, PULSE)
    for pulse in (0.5e-9, 1e-9, 2e-9, 10e-9):
        compare(f"1.0e+12 A/m², {pulse * 1e9:g} ns", 1e12, pulse)
    compare("1.0e+12 A/m², 0.3 ns, kinetic electrons in 300 nm", 1e12, 0.3e-9, kinetic=True)


def compare(name: str, current: float, pulse: float, *, kinetic: bool = False) -> xr.Dataset:
    """The run with heat; prints how far the wall goes with and without it, and why."""
    cold, warm = (
        boltzwall.simulate(
            wire(current, heated=heated, kinetic=kinetic, pulse=pulse), progress=False
        )
        for heated in (False, True)
    )
    print(f"{name}: without heat {moved(cold) * 1e9:.1f} nm, with heat", end=" ")
    print(", ".join(f"{k} {v:.4g}" for k, v in told(warm).items()), flush=True)
    return warm


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="the runs of docs/joule-heating.md")
    (full if parser.parse_args().full else quick)()
