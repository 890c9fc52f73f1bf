"""One run against time, from its first to its last state: walls, temperature and drive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.axes import (
    COMPONENTS,
    DrawnSpan,
    show_flat,
    time_axis,
    zero_line_where_signs_change,
)
from boltzwall.plot.drawn_walls import DrawnWall, Regime, walls_of
from boltzwall.plot.drives import drives
from boltzwall.plot.headline import headline
from boltzwall.plot.labels import axis_label, unit_of
from boltzwall.plot.settling import settling_time
from boltzwall.plot.space_time import WALL_COLOUR, draw_space_time, space_time
from boltzwall.plot.units import largest

COLUMNS = 3
MAP_HEIGHT, ROW_HEIGHT = 1.9, 1.7  # inches
SHADES = {
    "steady": "#009E73",
    "precessing": "#CC79A7",
    "pinned": "#8C8C8C",
    "transient": "#E69F00",
}
LEAST_TILT = 1e-3  # rad; height of its axis, at least
WALL_QUANTITIES = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")
SCALARS = ("energy_total", "electron_deviation", "resistance", "voltage", "joule_heat")
LOGARITHMIC = ("electron_deviation",)


@dataclass(frozen=True)
class Run:
    """One run as it is drawn."""

    dataset: xr.Dataset
    walls: tuple[DrawnWall, ...]
    time: DrawnSpan

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """Each once; several walls often move alike."""
        found = [wall.regime for wall in self.walls if wall.regime is not None]
        return tuple({(regime.text, regime.time): regime for regime in found}.values())


Draw = Callable[[Axes, Run], None]


def motion_figure(dataset: xr.Dataset, title: str | None = None) -> Figure:
    """A run against time: walls, mean M, temperature and drive.

    On top is a map of M over place and time, below it position, velocity, tilt and width of every
    wall. The time in which the regime of the motion lasts is shaded. Of a moving window, places are
    those in the laboratory.

    Arguments:
        dataset: of a run.
        title: without it, what drives the run.

    Returns:
        The figure; `save_figure` writes it.

    Raises:
        InputError: the Dataset has no time.
    """
    if "time" not in dataset.dims or "magnetisation" not in dataset:
        raise InputError("Argument `dataset` must be a run, but it has no M against time.")
    run = Run(dataset, walls_of(dataset), time_axis([dataset]))
    with theme.theme():
        draws = _panels(run)
        rows = -(-len(draws) // COLUMNS)
        height = 0.7 + MAP_HEIGHT + ROW_HEIGHT * rows
        figure = theme.new_figure(theme.PAGE_WIDTH, height, layout="constrained")
        ratios = [MAP_HEIGHT, *[ROW_HEIGHT] * rows]
        grid = figure.add_gridspec(rows + 1, COLUMNS, height_ratios=ratios)
        above = figure.add_subplot(grid[0, :])
        shown = space_time(dataset)
        mesh = draw_space_time(above, shown, run.walls, run.time)
        bar = figure.colorbar(mesh, ax=above, pad=0.01, aspect=12, ticks=[-1, 0, 1])
        bar.set_label(f"$M_{shown.component}$")
        panels = [above]
        for place, draw in enumerate(draws):
            panel = figure.add_subplot(grid[1 + place // COLUMNS, place % COLUMNS])
            draw(panel, run)
            run.time.dress(panel)
            if place + COLUMNS < len(draws):
                panel.set_xlabel("")  # the panel beneath has it
            _shade(panel, run)
            panels.append(panel)
        figure.align_ylabels(panels[1:])
        theme.letter(panels)
        handles = _handles(run, shown.outside)
        theme.legend_above(figure, handles, headline(dataset) if title is None else title)
        return figure


def _panels(run: Run) -> list[Draw]:
    dataset = run.dataset
    draws: list[Draw] = []
    if run.walls:
        draws += [_wall(index) for index in range(len(WALL_QUANTITIES))]
    if "mean_magnetisation" in dataset:
        draws.append(_vector(dataset["mean_magnetisation"]))
    if "temperature" in dataset:
        draws.append(_temperature)
    for drive in drives(dataset):
        draws.append(_vector(drive) if "component" in drive.dims else _scalar(drive))
    draws += [_scalar(dataset[name]) for name in SCALARS if _is_told(dataset, name)]
    return draws


def _is_told(dataset: xr.Dataset, name: str) -> bool:
    return name in dataset and dataset[name].dims == ("time",) and largest(dataset[name]) > 0.0


def _wall(index: int) -> Draw:
    """One quantity of every wall."""

    def draw(panel: Axes, run: Run) -> None:
        curves = [wall.quantities[index] for wall in run.walls]
        values = np.concatenate([curve.values for curve in curves])
        unit = unit_of(*curves)
        for curve, style in zip(curves, _wall_styles(run.walls), strict=True):
            panel.plot(curve["time"] / run.time.unit.size, curve / unit.size, **style)
        if WALL_QUANTITIES[index] == "wall_velocity":
            zero_line_where_signs_change(panel, values)
            for regime in run.regimes:
                _mean_line(panel, regime, run.time.unit.size, unit.size)
        show_flat(panel, LEAST_TILT if WALL_QUANTITIES[index] == "wall_tilt" else 0.0)
        panel.set_ylabel(axis_label(curves[0], unit))

    return draw


def _mean_line(panel: Axes, regime: Regime, per_time: float, per_speed: float) -> None:
    if regime.time is not None and np.isfinite(regime.velocity):
        panel.plot(
            [regime.time.low / per_time, regime.time.high / per_time],
            [regime.velocity / per_speed] * 2,
            **_MEAN,
        )


def _vector(values: xr.DataArray) -> Draw:
    def draw(panel: Axes, run: Run) -> None:
        unit = unit_of(values)
        for component, style in zip(COMPONENTS, theme.line_styles(), strict=False):
            curve = values.sel(component=component) / unit.size
            label = f"${component}$"
            panel.plot(curve["time"] / run.time.unit.size, curve, label=label, **style)
        theme.zero_line(panel)
        if values.name == "mean_magnetisation":
            panel.set_ylim(-1.06, 1.06)
        theme.legend_over(panel)
        panel.set_ylabel(axis_label(values, unit))

    return draw


def _scalar(values: xr.DataArray) -> Draw:
    def draw(panel: Axes, run: Run) -> None:
        unit = unit_of(values)
        panel.plot(values["time"] / run.time.unit.size, values / unit.size, color="black")
        if values.name in LOGARITHMIC:
            panel.set_yscale("log")
        else:
            zero_line_where_signs_change(panel, values.values)
            show_flat(panel)
        panel.set_ylabel(axis_label(values, unit))

    return draw


def _temperature(panel: Axes, run: Run) -> None:
    """T where the walls are, or on average, between the coldest and the hottest place."""
    temperature = run.dataset["temperature"]
    time = run.dataset["time"]
    everywhere = temperature.broadcast_like(time).transpose("time", "x").values
    low, high = np.nanmin(everywhere, axis=1), np.nanmax(everywhere, axis=1)
    t = time.values / run.time.unit.size
    if np.any(high > low):
        panel.fill_between(t, low, high, color=theme.GUIDE_COLOUR, alpha=0.25, linewidth=0.0)
    for wall, style in zip(run.walls, _wall_styles(run.walls), strict=True):
        panel.plot(t, _at(run.dataset, wall.position.values, everywhere), **style)
    if not run.walls:
        panel.plot(t, np.nanmean(everywhere, axis=1), color="black")
    show_flat(panel)
    panel.set_ylabel("temperature (K)")


def _at(dataset: xr.Dataset, position: np.ndarray, everywhere: np.ndarray) -> np.ndarray:
    """T at the wall; ``x`` counts from the window's begin."""
    offset = dataset["window_offset"].values if "window_offset" in dataset else 0.0
    x = dataset["x"].values
    pairs = zip(position - offset, everywhere, strict=True)
    return np.array([np.interp(q, x, row) if np.isfinite(q) else np.nan for q, row in pairs])


