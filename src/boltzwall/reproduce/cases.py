"""The runs of Wang et al., PRB 106, 054432 (2022), and the numbers that they print."""

from dataclasses import dataclass
from typing import Any

from boltzwall.config import Config, load_config
from boltzwall.config.closures import CLOSURES

CLOSURE_NAMES = tuple(CLOSURES)
DEFAULT_CLOSURE = "activated"
CONSISTENT = "consistent"  # in the place of a closure's name


@dataclass(frozen=True)
class Case:
    """One wire: temperature gradient κ in K/nm and cold-end temperature T0 in K."""

    kappa: float
    cold_end: float

    @property
    def stem(self) -> str:
        return f"kappa-{self.kappa:g}_T0-{self.cold_end:g}"

    @property
    def kappa_label(self) -> str:
        return f"$\\kappa$ = {self.kappa:g} K/nm"

    @property
    def cold_end_label(self) -> str:
        return f"$T_0$ = {self.cold_end:g} K"

    def config(self, treatment: str, **drive: Any) -> Config:
        """The default wall of the paper at this κ and T0, with a named closure or `CONSISTENT`.

        States are saved often enough to tell the settling times, which at higher T0 are shorter.
        """
        consistent = treatment == CONSISTENT
        interval = 1e-12 if self.cold_end > 100.0 else 2e-12
        return load_config(
            {
                "temperature": {"cold_end": self.cold_end, "gradient": self.kappa * 1e9},
                "transport": CONSISTENT_TRANSPORT if consistent else {"closure": treatment},
                "drive": drive,
                "dynamics": (
                    consistent_dynamics(self) if consistent else {"save_interval": interval}
                ),
            }
        )

    def transport_config(self, streams: int, **drive: Any) -> Config:
        """The same wire for one solution with the consistent model."""
        return load_config(
            {
                "temperature": {"cold_end": self.cold_end, "gradient": self.kappa * 1e9},
                "transport": {**CONSISTENT_TRANSPORT, "streams": streams},
                "drive": drive,
            }
        )


KAPPA_SERIES = tuple(Case(kappa, 100.0) for kappa in (0.5, 1.0, 2.0, 4.0, 6.0))
COLD_END_SERIES = tuple(Case(5.0, cold) for cold in (150.0, 175.0, 200.0, 225.0, 250.0))
# What the caption of Fig. 5 says, against the text.
CAPTION_SERIES = tuple(Case(2.0, case.cold_end) for case in COLD_END_SERIES)
PAPER_WALL = Case(2.0, 100.0)
ARROW_TIMES = (0.0, 0.05e-9, 0.1e-9, 0.15e-9)  # s, Fig. 2
SNAPSHOT_TIME = 0.05e-9  # s, Fig. 5

SETTLING_TIMES = {  # s, Sec. III A
    Case(0.5, 100.0): 0.23e-9,
    Case(2.0, 100.0): 0.15e-9,
    Case(6.0, 100.0): 0.08e-9,
}
WALL_VELOCITIES = {Case(0.5, 100.0): 21.7, Case(6.0, 100.0): 62.5}  # m/s, Sec. III A

# 16 momenta change the torque of this wire by 2e-4 against 32; M moves 0.02 between solutions.
CONSISTENT_TRANSPORT: dict[str, Any] = {
    "model": CONSISTENT,
    "streams": 8,
    "momentum_nodes": 16,
    "update": 2e-2,
}
SAVES = 25
# s, with the consistent model: about 1/max|T| at t = 0, and less at 0.5 and 1 K/nm, where M later
# winds up at the hot end more tightly than the cells resolve.
RUN_ENDS = {
    **dict(zip(KAPPA_SERIES, (6e-7, 6e-7, 4.4e-7, 1.6e-7, 9.3e-8), strict=True)),
    **dict(zip(COLD_END_SERIES, (7.6e-8, 6.4e-8, 5.6e-8, 4.9e-8, 4.4e-8), strict=True)),
}


def consistent_dynamics(case: Case) -> dict[str, Any]:
    """The run of the consistent model: for about the time in which its first torque turns M by 1.

    Without an exchange field nothing keeps M smooth; later it winds up where the wall arrives.
    """
    end = RUN_ENDS[case]
    return {
        "end_time": end,
        "save_interval": end / SAVES,
        "stop": "end",
        "relative_tolerance": 1e-4,
        "absolute_tolerance": 1e-6,
        "checkpoint_interval": SAVES,
    }
