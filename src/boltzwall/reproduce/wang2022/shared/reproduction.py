"""What a reproduction does, with either model: runs, figures, animations, numbers, report."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from boltzwall.progress import Report
from boltzwall.reproduce.steps import ANIMATION_WEIGHT, FIGURE_WEIGHT, Steps
from boltzwall.reproduce.wang2022.shared.cases import Cases
from boltzwall.reproduce.wang2022.shared.figures import (
    ANIMATIONS,
    Figures,
    Shown,
    draw_animation,
    draw_figure,
)
from boltzwall.reproduce.wang2022.shared.kept_runs import Found, Runs, obtain_runs, run_files
from boltzwall.reproduce.wang2022.shared.treatments import Overrides, Treatment

Wanted = Mapping[Treatment, Cases]


@dataclass(frozen=True)
class PaperReproduction(ABC):
    """The paper's figures and numbers into ``folder``, the published model with ``closure``."""

    folder: Path
    closure: str
    overrides: Overrides

    figures: ClassVar[Figures]
    numbers_weight: ClassVar[float]

    @property
    @abstractmethod
    def drawn(self) -> tuple[Treatment, ...]:
        """The treatments that the figures show, in the order of their computation."""

    @property
    @abstractmethod
    def wanted(self) -> Wanted:
        """Every run of ``everything``, in the order of their computation."""

    @abstractmethod
    def shown(self, found: Found) -> tuple[Shown, ...]:
        """The runs of ``drawn`` as the figures show them."""

    @abstractmethod
    def write_numbers(self, found: Found, progress: Report) -> list[Path]:
        """Write the tables of numbers and the report."""

    def some(self, figures: Sequence[int], progress: Report | None) -> list[Path]:
        """The chosen figures and the runs that they need; returns the files."""
        numbers = sorted(set(figures))
        cases = list(dict.fromkeys(c for n in numbers for c in self.figures[n].cases))
        wanted = dict.fromkeys(self.drawn, cases)
        steps = Steps(progress, _weight(wanted) + FIGURE_WEIGHT * len(numbers))
        found = self._runs(wanted, steps)
        paths = self._run_files(wanted) + self._figures(numbers, self.shown(found), steps)
        steps.finish()
        return paths

    def everything(self, progress: Report | None) -> list[Path]:
        """All figures, animations, the tables of numbers and the report; returns the files."""
        moving = ANIMATION_WEIGHT * len(ANIMATIONS) * len(self.drawn)
        drawing = FIGURE_WEIGHT * len(self.figures) + moving
        steps = Steps(progress, _weight(self.wanted) + drawing + self.numbers_weight)
        found = self._runs(self.wanted, steps)
        models = self.shown(found)
        paths = self._run_files(self.wanted) + self._figures(list(self.figures), models, steps)
        paths += self._animations(models, steps)
        report = steps.begin(self.numbers_weight, "numbers and findings")
        paths += self.write_numbers(found, report)
        steps.finish()
        return paths

    def _runs(self, wanted: Wanted, steps: Steps) -> dict[str, Runs]:
        found = {}
        for treatment, cases in wanted.items():
            message = f"{len(cases)} runs, {treatment.title}"
            report = steps.begin(treatment.seconds * len(cases), message)
            found[treatment.name] = obtain_runs(cases, treatment, self.folder / "runs", report)
        return found

    def _run_files(self, wanted: Wanted) -> list[Path]:
        folder = self.folder / "runs"
        return [path for t, cases in wanted.items() for path in run_files(cases, t, folder)]

    def _figures(self, numbers: Sequence[int], models: Sequence[Shown], steps: Steps) -> list[Path]:
        paths = []
        for number in numbers:
            steps.begin(FIGURE_WEIGHT, f"figure {number}")
            paths += draw_figure(number, self.figures[number], models, self.folder / "figures")
        return paths

    def _animations(self, models: Sequence[Shown], steps: Steps) -> list[Path]:
        folder = self.folder / "animations"
        return [
            path
            for name in ANIMATIONS
            for model in models
            for path in draw_animation(
                name, model, folder, steps.begin(ANIMATION_WEIGHT, "animation")
            )
        ]


def _weight(wanted: Wanted) -> float:
    return sum(treatment.seconds * len(cases) for treatment, cases in wanted.items())
