"""Figures 2 to 7 and the animations S1 and S2 of the paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from boltzwall.plot import (
    Torque,
    animate_series,
    arrows_at_times,
    arrows_of_runs,
    mean_magnetisation_figure,
    save_figure,
    torques_figure,
)
from boltzwall.reproduce.cases import (
    ARROW_TIMES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SNAPSHOT_TIME,
    Case,
)
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.steps import Progress

# The paper writes and plots (17) and (22) with the opposite sign of their part of dM/dt.
TORQUES = (Torque("torque_total_eq17", "total", -1.0), Torque("torque_thermal_eq22", "T", -1.0))
FIELD = "$E$ = −8 × 10³ V/m"


@dataclass(frozen=True)
class PaperFigure:
    """A figure of the paper: the runs it needs, how to draw it, and its caption."""

    number: int
    cases: tuple[Case, ...]
    draw: Callable[[Runs, str], Figure]
    caption: str


def draw_figure(number: int, runs: Runs, closure: str, folder: Path) -> list[Path]:
    """Write one figure as PNG and PDF."""
    figure = FIGURES[number].draw(runs, closure_note(closure, runs))
    return save_figure(figure, folder, f"figure-{number}")


def draw_animation(name: str, runs: Runs, closure: str, folder: Path, progress: Progress) -> Path:
    """Write S1 or S2 as a GIF."""
    cases = ANIMATIONS[name]
    title = f"{fixed(cases)}\n{closure_note(closure, runs)}"
    series = labelled(cases, runs)
    path, until = folder / f"{name}.gif", shown_time(series)
    return animate_series(series, path, title=title, until=until, progress=progress)


def _arrows_in_time(runs: Runs, note: str) -> Figure:
    title = f"{PAPER_WALL.kappa_label}, {PAPER_WALL.cold_end_label}, {FIELD}\n{note}"
    return arrows_at_times(runs[PAPER_WALL], ARROW_TIMES, title)


def _arrows_of_cold_ends(runs: Runs, note: str) -> Figure:
    title = f"$t$ = {SNAPSHOT_TIME * 1e9:g} ns, {fixed(COLD_END_SERIES)}\n{note}"
    return arrows_of_runs(labelled(COLD_END_SERIES, runs), SNAPSHOT_TIME, title)


def _means(cases: Sequence[Case]) -> Callable[[Runs, str], Figure]:
    def draw(runs: Runs, note: str) -> Figure:
        shown = labelled(cases, runs)
        return mean_magnetisation_figure(shown, f"{fixed(cases)}\n{note}", shown_time(shown))

    return draw


def _torques(cases: Sequence[Case]) -> Callable[[Runs, str], Figure]:
    def draw(runs: Runs, note: str) -> Figure:
        start = {name: run.isel(time=0) for name, run in labelled(cases, runs).items()}
        title = f"$t$ = 0, {fixed(cases)}\n{note}"
        return torques_figure(start, TORQUES, title=title)

    return draw


def shown_time(runs: Mapping[str, xr.Dataset]) -> float:
    """The time in s up to which the paper's pictures look: 1.6 of the longest settling time.

    Walls that have not settled are shown to their end.
    """
    settled = {name: float(run.attrs.get("settling_time", np.nan)) for name, run in runs.items()}
    ends = (float(run["time"][-1]) for run in runs.values())
    times = (1.6 * t if t > 0.0 else end for t, end in zip(settled.values(), ends, strict=True))
    longest = max(float(run["time"][-1]) for run in runs.values())
    return min(max(times), longest)


def labelled(cases: Sequence[Case], runs: Runs) -> dict[str, xr.Dataset]:
    by_kappa = len({case.kappa for case in cases}) > 1
    return {case.kappa_label if by_kappa else case.cold_end_label: runs[case] for case in cases}


def fixed(cases: Sequence[Case]) -> str:
    by_kappa = len({case.kappa for case in cases}) > 1
    held = cases[0].cold_end_label if by_kappa else cases[0].kappa_label
    return f"{held}, {FIELD}"


def closure_note(closure: str, runs: Runs) -> str:
    calibrated = next(iter(runs.values())).attrs.get("calibrated", "")
    mark = ", calibrated on $t_s$ = 0.15 ns at $\\kappa$ = 2 K/nm" if calibrated else ""
    return f"closure {closure}{mark}"


FIGURES = {
    figure.number: figure
    for figure in (
        PaperFigure(
            2,
            (PAPER_WALL,),
            _arrows_in_time,
            "Magnetisation M (green) and spin accumulation m (red) along the wire at several "
            "times, κ = 2 K/nm, T0 = 100 K. All arrows of m are in units of the largest |m| shown.",
        ),
        PaperFigure(
            3,
            KAPPA_SERIES,
            _means(KAPPA_SERIES),
            "Mean magnetisation ⟨M⟩(t) at five temperature gradients, T0 = 100 K. Dots mark the "
            "settling time t_s.",
        ),
        PaperFigure(
            4,
            KAPPA_SERIES,
            _torques(KAPPA_SERIES),
            "Total spin torque (17), (a) to (c), and thermal spin torque (22), (d) to (f), at "
            "t = 0 at five temperature gradients, T0 = 100 K. The sign is the paper's; the "
            "contribution to dM/dt is the opposite.",
        ),
        PaperFigure(
            5,
            COLD_END_SERIES,
            _arrows_of_cold_ends,
            "Magnetisation M (green) and spin accumulation m (red) at t = 0.05 ns at five "
            "cold-end temperatures, κ = 5 K/nm as in the paper's text (its caption says 2 K/nm). "
            "All arrows of m are in units of the largest |m| shown.",
        ),
        PaperFigure(
            6,
            COLD_END_SERIES,
            _means(COLD_END_SERIES),
            "Mean magnetisation ⟨M⟩(t) at five cold-end temperatures, κ = 5 K/nm. Dots mark the "
            "settling time t_s.",
        ),
        PaperFigure(
            7,
            COLD_END_SERIES,
            _torques(COLD_END_SERIES),
            "Total spin torque (17), (a) to (c), and thermal spin torque (22), (d) to (f), at "
            "t = 0 at five cold-end temperatures, κ = 5 K/nm. The sign is the paper's.",
        ),
    )
}
ANIMATIONS = {"S1": KAPPA_SERIES, "S2": COLD_END_SERIES}
ANIMATION_CAPTIONS = {
    "S1": "M (green) and m (red) in time at five temperature gradients, T0 = 100 K.",
    "S2": "M (green) and m (red) in time at five cold-end temperatures, κ = 5 K/nm.",
}
