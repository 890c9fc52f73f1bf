"""The paper of Wang et al. from its equations to its figures: ``reproduce_wang2022``."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.errors import InputError
from boltzwall.io import make_folder
from boltzwall.reproduce.cases import (
    CAPTION_SERIES,
    CLOSURE_NAMES,
    COLD_END_SERIES,
    DEFAULT_CLOSURE,
    KAPPA_SERIES,
    Case,
)
from boltzwall.reproduce.consistent import ConsistentTask
from boltzwall.reproduce.figures import ANIMATIONS, FIGURES, draw_animation, draw_figure
from boltzwall.reproduce.findings import all_findings
from boltzwall.reproduce.numbers import compare, comparison_rows, settling_rows, write_csv
from boltzwall.reproduce.report import write_report
from boltzwall.reproduce.runs import Runs, obtain_runs, run_files
from boltzwall.reproduce.steps import (
    ANIMATION_WEIGHT,
    FIGURE_WEIGHT,
    FINDINGS_WEIGHT,
    RUN_WEIGHT,
    Progress,
    Steps,
)


def reproduce_wang2022(
    folder: str | Path,
    *,
    figures: Sequence[int] | None = None,
    closure: str | None = None,
    model: str = "published",
    progress: Progress | None = None,
) -> list[Path]:
    """Compute Figs 2 to 7, S1, S2, the table of numbers and the report; returns the files.

    Runs that an earlier call left in ``folder`` are used again, so that an interrupted call goes
    on where it stopped.

    Arguments:
        figures: only these figures, without animations, table and report.
        closure: a named closure for the figures; without it, `activated`.
        model: "published", or "consistent" for both models side by side: the consistent one and
            the published one with the closure.

    Raises ``InputError`` for an unknown figure, closure or model, or an unwritable folder.
    """
    closure = closure or DEFAULT_CLOSURE
    _check(figures, closure, model)
    task = TASKS[model](make_folder(folder), closure)
    return task.some(figures, progress) if figures else task.everything(progress)


@dataclass(frozen=True)
class _Task:
    folder: Path
    closure: str

    def some(self, figures: Sequence[int], progress: Progress | None) -> list[Path]:
        """The chosen figures and the runs that they need."""
        numbers = sorted(set(figures))
        cases = list(dict.fromkeys(case for n in numbers for case in FIGURES[n].cases))
        steps = Steps(progress, RUN_WEIGHT * len(cases) + FIGURE_WEIGHT * len(numbers))
        runs = self._runs(cases, self.closure, steps)
        paths = run_files(cases, self.closure, self._run_folder)
        paths += self._figures(numbers, runs, steps)
        steps.finish()
        return paths

    def everything(self, progress: Progress | None) -> list[Path]:
        """All figures, animations, the table of numbers for every closure, and the report."""
        wanted = {name: self._cases(name) for name in self._closures()}
        total = RUN_WEIGHT * sum(map(len, wanted.values())) + FIGURE_WEIGHT * len(FIGURES)
        total += ANIMATION_WEIGHT * len(ANIMATIONS) + FINDINGS_WEIGHT
        steps = Steps(progress, total)
        found = {name: self._runs(cases, name, steps) for name, cases in wanted.items()}
        runs = {name: found[name] for name in CLOSURE_NAMES}
        paths = [p for name in wanted for p in run_files(wanted[name], name, self._run_folder)]
        paths += self._figures(list(FIGURES), runs[self.closure], steps)
        paths += self._animations(runs[self.closure], steps)
        steps.begin(FINDINGS_WEIGHT, "numbers and findings")
        comparisons = compare(runs)
        findings = all_findings(runs, self.closure)
        paths.append(write_csv(self.folder / "numbers.csv", *comparison_rows(comparisons)))
        paths.append(write_csv(self.folder / "settling-times.csv", *settling_rows(runs)))
        paths += write_report(self.folder, self.closure, runs, comparisons, findings)
        steps.finish()
        return paths

    @property
    def _run_folder(self) -> Path:
        return self.folder / "runs"

    def _closures(self) -> list[str]:
        # The figures' closure first: it is what an interrupted call has then.
        return sorted(CLOSURE_NAMES, key=lambda name: name != self.closure)

    def _cases(self, closure: str) -> list[Case]:
        both = [*KAPPA_SERIES, *COLD_END_SERIES]
        return [*both, *CAPTION_SERIES] if closure == self.closure else both

    def _runs(self, cases: Sequence[Case], closure: str, steps: Steps) -> Runs:
        report = steps.begin(RUN_WEIGHT * len(cases), f"{len(cases)} runs, closure {closure}")
        return obtain_runs(cases, closure, self._run_folder, report)

    def _figures(self, numbers: Sequence[int], runs: Runs, steps: Steps) -> list[Path]:
        paths = []
        for number in numbers:
            steps.begin(FIGURE_WEIGHT, f"figure {number}")
            paths += draw_figure(number, runs, self.closure, self.folder / "figures")
        return paths

    def _animations(self, runs: Runs, steps: Steps) -> list[Path]:
        folder = self.folder / "animations"
        return [
            draw_animation(
                name, runs, self.closure, folder, steps.begin(ANIMATION_WEIGHT, "animation")
            )
            for name in ANIMATIONS
        ]


TASKS: dict[str, type[_Task] | type[ConsistentTask]] = {
    "published": _Task,
    "consistent": ConsistentTask,
}


def _check(figures: Sequence[int] | None, closure: str, model: str) -> None:
    if model not in TASKS:
        raise InputError(
            f'Argument `model` must be "published" or "consistent", but "{model}" was given.'
        )
    if closure not in CLOSURE_NAMES:
        raise InputError(
            f"Argument `closure` must be one of {', '.join(CLOSURE_NAMES)}, "
            f'but "{closure}" was given.'
        )
    for number in figures or ():
        if number not in FIGURES:
            raise InputError(
                f"Argument `figures` must hold numbers from {min(FIGURES)} to {max(FIGURES)}, "
                f"but {number} was given."
            )
