"""A user's script under `mypy --strict`: the type hints of the public names are complete.

Nothing runs here; the step `types` of .ci/run checks it with the flags of pyproject.toml, and
the last function must be an error.
"""

from pathlib import Path
from typing import Any

import xarray as xr

import boltzwall
from boltzwall import BoltzwallError, Config, InputError, NumericsError


def solved(given: Config) -> xr.Dataset:
    """The transport, and every error as one."""
    try:
        return boltzwall.solve_transport(given, uncertainty=False, progress=False)
    except (InputError, NumericsError) as error:
        raise BoltzwallError(str(error)) from error


def study() -> tuple[xr.Dataset, xr.Dataset]:
    """Every public verb once."""
    config: Config = boltzwall.load_config({"wire": {"cells": 32}}, ["wire.length=5 nm"])
    steep: Config = config.replace("temperature.gradient", "4 K/nm")
    text: str = config.to_json()
    run: xr.Dataset = boltzwall.simulate(steep, progress=None)
    runs: list[xr.Dataset] = boltzwall.simulation.simulate_batch([config, steep])
    motion: xr.Dataset = boltzwall.collective_coordinates(config, u=10.0, beta=0.1)
    voltage: xr.Dataset = boltzwall.pumped(config, turning=1e9)
    swept: xr.Dataset = boltzwall.sweep(config, {"temperature.gradient": [1e9, "2 K/nm"]})
    fitted: dict[str, dict[str, Any]] = boltzwall.fit_material("permalloy", sigma=4e6)
    presets = list(boltzwall.materials.names())
    boltzwall.io.write_dataset(run, Path("run.nc"))
    again: xr.Dataset = boltzwall.io.read_dataset(Path("run.nc"))
    film: Path = boltzwall.plot.animate(run, "run.gif")
    boltzwall.plot.save_figure(boltzwall.plot.motion_figure(run), Path("run.png"))
    print(boltzwall.__version__, text, runs, motion, voltage, fitted, presets, film)
    return swept, again


def wrong() -> int:
    """What a checker must notice."""
    number: int = boltzwall.simulate(None)  # type: ignore[assignment]
    return number
