"""The paper's figures with both models: the published one's panels beside the consistent one's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.figure import Figure, SubFigure

from boltzwall.plot import ComparedTorque, theme
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
from boltzwall.reproduce.wang2022.shared.cases import (
    ARROW_TIMES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SNAPSHOT_TIME,
    Cases,
)
from boltzwall.reproduce.wang2022.shared.figures import (
    FIELD,
    PaperFigure,
    Shown,
    fixed,
    labelled,
    shown_time,
)
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import start

SHARES = (0.0, 1 / 3, 2 / 3, 1.0)  # of a consistent run, beside the four times of Fig. 2
HEAD = 1.07  # inches, for what stands above the strips
# Of the published and of the consistent model.
TORQUES = (
    (ComparedTorque("torque_total_eq17", "total"), ComparedTorque("torque_thermal_eq22", "T")),
    (ComparedTorque("torque_total", "total"), ComparedTorque("torque_thermal", "thermal")),
)
UNIT = (
    "All arrows of m are in units of the largest |m| of their column; m is a moment density in the "
    "published model and a spin density, of the opposite sign, in the consistent one."
)


@dataclass(frozen=True)
class Stack:
    """One model's column of strips: a name above each state."""

    title: str
    names: Sequence[str]
    frames: Sequence[xr.Dataset]


def snapshot_time(runs: Runs) -> float:
    """The time in s of Fig. 5 with the consistent model: the end of the shortest of its runs."""
    return min(float(runs[case]["time"][-1]) for case in COLD_END_SERIES)


def _arrows_in_time(cases: Cases, models: Sequence[Shown]) -> Figure:
    (case,) = cases
    end = float(models[1].runs[case]["time"][-1])
    times = (ARROW_TIMES, [share * end for share in SHARES])
    stacks = []
    for model, moments in zip(models, times, strict=True):
        frames = [model.runs[case].sel(time=t, method="nearest") for t in moments]
        stacks.append(Stack(model.title, [_time(frame) for frame in frames], frames))
    return _strips(f"{case.kappa_label}, {case.cold_end_label}, {FIELD}", stacks)


def _arrows_of_cold_ends(cases: Cases, models: Sequence[Shown]) -> Figure:
    moments = (SNAPSHOT_TIME, snapshot_time(models[1].runs))
    stacks = []
    for model, moment in zip(models, moments, strict=True):
        runs = labelled(cases, model.runs)
        frames = {name: run.sel(time=moment, method="nearest") for name, run in runs.items()}
        names = [f"{name}, {_time(frame)}" for name, frame in frames.items()]
        stacks.append(Stack(model.title, names, list(frames.values())))
    return _strips(fixed(cases), stacks)


def _strips(where: str, stacks: Sequence[Stack]) -> Figure:
    """The stacks beside each other, each with its own unit of m."""
    height = HEAD + len(stacks[0].frames) * STRIP_HEIGHT
    with theme.theme():
        figure = theme.new_figure(len(stacks) * STRIP_WIDTH, height)
        figure.text(0.5, 1.0 - 0.1 / height, where, ha="center", va="top", fontsize=11)
        for k, stack in enumerate(stacks):
            left, middle = k / len(stacks), (k + 0.5) / len(stacks)
            top = 1.0 - 0.4 / height
            figure.text(middle, top, stack.title, ha="center", va="top", fontsize=10)
            unit = largest_spin(stack.frames)
            arrow_legend(figure, stack.frames, unit, Corner(middle, 1.0 - 0.6 / height))
            stack_strips(figure, stack.names, stack.frames, unit, Corner(left, 0.0))
        return figure


def _means(cases: Cases, models: Sequence[Shown]) -> Figure:
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 5.4, layout="constrained")
        for part, model, to_rest in zip(_parts(figure), models, (True, False), strict=True):
            panels = part.subplots(1, 3, sharex=True, sharey=True).ravel()
            runs = labelled(cases, model.runs)
            until = 1.05 * shown_time(runs) if to_rest else None
            draw_means(panels, runs, to_rest=to_rest, until=until)
            mark = "● settling time" if to_rest else "■ end of the run"
            part.suptitle(f"{model.title};   {mark}", fontsize=8.5)
        return _finished(figure, labelled(cases, models[0].runs), fixed(cases))


def _torques(cases: Cases, models: Sequence[Shown]) -> Figure:
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 8.2, layout="constrained")
        for part, model, torques in zip(_parts(figure), models, TORQUES, strict=True):
            grid = part.subplots(len(torques), 3, sharex=True, squeeze=False)
            profiles = {name: start(run) for name, run in labelled(cases, model.runs).items()}
            draw_torques(grid, profiles, torques)
            part.suptitle(model.title, fontsize=8.5)
        return _finished(figure, labelled(cases, models[0].runs), f"$t$ = 0, {fixed(cases)}")


def _parts(figure: Figure) -> list[SubFigure]:
    """The upper and the lower half."""
    return list(np.ravel(np.asarray(figure.subfigures(2, 1))))


def _finished(figure: Figure, names: Iterable[str], title: str) -> Figure:
    """With letters and one legend for all panels."""
    theme.letter([panel for part in figure.subfigs for panel in part.axes])
    theme.legend_above(figure, run_handles(names), title)
    return figure


def _time(frame: xr.Dataset) -> str:
    seconds = float(frame["time"])
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
FIGURES = {
    2: PaperFigure(
        (PAPER_WALL,),
        _arrows_in_time,
        "Magnetisation M (green) and spin accumulation m (red), κ = 2 K/nm, T0 = 100 K, at the "
        "paper's times with the published model, and up to the time 1/max|T| of its own first "
        f"torque with the consistent one. {UNIT}",
    ),
    3: PaperFigure(KAPPA_SERIES, _means, _MEANS.format(series=_KAPPAS)),
    4: PaperFigure(KAPPA_SERIES, _torques, _TORQUES.format(series=_KAPPAS)),
    5: PaperFigure(
        COLD_END_SERIES,
        _arrows_of_cold_ends,
        "Magnetisation M (green) and spin accumulation m (red) at five cold-end temperatures, "
        "κ = 5 K/nm: at 0.05 ns with the published model, and at the time 1/max|T| of the "
        f"strongest of the five torques with the consistent one. {UNIT}",
    ),
    6: PaperFigure(COLD_END_SERIES, _means, _MEANS.format(series=_COLD_ENDS)),
    7: PaperFigure(COLD_END_SERIES, _torques, _TORQUES.format(series=_COLD_ENDS)),
}
