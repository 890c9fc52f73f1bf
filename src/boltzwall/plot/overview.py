"""One page about one Dataset: a run or a transport solution, whatever variables it holds."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boltzwall.plot import theme
from boltzwall.plot.components import COMPONENTS, settling_time, shown_time, wire_length, wire_scale

COLUMNS = 3
LIMIT = 9  # panels on a page
SYMBOLS = {
    "magnetisation": r"$\mathbf{M}$",
    "spin_accumulation": r"$\mathbf{m}$",
    "spin_current_density": r"$\mathbf{j}_s$",
    "torque_total": "torque",
}
SCALARS = {
    "temperature": "$T$",
    "charge_current_density": "$j_e$",
    "heat_current_density": "$j_Q$",
}
PARTS = {
    "torque_total": "total",
    "torque_electrical": "electrical",
    "torque_thermal": "thermal",
    "torque_background": "background",
}
START: dict[str, Any] = {"linewidth": 0.7, "alpha": 0.75}
END: dict[str, Any] = {"linewidth": 1.6}
Draw = Callable[[Axes, xr.Dataset], None]


def overview_figure(dataset: xr.Dataset, title: str = "") -> Figure:
    """Every panel for which the Dataset holds the variables."""
    with theme.theme():
        panels = _available(dataset)
        rows = -(-len(panels) // COLUMNS)
        figure = theme.new_figure(theme.PAGE_WIDTH, 0.75 + 1.9 * rows, layout="constrained")
        grid = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
        for axes, draw in zip(grid, panels, strict=False):
            draw(axes, dataset)
        for spare in grid[len(panels) :]:
            spare.set_visible(False)
        theme.letter(grid[: len(panels)])
        figure.legend(
            handles=_handles(dataset),
            loc="outside upper center",
            ncols=6,
            handlelength=3.2,
            title=title or None,
            title_fontsize=8.5,
        )
        return figure


def _available(dataset: xr.Dataset) -> list[Draw]:
    candidates: list[tuple[str, Draw]] = [
        ("mean_magnetisation", _mean),
        ("wall_position", _wall),
        ("electron_deviation", _deviation),
        *((name, _profile(name)) for name in SYMBOLS),
        ("torque_electrical", _parts),
        *((name, _scalar(name)) for name in SCALARS),
    ]
    draws = [draw for name, draw in candidates if name in dataset]
    return draws[:LIMIT]


def _mean(panel: Axes, dataset: xr.Dataset) -> None:
    scale = theme.scale_for(shown_time(dataset), "s")
    for component, style in zip(COMPONENTS, theme.line_styles(), strict=False):
        mean = dataset["mean_magnetisation"].sel(component=component)
        panel.plot(dataset["time"] / scale.size, mean, **style)
    theme.zero_line(panel)
    panel.set_ylim(-1.06, 1.06)
    panel.set_ylabel(r"$\langle\mathbf{M}\rangle$")
    _time_axis(panel, dataset, scale)


def _wall(panel: Axes, dataset: xr.Dataset) -> None:
    scale = theme.scale_for(shown_time(dataset), "s")
    length = wire_scale([dataset])
    panel.plot(dataset["time"] / scale.size, dataset["wall_position"] / length.size, color="black")
    panel.set_ylabel(length.label("wall position"))
    _time_axis(panel, dataset, scale)


def _deviation(panel: Axes, dataset: xr.Dataset) -> None:
    """How far the electrons are from their steady state at the same M."""
    scale = theme.scale_for(shown_time(dataset), "s")
    panel.semilogy(dataset["time"] / scale.size, dataset["electron_deviation"], color="black")
    panel.set_ylabel(r"distance of $\mathbf{m}$ from steady")
    _time_axis(panel, dataset, scale)


def _time_axis(panel: Axes, dataset: xr.Dataset, scale: theme.Scale) -> None:
    panel.set_xlim(0.0, shown_time(dataset) / scale.size)
    panel.set_xlabel(scale.label("$t$"))
    settled = settling_time(dataset) / scale.size
    if settled > 0.0:
        panel.axvline(settled, color=theme.GUIDE_COLOUR, linewidth=0.8, linestyle=":")


def _profile(name: str) -> Draw:
    def draw(panel: Axes, dataset: xr.Dataset) -> None:
        scale = theme.scale_for(dataset[name].values, dataset[name].attrs.get("units", ""))
        x = dataset["x"] / wire_scale([dataset]).size
        for values, weight in _ends(dataset[name]):
            for component, style in zip(COMPONENTS, theme.line_styles(), strict=False):
                panel.plot(x, values.sel(component=component) / scale.size, **style, **weight)
        theme.zero_line(panel)
        panel.set_ylabel(scale.label(SYMBOLS[name]))
        _wire_axis(panel, dataset)

    return draw


def _scalar(name: str) -> Draw:
    def draw(panel: Axes, dataset: xr.Dataset) -> None:
        scale = theme.scale_for(dataset[name].values, dataset[name].attrs.get("units", ""))
        x = dataset["x"] / wire_scale([dataset]).size
        for values, weight in _ends(dataset[name]):
            panel.plot(x, values / scale.size, color="black", **weight)
        panel.set_ylabel(scale.label(SCALARS[name]))
        _wire_axis(panel, dataset)

    return draw


def _parts(panel: Axes, dataset: xr.Dataset) -> None:
    """Sizes of the parts of the torque, at the start of a run."""
    parts = {
        label: np.linalg.norm(_ends(dataset[name])[0][0].values, axis=-1)
        for name, label in PARTS.items()
        if name in dataset
    }
    x = dataset["x"] / wire_scale([dataset]).size
    shades = ("#000000", "#555555", "#888888", "#AAAAAA")
    for (label, size), dashes, shade in zip(parts.items(), theme.DASHES, shades, strict=False):
        if theme.largest(size) > 0.0:
            panel.plot(x, size, color=shade, linestyle=dashes, label=label)
    panel.set_yscale("log")
    top = max(theme.largest(size) for size in parts.values()) or 1.0
    panel.set_ylim(1e-6 * top, 1e3 * top)
    panel.set_ylabel("|torque|, parts (s⁻¹)")
    panel.legend(fontsize=6.0, ncols=2, loc="upper center", handlelength=2.4, columnspacing=1.0)
    _wire_axis(panel, dataset)


def _ends(values: xr.DataArray) -> Sequence[tuple[xr.DataArray, dict[str, Any]]]:
    """The first (thin) and last instant (bold) of a run, or the one instant that there is."""
    if "time" not in values.dims:
        return [(values, END)]
    return [(values.isel(time=0), START), (values.isel(time=-1), END)]


def _wire_axis(panel: Axes, dataset: xr.Dataset) -> None:
    scale = wire_scale([dataset])
    panel.set_xlim(0.0, wire_length([dataset]) / scale.size)
    panel.set_xlabel(scale.label("$x$"))


def _handles(dataset: xr.Dataset) -> list[Line2D]:
    handles = [
        Line2D([], [], **style, label=f"${component}$")
        for component, style in zip(COMPONENTS, theme.line_styles(), strict=False)
    ]
    if "time" in dataset.dims:
        handles += [
            Line2D([], [], color="black", label="start", **START),
            Line2D([], [], color="black", label="end", **END),
        ]
    if settling_time(dataset) > 0.0:
        dots = Line2D([], [], color=theme.GUIDE_COLOUR, linestyle=":", label="settling time")
        handles.append(dots)
    return handles
