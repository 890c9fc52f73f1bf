"""The paper's numbers beside the computed ones, closure by closure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from boltzwall.reproduce.document import ReportTable
from boltzwall.reproduce.wang2022.published.settling_order import SettlingOrder
from boltzwall.reproduce.wang2022.shared import measures
from boltzwall.reproduce.wang2022.shared.cases import (
    BOTH_SERIES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SETTLING_TIMES,
    Case,
    Cases,
)
from boltzwall.reproduce.wang2022.shared.kept_runs import Found, Runs
from boltzwall.reproduce.wang2022.shared.quantities import (
    YES,
    Criterion,
    PaperQuantity,
    digits,
    printed_settling_times,
    printed_velocities,
)


@dataclass(frozen=True)
class Comparison:
    """One published statement (a number, a bound, or an ordering) and what each closure gives.

    ``calibrated`` names the closures that were set so that this very number comes out.
    """

    quantity: PaperQuantity
    computed: Mapping[str, float]
    calibrated: Sequence[str] = field(default=())

    def verdict(self, closure: str) -> str:
        """``yes``, ``no`` or ``calibrated``."""
        if closure in self.calibrated:
            return "calibrated"
        return "yes" if self.quantity.agrees(self.computed[closure]) else "no"

    def shown(self, closure: str) -> str:
        """What the closure gives."""
        return self.quantity.shown(self.computed[closure])


def compare(found: Found) -> list[Comparison]:
    """Every number that the paper prints about its runs, for each closure."""
    tuned = [name for name, runs in found.items() if measures.calibrated_on(runs)]
    rows = [
        Comparison(time, _each(time, found), calibrated=tuned if case == PAPER_WALL else ())
        for case, time in printed_settling_times().items()
    ]
    others = (*printed_velocities(), *_STATEMENTS)
    return [*rows, *(Comparison(quantity, _each(quantity, found)) for quantity in others)]


def _each(quantity: PaperQuantity, found: Found) -> dict[str, float]:
    return {name: quantity.measure(runs) for name, runs in found.items()}


def _factor(cases: Cases) -> Callable[[Runs], float]:
    return lambda runs: SettlingOrder.of(cases, runs).factor


def _falls(cases: Cases) -> Callable[[Runs], float]:
    return lambda runs: float(SettlingOrder.of(cases, runs).holds)


def _thermal_share(case: Case) -> Callable[[Runs], float]:
    return lambda runs: measures.thermal_share(runs[case])


def _largest_angle(runs: Runs) -> float:
    return float(np.max([measures.final_angle(run) for run in runs.values()]))


def _least_alignment(runs: Runs) -> float:
    return float(np.min([measures.final_alignment(run) for run in runs.values()]))


_FALL_WITH_KAPPA = SETTLING_TIMES[KAPPA_SERIES[0]] / SETTLING_TIMES[KAPPA_SERIES[-1]]
_STATEMENTS = (
    PaperQuantity("t_s(κ = 0.5)/t_s(κ = 6 K/nm)", "", _factor(KAPPA_SERIES), _FALL_WITH_KAPPA),
    PaperQuantity("t_s falls with every step of κ", "", _falls(KAPPA_SERIES), "yes", YES),
    PaperQuantity(
        "t_s(T0 = 150)/t_s(T0 = 250 K)",
        "",
        _factor(COLD_END_SERIES),
        "> 1",
        Criterion("> 1", lambda ratio: ratio > 1.0),
    ),
    PaperQuantity("t_s falls with every step of T0", "", _falls(COLD_END_SERIES), "yes", YES),
    *(
        PaperQuantity(
            f"max|τ_T|/max|τ_total| at t = 0, {case.words}",
            "",
            _thermal_share(case),
            "> 0.5",
            Criterion("> 0.5", lambda share: share > 0.5),
        )
        for case in KAPPA_SERIES
    ),
    PaperQuantity(
        "largest angle of M and m at rest",
        "°",
        _largest_angle,
        "M ∥ m",
        Criterion("< 1°", lambda angle: angle < 1.0),
    ),
    PaperQuantity(
        "least ⟨M_z⟩ at rest",
        "",
        _least_alignment,
        "left domain",
        Criterion("> 0.98", lambda z: z > 0.98),
    ),
)


def brief_table(rows: Sequence[Comparison]) -> ReportTable:
    """The comparisons in few columns, for reading: number and verdict in one."""
    closures = list(rows[0].computed)
    lines = []
    for row in rows:
        quantity = row.quantity
        name = f"{quantity.name}, {quantity.unit}" if quantity.unit else quantity.name
        cells = [_brief(row.shown(closure), row.verdict(closure)) for closure in closures]
        lines.append([name, digits(quantity.paper), quantity.agrees_if, *cells])
    return ReportTable(["quantity", "paper", "agrees if", *closures], lines)


def _brief(value: str, verdict: str) -> str:
    return verdict if value == verdict else f"{value}:\u00a0{verdict}"


def comparison_table(rows: Sequence[Comparison]) -> ReportTable:
    """The comparisons: for each closure its number and whether it agrees."""
    closures = list(rows[0].computed)
    header = ["quantity", "unit", "paper", "agrees if"]
    header += [title for closure in closures for title in (closure, f"{closure} agrees")]
    lines = []
    for row in rows:
        quantity = row.quantity
        line = [quantity.name, quantity.unit, digits(quantity.paper), quantity.agrees_if]
        for closure in closures:
            line += [row.shown(closure), row.verdict(closure)]
        lines.append(line)
    return ReportTable(header, lines)


def settling_table(found: Found) -> ReportTable:
    """The settling times and velocities of every run."""
    header = ["κ (K/nm)", "T0 (K)"]
    header += [title for name in found for title in (f"t_s (ns), {name}", f"v (m/s), {name}")]
    lines = []
    for case in BOTH_SERIES:
        line = [f"{case.kappa:g}", f"{case.cold_end:g}"]
        for runs in found.values():
            line.append(digits(1e9 * measures.settling_time(runs[case])))
            line.append(digits(measures.wall_velocity(runs[case])))
        lines.append(line)
    return ReportTable(header, lines)
