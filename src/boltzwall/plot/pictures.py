"""The pictures of given Datasets, as PNG and PDF: what ``boltzwall plot`` writes."""

import re
from collections.abc import Mapping
from pathlib import Path

import xarray as xr
from matplotlib.figure import Figure

from boltzwall.errors import InputError
from boltzwall.plot.arrows import arrows_at_times, strips_figure
from boltzwall.plot.arrows.lagging import telling_times_of_run
from boltzwall.plot.comparisons import (
    WALL_QUANTITIES,
    ComparedTorque,
    mean_magnetisation_figure,
    plot_wall_motion,
    torques_figure,
)
from boltzwall.plot.headline import headline
from boltzwall.plot.heat import heat_figure
from boltzwall.plot.motion import motion_figure
from boltzwall.plot.overview import overview_figure
from boltzwall.plot.sweeps import plot_sweep
from boltzwall.plot.theme import save_figure
from boltzwall.plot.warm_runs import warm_run_figure, warms


def plot_files(datasets: Mapping[str, xr.Dataset], folder: str | Path) -> list[Path]:
    """Write the pictures of each Dataset, and comparisons where there are several.

    Of a run: its motion against time, arrows at telling instants, profiles along the wire, and
    where T changes the heat. Of one
    state: arrows and profiles. Of a sweep: lines and maps.

    Arguments:
        datasets: by the names of the files and of the curves.
        folder: made if it is missing.

    Returns:
        The paths written.

    Raises:
        InputError: ``folder`` cannot be written, or sweeps and single results are mixed.
    """
    folder = Path(folder)
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
    figures: dict[str, Figure] = {}
    for name, dataset in datasets.items():
        figures |= {f"{_stem(name)}-{kind}": f for kind, f in single_figures(dataset).items()}
    if len(datasets) > 1:
        figures |= {f"comparison-{kind}": f for kind, f in comparison_figures(datasets).items()}
    for stem, figure in figures.items():
        paths += save_figure(figure, folder, stem)
    return paths


def single_figures(dataset: xr.Dataset) -> dict[str, Figure]:
    """The pictures of one run or one state: motion (of a run), arrows, overview; heat."""
    title = headline(dataset)
    if "magnetisation" not in dataset and "heat_stored" in dataset:
        return {"heat": heat_figure(dataset)}
    if "time" not in dataset.dims:
        return {
            "arrows": strips_figure([""], [dataset], title),
            "overview": overview_figure(dataset, title),
        }
    figures = {
        "motion": motion_figure(dataset, title),
        "arrows": arrows_at_times(dataset, telling_times_of_run(dataset), title),
        "overview": overview_figure(dataset, title),
    }
    return {**figures, "heat": warm_run_figure(dataset, title)} if warms(dataset) else figures


def comparison_figures(datasets: Mapping[str, xr.Dataset]) -> dict[str, Figure]:
    """What several runs or states have in common, side by side."""
    figures = {}
    runs = {n: d for n, d in datasets.items() if "mean_magnetisation" in d and "time" in d.dims}
    walls = {n: d for n, d in runs.items() if all(name in d for name in WALL_QUANTITIES)}
    driven = {n: _start(d) for n, d in datasets.items() if "torque_total" in d}
    if len(runs) > 1:
        figures["magnetisation"] = mean_magnetisation_figure(runs)
    if len(walls) > 1:
        figures["motion"] = plot_wall_motion(list(walls.values()), list(walls))
    if len(driven) > 1:
        title = "spin torque at the start, contribution to d$\\mathbf{M}$/d$t$"
        torque = ComparedTorque("torque_total", "total")
        figures["torque"] = torques_figure(driven, [torque], title=title)
    return figures


def _stem(name: str) -> str:
    """A file name from a key that may be a path."""
    return re.sub(r"\.(nc|o[vmh]f)$", "", name).strip("./\\").replace("/", "-").replace("\\", "-")


def _start(dataset: xr.Dataset) -> xr.Dataset:
    return dataset.isel(time=0) if "time" in dataset.dims else dataset
