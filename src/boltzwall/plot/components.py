"""Curves of components: <M>(t) of several runs, and torques along the wire."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boltzwall.plot import theme

COMPONENTS = ("x", "y", "z")


def mean_magnetisation_figure(runs: Mapping[str, xr.Dataset], title: str = "") -> Figure:
    """Figures 3 and 6 of the paper: <M_x>, <M_y>, <M_z> of each run against time.

    A dot marks the settling time of each run that has one.
    """
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 2.75, layout="constrained")
        panels = figure.subplots(1, 3, sharex=True, sharey=True).ravel()
        scale = theme.scale_for([shown_time(run) for run in runs.values()], "s")
        for (name, run), style in zip(runs.items(), theme.line_styles(), strict=False):
            _plot_mean(panels, run, scale, {**style, "label": name})
        for panel, component in zip(panels, COMPONENTS, strict=True):
            theme.zero_line(panel)
            panel.set_xlabel(scale.label("$t$"))
            panel.set_ylabel(rf"$\langle M_{component}\rangle$")
            panel.yaxis.set_tick_params(labelleft=True)
        panels[0].set_ylim(-1.06, 1.06)
        panels[0].set_xlim(0.0, max(shown_time(run) for run in runs.values()) / scale.size)
        theme.letter(panels)
        _legend_above(figure, panels[0], title)
        return figure


def torques_figure(
    profiles: Mapping[str, xr.Dataset],
    rows: Mapping[str, str],
    *,
    sign: float = 1.0,
    title: str = "",
) -> Figure:
    """Figures 4 and 7 of the paper: torque components against x, one row per torque.

    ``profiles`` are Datasets without time; ``rows`` names the symbol of each torque variable, as
    ``{"torque_total_eq17": "total"}``; ``sign`` −1 shows the paper's sign.
    """
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 0.6 + 1.95 * len(rows), layout="constrained")
        grid = figure.subplots(len(rows), 3, sharex=True, squeeze=False)
        for panels, (variable, symbol) in zip(grid, rows.items(), strict=True):
            _plot_torque(panels, profiles, variable, symbol, sign)
        for panel in grid[-1]:
            panel.set_xlabel(wire_scale(profiles.values()).label("$x$"))
        theme.letter(grid.ravel())
        _legend_above(figure, grid[0, 0], title)
        return figure


def shown_time(run: xr.Dataset) -> float:
    """The time in s up to which a run is worth showing: 1.6 settling times, or all of it."""
    end = float(run["time"][-1])
    settled = 1.6 * settling_time(run)
    return min(end, settled) if settled > 0.0 else end or 1.0


def settling_time(run: xr.Dataset) -> float:
    """The run's settling time in s; NaN where it has none."""
    value = run.attrs.get("settling_time", np.nan)
    return float(value) if isinstance(value, int | float | np.number) else float("nan")


def _plot_mean(panels: Sequence[Axes], run: xr.Dataset, scale: theme.Scale, style: dict) -> None:
    time = run["time"].values / scale.size
    settled = settling_time(run) / scale.size
    for panel, component in zip(panels, COMPONENTS, strict=True):
        mean = run["mean_magnetisation"].sel(component=component).values
        panel.plot(time, mean, **style)
        if settled > 0.0:
            panel.plot(settled, np.interp(settled, time, mean), "o", ms=3.5, color=style["color"])


def _plot_torque(
    panels: Sequence[Axes],
    profiles: Mapping[str, xr.Dataset],
    variable: str,
    symbol: str,
    sign: float,
) -> None:
    x_scale = wire_scale(profiles.values())
    largest = [theme.largest(frame[variable].values) for frame in profiles.values()]
    units = next(iter(profiles.values()))[variable].attrs.get("units", "")
    scale = theme.scale_for(largest, units)
    for panel, component in zip(panels, COMPONENTS, strict=True):
        for (name, frame), style in zip(profiles.items(), theme.line_styles(), strict=False):
            values = sign * frame[variable].sel(component=component).values / scale.size
            panel.plot(frame["x"].values / x_scale.size, values, label=name, **style)
        theme.zero_line(panel)
        theme.hide_rounding(panel, max(largest) / scale.size)
        panel.set_ylabel(scale.label(rf"$\tau_{{\mathrm{{{symbol}}},{component}}}$"))
    panels[0].set_xlim(0.0, wire_length(profiles.values()) / x_scale.size)


def wire_length(frames: Iterable[xr.Dataset]) -> float:
    return max(float(frame["x"][-1] + frame["x"][0]) for frame in frames)


def wire_scale(frames: Iterable[xr.Dataset]) -> theme.Scale:
    return theme.scale_for(wire_length(frames), "m")


def _legend_above(figure: Figure, panel: Axes, title: str) -> None:
    handles, labels = panel.get_legend_handles_labels()
    legend = figure.legend(
        handles,
        labels,
        loc="outside upper center",
        ncols=min(len(labels), 5),
        title=title or None,
        title_fontsize=8.5,
        handlelength=3.2,
    )
    legend.get_title().set_multialignment("center")
