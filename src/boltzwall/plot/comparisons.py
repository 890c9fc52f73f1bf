"""Several runs in one picture: mean M against time, torques along the wire, motions of the wall."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.axes import (
    COMPONENTS,
    DrawnSpan,
    hide_rounding,
    places,
    show_flat,
    time_axis,
    wire_axis,
    zero_line_where_signs_change,
)
from boltzwall.plot.labels import axis_label, unit_of
from boltzwall.plot.settling import settling_time
from boltzwall.plot.units import largest

WALL_QUANTITIES = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")
LONGER = 3.0  # times the shortest run: then time is on a logarithmic axis
SETTLED: dict[str, Any] = {"marker": "o", "markersize": 3.5, "linestyle": "none"}
ENDED: dict[str, Any] = {**SETTLED, "marker": "s", "clip_on": False}


@dataclass(frozen=True)
class ComparedTorque:
    """A torque variable, the index of its symbol, and the sign with which it is drawn.

    Sign 1 shows T, the contribution to dM/dt; −1 shows τ, as the paper writes and plots it.
    """

    variable: str
    index: str
    sign: float = 1.0

    def label(self, component: str) -> str:
        """``T_total,x`` or ``τ_total,x``."""
        letter = "T" if self.sign > 0.0 else r"\tau"
        return rf"${letter}_{{\mathrm{{{self.index}}},{component}}}$"


def mean_magnetisation_figure(
    runs: Mapping[str, xr.Dataset], title: str = "", until: float | None = None
) -> Figure:
    """Figures 3 and 6 of the paper: <M_x>, <M_y>, <M_z> of each run against time.

    A dot marks the settling time of each run that has one.

    Arguments:
        runs: by their names in the legend.
        title: above the figure.
        until: end of the time axis, s; without it, of the longest run.

    Returns:
        The figure, a panel for each component.
    """
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 2.75, layout="constrained")
        panels = figure.subplots(1, 3, sharex=True, sharey=True).ravel()
        draw_means(panels, runs, until=until)
        theme.letter(panels)
        theme.legend_above(figure, [*run_handles(runs), *settled_handles(runs)], title)
        return figure


def draw_means(
    panels: Sequence[Axes],
    runs: Mapping[str, xr.Dataset],
    *,
    to_rest: bool = True,
    until: float | None = None,
) -> None:
    """<M_x>, <M_y>, <M_z> of each run into three panels.

    A dot marks the settling time of runs ``to_rest``; others end in a square, on a logarithmic
    axis of time where their lengths differ much.

    Arguments:
        until: end of the time axis, s; without it, of the longest run.
    """
    axis = time_axis(runs.values(), until)
    ends = [float(run["time"][-1]) for run in runs.values()]
    logarithmic = not to_rest and max(ends) > LONGER * min(ends)
    for run, style in zip(runs.values(), theme.line_styles(), strict=False):
        # A logarithmic axis has no place for t = 0.
        shown = run.isel(time=slice(1, None)) if logarithmic else run
        mark = settling_time(run) if to_rest else float(run["time"][-1])
        dot = {**(SETTLED if to_rest else ENDED), "color": style["color"]}
        for panel, component in zip(panels, COMPONENTS, strict=True):
            mean = shown["mean_magnetisation"].sel(component=component).values
            panel.plot(shown["time"].values / axis.unit.size, mean, **style)
            if mark > 0.0:
                height = np.interp(mark, shown["time"].values, mean)
                panel.plot(mark / axis.unit.size, height, **dot)
    for panel, component in zip(panels, COMPONENTS, strict=True):
        theme.zero_line(panel)
        panel.set_ylabel(rf"$\langle M_{component}\rangle$")
        panel.yaxis.set_tick_params(labelleft=True)
        axis.dress(panel)
    panels[0].set_ylim(-1.06, 1.06)
    if logarithmic:
        panels[0].set_xscale("log")
        first = min(float(run["time"][1]) for run in runs.values())
        panels[0].set_xlim(0.9 * first / axis.unit.size, 1.1 * max(ends) / axis.unit.size)
        panels[0].xaxis.set_major_formatter("{x:g}")


def torques_figure(
    profiles: Mapping[str, xr.Dataset], torques: Sequence[ComparedTorque], *, title: str = ""
) -> Figure:
    """Figures 4 and 7 of the paper: torque components against x, one row per torque.

    Arguments:
        profiles: Datasets without time, by their names in the legend.
        torques: which torques, from the top.
        title: above the figure.

    Returns:
        The figure, a panel for each component of each torque.
    """
    with theme.theme():
        height = 0.6 + 1.95 * len(torques)
        figure = theme.new_figure(theme.PAGE_WIDTH, height, layout="constrained")
        grid = figure.subplots(len(torques), 3, sharex=True, squeeze=False)
        draw_torques(grid, profiles, torques)
        theme.letter(grid.ravel())
        theme.legend_above(figure, run_handles(profiles), title)
        return figure


def draw_torques(
    grid: np.ndarray, profiles: Mapping[str, xr.Dataset], torques: Sequence[ComparedTorque]
) -> None:
    """The components of each torque into a row of ``grid``, an array of panels (torque, 3)."""
    for panels, torque in zip(grid, torques, strict=True):
        _draw_torque(panels, profiles, torque)
    for panel in grid[:-1].ravel():
        panel.set_xlabel("")  # the panel beneath has it


def _draw_torque(
    panels: Sequence[Axes], profiles: Mapping[str, xr.Dataset], torque: ComparedTorque
) -> None:
    axis = wire_axis(profiles.values())
    variables = [frame[torque.variable] for frame in profiles.values()]
    top, unit = max(largest(variable.values) for variable in variables), unit_of(*variables)
    for panel, component in zip(panels, COMPONENTS, strict=True):
        for frame, style in zip(profiles.values(), theme.line_styles(), strict=False):
            values = torque.sign * frame[torque.variable].sel(component=component).values
            panel.plot(places(frame) / axis.unit.size, values / unit.size, **style)
        theme.zero_line(panel)
        hide_rounding(panel, top / unit.size)
        axis.dress(panel)
        panel.set_ylabel(unit.label(torque.label(component)))


def plot_wall_motion(
    datasets: Sequence[xr.Dataset], labels: Sequence[str], title: str = ""
) -> Figure:
    """Position, velocity, tilt and width of the wall against time, one curve of each Dataset.

    Arguments:
        datasets: of runs, or of `collective_coordinates`; each with a wall.
        labels: their names in the legend.
        title: above the figure.

    Returns:
        The figure, a panel for each quantity.

    Raises:
        InputError: a Dataset holds no wall, or the labels are not as many.
    """
    if len(datasets) != len(labels) or not datasets:
        raise InputError(
            f"Argument `labels` must hold one name for each Dataset, but {len(labels)} were given "
            f"for {len(datasets)}. Name each of them."
        )
    for dataset, label in zip(datasets, labels, strict=True):
        if any(name not in dataset for name in WALL_QUANTITIES):
            raise InputError(
                f"Argument `datasets` must hold walls against time, but {label} does not. Give "
                "Datasets of runs or of `collective_coordinates`."
            )
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 4.6, layout="constrained")
        panels = figure.subplots(2, 2, sharex=True).ravel()
        axis = time_axis(datasets)
        for panel, name in zip(panels, WALL_QUANTITIES, strict=True):
            _wall_panel(panel, [dataset[name] for dataset in datasets], axis)
        for panel in panels[:2]:
            panel.set_xlabel("")
        theme.letter(panels)
        theme.legend_above(figure, run_handles(labels), title, 4)
        return figure


def _wall_panel(panel: Axes, curves: Sequence[xr.DataArray], axis: DrawnSpan) -> None:
    values = np.concatenate([curve.values for curve in curves])
    unit = unit_of(*curves)
    for curve, style in zip(curves, theme.line_styles(), strict=False):
        panel.plot(curve["time"].values / axis.unit.size, curve.values / unit.size, **style)
    axis.dress(panel)
    panel.set_ylabel(axis_label(curves[0], unit))
    if curves[0].name == "wall_velocity":
        zero_line_where_signs_change(panel, values)
    show_flat(panel)


def run_handles(names: Iterable[str]) -> list[Line2D]:
    """The legend's lines for the first, second, … run."""
    pairs = zip(names, theme.line_styles(), strict=False)
    return [Line2D([], [], label=name, **style) for name, style in pairs]


def settled_handles(runs: Mapping[str, xr.Dataset]) -> list[Line2D]:
    """The legend's dot, where a run has settled."""
    if not any(settling_time(run) > 0.0 for run in runs.values()):
        return []
    return [Line2D([], [], color="black", label="settling time", **SETTLED)]
