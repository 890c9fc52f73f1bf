"""Quantities that are read off the runs of a model, beside what the paper prints of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from boltzwall.reproduce.wang2022.shared.cases import SETTLING_TIMES, WALL_VELOCITIES, Case
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import settling_time, wall_velocity

NONE = "—"
AGREEMENT = 0.1  # the paper reads its times off a plot, to one or two digits


@dataclass(frozen=True)
class Criterion:
    """When a computed value agrees with the paper: in words, and as a test."""

    words: str
    holds: Callable[[float], bool]


YES = Criterion("yes", bool)


@dataclass(frozen=True)
class PaperQuantity:
    """``measure`` gives it in ``unit``; ``paper`` is the paper's number, or its words.

    Without a criterion, a value agrees that is within `AGREEMENT` of the paper's number.
    """

    name: str
    unit: str
    measure: Callable[[Runs], float]
    paper: float | str = NONE
    criterion: Criterion | None = None

    @property
    def agrees_if(self) -> str:
        return self.criterion.words if self.criterion else f"within {AGREEMENT:.0%}"

    def agrees(self, value: float) -> bool:
        """Whether a computed value is what the paper says."""
        if self.criterion is not None:
            return self.criterion.holds(value)
        assert isinstance(self.paper, float)
        return abs(value / self.paper - 1.0) <= AGREEMENT

    def shown(self, value: float) -> str:
        """A computed value, as a word where the paper's statement is an ordering."""
        if self.criterion is YES:
            return "yes" if value else "no"
        return digits(value)


def printed_settling_times() -> dict[Case, PaperQuantity]:
    """Each t_s that the paper prints, in ns."""
    return {
        case: PaperQuantity(f"t_s at {case.words}", "ns", partial(_settling, case), 1e9 * seconds)
        for case, seconds in SETTLING_TIMES.items()
    }


def printed_velocities() -> list[PaperQuantity]:
    """Each d/t_s that the paper prints."""
    return [
        PaperQuantity(f"v = d/t_s at {case.words}", "m/s", partial(_velocity, case), speed)
        for case, speed in WALL_VELOCITIES.items()
    ]


def digits(value: float | str) -> str:
    """A number to four digits, words as they are, "not settled" where there is no number."""
    if isinstance(value, str):
        return value
    return "not settled" if math.isnan(value) else f"{value:.4g}"


def _settling(case: Case, runs: Runs) -> float:
    return 1e9 * settling_time(runs[case])


def _velocity(case: Case, runs: Runs) -> float:
    return wall_velocity(runs[case])
