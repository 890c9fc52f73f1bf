"""The paper's numbers beside the computed ones, closure by closure."""

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from boltzwall.io import replacing
from boltzwall.reproduce import measures
from boltzwall.reproduce.cases import (
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SETTLING_TIMES,
    WALL_VELOCITIES,
    Case,
)
from boltzwall.reproduce.runs import Runs

AGREEMENT = 0.1  # the paper reads its times off a plot, to one or two digits


@dataclass(frozen=True)
class Comparison:
    """One published statement: a number (compared to 10 %), a bound, or an ordering.

    ``published`` is the paper's number, or its words where it gives none; ``criterion`` says when
    a computed value agrees. ``calibrated`` names the closures that were set so that this very
    number comes out.
    """

    quantity: str
    unit: str
    published: float | str
    computed: Mapping[str, float]
    criterion: str = f"within {AGREEMENT:.0%}"
    holds: Callable[[float], bool] | None = None
    calibrated: Sequence[str] = field(default=())

    def verdict(self, closure: str) -> str:
        """``yes``, ``no`` or ``calibrated``."""
        if closure in self.calibrated:
            return "calibrated"
        value = self.computed[closure]
        if self.holds is not None:
            return "yes" if self.holds(value) else "no"
        assert isinstance(self.published, float)
        return "yes" if abs(value / self.published - 1.0) <= AGREEMENT else "no"


def compare(runs: Mapping[str, Runs]) -> list[Comparison]:
    """Every number that the paper prints about its runs, for each closure."""

    def each(measure: Callable[[Runs], float]) -> dict[str, float]:
        return {closure: measure(found) for closure, found in runs.items()}

    tuned = [c for c, found in runs.items() if found[PAPER_WALL].attrs.get("calibrated", "")]
    rows = []
    for case, seconds in SETTLING_TIMES.items():
        computed = each(lambda found, case=case: 1e9 * measures.settling_time(found[case]))  # type: ignore[misc]
        marked = tuned if case == PAPER_WALL else ()
        rows.append(
            Comparison(f"t_s at {_where(case)}", "ns", 1e9 * seconds, computed, calibrated=marked)
        )
    for case, speed in WALL_VELOCITIES.items():
        computed = each(lambda found, case=case: measures.wall_velocity(found[case]))  # type: ignore[misc]
        rows.append(Comparison(f"v = d/t_s at {_where(case)}", "m/s", speed, computed))
    return [*rows, *_orderings(each), *_statements(each)]


def _orderings(each: Callable[[Callable[[Runs], float]], dict[str, float]]) -> list[Comparison]:
    slow, fast = KAPPA_SERIES[0], KAPPA_SERIES[-1]
    published = SETTLING_TIMES[slow] / SETTLING_TIMES[fast]
    by_kappa = each(lambda found: _factor(KAPPA_SERIES, found))
    by_cold_end = each(lambda found: _factor(COLD_END_SERIES, found))
    ordered_kappa = each(lambda found: _falls(KAPPA_SERIES, found))
    ordered_cold_end = each(lambda found: _falls(COLD_END_SERIES, found))
    return [
        Comparison("t_s(κ = 0.5)/t_s(κ = 6 K/nm)", "", published, by_kappa),
        Comparison("t_s falls with every step of κ", "", "yes", ordered_kappa, "yes", bool),
        Comparison(
            "t_s(T0 = 150)/t_s(T0 = 250 K)", "", "> 1", by_cold_end, "> 1", lambda r: r > 1.0
        ),
        Comparison("t_s falls with every step of T0", "", "yes", ordered_cold_end, "yes", bool),
    ]


def _statements(each: Callable[[Callable[[Runs], float]], dict[str, float]]) -> list[Comparison]:
    least = each(lambda found: min(measures.thermal_share(found[c]) for c in KAPPA_SERIES))
    angle = each(lambda found: float(np.max([measures.final_angle(r) for r in found.values()])))
    left = each(lambda found: float(np.min([measures.final_alignment(r) for r in found.values()])))
    return [
        Comparison(
            "least max|τ_T|/max|τ_total| at t = 0", "", "> 0.5", least, "> 0.5", lambda s: s > 0.5
        ),
        Comparison(
            "largest angle of M and m at rest", "°", "M ∥ m", angle, "< 1°", lambda a: a < 1.0
        ),
        Comparison("least ⟨M_z⟩ at rest", "", "left domain", left, "> 0.98", lambda z: z > 0.98),
    ]


def _factor(cases: Sequence[Case], runs: Runs) -> float:
    times = measures.settling_times(cases, runs)
    return times[0] / times[-1]


def _falls(cases: Sequence[Case], runs: Runs) -> float:
    return float(measures.falls(measures.settling_times(cases, runs)))


def _where(case: Case) -> str:
    return f"κ = {case.kappa:g} K/nm, T0 = {case.cold_end:g} K"


def shown(value: float | str, row: Comparison | None = None) -> str:
    """A number to four digits; yes or no for an ordering; "not settled" where it is missing."""
    if isinstance(value, str):
        return value
    if row is not None and row.holds is bool:
        return "yes" if value else "no"
    return "not settled" if math.isnan(value) else f"{value:.4g}"


def brief_rows(rows: Sequence[Comparison]) -> tuple[list[str], list[list[str]]]:
    """The table in fewer columns, for reading: number and verdict in one."""
    closures = list(rows[0].computed)
    cells = []
    for row in rows:
        quantity = f"{row.quantity}, {row.unit}" if row.unit else row.quantity
        line = [quantity, shown(row.published), row.criterion]
        for closure in closures:
            value, verdict = shown(row.computed[closure], row), row.verdict(closure)
            line.append(verdict if value == verdict else f"{value}:\u00a0{verdict}")
        cells.append(line)
    return ["quantity", "paper", "agrees if", *closures], cells


def comparison_rows(rows: Sequence[Comparison]) -> tuple[list[str], list[list[str]]]:
    """Header and cells of the table: for each closure its number and whether it agrees."""
    closures = list(rows[0].computed)
    header = ["quantity", "unit", "paper", "agrees if"]
    for closure in closures:
        header += [closure, f"{closure} agrees"]
    cells = []
    for row in rows:
        line = [row.quantity, row.unit, shown(row.published), row.criterion]
        for closure in closures:
            line += [shown(row.computed[closure], row), row.verdict(closure)]
        cells.append(line)
    return header, cells


def settling_rows(runs: Mapping[str, Runs]) -> tuple[list[str], list[list[str]]]:
    """Header and cells of the settling times and velocities of every run."""
    header = ["κ (K/nm)", "T0 (K)"]
    for closure in runs:
        header += [f"t_s (ns), {closure}", f"v (m/s), {closure}"]
    cells = []
    for case in (*KAPPA_SERIES, *COLD_END_SERIES):
        line = [f"{case.kappa:g}", f"{case.cold_end:g}"]
        for found in runs.values():
            line += [
                shown(1e9 * measures.settling_time(found[case])),
                shown(measures.wall_velocity(found[case])),
            ]
        cells.append(line)
    return header, cells


def write_csv(path: Path, header: Sequence[str], cells: Sequence[Sequence[str]]) -> Path:
    """Write a table as CSV, whole or not at all."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *cells])
    with replacing(path) as temporary:
        temporary.write_text(text.getvalue(), encoding="utf-8")
    return path
