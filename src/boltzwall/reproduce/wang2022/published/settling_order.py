"""Whether the settling times fall along a series of wires, and by what factor."""

import math
from dataclasses import dataclass

from boltzwall.reproduce.wang2022.shared.cases import Cases
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import falls, settling_times


@dataclass(frozen=True)
class SettlingOrder:
    """``holds`` if each t_s is less than the one before; ``factor`` is the first over the last."""

    holds: bool
    factor: float

    @classmethod
    def of(cls, cases: Cases, runs: Runs) -> "SettlingOrder":
        """Along ``cases``; the factor is NaN where a run had not come to rest."""
        times = settling_times(cases, runs)
        return cls(falls(times), times[0] / times[-1])

    @property
    def text(self) -> str:
        if math.isnan(self.factor):
            return "not known: a run had not come to rest"
        return f"{'yes' if self.holds else 'no'}, first over last {self.factor:.5g}"
