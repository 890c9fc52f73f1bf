"""Results with a configuration of the test's choice, from closed forms: no solver runs."""

import json
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import Config, load_config
from boltzwall.result import build_dataset


def result_of(
    settings: Any, magnetisation: np.ndarray | None = None, **arrays: np.ndarray
) -> xr.Dataset:
    """A run of two saved states, the second a save interval later, both with the same M.

    Arguments:
        settings: of the configuration.
        magnetisation: (cells, 3); without it, the texture of the configuration.
        arrays: further variables, with time.
    """
    config = load_config(settings)
    m = np.asarray(build_magnetisation(config)[0] if magnetisation is None else magnetisation)
    cells, length = config.wire.cells, config.wire.length
    x = (np.arange(cells) + 0.5) * length / cells
    found = {
        "time": np.array([0.0, config.dynamics.save_interval]),
        "x": x,
        "temperature": temperature_of(config, x),
        "magnetisation": np.stack([m, m]),
        **arrays,
    }
    attributes = {
        "configuration": json.dumps(json.loads(config.to_json())),
        "boltzwall_version": "0.2.0",
        "stopped_because": "end_time",
    }
    return build_dataset(found, attributes)


def temperature_of(config: Config, x: np.ndarray) -> np.ndarray:
    heat: Any = config.temperature
    return (
        np.full_like(x, heat.value) if heat.kind == "uniform" else heat.cold_end + heat.gradient * x
    )


def rough_wall(cells: int, dx: float = 1e-9, width: float = 6e-9) -> np.ndarray:
    """A wall that turns and ripples: no component is small, nothing is symmetric."""
    x = (np.arange(cells) - 0.45 * cells) * dx
    theta = 2.0 * np.arctan(np.exp(x / width)) + 0.2 * np.sin(x / 5e-9)
    phi = 0.4 + 0.3 * np.cos(x / 8e-9)
    return np.stack(
        [np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)], axis=-1
    )
