"""How a run treats the electrons: the model, and the settings that the paper leaves open."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, final

from boltzwall.config import Config, load_config
from boltzwall.config.closures import CLOSURES
from boltzwall.reproduce.wang2022.shared.cases import COLD_END_SERIES, KAPPA_SERIES, Case

CLOSURE_NAMES = tuple(CLOSURES)
DEFAULT_CLOSURE = "activated"
CONSISTENT_STREAMS = 8
SAVES = 25
# s, with the consistent model: about 1/max|T| at t = 0, and less at 0.5 and 1 K/nm, where M later
# winds up at the hot end more tightly than the cells resolve.
RUN_ENDS = {
    **dict(zip(KAPPA_SERIES, (6e-7, 6e-7, 4.4e-7, 1.6e-7, 9.3e-8), strict=True)),
    **dict(zip(COLD_END_SERIES, (7.6e-8, 6.4e-8, 5.6e-8, 4.9e-8, 4.4e-8), strict=True)),
}


@dataclass(frozen=True)
class Overrides:
    """Changes of the paper's wires for the runs of each model, as "section.key=value" texts."""

    published: tuple[str, ...] = ()
    consistent: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Overrides":
        """Each text changes both models, or the one whose name and a dot it begins with."""
        return cls(
            _meant(texts, "published", "consistent"), _meant(texts, "consistent", "published")
        )


def _meant(texts: Sequence[str], model: str, other: str) -> tuple[str, ...]:
    return tuple(
        text.removeprefix(f"{model}.") for text in texts if not text.startswith(f"{other}.")
    )


@dataclass(frozen=True)
class Treatment(ABC):
    """One way to treat the electrons, with ``overrides`` of the paper's wires."""

    overrides: tuple[str, ...] = ()

    together: ClassVar[int]
    """How many runs are computed in one batch."""
    seconds: ClassVar[float]
    """What a run takes on a typical machine, for the progress."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The folder of its runs, and its column in tables."""

    @property
    @abstractmethod
    def title(self) -> str:
        """In words."""

    @property
    @abstractmethod
    def transport(self) -> Mapping[str, Any]:
        """Section [transport] of a run's configuration."""

    @abstractmethod
    def dynamics(self, case: Case) -> Mapping[str, Any]:
        """Section [dynamics] of a run's configuration."""

    def config(self, case: Case) -> Config:
        """The run of one wire; raises ``InputError`` for overrides that no run can have."""
        return self._load(case, {"dynamics": self.dynamics(case)}, ())

    def instant(self, case: Case, *changes: str) -> Config:
        """The same wire for a solution at t = 0, with ``changes`` after the overrides."""
        return self._load(case, {}, changes)

    def _load(self, case: Case, more: Mapping[str, Any], changes: Sequence[str]) -> Config:
        wall = {"temperature": case.temperature, "transport": dict(self.transport), **more}
        return load_config(wall, (*self.overrides, *changes))


@final
@dataclass(frozen=True)
class ClosureTreatment(Treatment):
    """The published model with a named closure."""

    closure: str = DEFAULT_CLOSURE

    together: ClassVar[int] = 10  # the κ and the T0 series
    seconds: ClassVar[float] = 5.0

    @property
    def name(self) -> str:
        return self.closure

    @property
    def title(self) -> str:
        return f"closure {self.closure}"

    @property
    def transport(self) -> Mapping[str, Any]:
        return {"closure": self.closure}

    def dynamics(self, case: Case) -> Mapping[str, Any]:
        """States often enough to tell the settling times, which are shorter at higher T0."""
        return {"save_interval": 1e-12 if case.cold_end > 100.0 else 2e-12}


@final
@dataclass(frozen=True)
class ConsistentTreatment(Treatment):
    """The consistent model with Table I."""

    together: ClassVar[int] = 1  # in a batch, the iterations of runs would wait for one another
    seconds: ClassVar[float] = 12.0

    @property
    def name(self) -> str:
        return "consistent"

    @property
    def title(self) -> str:
        return "consistent model"

    @property
    def transport(self) -> Mapping[str, Any]:
        """16 momenta change the torque of this wire by 2e-4 against 32; M moves 0.02 meanwhile."""
        return {
            "model": "consistent",
            "streams": CONSISTENT_STREAMS,
            "momentum_nodes": 16,
            "update": 2e-2,
        }

    def dynamics(self, case: Case) -> Mapping[str, Any]:
        """For about the time in which the first torque turns M by 1.

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
