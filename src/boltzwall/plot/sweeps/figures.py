"""The pictures of a sweep, from its Dataset alone: lines, maps, samples."""

from collections.abc import Sequence
from pathlib import Path

import xarray as xr
from matplotlib.figure import Figure

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.sweeps.lines import lines_figure
from boltzwall.plot.sweeps.maps import has_map, map_figure
from boltzwall.plot.sweeps.quantity import chosen, drawn_axes, ordered
from boltzwall.plot.sweeps.quantity import quantity as read_quantity
from boltzwall.plot.sweeps.samples import samples_figure
from boltzwall.plot.sweeps.swept_axis import SAMPLE


def sweep_figures(
    dataset: xr.Dataset, quantities: Sequence[str] | None = None
) -> dict[str, Figure]:
    """The pictures of a sweep by name, such as ``mean_wall_velocity-lines``.

    Of each quantity there are lines against the longest axis and, where two axes have four values
    or more, a map; of random samples one scatter plot for each key. Runs that differ only in
    ``dynamics.noise_seed`` are averaged, with the standard error of the mean.

    Arguments:
        dataset: the result of a sweep.
        quantities: scalar variables to draw; without it wall velocities and settling times, else
            the u and β of the torque.

    Returns:
        The figures by the names of the files that `plot_sweep` writes.

    Raises:
        InputError: it is no sweep, no point has a result, or a quantity is not in it.
    """
    dataset = ordered(dataset)
    names = chosen(dataset) if quantities is None else list(quantities)
    figures = {}
    for name in names:
        if name not in dataset or not set(dataset["status"].dims) == set(dataset[name].dims):
            raise InputError(
                f"Argument `quantities` must name variables with one number a point, but {name} "
                "is none. Take one without further dimensions from `dataset.data_vars`."
            )
        shown = read_quantity(dataset, name)
        axes = drawn_axes(dataset, shown)
        if SAMPLE in shown.values.dims:
            figures[f"{name}-samples"] = samples_figure(dataset, shown)
            continue
        figures[f"{name}-lines"] = lines_figure(shown, axes)
        if has_map(axes):
            figures[f"{name}-map"] = map_figure(shown, axes)
    return figures


def plot_sweep(dataset: xr.Dataset, folder: Path, stem: str) -> list[Path]:
    """Write the pictures of a sweep as PNG and PDF.

    Arguments:
        dataset: the result of a sweep.
        folder: where the files go; it is made where it is missing.
        stem: with which their names begin.

    Returns:
        The paths of the files.

    Raises:
        InputError: as `sweep_figures`, or ``folder`` cannot be written.
    """
    paths = []
    for name, figure in sweep_figures(dataset).items():
        paths += theme.save_figure(figure, folder, f"{stem}-{name.replace('_', '-')}")
    return paths
