"""How a wire warms: T over place and time, and its hottest place, its power and its balance."""

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.axes import DrawnSpan, time_axis, wire_axis
from boltzwall.plot.space_time import HEAT_COLOURS
from boltzwall.plot.units import display_unit

_BALANCE = {
    "heat_joule": "current", "heat_laser": "laser", "heat_dissipation": "magnetisation",
    "heat_ends": "ends", "heat_stored": "held by the wire", "heat_substrate": "substrate",
}  # fmt: skip
_LEAST = 1e-6  # of the largest: what is less is not drawn
_SAME = 1e-3  # K, between the wire and what it shares its temperature with
_ROOM = 1.9  # for the legend, of the largest


def heat_figure(dataset: xr.Dataset, title: str | None = None) -> Figure:
    """T(x, t) as a map; below it T against time, the power, and where the heat went.

    Arguments:
        dataset: of a heated wire.
        title: without it, what warms the wire, and how far.

    Returns:
        The figure; `save_figure` writes it.

    Raises:
        InputError: the Dataset has no T against time.
    """
    if "temperature" not in dataset or "time" not in dataset["temperature"].dims:
        raise InputError("Argument `dataset` must hold T against time, but it does not.")
    time = time_axis([dataset])
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 4.3, layout="constrained")
        grid = figure.add_gridspec(2, 3, height_ratios=[1.2, 1.0])
        above = figure.add_subplot(grid[0, :])
        _map(figure, above, dataset, time)
        panels = [above]
        for place, draw in enumerate((_temperatures, _power, _balance)):
            panel = figure.add_subplot(grid[1, place])
            draw(panel, dataset, time)
            time.dress(panel)
            panels.append(panel)
        theme.letter(panels)
        theme.legend_above(figure, [], _title(dataset) if title is None else title)
        return figure


def _title(dataset: xr.Dataset) -> str:
    kelvin = dataset["temperature"].values
    return f"{dataset.attrs['title']}, $T$ = {kelvin.min():.4g} to {kelvin.max():.4g} K"


def _map(figure: Figure, panel: Axes, dataset: xr.Dataset, time: DrawnSpan) -> None:
    wire = wire_axis([dataset])
    kelvin = dataset["temperature"].transpose("x", "time").values
    mesh = panel.pcolormesh(
        dataset["time"].values / time.unit.size,
        dataset["x"].values / wire.unit.size,
        kelvin,
        cmap=HEAT_COLOURS,
        shading="nearest",
        rasterized=True,
    )
    figure.colorbar(mesh, ax=panel, pad=0.01, aspect=12).set_label("$T$ (K)")
    time.dress(panel)
    panel.set_ylabel(wire.unit.label("$x$"))


def _temperatures(panel: Axes, dataset: xr.Dataset, time: DrawnSpan) -> None:
    """The hottest place, the mean, and the substrate's mean."""
    kelvin, t = dataset["temperature"], dataset["time"].values / time.unit.size
    curves = {"highest": kelvin.max("x"), "mean": kelvin.mean("x")}
    under = dataset.get("substrate_temperature")
    if under is not None and float(abs(under - kelvin).max()) > _SAME:
        curves["substrate"] = under.mean("x")
    for (name, values), colour, dash in zip(
        curves.items(), theme.COLOURS, theme.DASHES, strict=False
    ):
        panel.plot(t, values.values, color=colour, linestyle=dash, label=name)
    panel.set_ylabel("$T$ (K)")
    panel.legend()


def _power(panel: Axes, dataset: xr.Dataset, time: DrawnSpan) -> None:
    """The current's power over the cross-section, or what a laser has given."""
    name = "joule_heat" if np.any(dataset["joule_heat"].values > 0.0) else "heat_laser"
    values = dataset[name]
    unit = display_unit(values.values, values.attrs["units"])
    panel.plot(dataset["time"].values / time.unit.size, values.values / unit.size)
    label = "power" if name == "joule_heat" else "laser"
    panel.set_ylabel(unit.label(label))


def _balance(panel: Axes, dataset: xr.Dataset, time: DrawnSpan) -> None:
    """Energies since the start: what came in, and where it is."""
    found = {label: dataset[name].values for name, label in _BALANCE.items() if name in dataset}
    largest = max(float(np.abs(values).max()) for values in found.values())
    unit = display_unit(np.array([largest]), "J m-2")
    t = dataset["time"].values / time.unit.size
    drawn = {k: v for k, v in found.items() if np.abs(v).max() > _LEAST * largest}
    for (label, values), colour, dash in zip(
        drawn.items(), theme.COLOURS, theme.DASHES, strict=False
    ):
        panel.plot(t, values / unit.size, color=colour, linestyle=dash, label=label)
    panel.set_ylabel(unit.label("heat"))
    panel.set_ylim(top=_ROOM * largest / unit.size)
    panel.legend(loc="upper left")
