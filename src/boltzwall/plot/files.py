"""The pictures of given Datasets, as PNG and PDF: what ``boltzwall plot`` writes."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.arrows import arrows_at_times, strips_figure
from boltzwall.plot.components import mean_magnetisation_figure, shown_time, torques_figure
from boltzwall.plot.overview import overview_figure
from boltzwall.plot.sweeps import plot_sweep

INSTANTS = 4


def plot_files(datasets: Mapping[str, xr.Dataset], folder: Path) -> list[Path]:
    """Write an overview and the arrows of each Dataset, and comparisons where there are several.

    Of sweeps, lines and maps are written instead. The keys name the files and the curves. Returns
    the paths written; raises ``InputError`` if ``folder`` cannot be written, or sweeps and single
    results are mixed.
    """
    sweeps = [name for name, d in datasets.items() if d.attrs.get("kind") == "sweep"]
    if sweeps and len(sweeps) < len(datasets):
        raise InputError(
            "Argument `datasets` must be sweeps or single results, but "
            f"{', '.join(sweeps)} and others are mixed. Plot the sweeps in a call of their own."
        )
    paths = []
    for name in sweeps:
        paths += plot_sweep(datasets[name], folder, _stem(name))
    if sweeps:
        return paths
    for name, dataset in datasets.items():
        title, stem = str(dataset.attrs.get("title", "")), _stem(name)
        paths += theme.save_figure(overview_figure(dataset, title), folder, f"{stem}-overview")
        paths += theme.save_figure(_arrows(dataset, title), folder, f"{stem}-arrows")
    runs = {n: d for n, d in datasets.items() if "mean_magnetisation" in d}
    if len(runs) > 1:
        figure = mean_magnetisation_figure(runs)
        paths += theme.save_figure(figure, folder, "comparison-magnetisation")
    driven = {n: _start(d) for n, d in datasets.items() if "torque_total" in d}
    if len(driven) > 1:
        figure = torques_figure(driven, {"torque_total": "total"})
        paths += theme.save_figure(figure, folder, "comparison-torque")
    return paths


def _stem(name: str) -> str:
    """A file name from a key that may be a path."""
    return name.removesuffix(".nc").strip("./\\").replace("/", "-").replace("\\", "-")


def _arrows(dataset: xr.Dataset, title: str) -> theme.Figure:
    if "time" not in dataset.dims:
        return strips_figure([""], [dataset], title)
    # Closer together at the start, where M and m change fastest.
    times = shown_time(dataset) * np.linspace(0.0, 1.0, INSTANTS) ** 2
    return arrows_at_times(dataset, times.tolist(), title)


def _start(dataset: xr.Dataset) -> xr.Dataset:
    return dataset.isel(time=0) if "time" in dataset.dims else dataset
