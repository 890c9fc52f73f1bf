"""M or T over place and time, in the laboratory: where every wall was, and when."""

from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh

from boltzwall.plot.axes import COMPONENTS, DrawnSpan, laboratory_span
from boltzwall.plot.drawn_walls import DrawnWall
from boltzwall.plot.units import display_unit

MOST_TIMES = 400
MOST_PLACES = 500
COLOURS = "cividis"  # dark for −1, light for +1, also in grey and to the colour-blind
HEAT_COLOURS = "inferno"
OUTSIDE = "#E4E4E4"
WALL_ON_HEAT = "#56B4E9"
WALL_COLOUR = "#D55E00"


@dataclass(frozen=True)
class SpaceTime:
    """M_i(x, t), or T(x, t).

    Attributes:
        component: of M, the one that varies most; "" of T.
        values: (place, time); nan where a moving window was not.
        places, times: borders of the values, one more than these, m and s.
    """

    component: str
    values: np.ndarray
    places: np.ndarray
    times: np.ndarray

    @property
    def outside(self) -> bool:
        """Whether there are places that a moving window did not show at some time."""
        return bool(np.isnan(self.values).any())


def space_time(dataset: xr.Dataset) -> SpaceTime:
    """The component of M that varies most, over all of the time and all places seen."""
    frames = _shown(dataset)
    m = frames["magnetisation"].transpose("time", "x", "component").values
    axis = int(np.argmax(np.nanvar(m, axis=(0, 1))))
    return _laid_out(frames, m[..., axis], COMPONENTS[axis])


def temperature_map(dataset: xr.Dataset) -> SpaceTime:
    """T in K, over all of the time and all places seen."""
    frames = _shown(dataset)
    return _laid_out(frames, frames["temperature"].transpose("time", "x").values, "")


def _shown(dataset: xr.Dataset) -> xr.Dataset:
    chosen = np.unique(np.linspace(0, dataset.sizes["time"] - 1, MOST_TIMES).round().astype(int))
    return dataset.isel(time=chosen)


def _laid_out(frames: xr.Dataset, rows: np.ndarray, component: str) -> SpaceTime:
    """Rows (time, x) of a window as (place, time) of the laboratory."""
    first = laboratory_span(frames.isel(time=0))
    count, cells = rows.shape
    cell = first.length / cells
    offset = frames["window_offset"].values if "window_offset" in frames else np.zeros(count)
    begin = float(offset.min())
    shift = np.round((offset - begin) / cell).astype(int)
    values = np.full((cells + int(shift.max()), count), np.nan)
    for column, row in enumerate(shift):
        values[row : row + cells, column] = rows[column]
    low = first.low - float(offset[0]) + begin
    stride = -(-values.shape[0] // MOST_PLACES)
    values = values[::stride]
    places = low + cell * stride * np.arange(values.shape[0] + 1)
    return SpaceTime(component, values, places, _borders(frames["time"].values))


def draw_space_time(
    panel: Axes, shown: SpaceTime, walls: tuple[DrawnWall, ...], time: DrawnSpan
) -> QuadMesh:
    """The map, time to the right and x upwards, with a line for each wall."""
    unit = display_unit(shown.places, "m")
    mesh = panel.pcolormesh(
        shown.times / time.unit.size,
        shown.places / unit.size,
        np.ma.masked_invalid(shown.values),
        cmap=COLOURS if shown.component else HEAT_COLOURS,
        vmin=-1.0 if shown.component else None,
        vmax=1.0 if shown.component else None,
        rasterized=True,
    )
    panel.set_facecolor(OUTSIDE)
    for wall in walls:
        panel.plot(
            wall.position["time"] / time.unit.size,
            wall.position / unit.size,
            color=WALL_COLOUR if shown.component else WALL_ON_HEAT,
            linewidth=1.0,
            linestyle=(0, (4, 2)),
            gid="wall",
        )
    time.dress(panel)
    panel.set_ylim(shown.places[0] / unit.size, shown.places[-1] / unit.size)
    panel.set_ylabel(unit.label("$x$"))
    return mesh


def _borders(times: np.ndarray) -> np.ndarray:
    """Halfway between the saved times; the map begins and ends with the run."""
    if times.size == 1:
        return np.array([times[0], times[0] + (abs(times[0]) or 1.0)])
    middles = 0.5 * (times[1:] + times[:-1])
    return np.concatenate([times[:1], middles, times[-1:]])
