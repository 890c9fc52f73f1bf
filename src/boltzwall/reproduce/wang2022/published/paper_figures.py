"""Figures 2 to 7 of the paper, with the published model alone."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from boltzwall.plot import (
    ComparedTorque,
    arrows_at_times,
    arrows_of_runs,
    mean_magnetisation_figure,
    torques_figure,
)
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
from boltzwall.reproduce.wang2022.shared.measures import settling_times, start

# The paper writes and plots (17) and (22) with the opposite sign of their part of dM/dt.
TORQUES = (
    ComparedTorque("torque_total_eq17", "total", -1.0),
    ComparedTorque("torque_thermal_eq22", "T", -1.0),
)


def settled_early(runs: Runs) -> list[float]:
    """Settling times in s of those walls of Fig. 5 that have settled before its time."""
    return [t for t in settling_times(COLD_END_SERIES, runs) if t < SNAPSHOT_TIME]


def _arrows_in_time(cases: Cases, models: Sequence[Shown]) -> Figure:
    (case,), (model,) = cases, models
    title = f"{case.kappa_label}, {case.cold_end_label}, {FIELD}\n{model.title}"
    return arrows_at_times(model.runs[case], ARROW_TIMES, title)


def _arrows_of_cold_ends(cases: Cases, models: Sequence[Shown]) -> Figure:
    (model,) = models
    title = f"$t$ = {SNAPSHOT_TIME * 1e9:g} ns, {fixed(cases)}\n{model.title}"
    return arrows_of_runs(labelled(cases, model.runs), SNAPSHOT_TIME, title)


def _means(cases: Cases, models: Sequence[Shown]) -> Figure:
    (model,) = models
    runs = labelled(cases, model.runs)
    return mean_magnetisation_figure(runs, f"{fixed(cases)}\n{model.title}", shown_time(runs))


def _torques(cases: Cases, models: Sequence[Shown]) -> Figure:
    (model,) = models
    profiles = {name: start(run) for name, run in labelled(cases, model.runs).items()}
    return torques_figure(profiles, TORQUES, title=f"$t$ = 0, {fixed(cases)}\n{model.title}")


def _how_many_settled(models: Sequence[Shown]) -> str:
    times = settled_early(models[0].runs)
    if not times:
        return ""
    return (
        f" Here {len(times)} of {len(COLD_END_SERIES)} walls have settled before this time, after "
        f"{1e9 * min(times):.3g} to {1e9 * max(times):.3g} ns: their strips differ in m alone."
    )


_TORQUES = (
    "Total spin torque (17), (a) to (c), and thermal spin torque (22), (d) to (f), at t = 0 at "
    "five {series}. The sign is the paper's"
)
_MEANS = "Mean magnetisation ⟨M⟩(t) at five {series}. Dots mark the settling time t_s."
_KAPPAS = "temperature gradients, T0 = 100 K"
_COLD_ENDS = "cold-end temperatures, κ = 5 K/nm"
FIGURES = {
    2: PaperFigure(
        (PAPER_WALL,),
        _arrows_in_time,
        "Magnetisation M (green) and spin accumulation m (red) along the wire at several "
        "times, κ = 2 K/nm, T0 = 100 K. All arrows of m are in units of the largest |m| shown.",
    ),
    3: PaperFigure(KAPPA_SERIES, _means, _MEANS.format(series=_KAPPAS)),
    4: PaperFigure(
        KAPPA_SERIES,
        _torques,
        f"{_TORQUES.format(series=_KAPPAS)}; the contribution to dM/dt is the opposite.",
    ),
    5: PaperFigure(
        COLD_END_SERIES,
        _arrows_of_cold_ends,
        "Magnetisation M (green) and spin accumulation m (red) at t = 0.05 ns at five "
        "cold-end temperatures, κ = 5 K/nm as in the paper's text (its caption says 2 K/nm). "
        "All arrows of m are in units of the largest |m| shown.",
        _how_many_settled,
    ),
    6: PaperFigure(COLD_END_SERIES, _means, _MEANS.format(series=_COLD_ENDS)),
    7: PaperFigure(COLD_END_SERIES, _torques, f"{_TORQUES.format(series=_COLD_ENDS)}."),
}
