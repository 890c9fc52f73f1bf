"""Figures of strips: several instants of one run, or several runs at one instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from boltzwall.plot import theme
from boltzwall.plot.arrows.selection import largest_spin, select_vectors, spans_of
from boltzwall.plot.arrows.strips import (
    STRIP_HEIGHT,
    STRIP_WIDTH,
    Strip,
    arrow_handles,
    name_strip,
)
from boltzwall.plot.units import display_unit

HEADROOM = 0.42  # inches, for the legend
LINE = 0.14  # inches, for each line of the title
INSTANTS = 4


@dataclass(frozen=True)
class StripsFigure:
    """A figure and the strips in it, from above."""

    figure: Figure
    strips: list[Strip]


@dataclass(frozen=True)
class Corner:
    """A place on a figure."""

    left: float
    up: float


def arrows_at_times(dataset: xr.Dataset, times: Sequence[float], title: str = "") -> Figure:
    """Figure 2 of the paper: M (green) and m (red) of one run at several times.

    Arguments:
        dataset: of a run.
        times: in s; the nearest saved states are drawn.
        title: above the figure.

    Returns:
        The figure, one strip for each time.
    """
    frames = [dataset.sel(time=time, method="nearest") for time in times]
    unit = display_unit(max(times), "s")
    names = [f"$t$ = {float(f['time']) / unit.size:.3g} {unit.name}" for f in frames]
    return strips_figure(names, frames, title)


def arrows_of_runs(runs: Mapping[str, xr.Dataset], time: float, title: str = "") -> Figure:
    """Figure 5 of the paper: M (green) and m (red) of several runs at one time.

    Arguments:
        runs: by the names of their strips.
        time: in s; the nearest saved states are drawn.
        title: above the figure.

    Returns:
        The figure, one strip for each run.
    """
    frames = [run.sel(time=time, method="nearest") for run in runs.values()]
    return strips_figure(list(runs), frames, title)


def strips_figure(names: Sequence[str], frames: Sequence[xr.Dataset], title: str = "") -> Figure:
    """One strip per Dataset without time; m has one scale in all of them."""
    with theme.theme():
        return make_strips(names, frames, largest_spin(frames), title).figure


def telling_times(dataset: xr.Dataset, count: int = INSTANTS) -> list[float]:
    """Instants between which M changes alike, from the first state to the last, in s.

    In a moving window, what the window moves counts too.
    """
    time = dataset["time"].values
    m = dataset["magnetisation"].transpose("time", "x", "component").values
    changed = np.sqrt(np.nansum(np.diff(m, axis=0) ** 2, axis=(1, 2)))
    if "window_offset" in dataset:
        x = dataset["x"].values
        slope = np.sqrt(np.nansum(np.gradient(m, x, axis=1)[:-1] ** 2, axis=(1, 2)))
        changed = changed + slope * np.abs(np.diff(dataset["window_offset"].values))
    if time.size < 2 or not changed.sum() > 0.0:
        return [float(time[0])] if time.size < 2 else np.linspace(time[0], time[-1], count).tolist()
    walked = np.concatenate([[0.0], np.cumsum(changed)]) / changed.sum()
    shares = np.linspace(0.0, 1.0, count)
    chosen = [int(np.argmin(np.abs(walked - share))) for share in shares[:-1]] + [time.size - 1]
    return [float(time[k]) for k in dict.fromkeys(chosen)]


def make_strips(
    names: Sequence[str],
    frames: Sequence[xr.Dataset],
    spin_unit: float,
    title: str,
    foot: float = 0.0,
) -> StripsFigure:
    """Strips beneath each other, with the legend that tells the scale of m.

    Arguments:
        names: of the strips.
        spin_unit: the |m| of the longest arrow, 1/m³.
        foot: inches that stay free beneath the strips.
    """
    head = HEADROOM + LINE * (title.count("\n") + 1)
    height = head + len(frames) * STRIP_HEIGHT + foot
    figure = theme.new_figure(STRIP_WIDTH, height)
    strips = stack_strips(figure, names, frames, spin_unit, Corner(0.0, foot))
    figure.text(0.5, 1.0 - 0.08 / height, title, ha="center", va="top", fontsize=theme.TITLE_SIZE)
    top = 1.0 - (head - HEADROOM + 0.08) / height
    arrow_legend(figure, frames, spin_unit, Corner(0.5, top))
    return StripsFigure(figure, strips)


def stack_strips(
    figure: Figure,
    names: Sequence[str],
    frames: Sequence[xr.Dataset],
    spin_unit: float,
    corner: Corner,
) -> list[Strip]:
    """One strip below the other; all show pieces of the wire of one length.

    Arguments:
        corner: lower left of the stack; ``left`` in widths of the figure, ``up`` in inches.
    """
    width, height = figure.get_size_inches()
    strips = []
    for index, (name, frame, span) in enumerate(zip(names, frames, spans_of(frames), strict=True)):
        bottom = (corner.up + (len(frames) - 1 - index) * STRIP_HEIGHT) / height
        place = (corner.left, bottom, STRIP_WIDTH / width, STRIP_HEIGHT / height)
        panel = figure.add_axes(place)
        strips.append(Strip(panel, select_vectors(frame, span), spin_unit))
        name_strip(panel, name)
    return strips


def arrow_legend(
    figure: Figure, frames: Sequence[xr.Dataset], spin_unit: float, middle: Corner
) -> None:
    """What the arrows of M and m are, and the unit of m.

    Arguments:
        middle: of the legend's upper edge, in widths and heights of the figure.
    """
    kind = str(frames[0].attrs.get("spin_accumulation_is", ""))
    shows_spin = any("spin_accumulation" in frame for frame in frames)
    figure.legend(
        handles=arrow_handles(spin_unit, shows_spin, kind),
        loc="upper center",
        bbox_to_anchor=(middle.left, middle.up),
        ncols=2,
        handlelength=1.2,
    )
