"""The report of the published model: numbers beside the paper's, findings, figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.io import config_of
from boltzwall.reproduce import document as doc
from boltzwall.reproduce.wang2022.published.paper_figures import FIGURES
from boltzwall.reproduce.wang2022.published.paper_numbers import (
    Comparison,
    brief_table,
    settling_table,
)
from boltzwall.reproduce.wang2022.published.settling_order import SettlingOrder
from boltzwall.reproduce.wang2022.shared.cases import COLD_END_SERIES, KAPPA_SERIES, PAPER_WALL
from boltzwall.reproduce.wang2022.shared.figures import Shown
from boltzwall.reproduce.wang2022.shared.finding import Finding
from boltzwall.reproduce.wang2022.shared.kept_runs import Found, batch_times
from boltzwall.reproduce.wang2022.shared.measures import calibrated_on
from boltzwall.reproduce.wang2022.shared.quantities import AGREEMENT
from boltzwall.reproduce.wang2022.shared.report_parts import (
    assumptions,
    calibration,
    findings_blocks,
    pictures,
    summary,
    write_documents,
)
from boltzwall.version import __version__

TITLE = "Domain-wall dynamics driven by thermal and electrical spin-transfer torque: a reproduction"


@dataclass(frozen=True)
class PublishedResults:
    """What the report tells: the runs of every closure, and what was read off them."""

    closure: str
    runs: Found
    comparisons: Sequence[Comparison]
    findings: Sequence[Finding]


def write_report(folder: Path, results: PublishedResults, models: Sequence[Shown]) -> list[Path]:
    """Write report.md, with links to the pictures, and report.html, with the pictures inside."""
    calibrated = calibrated_on(results.runs[results.closure])
    note = f"Closure {results.closure}" + (", calibrated." if calibrated else ".")
    blocks = [
        doc.Heading(1, TITLE),
        *_in_short(results),
        *pictures(folder, FIGURES, models, note),
        *findings_blocks("What is known about reproducing the paper", results.findings),
        *_comparison(results.comparisons),
        *_orders(results.runs),
        *_opening(results),
        *_settings(results),
    ]
    return write_documents(folder, TITLE, blocks)


def _in_short(results: PublishedResults) -> list[doc.Block]:
    counts = []
    for closure in results.runs:
        verdicts = [row.verdict(closure) for row in results.comparisons]
        tested = len(verdicts) - verdicts.count("calibrated")
        counts.append(f"{closure} in {verdicts.count('yes')} of {tested}")
    return [
        doc.Heading(2, "In short"),
        doc.Paragraph(
            "The published equations of Wang et al., Phys. Rev. B 106, 054432 (2022), solved as "
            "they stand. What the paper leaves open is chosen in three ways, named closures. They "
            f"agree with its printed numbers and statements so: {', '.join(counts)}. The figures "
            f"show {results.closure}."
        ),
        *summary(results.findings),
    ]


def _opening(results: PublishedResults) -> list[doc.Block]:
    runs = results.runs
    blocks: list[doc.Block] = [
        doc.Heading(2, "What was computed"),
        doc.Paragraph(
            "Y.-R. Wang, C. Yang, Z.-C. Wang, G. Su, Phys. Rev. B 106, 054432 (2022), computed "
            f"with boltzwall {__version__}: its published model, equations (5), (6) and (26), "
            "with the constants of Table I. What the paper leaves open is set by three named "
            f"closures: {', '.join(runs)}. The figures use {results.closure}; the tables show all "
            "three."
        ),
    ]
    for name, found in runs.items():
        blocks += calibration(name, found)
    return [*blocks, *assumptions(runs[results.closure][PAPER_WALL])]


def _comparison(comparisons: Sequence[Comparison]) -> list[doc.Block]:
    return [
        doc.Heading(2, "The paper's numbers beside the computed ones"),
        doc.Paragraph(
            f"A number agrees if it is within {AGREEMENT:.0%} of the paper's, which reads its "
            "times off a plot; a statement as the column “agrees if” says. Behind each computed "
            "number stands whether it agrees. t_s is the time after which every component of ⟨M⟩ "
            "stays within 0.02 of its final value."
        ),
        brief_table(comparisons),
    ]


def _orders(runs: Found) -> list[doc.Block]:
    rows = [
        [name, *(SettlingOrder.of(cases, r).text for cases in (KAPPA_SERIES, COLD_END_SERIES))]
        for name, r in runs.items()
    ]
    return [
        doc.Heading(2, "Does the wall speed up with κ and with T0?"),
        doc.Paragraph(
            "The paper finds that t_s falls as κ rises, 2.9-fold from 0.5 to 6 K/nm, and as T0 "
            "rises from 150 to 250 K. The factors below are the first t_s of a series over the "
            "last."
        ),
        doc.ReportTable(["closure", "t_s falls as κ rises", "t_s falls as T0 rises"], rows),
        settling_table(runs),
    ]


def _settings(results: PublishedResults) -> list[doc.Block]:
    walls = {name: found[PAPER_WALL] for name, found in results.runs.items()}
    settings = {name: config_of(wall)["transport"] for name, wall in walls.items()}
    keys = [
        key
        for key in settings[results.closure]
        if len({str(section[key]) for section in settings.values()}) > 1
    ]
    rows = [[key, *(str(section[key]) for section in settings.values())] for key in keys]
    density = [f"{wall.attrs['reference_density']:.4g}" for wall in walls.values()]
    return [
        doc.Heading(2, "Settings"),
        doc.Paragraph(
            "Where the closures differ, section [transport]; the files under runs/ carry the whole "
            "configuration."
        ),
        doc.ReportTable(["key", *settings], [*rows, ["n_ref used (1/m³)", *density]]),
        _run_times(results.runs),
    ]


def _run_times(runs: Found) -> doc.Paragraph:
    texts = []
    for name, found in runs.items():
        times = [f"{batch.runs} in {batch.seconds:.3g} s" for batch in batch_times(found.values())]
        texts.append(f"{name}: {' and '.join(times)}")
    return doc.Paragraph(
        "Runs computed together, with the time that each batch took, compilation included: "
        f"{'; '.join(texts)}."
    )
