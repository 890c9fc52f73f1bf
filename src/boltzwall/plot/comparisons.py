"""Several runs in one picture: mean M against time, torques along the wire, motions of the wall."""

from collections.abc import Iterable, Mapping, Sequence
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
    Span,
    hide_rounding,
    places,
    show_flat,
    time_axis,
    wire_axis,
    zero_line_where_signs_change,
)
from boltzwall.plot.labels import axis_label
from boltzwall.plot.settling import settling_time
from boltzwall.plot.units import display_unit, largest

WALL_QUANTITIES = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")
SETTLED: dict[str, Any] = {"marker": "o", "markersize": 3.5, "linestyle": "none"}


def mean_magnetisation_figure(
    runs: Mapping[str, xr.Dataset], title: str = "", until: float | None = None
) -> Figure:
    """Figures 3 and 6 of the paper: <M_x>, <M_y>, <M_z> of each run against time.

    A dot marks the settling time of each run that has one.

    Arguments:
        runs: by their names in the legend.
        until: end of the time axis, s; without it, of the longest run.
    """
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 2.75, layout="constrained")
        panels = figure.subplots(1, 3, sharex=True, sharey=True).ravel()
        mean_magnetisation_row(panels, runs, until)
        theme.letter(panels)
        theme.legend_above(figure, [*run_handles(runs), *settled_handle(runs)], title)
        return figure


def mean_magnetisation_row(
    panels: Sequence[Axes], runs: Mapping[str, xr.Dataset], until: float | None = None
) -> DrawnSpan:
    """<M_x>, <M_y> and <M_z> of each run in three panels; the time axis."""
    axis = time_axis(runs.values())
    if until is not None:
        axis = DrawnSpan(Span(axis.span.low, until), display_unit(until, "s"), axis.symbol)
    for run, style in zip(runs.values(), theme.line_styles(), strict=False):
        time, settled = run["time"].values / axis.unit.size, settling_time(run) / axis.unit.size
        for panel, component in zip(panels, COMPONENTS, strict=True):
            mean = run["mean_magnetisation"].sel(component=component).values
            panel.plot(time, mean, **style)
            if settled > 0.0:
                height = np.interp(settled, time, mean)
                panel.plot(settled, height, **{**SETTLED, "color": style["color"]})
    for panel, component in zip(panels, COMPONENTS, strict=True):
        theme.zero_line(panel)
        axis.dress(panel)
        panel.set_ylabel(rf"$\langle M_{component}\rangle$")
        panel.yaxis.set_tick_params(labelleft=True)
    panels[0].set_ylim(-1.06, 1.06)
    return axis


def torques_figure(
    profiles: Mapping[str, xr.Dataset],
    rows: Mapping[str, str],
    *,
    sign: float = 1.0,
    title: str = "",
) -> Figure:
    """Figures 4 and 7 of the paper: torque components against x, one row per torque.

    Arguments:
        profiles: Datasets without time, by their names in the legend.
        rows: the index of the symbol of each torque variable, as
            ``{"torque_total_eq17": "total"}``.
        sign: 1 shows T, the contribution to dM/dt; −1 shows τ, the paper's sign.
    """
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 0.6 + 1.95 * len(rows), layout="constrained")
        grid = figure.subplots(len(rows), 3, sharex=True, squeeze=False)
        for panels, (variable, index) in zip(grid, rows.items(), strict=True):
            torque_row(panels, profiles, variable, index, sign)
        for panel in grid[:-1].ravel():
            panel.set_xlabel("")
        theme.letter(grid.ravel())
        theme.legend_above(figure, run_handles(profiles), title)
        return figure


def torque_row(
    panels: Sequence[Axes],
    profiles: Mapping[str, xr.Dataset],
    variable: str,
    index: str,
    sign: float = 1.0,
) -> None:
    """The three components of one torque against x; arguments as those of `torques_figure`."""
    axis = wire_axis(profiles.values())
    top = max(largest(frame[variable].values) for frame in profiles.values())
    units = str(next(iter(profiles.values()))[variable].attrs.get("units", ""))
    unit = display_unit(top, units)
    symbol = "T" if sign > 0.0 else r"\tau"
    for panel, component in zip(panels, COMPONENTS, strict=True):
        for frame, style in zip(profiles.values(), theme.line_styles(), strict=False):
            values = sign * frame[variable].sel(component=component).values / unit.size
            panel.plot(places(frame) / axis.unit.size, values, **style)
        theme.zero_line(panel)
        hide_rounding(panel, top / unit.size)
        axis.dress(panel)
        panel.set_ylabel(unit.label(rf"${symbol}_{{\mathrm{{{index}}},{component}}}$"))


def plot_wall_motion(
    datasets: Sequence[xr.Dataset], labels: Sequence[str], title: str = ""
) -> Figure:
    """Position, velocity, tilt and width of the wall against time, one curve of each Dataset.

    Arguments:
        datasets: of runs, or of `collective_coordinates`; each with a wall.
        labels: their names in the legend.

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
    unit = display_unit(values, str(curves[0].attrs.get("units", "1")))
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


def settled_handle(runs: Mapping[str, xr.Dataset]) -> list[Line2D]:
    """The legend's dot, where a run has settled."""
    if not any(settling_time(run) > 0.0 for run in runs.values()):
        return []
    return [Line2D([], [], color="black", label="settling time", **SETTLED)]
