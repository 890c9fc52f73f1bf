"""What drives a run, against time: as recorded, or as the configuration keeps it constant."""

from collections.abc import Iterator

import numpy as np
import xarray as xr

from boltzwall.io.headline import DrivingForce, driving_forces
from boltzwall.io.settings import Settings
from boltzwall.plot.axes import COMPONENTS

_RECORDED = ("current_density", "electric_field", "magnetic_field")
_CONSTANT = {"j": "current_density", "E": "electric_field", "u": "effective_velocity"}


def drives(dataset: xr.Dataset) -> list[xr.DataArray]:
    """Each drive (time,) or (time, component) that is not zero throughout.

    A run that did not record a drive shows it where the configuration keeps it constant.
    """
    settings = Settings(dataset)
    forces = driving_forces(settings)
    found = {name: dataset[name] for name in _RECORDED if name in dataset}
    for steady in _steady(dataset, settings, forces):
        found.setdefault(str(steady.name), steady)
    if "current_density" in found and not any(force.symbol == "E" for force in forces):
        found.pop("electric_field", None)  # it follows from the current
    return [a for a in found.values() if np.any(np.nan_to_num(a.values) != 0.0)]


def _steady(
    dataset: xr.Dataset, settings: Settings, forces: tuple[DrivingForce, ...]
) -> Iterator[xr.DataArray]:
    """Constant drives of the configuration, at the times of the run."""
    time = dataset["time"]
    if settings.get("drive", "electric_waveform", "constant") == "constant":
        for force in forces:
            if force.symbol in _CONSTANT:
                yield (
                    xr.full_like(time, force.value, dtype=float)
                    .rename(_CONSTANT[force.symbol])
                    .assign_attrs(units=force.units, long_name="")
                )
    if settings.get("drive", "magnetic_waveform", "constant") == "constant":
        strengths = {force.symbol: force.value for force in forces}
        vector = [strengths.get(f"H_{component}", 0.0) for component in COMPONENTS]
        yield xr.DataArray(
            np.tile(vector, (time.size, 1)),
            {"time": time.values, "component": list(COMPONENTS)},
            ("time", "component"),
            "magnetic_field",
            {"units": "A m-1"},
        )
