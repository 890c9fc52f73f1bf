"""Figures 2 to 7 and the animations S1 and S2: what they show, and how they are kept."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr
from matplotlib.figure import Figure

from boltzwall.plot import animate_series, save_figure
from boltzwall.progress import Report
from boltzwall.reproduce.steps import part
from boltzwall.reproduce.wang2022.shared.cases import COLD_END_SERIES, KAPPA_SERIES, Case, Cases
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import calibrated_on

FIELD = "$E$ = −8 × 10³ V/m"


@dataclass(frozen=True)
class Shown:
    """The runs of one model in a figure, under its ``title``.

    ``model`` is what its animations are called by, "" if it is the only model; ``suffix`` is what
    their names end in.
    """

    title: str
    runs: Runs
    model: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class PaperFigure:
    """A figure of the paper: the runs it needs, how to draw it, and its caption.

    ``remark`` adds to the caption what can be said only once the runs are there.
    """

    cases: tuple[Case, ...]
    draw: Callable[[Cases, Sequence[Shown]], Figure]
    caption: str
    remark: Callable[[Sequence[Shown]], str] = lambda models: ""


@dataclass(frozen=True)
class Animation:
    """A moving picture of the paper: its runs and its caption."""

    cases: tuple[Case, ...]
    caption: str


Figures = Mapping[int, PaperFigure]
ANIMATIONS = {
    "S1": Animation(
        KAPPA_SERIES, "M (green) and m (red) in time at five temperature gradients, T0 = 100 K."
    ),
    "S2": Animation(
        COLD_END_SERIES,
        "M (green) and m (red) in time at five cold-end temperatures, κ = 5 K/nm.",
    ),
}


def draw_figure(
    number: int, figure: PaperFigure, models: Sequence[Shown], folder: Path
) -> list[Path]:
    """Write one figure as PNG, PDF and SVG."""
    drawn = figure.draw(figure.cases, models)
    stem = figure_stem(number)
    return [*save_figure(drawn, folder, stem), *save_figure(drawn, folder / f"{stem}.svg")]


def draw_animation(name: str, model: Shown, folder: Path, progress: Report) -> list[Path]:
    """Write S1 or S2 of one model as a GIF and as an MP4."""
    cases = ANIMATIONS[name].cases
    runs, title = labelled(cases, model.runs), f"{fixed(cases)}\n{model.title}"
    until = shown_time(runs)
    return [
        animate_series(
            runs,
            folder / animation_file(name, model, kind),
            title=title,
            until=until,
            progress=part(progress, share, 0.5),
        )
        for share, kind in ((0.0, "gif"), (0.5, "mp4"))
    ]


def shown_time(runs: Mapping[str, xr.Dataset]) -> float:
    """The time in s up to which the paper's pictures look: 1.6 of the longest settling time.

    Walls that have not settled are shown to their end.
    """
    ends = [float(run["time"][-1]) for run in runs.values()]
    settled = [1.6 * float(run.attrs.get("settling_time", math.nan)) for run in runs.values()]
    times = (time if time > 0.0 else end for time, end in zip(settled, ends, strict=True))
    return min(max(times), max(ends))


def figure_stem(number: int) -> str:
    """The name of a figure's files, without their kind."""
    return f"figure-{number}"


def animation_file(name: str, model: Shown, kind: str) -> str:
    """The name of an animation's file, "gif" or "mp4"."""
    return f"{name}{model.suffix}.{kind}"


def labelled(cases: Cases, runs: Runs) -> dict[str, xr.Dataset]:
    """The runs of a series by what varies in it."""
    return {
        case.kappa_label if _by_kappa(cases) else case.cold_end_label: runs[case] for case in cases
    }


def fixed(cases: Cases) -> str:
    """What does not vary in a series."""
    held = cases[0].cold_end_label if _by_kappa(cases) else cases[0].kappa_label
    return f"{held}, {FIELD}"


def closure_note(closure: str, runs: Runs) -> str:
    """The closure, and whether it is calibrated, for a title."""
    mark = ", calibrated on $t_s$ = 0.15 ns at $\\kappa$ = 2 K/nm" if calibrated_on(runs) else ""
    return f"closure {closure}{mark}"


def _by_kappa(cases: Cases) -> bool:
    return len({case.kappa for case in cases}) > 1
