"""The table of numbers with both models."""

from collections.abc import Callable

import numpy as np

from boltzwall.reproduce.document import ReportTable
from boltzwall.reproduce.wang2022.shared import measures
from boltzwall.reproduce.wang2022.shared.cases import (
    BOTH_SERIES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    Case,
    Cases,
)
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.quantities import (
    NONE,
    PaperQuantity,
    digits,
    printed_settling_times,
    printed_velocities,
)
from boltzwall.reproduce.wang2022.side_by_side.wall_parameters import fitted

HEADER = ["quantity", "unit", "paper", "published model", "consistent model"]


def paired_table(published: Runs, consistent: Runs) -> ReportTable:
    """Every number of either model; "—" where the paper has none."""
    rows = []
    for quantity in _quantities():
        computed = [digits(quantity.measure(runs)) for runs in (published, consistent)]
        rows.append([quantity.name, quantity.unit, digits(quantity.paper), *computed])
    return ReportTable(HEADER, rows)


def _quantities() -> list[PaperQuantity]:
    return [
        *printed_settling_times().values(),
        *printed_velocities(),
        *(
            PaperQuantity(f"max|T| at {c.words}", "1/s", _size("torque_total", c))
            for c in BOTH_SERIES
        ),
        *(PaperQuantity(f"u at {c.words}", "m/s", _velocity(c)) for c in BOTH_SERIES),
        *(
            PaperQuantity(f"⟨M_z⟩ when the run ends, {c.words}", "", _last_z(c))
            for c in KAPPA_SERIES
        ),
        *_shares(PAPER_WALL),
        *_shares(KAPPA_SERIES[-1]),
        *_trends(),
        PaperQuantity(
            "charge continuity leaves, relative, at most", "", _worst("residual_charge_relative")
        ),
        PaperQuantity(
            "spin continuity leaves, relative, at most", "", _worst("residual_spin_relative")
        ),
    ]


def _shares(case: Case) -> list[PaperQuantity]:
    return [
        PaperQuantity(f"{symbol} over max|T| at {case.words}", "", _share(name, case), paper)
        for symbol, name, paper in (
            ("max|T| of the field", "torque_electrical", NONE),
            ("max|T| of the gradient", "torque_thermal", "> 0.5 (τ_T)"),
            ("max|T| without any drive", "torque_background", NONE),
        )
    ]


def _trends() -> list[PaperQuantity]:
    thermal, field = "torque_thermal", "torque_electrical"
    kappas, cold_ends = "κ = 6 over 0.5 K/nm", "T0 = 250 over 150 K"
    return [
        PaperQuantity(f"the gradient's torque, {kappas}", "", _growth(thermal, KAPPA_SERIES)),
        PaperQuantity(f"the gradient's torque, {cold_ends}", "", _growth(thermal, COLD_END_SERIES)),
        PaperQuantity(f"the field's torque, {cold_ends}", "", _growth(field, COLD_END_SERIES)),
    ]


def _size(name: str, case: Case) -> Callable[[Runs], float]:
    def measure(runs: Runs) -> float:
        frame = measures.start(runs[case])
        # The consistent model knows no torque without drive.
        return measures.size(frame[name]) if name in frame else 0.0

    return measure


def _share(name: str, case: Case) -> Callable[[Runs], float]:
    return lambda runs: _size(name, case)(runs) / _size("torque_total", case)(runs)


def _velocity(case: Case) -> Callable[[Runs], float]:
    return lambda runs: float(fitted(measures.start(runs[case])).u)


def _last_z(case: Case) -> Callable[[Runs], float]:
    return lambda runs: measures.last_z(runs[case])


def _growth(name: str, cases: Cases) -> Callable[[Runs], float]:
    return lambda runs: measures.growth(runs, name, cases)


def _worst(name: str) -> Callable[[Runs], float]:
    return lambda runs: float(np.max([run.attrs[name] for run in runs.values()]))
