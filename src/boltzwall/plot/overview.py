"""One page about one Dataset along the wire: a run or a transport solution, with what it holds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boltzwall.plot import theme
from boltzwall.plot.axes import COMPONENTS, instants, places, show_flat, wire_axis
from boltzwall.plot.headline import headline
from boltzwall.plot.labels import axis_label, unit_of
from boltzwall.plot.units import display_unit, largest

COLUMNS = 3
VECTORS = ("magnetisation", "spin_accumulation", "spin_current_density", "torque_total")
SCALARS = ("temperature", "charge_current_density", "heat_current_density")
PARTS = {
    "torque_electrical": "electrical",
    "torque_thermal": "thermal",
    "torque_background": "undriven",
}
EARLY: dict[str, Any] = {"linewidth": 0.7, "alpha": 0.75}
LATE: dict[str, Any] = {"linewidth": 1.6}
DECADES = 6.0  # of the sizes of the torque's parts
LEGEND_DECADES = 2.5  # above them, where the legend stands
Draw = Callable[[Axes, "list[xr.Dataset]"], None]


def overview_figure(dataset: xr.Dataset, title: str | None = None) -> Figure:
    """M, m, currents, torques and T along the wire, as far as the Dataset holds them.

    Of a run, thin lines are its first state and bold ones its last; of one whose window has moved
    on, only the last. Torques T are contributions to dM/dt. Places are those in the laboratory.

    Arguments:
        dataset: a run, or a transport solution.
        title: without it, what drives.

    Returns:
        The figure; `save_figure` writes it.
    """
    frames = instants(dataset)
    with theme.theme():
        draws = _panels(dataset)
        columns = min(COLUMNS, len(draws))
        rows = -(-len(draws) // columns)
        figure = theme.new_figure(theme.PAGE_WIDTH, 0.75 + 1.9 * rows, layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False).ravel()
        axis = wire_axis(frames)
        for place, (panel, draw) in enumerate(zip(grid, draws, strict=False)):
            draw(panel, frames)
            axis.dress(panel)
            if place + columns < len(draws):
                panel.set_xlabel("")  # the panel beneath has it
        figure.align_ylabels(grid[: len(draws)])
        for spare in grid[len(draws) :]:
            spare.set_visible(False)
        theme.letter(grid[: len(draws)])
        theme.legend_above(
            figure, _handles(frames), headline(dataset) if title is None else title, 6
        )
        return figure


def _panels(dataset: xr.Dataset) -> list[Draw]:
    draws = [_profile(name) for name in VECTORS if name in dataset]
    if "torque_total" in dataset and len(_parts(dataset)) > 1:
        draws.append(_sizes)
    return draws + [_profile(name) for name in SCALARS if name in dataset]


def _profile(name: str) -> Draw:
    """One variable at the shown instants, a curve for each component."""

    def draw(panel: Axes, frames: list[xr.Dataset]) -> None:
        values = [frame[name] for frame in frames]
        unit = unit_of(*values)
        length = wire_axis(frames).unit
        for frame, weight in zip(frames, _weights(len(frames)), strict=True):
            x = places(frame) / length.size
            for curve, style in _curves(frame[name]):
                panel.plot(x, curve / unit.size, **style, **weight)
        if "component" in values[0].dims:
            theme.zero_line(panel)
        else:
            show_flat(panel)
        panel.set_ylabel(axis_label(values[0], unit))

    return draw


def _curves(values: xr.DataArray) -> list[tuple[xr.DataArray, dict[str, Any]]]:
    if "component" not in values.dims:
        return [(values, {"color": "black"})]
    pairs = zip(COMPONENTS, theme.line_styles(), strict=False)
    return [(values.sel(component=component), style) for component, style in pairs]


def _sizes(panel: Axes, frames: list[xr.Dataset]) -> None:
    """|T| of each cause, at the first instant shown."""
    length = wire_axis(frames).unit
    sizes = _parts(frames[0])
    for (label, size), style in zip(sizes.items(), theme.line_styles(), strict=False):
        known = np.where(size > 0.0, size, np.nan)
        panel.plot(places(frames[0]) / length.size, known, label=label, **style)
    top = max(largest(size) for size in sizes.values())
    panel.set_yscale("log")
    panel.set_ylim(10.0**-DECADES * top, 10.0**LEGEND_DECADES * top)
    panel.set_ylabel("spin torque by cause\n" r"$|\mathbf{T}|$ (s⁻¹)")
    panel.legend(
        loc="upper center", ncols=2, fontsize=6.5, handlelength=2.2, columnspacing=1.0,
        borderaxespad=0.0, labelspacing=0.2,
    )  # fmt: skip


def _parts(frame: xr.Dataset) -> dict[str, np.ndarray]:
    """Sizes along the wire of the parts that are not zero."""
    still = frame.isel(time=0) if "time" in frame.dims else frame
    sizes = {
        label: np.linalg.norm(still[name].transpose("x", "component").values, axis=-1)
        for name, label in PARTS.items()
        if name in still
    }
    return {label: size for label, size in sizes.items() if largest(size) > 0.0}


def _weights(count: int) -> list[dict[str, Any]]:
    return [EARLY, LATE] if count > 1 else [LATE]


def _handles(frames: list[xr.Dataset]) -> list[Line2D]:
    handles = [
        Line2D([], [], **style, label=f"${component}$")
        for component, style in zip(COMPONENTS, theme.line_styles(), strict=False)
    ]
    for frame, weight in zip(frames, _weights(len(frames)), strict=True):
        if "time" in frame.coords:
            time = float(frame["time"])
            label = f"$t$ = {display_unit(time, 's').text(time)}" if time else "$t$ = 0"
            handles.append(Line2D([], [], color="black", label=label, **weight))
    return handles
