"""A run whose temperature changes: T over place and time, the power, and what moved the wall."""

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from boltzwall.errors import InputError
from boltzwall.plot import theme
from boltzwall.plot.axes import DrawnSpan, places, show_flat, time_axis, wire_axis
from boltzwall.plot.drawn_walls import walls_of
from boltzwall.plot.headline import headline
from boltzwall.plot.labels import unit_of
from boltzwall.plot.space_time import WALL_ON_HEAT, draw_space_time, temperature_map
from boltzwall.plot.units import MINUS, display_unit, largest

# Of the attributes displacement_…, as the bars name them.
CAUSES = {
    "electrical": "current",
    "thermal": "electrons in\nthe gradient",
    "background": "electrons\nat rest",
    "field": "applied\nfield",
    "internal": "A, Ms, K\nof T(x)",
    "tilt": "tilt",
}
_EVEN = 1e-9  # of T: what varies by less stays as it is


def warms(dataset: xr.Dataset) -> bool:
    """Whether T of a run changes in time."""
    if "time" not in dataset.dims or "temperature" not in dataset:
        return False
    kelvin = dataset["temperature"]
    if "time" not in kelvin.dims or ("window_offset" in dataset and "heat_state" not in dataset):
        return False
    return bool(np.ptp(kelvin.values, axis=0).max() > _EVEN * largest(kelvin))


def warm_run_figure(dataset: xr.Dataset, title: str | None = None) -> Figure:
    """T over place and time with the walls on it; T and power against time; what moved the wall.

    The bars are the attributes displacement_…: how far each torque and field moved the wall.

    Arguments:
        dataset: of a run whose T changes.
        title: without it, what drives the run.

    Returns:
        The figure; `save_figure` writes it.

    Raises:
        InputError: T does not change in time.
    """
    if not warms(dataset):
        raise InputError("Argument `dataset` must be a run whose T changes, but it is not.")
    walls, time = walls_of(dataset), time_axis([dataset])
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 4.9, layout="constrained")
        grid = figure.add_gridspec(2, 2, height_ratios=[1.0, 0.9])
        above = figure.add_subplot(grid[0, :])
        mesh = draw_space_time(above, temperature_map(dataset), walls, time)
        figure.colorbar(mesh, ax=above, pad=0.01, aspect=12).set_label("temperature (K)")
        left, right = (figure.add_subplot(grid[1, k]) for k in (0, 1))
        _against_time(left, dataset, time)
        _causes(right, dataset)
        theme.letter([above, left, right])
        handles = [Line2D([], [], color=WALL_ON_HEAT, linestyle=(0, (4, 2)), label="wall")]
        text = headline(dataset) if title is None else title
        theme.legend_above(figure, handles if walls else [], text)
        return figure


class WarmStrip:
    """T along the wire, in a panel that moves."""

    def __init__(self, run: xr.Dataset) -> None:
        """Of a run whose T changes."""
        self._frames = [run.isel(time=0), run.isel(time=-1)]
        self._axis = wire_axis(self._frames)
        kelvin = run["temperature"].values
        self._range = float(kelvin.min()), float(kelvin.max())

    def draw(self, panel: Axes) -> Line2D:
        """The curve, in a panel that is dressed for it."""
        (self._line,) = panel.plot([], [], color=theme.COLOURS[1])
        low, high = self._range
        panel.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
        panel.set_ylabel("$T$ (K)")
        self._axis.dress(panel)
        return self._line

    def show(self, frame: xr.Dataset) -> None:
        """T of one state."""
        self._line.set_data(places(frame) / self._axis.unit.size, frame["temperature"].values)


def _against_time(panel: Axes, dataset: xr.Dataset, time: DrawnSpan) -> None:
    """The hottest and the mean T, and the power on an axis of its own."""
    kelvin = dataset["temperature"]
    instants = dataset["time"] / time.unit.size
    styles = theme.line_styles()
    for values, label in ((kelvin.max("x"), "hottest"), (kelvin.mean("x"), "mean")):
        panel.plot(instants, values, label=label, **next(styles))
    show_flat(panel)
    panel.set_ylabel("temperature (K)")
    time.dress(panel)
    if "joule_heat" in dataset and largest(dataset["joule_heat"]) > 0.0:
        power = dataset["joule_heat"]
        unit, beside = unit_of(power), panel.twinx()
        beside.plot(instants, power / unit.size, label="power", **next(styles))
        beside.set_ylim(bottom=0.0)
        beside.set_ylabel(unit.label("power"))
        beside.spines["right"].set_visible(True)
        panel.plot([], [], label="power", **_last_style(beside))
    panel.legend(loc="best", fontsize=6.5)


def _last_style(panel: Axes) -> dict[str, Any]:
    line = panel.get_lines()[-1]
    return {"color": line.get_color(), "linestyle": line.get_linestyle()}


def _causes(panel: Axes, dataset: xr.Dataset) -> None:
    """Bars: how far each torque and field moved the wall, and all together."""
    ways = {
        text: float(dataset.attrs[f"displacement_{name}"])
        for name, text in CAUSES.items()
        if np.isfinite(dataset.attrs.get(f"displacement_{name}", np.nan))
    }
    if not ways:
        panel.set_visible(False)
        return
    ways["in all"] = sum(ways.values())
    most = max(abs(way) for way in ways.values())
    shown = {k: w for k, w in ways.items() if abs(w) > 1e-6 * most or k == "in all"}
    unit = display_unit(list(shown.values()), "m")
    colours = [theme.COLOURS[0]] * (len(shown) - 1) + [theme.GUIDE_COLOUR]
    bars = panel.barh(list(shown), [way / unit.size for way in shown.values()], color=colours)
    texts = [f"{way / unit.size:.3g}".replace("-", MINUS) for way in shown.values()]
    panel.bar_label(bars, texts, padding=2.0, fontsize=6.5)
    panel.axvline(0.0, color="black", linewidth=0.7)
    panel.margins(x=0.18)
    panel.invert_yaxis()
    panel.set_xlabel(unit.label("displacement of the wall"))
