"""Solutions of the consistent model at t = 0 that no run holds."""

from dataclasses import dataclass

import xarray as xr

from boltzwall.reproduce.wang2022.shared.cases import PAPER_WALL, Case
from boltzwall.reproduce.wang2022.shared.treatments import CONSISTENT_STREAMS, ConsistentTreatment
from boltzwall.simulation import solve_transport

STREAMS = (2, CONSISTENT_STREAMS)


@dataclass(frozen=True)
class StartSolutions:
    """The paper's wall at t = 0 without drive, with the gradient alone, and with both drives."""

    nothing: xr.Dataset
    gradient: xr.Dataset
    both: xr.Dataset

    @classmethod
    def of(cls, treatment: ConsistentTreatment, streams: int) -> "StartSolutions":
        """For electrons of so many streams."""
        count, no_field = f"transport.streams={streams}", "drive.electric_field=0.0"
        flat = treatment.instant(Case(0.0, PAPER_WALL.cold_end), count, no_field)
        alone = treatment.instant(PAPER_WALL, count, no_field)
        both = treatment.instant(PAPER_WALL, count)
        return cls(*(solve_transport(config, progress=False) for config in (flat, alone, both)))


StartsByStreams = dict[int, StartSolutions]