def _shade(panel: Axes, run: Run) -> None:
    """The time of each regime, once where several walls share it."""
    for motion, time in dict.fromkeys((regime.motion, regime.time) for regime in run.regimes):
        if time is not None and motion in SHADES:
            low, high = time.low / run.time.unit.size, time.high / run.time.unit.size
            panel.axvspan(low, high, gid=motion, **_shade_style(motion))
    settled = settling_time(run.dataset)
    if settled > 0.0:
        panel.axvline(settled / run.time.unit.size, **_SETTLED)


def _shade_style(motion: str) -> dict[str, Any]:
    return {"color": SHADES[motion], "alpha": 0.14, "linewidth": 0.0, "zorder": 0}


_SETTLED: dict[str, Any] = {"color": theme.GUIDE_COLOUR, "linewidth": 0.8, "linestyle": ":"}
_MEAN: dict[str, Any] = {"color": "black", "linewidth": 0.8, "linestyle": (0, (1, 1))}


def _wall_styles(walls: Sequence[DrawnWall]) -> list[dict[str, Any]]:
    if len(walls) == 1:
        return [{"color": "black"}]
    return [style for _, style in zip(walls, theme.line_styles(), strict=False)]


def _handles(run: Run, outside: bool) -> list[Any]:
    handles: list[Any] = []
    if run.walls:
        dashed: dict[str, Any] = {"color": WALL_COLOUR, "linestyle": (0, (4, 2)), "linewidth": 1.0}
        handles.append(Line2D([], [], label="wall, in the map", **dashed))
    if len(run.walls) > 1:
        styles = zip(run.walls, _wall_styles(run.walls), strict=True)
        handles += [Line2D([], [], label=wall.name, **style) for wall, style in styles]
    handles += [
        Patch(label=f"{_whose(run, regime)}{regime.text}", **_shade_style(regime.motion))
        for regime in run.regimes
        if regime.motion in SHADES
    ]
    if any(r.time is not None and np.isfinite(r.velocity) for r in run.regimes) and run.walls:
        handles.append(Line2D([], [], label="mean velocity", **_MEAN))
    if settling_time(run.dataset) > 0.0:
        handles.append(Line2D([], [], label="settling time", **_SETTLED))
    if "temperature" in run.dataset and np.ptp(run.dataset["temperature"].values) > 0.0:
        handles.append(
            Patch(color=theme.GUIDE_COLOUR, alpha=0.25, linewidth=0.0, label="$T$ along the wire")
        )
    if outside:
        handles.append(Patch(color="#E4E4E4", label="outside the window"))
    return handles


def _whose(run: Run, regime: Regime) -> str:
    """``wall 2: `` where not all walls move alike."""
    if len(run.regimes) < 2:
        return ""
    names = [wall.name for wall in run.walls if wall.regime and wall.regime.text == regime.text]
    return f"{', '.join(names)}: " if names else ""
