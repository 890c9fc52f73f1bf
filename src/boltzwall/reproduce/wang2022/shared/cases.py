"""The wires of Wang et al., PRB 106, 054432 (2022), and the numbers that they print."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One wire: temperature gradient κ in K/nm and cold-end temperature T0 in K."""

    kappa: float
    cold_end: float

    @property
    def stem(self) -> str:
        """The name of its file."""
        return f"kappa-{self.kappa:g}_T0-{self.cold_end:g}"

    @property
    def words(self) -> str:
        return f"κ = {self.kappa:g} K/nm, T0 = {self.cold_end:g} K"

    @property
    def kappa_label(self) -> str:
        return f"$\\kappa$ = {self.kappa:g} K/nm"

    @property
    def cold_end_label(self) -> str:
        return f"$T_0$ = {self.cold_end:g} K"

    @property
    def temperature(self) -> dict[str, float]:
        """Section [temperature] of its configuration, in K and K/m."""
        return {"cold_end": self.cold_end, "gradient": self.kappa * 1e9}


Cases = Sequence[Case]
KAPPA_SERIES = tuple(Case(kappa, 100.0) for kappa in (0.5, 1.0, 2.0, 4.0, 6.0))
COLD_END_SERIES = tuple(Case(5.0, cold) for cold in (150.0, 175.0, 200.0, 225.0, 250.0))
BOTH_SERIES = (*KAPPA_SERIES, *COLD_END_SERIES)
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
