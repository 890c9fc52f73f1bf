"""The report of the consistent model beside the published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.reproduce import document as doc
from boltzwall.reproduce.wang2022.shared.cases import PAPER_WALL
from boltzwall.reproduce.wang2022.shared.figures import Shown
from boltzwall.reproduce.wang2022.shared.finding import Finding
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs, batch_times
from boltzwall.reproduce.wang2022.shared.report_parts import (
    assumptions,
    calibration,
    findings_blocks,
    pictures,
    summary,
    write_documents,
)
from boltzwall.reproduce.wang2022.shared.treatments import CONSISTENT_STREAMS
from boltzwall.reproduce.wang2022.side_by_side.paired_figures import FIGURES
from boltzwall.reproduce.wang2022.side_by_side.paired_numbers import paired_table
from boltzwall.reproduce.wang2022.side_by_side.start_solutions import StartsByStreams
from boltzwall.reproduce.wang2022.side_by_side.wall_parameters import wall_parameters
from boltzwall.version import __version__

TITLE = "The wall of Wang et al. (2022) with a consistent kinetic model"


@dataclass(frozen=True)
class PairedResults:
    """What the report tells: the runs of both models, solutions at t = 0, and the findings."""

    closure: str
    published: Runs
    consistent: Runs
    starts: StartsByStreams
    findings: Sequence[Finding]


def write_report(folder: Path, results: PairedResults, models: Sequence[Shown]) -> list[Path]:
    """Write report.md, with links to the pictures, and report.html, with the pictures inside."""
    blocks = [
        doc.Heading(1, TITLE),
        doc.Heading(2, "In short"),
        doc.Paragraph(
            "The wires of Wang et al., Phys. Rev. B 106, 054432 (2022), with the paper's equations "
            "and with a kinetic model that conserves charge and angular momentum."
        ),
        *summary(results.findings),
        *pictures(folder, FIGURES, models, f"Published model: closure {results.closure}."),
        *findings_blocks("What the runs show", results.findings),
        doc.Heading(2, "The numbers, side by side"),
        doc.Paragraph(
            "u is the velocity of the torque's wide-wall form, fitted to the torque at t = 0; "
            "positive towards +x, the hot end, where the field's electrons flow. A run of the "
            "consistent model ends after about 1/max|T|, before its wall could settle: the paper's "
            "wire has no exchange field to keep M smooth, and M winds up where the wall arrives. "
            "The paper plots its torques with the opposite sign, −T."
        ),
        paired_table(results.published, results.consistent),
        *_parameters(results.starts),
        *_opening(results),
        *_times(results.consistent),
    ]
    return write_documents(folder, TITLE, blocks)


def _opening(results: PairedResults) -> list[doc.Block]:
    blocks: list[doc.Block] = [
        doc.Heading(2, "What was computed"),
        doc.Paragraph(
            "The wires of Y.-R. Wang, C. Yang, Z.-C. Wang, G. Su, Phys. Rev. B 106, 054432 (2022), "
            f"computed with boltzwall {__version__}: once with the paper's equations, "
            f"closure {results.closure}, and once with the consistent model, equations [C1] to "
            f"[C4], of {CONSISTENT_STREAMS} streams and with the same Table I."
        ),
    ]
    blocks += calibration(results.closure, results.published)
    return [*blocks, *assumptions(results.consistent[PAPER_WALL])]


def _parameters(starts: StartsByStreams) -> list[doc.Block]:
    columns = [wall_parameters(solutions.both) for solutions in starts.values()]
    header = ["parameter"]
    for count in starts:
        header += [f"{count} streams, this wall", f"{count} streams, wide wall"]
    rows = []
    for line in zip(*columns, strict=True):
        cells = [f"{value:.4g}" for parameter in line for value in (parameter.here, parameter.wide)]
        rows.append([line[0].name, *cells])
    return [
        doc.Heading(2, "u, β and P of this wall and of a wide one"),
        doc.Paragraph(
            "At t = 0, κ = 2 K/nm, T0 = 100 K. The wide wall's follow from the uniform wire, with "
            "β = 1/ξ."
        ),
        doc.ReportTable(header, rows),
    ]


def _times(consistent: Runs) -> list[doc.Block]:
    seconds = [batch.seconds for batch in batch_times(consistent.values())]
    return [
        doc.Heading(2, "Times"),
        doc.Paragraph(
            f"{len(consistent)} runs of the consistent model one by one in {sum(seconds):.3g} s, "
            "compilation included."
        ),
    ]
