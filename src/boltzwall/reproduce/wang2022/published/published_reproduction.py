"""The reproduction with the published model: one closure in figures, all of them in tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, final

from boltzwall.progress import Report
from boltzwall.reproduce.document import write_csv
from boltzwall.reproduce.wang2022.published.paper_figures import FIGURES
from boltzwall.reproduce.wang2022.published.paper_numbers import (
    compare,
    comparison_table,
    settling_table,
)
from boltzwall.reproduce.wang2022.published.published_findings import published_findings
from boltzwall.reproduce.wang2022.published.published_report import PublishedResults, write_report
from boltzwall.reproduce.wang2022.shared.cases import BOTH_SERIES, CAPTION_SERIES
from boltzwall.reproduce.wang2022.shared.figures import Figures, Shown, closure_note
from boltzwall.reproduce.wang2022.shared.kept_runs import Found
from boltzwall.reproduce.wang2022.shared.reproduction import PaperReproduction, Wanted
from boltzwall.reproduce.wang2022.shared.treatments import CLOSURE_NAMES, ClosureTreatment


@final
@dataclass(frozen=True)
class PublishedReproduction(PaperReproduction):
    """The paper's own model, equations (5), (6) and (26)."""

    figures: ClassVar[Figures] = FIGURES
    numbers_weight: ClassVar[float] = 10.0

    @property
    def drawn(self) -> tuple[ClosureTreatment, ...]:
        return (self._treatment(self.closure),)

    @property
    def wanted(self) -> Wanted:
        # The figures' closure first: it is what an interrupted call has then.
        others = [self._treatment(name) for name in CLOSURE_NAMES if name != self.closure]
        (main,) = self.drawn
        return {main: (*BOTH_SERIES, *CAPTION_SERIES), **dict.fromkeys(others, BOTH_SERIES)}

    def shown(self, found: Found) -> tuple[Shown, ...]:
        runs = found[self.closure]
        return (Shown(closure_note(self.closure, runs), runs),)

    def write_numbers(self, found: Found, progress: Report) -> list[Path]:
        runs = {name: found[name] for name in CLOSURE_NAMES}
        results = PublishedResults(
            closure=self.closure,
            runs=runs,
            comparisons=compare(runs),
            findings=published_findings(runs, self.closure),
        )
        numbers, settling = self.folder / "numbers.csv", self.folder / "settling-times.csv"
        return [
            write_csv(numbers, comparison_table(results.comparisons)),
            write_csv(settling, settling_table(runs)),
            *write_report(self.folder, results, self.shown(found)),
        ]

    def _treatment(self, closure: str) -> ClosureTreatment:
        return ClosureTreatment(self.overrides.published, closure)
