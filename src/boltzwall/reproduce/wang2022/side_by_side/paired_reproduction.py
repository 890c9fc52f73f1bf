"""The reproduction with both models: the consistent one beside the published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, final

from boltzwall.progress import Report
from boltzwall.reproduce.document import write_csv
from boltzwall.reproduce.wang2022.shared.cases import BOTH_SERIES
from boltzwall.reproduce.wang2022.shared.figures import Figures, Shown, closure_note
from boltzwall.reproduce.wang2022.shared.finding import Finding
from boltzwall.reproduce.wang2022.shared.kept_runs import Found, Runs
from boltzwall.reproduce.wang2022.shared.reproduction import PaperReproduction, Wanted
from boltzwall.reproduce.wang2022.shared.treatments import (
    ClosureTreatment,
    ConsistentTreatment,
    Treatment,
)
from boltzwall.reproduce.wang2022.side_by_side import drive_findings, wall_findings
from boltzwall.reproduce.wang2022.side_by_side.paired_figures import FIGURES
from boltzwall.reproduce.wang2022.side_by_side.paired_numbers import paired_table
from boltzwall.reproduce.wang2022.side_by_side.paired_report import PairedResults, write_report
from boltzwall.reproduce.wang2022.side_by_side.start_solutions import (
    STREAMS,
    StartsByStreams,
    StartSolutions,
)


@final
@dataclass(frozen=True)
class PairedReproduction(PaperReproduction):
    """The paper's wires with its own model and with the consistent one."""

    figures: ClassVar[Figures] = FIGURES
    numbers_weight: ClassVar[float] = 60.0

    @property
    def drawn(self) -> tuple[Treatment, ...]:
        return ClosureTreatment(self.overrides.published, self.closure), self._consistent

    @property
    def wanted(self) -> Wanted:
        return dict.fromkeys(self.drawn, BOTH_SERIES)

    def shown(self, found: Found) -> tuple[Shown, ...]:
        theirs, ours = found[self.closure], found[self._consistent.name]
        note = closure_note(self.closure, theirs)
        return (
            Shown(f"published model, {note}", theirs, "published model", "-published"),
            Shown("consistent model", ours, "consistent model"),
        )

    def write_numbers(self, found: Found, progress: Report) -> list[Path]:
        starts = {}
        for done, streams in enumerate(STREAMS):
            progress(done, len(STREAMS), f"{streams} streams at t = 0")
            starts[streams] = StartSolutions.of(self._consistent, streams)
        published, consistent = found[self.closure], found[self._consistent.name]
        results = PairedResults(
            closure=self.closure,
            published=published,
            consistent=consistent,
            starts=starts,
            findings=paired_findings(published, consistent, starts),
        )
        return [
            write_csv(self.folder / "numbers.csv", paired_table(published, consistent)),
            *write_report(self.folder, results, self.shown(found)),
        ]

    @property
    def _consistent(self) -> ConsistentTreatment:
        return ConsistentTreatment(self.overrides.consistent)


def paired_findings(
    published: Runs, consistent: Runs, starts: StartsByStreams
) -> Sequence[Finding]:
    """All ten, by weight."""
    main = starts[STREAMS[-1]]
    return [
        drive_findings.background(published, main),
        drive_findings.size(published, main),
        drive_findings.conservation(published, consistent),
        drive_findings.shares(consistent),
        drive_findings.direction(consistent),
        wall_findings.narrow_wall(main),
        wall_findings.dimensions(starts),
        drive_findings.linearity(consistent),
        drive_findings.cold_ends(consistent),
        wall_findings.motion(consistent),
    ]
