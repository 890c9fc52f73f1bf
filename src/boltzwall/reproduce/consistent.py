"""The paper's wires with the consistent model, beside the published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.reproduce.beside import PAIR_FIGURES, Pair, draw_pair, draw_pair_animation
from boltzwall.reproduce.cases import COLD_END_SERIES, CONSISTENT, KAPPA_SERIES, Case
from boltzwall.reproduce.consistent_findings import STREAMS, Look, consistent_findings
from boltzwall.reproduce.consistent_numbers import HEADER, number_rows
from boltzwall.reproduce.consistent_report import write_consistent_report
from boltzwall.reproduce.figures import ANIMATIONS
from boltzwall.reproduce.numbers import write_csv
from boltzwall.reproduce.runs import Runs, obtain_runs, run_files
from boltzwall.reproduce.steps import (
    ANIMATION_WEIGHT,
    FIGURE_WEIGHT,
    RUN_WEIGHT,
    Progress,
    Steps,
)

CONSISTENT_WEIGHT, LOOK_WEIGHT = 12.0, 60.0


@dataclass(frozen=True)
class ConsistentTask:
    """Both models into ``folder``; the published one with ``closure``."""

    folder: Path
    closure: str

    def some(self, figures: Sequence[int], progress: Progress | None) -> list[Path]:
        """The chosen figures and the runs that they need."""
        numbers = sorted(set(figures))
        cases = list(dict.fromkeys(case for n in numbers for case in PAIR_FIGURES[n].cases))
        steps = Steps(progress, _weight(cases) + FIGURE_WEIGHT * len(numbers))
        pair = self._pair(cases, steps)
        paths = self._run_files(cases) + self._figures(numbers, pair, steps)
        steps.finish()
        return paths

    def everything(self, progress: Progress | None) -> list[Path]:
        """All figures, animations, the table of numbers and the report."""
        cases = [*KAPPA_SERIES, *COLD_END_SERIES]
        total = _weight(cases) + FIGURE_WEIGHT * len(PAIR_FIGURES) + LOOK_WEIGHT
        steps = Steps(progress, total + 2 * ANIMATION_WEIGHT * len(ANIMATIONS))
        pair = self._pair(cases, steps)
        paths = self._run_files(cases) + self._figures(list(PAIR_FIGURES), pair, steps)
        paths += self._animations(pair, steps)
        report = steps.begin(LOOK_WEIGHT, "numbers and findings")
        looks = {}
        for done, streams in enumerate(STREAMS):
            report(done, len(STREAMS), f"{streams} streams at t = 0")
            looks[streams] = Look.at(streams)
        findings = consistent_findings(pair.published, pair.consistent, looks)
        table = number_rows(pair.published, pair.consistent)
        paths.append(write_csv(self.folder / "numbers.csv", HEADER, table))
        paths += write_consistent_report(self.folder, pair, looks, findings)
        steps.finish()
        return paths

    @property
    def _run_folder(self) -> Path:
        return self.folder / "runs"

    def _run_files(self, cases: Sequence[Case]) -> list[Path]:
        return [
            path
            for treatment in (self.closure, CONSISTENT)
            for path in run_files(cases, treatment, self._run_folder)
        ]

    def _pair(self, cases: Sequence[Case], steps: Steps) -> Pair:
        published = self._runs(cases, self.closure, f"closure {self.closure}", RUN_WEIGHT, steps)
        consistent = self._runs(cases, CONSISTENT, "consistent model", CONSISTENT_WEIGHT, steps)
        return Pair(published, consistent, self.closure)

    def _runs(
        self, cases: Sequence[Case], treatment: str, name: str, weight: float, steps: Steps
    ) -> Runs:
        report = steps.begin(weight * len(cases), f"{len(cases)} runs, {name}")
        return obtain_runs(cases, treatment, self._run_folder, report)

    def _animations(self, pair: Pair, steps: Steps) -> list[Path]:
        folder = self.folder / "animations"
        return [
            draw_pair_animation(name, column, folder, steps.begin(ANIMATION_WEIGHT, "animation"))
            for name in ANIMATIONS
            for column in pair.columns
        ]

    def _figures(self, numbers: Sequence[int], pair: Pair, steps: Steps) -> list[Path]:
        paths = []
        for number in numbers:
            steps.begin(FIGURE_WEIGHT, f"figure {number}")
            paths += draw_pair(number, pair, self.folder / "figures")
        return paths


def _weight(cases: Sequence[Case]) -> float:
    return (RUN_WEIGHT + CONSISTENT_WEIGHT) * len(cases)
