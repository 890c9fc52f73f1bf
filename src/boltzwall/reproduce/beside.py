"""The paper's figures with both models: the published one's panels beside the consistent one's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from boltzwall.plot import animate_series, save_figure, theme
from boltzwall.plot.arrows import (
    LIMITS,
    STRIP_HEIGHT,
    STRIP_WIDTH,
    Strip,
    largest_spin,
    select_vectors,
)
from boltzwall.plot.components import COMPONENTS, settling_time, shown_time, wire_length, wire_scale
from boltzwall.reproduce.cases import (
    ARROW_TIMES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SNAPSHOT_TIME,
    Case,
)
from boltzwall.reproduce.figures import ANIMATIONS, FIELD, closure_note, fixed, labelled
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.steps import Progress

SHARES = (0.0, 1 / 3, 2 / 3, 1.0)  # of a consistent run, beside the four times of Fig. 2
LONGER = 3.0  # times the shortest run: then time is on a logarithmic axis
PAUSE = 0.45  # inches, for titles above the strips and panels
# Torques, and their symbols, of the published and of the consistent model.
ROWS = (
    {"torque_total_eq17": "T_{\\mathrm{total}", "torque_thermal_eq22": "T_{\\mathrm{T}"},
    {"torque_total": "T_{\\mathrm{total}", "torque_thermal": "T_{\\mathrm{thermal}"},
)
UNIT = (
    "All arrows of m are in units of the largest |m| of their column; m is a moment density in the "
    "published model and a spin density, of the opposite sign, in the consistent one."
)


@dataclass(frozen=True)
class Column:
    """One model's half of a figure; ``suffix`` is what its animations' names end in."""

    title: str
    runs: Runs
    suffix: str


@dataclass(frozen=True)
class Pair:
    """The runs of both models, the published one with a named closure."""

    published: Runs
    consistent: Runs
    closure: str

    @property
    def columns(self) -> tuple[Column, Column]:
        note = closure_note(self.closure, self.published)
        return (
            Column(f"published model, {note}", self.published, "-published"),
            Column("consistent model", self.consistent, ""),
        )


@dataclass(frozen=True)
class PairFigure:
    """A figure of the paper with both models: its runs, how to draw it, its caption."""

    cases: tuple[Case, ...]
    draw: Callable[[Pair], Figure]
    caption: str


def draw_pair(number: int, pair: Pair, folder: Path) -> list[Path]:
    """Write one figure as PNG and PDF."""
    return save_figure(PAIR_FIGURES[number].draw(pair), folder, f"figure-{number}")


def draw_pair_animation(name: str, column: Column, folder: Path, progress: Progress) -> Path:
    """Write S1 or S2 of one model as a GIF."""
    cases = ANIMATIONS[name]
    path = folder / f"{name}{column.suffix}.gif"
    title = f"{fixed(cases)}\n{column.title}"
    return animate_series(labelled(cases, column.runs), path, title=title, progress=progress)


def _arrows_in_time(pair: Pair) -> Figure:
    published, consistent = pair.published[PAPER_WALL], pair.consistent[PAPER_WALL]
    ends = [share * float(consistent["time"][-1]) for share in SHARES]
    frames = [
        [published.sel(time=t, method="nearest") for t in ARROW_TIMES],
        [consistent.sel(time=t, method="nearest") for t in ends],
    ]
    names = [[_time(float(f["time"])) for f in column] for column in frames]
    where = f"{PAPER_WALL.kappa_label}, {PAPER_WALL.cold_end_label}, {FIELD}"
    return _strips(where, pair, names, frames)


def _arrows_of_cold_ends(pair: Pair) -> Figure:
    published = labelled(COLD_END_SERIES, pair.published)
    consistent = labelled(COLD_END_SERIES, pair.consistent)
    moment = snapshot_time(pair.consistent)
    frames = [
        [run.sel(time=SNAPSHOT_TIME, method="nearest") for run in published.values()],
        [run.sel(time=moment, method="nearest") for run in consistent.values()],
    ]
    names = [
        [f"{name}, {_time(float(f['time']))}" for name, f in zip(published, column, strict=True)]
        for column in frames
    ]
    return _strips(fixed(COLD_END_SERIES), pair, names, frames)


def snapshot_time(runs: Runs) -> float:
    """The time in s of Fig. 5 with the consistent model: the end of the shortest of its runs."""
    return min(float(runs[case]["time"][-1]) for case in COLD_END_SERIES)


def _strips(
    where: str, pair: Pair, names: Sequence[Sequence[str]], frames: Sequence[Sequence[xr.Dataset]]
) -> Figure:
    """Two columns of strips, each with its own unit of m."""
    count = len(frames[0])
    head = PAUSE + 0.62
    height = head + count * STRIP_HEIGHT
    with theme.theme():
        figure = theme.new_figure(2.0 * STRIP_WIDTH, height)
        figure.text(0.5, 1.0 - 0.1 / height, where, ha="center", va="top", fontsize=11)
        for k, column in enumerate(pair.columns):
            unit, left = largest_spin(frames[k]), 0.5 * k
            top = 1.0 - (0.4 / height)
            figure.text(left + 0.25, top, column.title, ha="center", va="top", fontsize=10)
            _legend(figure, left, 1.0 - 0.6 / height, unit)
            for row, (name, frame) in enumerate(zip(names[k], frames[k], strict=True)):
                bottom = (count - 1 - row) * STRIP_HEIGHT / height
                panel = figure.add_axes((left, bottom, 0.5, STRIP_HEIGHT / height))
                panel.set(xlim=LIMITS[0], ylim=LIMITS[1])
                panel.set_axis_off()
                Strip(panel, select_vectors(frame), unit)
                panel.text(0.08, 1.0, name, transform=panel.transAxes, va="top", fontsize=9)
        return figure


def _legend(figure: Figure, left: float, top: float, unit: float) -> None:
    mantissa, exponent = f"{unit:.2e}".split("e")
    power = f"10{str(int(exponent)).translate(theme.SUPERSCRIPTS)}"
    spin = rf"$\mathbf{{m}}$ / max$|\mathbf{{m}}|$, max = {mantissa} × {power} m⁻³"
    figure.legend(
        handles=[
            Polygon([(0, 0)], color=theme.MAGNETISATION_COLOUR, label=r"$\mathbf{M}$"),
            Polygon([(0, 0)], color=theme.SPIN_COLOUR, label=spin),
        ],
        loc="upper center",
        bbox_to_anchor=(left + 0.25, top),
        ncols=2,
        handlelength=1.2,
    )


def _means(cases: Sequence[Case]) -> Callable[[Pair], Figure]:
    def draw(pair: Pair) -> Figure:
        with theme.theme():
            figure = theme.new_figure(theme.PAGE_WIDTH, 5.4, layout="constrained")
            parts = np.ravel(np.asarray(figure.subfigures(2, 1)))
            for part, column, ended in zip(parts, pair.columns, (True, False), strict=True):
                panels = part.subplots(1, 3, sharex=True, sharey=True).ravel()
                _mean_row(panels, labelled(cases, column.runs), ended)
                part.suptitle(column.title, fontsize=8.5)
            panels = [panel for part in parts for panel in part.axes]
            theme.letter(panels)
            _legend_above(figure, panels[0], fixed(cases))
            return figure

    return draw


def _mean_row(panels: Sequence[Axes], runs: Mapping[str, xr.Dataset], ended: bool) -> None:
    """<M_x>, <M_y>, <M_z> against time, on a logarithmic axis where the runs' lengths differ much.

    A dot marks t_s of runs that ``ended`` at rest, a square the last state of others.
    """
    shown = [shown_time(run) for run in runs.values()]
    logarithmic = not ended and max(shown) > LONGER * min(shown)
    scale = theme.scale_for(shown, "s")
    for (name, run), style in zip(runs.items(), theme.line_styles(), strict=False):
        first = 1 if logarithmic else 0
        time = run["time"].values[first:] / scale.size
        mark = settling_time(run) / scale.size if ended else time[-1]
        for panel, component in zip(panels, COMPONENTS, strict=True):
            mean = run["mean_magnetisation"].sel(component=component).values[first:]
            panel.plot(time, mean, label=name, **style)
            if mark > 0.0:
                height = np.interp(mark, time, mean)
                panel.plot(mark, height, "o" if ended else "s", ms=3.5, color=style["color"])
    for panel, component in zip(panels, COMPONENTS, strict=True):
        theme.zero_line(panel)
        panel.set_xlabel(scale.label("$t$"))
        panel.set_ylabel(rf"$\langle M_{component}\rangle$")
        panel.yaxis.set_tick_params(labelleft=True)
    if logarithmic:
        panels[0].set_xscale("log")
        panels[0].xaxis.set_major_formatter("{x:g}")
    else:
        panels[0].set_xlim(0.0, 1.05 * max(shown) / scale.size)
    panels[0].set_ylim(-1.06, 1.06)


def _torques(cases: Sequence[Case]) -> Callable[[Pair], Figure]:
    def draw(pair: Pair) -> Figure:
        with theme.theme():
            figure = theme.new_figure(theme.PAGE_WIDTH, 8.2, layout="constrained")
            parts = np.ravel(np.asarray(figure.subfigures(2, 1)))
            for part, column, rows in zip(parts, pair.columns, ROWS, strict=True):
                grid = part.subplots(len(rows), 3, sharex=True, squeeze=False)
                start = {n: r.isel(time=0) for n, r in labelled(cases, column.runs).items()}
                for panels, (variable, symbol) in zip(grid, rows.items(), strict=True):
                    _torque_row(panels, start, variable, symbol)
                for panel in grid[-1]:
                    panel.set_xlabel(wire_scale(start.values()).label("$x$"))
                part.suptitle(column.title, fontsize=8.5)
            panels = [panel for part in parts for panel in part.axes]
            theme.letter(panels)
            _legend_above(figure, panels[0], f"$t$ = 0, {fixed(cases)}")
            return figure

    return draw


def _torque_row(
    panels: Sequence[Axes], profiles: Mapping[str, xr.Dataset], variable: str, symbol: str
) -> None:
    x_scale = wire_scale(profiles.values())
    top = max(theme.largest(frame[variable].values) for frame in profiles.values())
    units = next(iter(profiles.values()))[variable].attrs.get("units", "")
    scale = theme.scale_for(top, units)
    for panel, component in zip(panels, COMPONENTS, strict=True):
        for (name, frame), style in zip(profiles.items(), theme.line_styles(), strict=False):
            values = frame[variable].sel(component=component).values / scale.size
            panel.plot(frame["x"].values / x_scale.size, values, label=name, **style)
        theme.zero_line(panel)
        theme.hide_rounding(panel, top / scale.size)
        panel.set_ylabel(scale.label(rf"${symbol},{component}}}$"))
    panels[0].set_xlim(0.0, wire_length(profiles.values()) / x_scale.size)


def _legend_above(figure: Figure, panel: Axes, title: str) -> None:
    handles, labels = panel.get_legend_handles_labels()
    legend = figure.legend(
        handles, labels, loc="outside upper center", ncols=min(len(labels), 5), title=title,
        title_fontsize=8.5, handlelength=3.2,
    )  # fmt: skip
    legend.get_title().set_multialignment("center")


def _time(seconds: float) -> str:
    scale = theme.scale_for(seconds, "s") if seconds else theme.Scale(1.0, "s")
    return f"$t$ = {seconds / scale.size:.3g} {scale.unit}" if seconds else "$t$ = 0"


_TORQUES = (
    "Contributions T to dM/dt at t = 0 {series}. Above, the published model: total torque (17) and "
    "“thermal” torque (22); the paper plots −T. Below, the consistent model: total torque and the "
    "part that the temperature gradient causes. Each row has its own scale."
)
_MEANS = (
    "Mean magnetisation ⟨M⟩(t) {series}. Above, the published model, with dots at the settling "
    "time t_s. Below, the consistent model on its own time axis, each run up to a square, at "
    "most the time 1/max|T| of its torque at t = 0. ⟨M_z⟩ is positive where the "
    "wall has moved to +x, towards the hot end."
)
_KAPPAS = "at five temperature gradients, T0 = 100 K"
_COLD_ENDS = "at five cold-end temperatures, κ = 5 K/nm"
PAIR_FIGURES = {
    2: PairFigure(
        (PAPER_WALL,),
        _arrows_in_time,
        "Magnetisation M (green) and spin accumulation m (red), κ = 2 K/nm, T0 = 100 K, at the "
        "paper's times with the published model, and up to the time 1/max|T| of its own first "
        f"torque with the consistent one. {UNIT}",
    ),
    3: PairFigure(KAPPA_SERIES, _means(KAPPA_SERIES), _MEANS.format(series=_KAPPAS)),
    4: PairFigure(KAPPA_SERIES, _torques(KAPPA_SERIES), _TORQUES.format(series=_KAPPAS)),
    5: PairFigure(
        COLD_END_SERIES,
        _arrows_of_cold_ends,
        "Magnetisation M (green) and spin accumulation m (red) at five cold-end temperatures, "
        "κ = 5 K/nm: at 0.05 ns with the published model, and at the time 1/max|T| of the "
        f"strongest of the five torques with the consistent one. {UNIT}",
    ),
    6: PairFigure(COLD_END_SERIES, _means(COLD_END_SERIES), _MEANS.format(series=_COLD_ENDS)),
    7: PairFigure(COLD_END_SERIES, _torques(COLD_END_SERIES), _TORQUES.format(series=_COLD_ENDS)),
}
