"""The paper's figures with both models: the published one's panels beside the consistent one's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from boltzwall.plot import Torque, animate_series, save_figure, theme
from boltzwall.plot.arrows import (
    STRIP_HEIGHT,
    STRIP_WIDTH,
    Corner,
    arrow_legend,
    largest_spin,
    stack_strips,
)
from boltzwall.plot.comparisons import draw_means, draw_torques, run_handles
from boltzwall.plot.units import display_unit
from boltzwall.reproduce.cases import (
    ARROW_TIMES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SNAPSHOT_TIME,
    Case,
)
from boltzwall.reproduce.figures import ANIMATIONS, FIELD, closure_note, fixed, labelled, shown_time
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.steps import Progress

SHARES = (0.0, 1 / 3, 2 / 3, 1.0)  # of a consistent run, beside the four times of Fig. 2
PAUSE = 0.45  # inches, for titles above the strips and panels
# Torques, and their symbols, of the published and of the consistent model.
ROWS = (
    (Torque("torque_total_eq17", "total"), Torque("torque_thermal_eq22", "T")),
    (Torque("torque_total", "total"), Torque("torque_thermal", "thermal")),
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
    runs = labelled(cases, column.runs)
    until = shown_time(runs)
    return animate_series(runs, path, title=title, until=until, progress=progress)


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
            arrow_legend(figure, frames[k], unit, Corner(left + 0.25, 1.0 - 0.6 / height))
            stack_strips(figure, names[k], frames[k], unit, Corner(left, 0.0))
        return figure


def _means(cases: Sequence[Case]) -> Callable[[Pair], Figure]:
    def draw(pair: Pair) -> Figure:
        with theme.theme():
            figure = theme.new_figure(theme.PAGE_WIDTH, 5.4, layout="constrained")
            parts = np.ravel(np.asarray(figure.subfigures(2, 1)))
            for part, column, ended in zip(parts, pair.columns, (True, False), strict=True):
                panels = part.subplots(1, 3, sharex=True, sharey=True).ravel()
                runs = labelled(cases, column.runs)
                until = 1.05 * shown_time(runs) if ended else None
                draw_means(panels, runs, to_rest=ended, until=until)
                part.suptitle(column.title, fontsize=8.5)
            return _finished(figure, cases, fixed(cases))

    return draw


def _torques(cases: Sequence[Case]) -> Callable[[Pair], Figure]:
    def draw(pair: Pair) -> Figure:
        with theme.theme():
            figure = theme.new_figure(theme.PAGE_WIDTH, 8.2, layout="constrained")
            parts = np.ravel(np.asarray(figure.subfigures(2, 1)))
            for part, column, rows in zip(parts, pair.columns, ROWS, strict=True):
                grid = part.subplots(len(rows), 3, sharex=True, squeeze=False)
                start = {n: r.isel(time=0) for n, r in labelled(cases, column.runs).items()}
                draw_torques(grid, start, rows)
                part.suptitle(column.title, fontsize=8.5)
            return _finished(figure, cases, f"$t$ = 0, {fixed(cases)}")

    return draw


def _finished(figure: Figure, cases: Sequence[Case], title: str) -> Figure:
    """With letters, and one legend for all panels."""
    theme.letter([panel for part in figure.subfigs for panel in part.axes])
    names = [c.kappa_label if cases[0].kappa != cases[1].kappa else c.cold_end_label for c in cases]
    theme.legend_above(figure, run_handles(names), title)
    return figure


def _time(seconds: float) -> str:
    return f"$t$ = {display_unit(seconds, 's').text(seconds, 3)}" if seconds else "$t$ = 0"


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
