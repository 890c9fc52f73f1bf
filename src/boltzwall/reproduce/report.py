"""The report: figures, numbers beside the paper's, findings, as Markdown and HTML."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from boltzwall.io import config_of, replacing
from boltzwall.reproduce import document as doc
from boltzwall.reproduce.cases import COLD_END_SERIES, PAPER_WALL
from boltzwall.reproduce.figures import ANIMATION_CAPTIONS, FIGURES
from boltzwall.reproduce.findings import Finding, ordering, settled_early
from boltzwall.reproduce.numbers import (
    AGREEMENT,
    Comparison,
    brief_rows,
    settling_rows,
)
from boltzwall.reproduce.runs import Runs, batch_times
from boltzwall.version import __version__

TITLE = "Domain-wall dynamics driven by thermal and electrical spin-transfer torque: a reproduction"


def write_report(
    folder: Path,
    closure: str,
    runs: Mapping[str, Runs],
    comparisons: Sequence[Comparison],
    findings: Sequence[Finding],
) -> list[Path]:
    """Write report.md, with links to the pictures, and report.html, with the pictures inside."""
    blocks = [
        *_opening(closure, runs),
        *_comparison(comparisons),
        *_orderings(runs),
        *findings_blocks("What is known about reproducing the paper", findings),
        *_pictures(folder, closure, runs),
        *_settings(closure, runs),
    ]
    return write_documents(folder, TITLE, blocks)


def write_documents(folder: Path, title: str, blocks: Sequence[doc.Block]) -> list[Path]:
    """Write the blocks as report.md and report.html."""
    texts = {
        "report.md": doc.to_markdown(blocks, folder),
        "report.html": doc.to_html(title, blocks, folder),
    }
    paths = []
    for name, text in texts.items():
        with replacing(folder / name) as temporary:
            temporary.write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths


def _opening(closure: str, runs: Mapping[str, Runs]) -> list[doc.Block]:
    blocks: list[doc.Block] = [
        doc.Heading(1, TITLE),
        doc.Paragraph(
            "Y.-R. Wang, C. Yang, Z.-C. Wang, G. Su, Phys. Rev. B 106, 054432 (2022), computed "
            f"with boltzwall {__version__}: its published model, equations (5), (6) and (26), "
            "with the constants of Table I. What the paper leaves open is set by three named "
            f"closures: {', '.join(runs)}. The figures use {closure}; the tables show all three."
        ),
    ]
    for name, found in runs.items():
        calibrated = found[PAPER_WALL].attrs.get("calibrated", "")
        if calibrated:
            blocks.append(doc.Paragraph(f"The closure {name} is calibrated: {calibrated}."))
    assumed = runs[closure][PAPER_WALL].attrs.get("assumed", "")
    if assumed:
        blocks.append(doc.Paragraph(f"Assumed, for want of a source: {assumed}."))
    return blocks


def _comparison(comparisons: Sequence[Comparison]) -> list[doc.Block]:
    counts = []
    for closure in comparisons[0].computed:
        verdicts = [row.verdict(closure) for row in comparisons]
        tested = len(verdicts) - verdicts.count("calibrated")
        counts.append(f"{closure} agrees in {verdicts.count('yes')} of {tested}")
    return [
        doc.Heading(2, "The paper's numbers beside the computed ones"),
        doc.Paragraph(
            f"A number agrees if it is within {AGREEMENT:.0%} of the paper's, which reads its "
            "times off a plot; a statement as the column “agrees if” says. Behind each computed "
            "number stands whether it agrees. t_s is the time after which every component of ⟨M⟩ "
            "stays within 0.02 of its final value. In sum: "
            f"{'; '.join(counts)}."
        ),
        doc.Table(*brief_rows(comparisons)),
    ]


def _orderings(runs: Mapping[str, Runs]) -> list[doc.Block]:
    rows = []
    for closure, found in runs.items():
        kappa, cold_end = ordering(found)
        rows.append([closure, kappa.text, cold_end.text])
    return [
        doc.Heading(2, "Does the wall speed up with κ and with T0?"),
        doc.Paragraph(
            "The paper finds that t_s falls as κ rises, 2.9-fold from 0.5 to 6 K/nm, and as T0 "
            "rises from 150 to 250 K. The factors below are the first t_s of a series over the "
            "last."
        ),
        doc.Table(["closure", "t_s falls as κ rises", "t_s falls as T0 rises"], rows),
        doc.Table(*settling_rows(runs)),
    ]


def findings_blocks(title: str, findings: Sequence[Finding]) -> list[doc.Block]:
    """Each finding with its numbers and whether they bear it out."""
    blocks: list[doc.Block] = [
        doc.Heading(2, title),
        doc.Paragraph("Each statement is followed by the numbers that this computation gave."),
    ]
    for finding in findings:
        blocks += [
            doc.Heading(3, f"Finding {finding.number}"),
            doc.Paragraph(finding.statement),
            doc.Table(["computed", "value"], finding.numbers),
            doc.Paragraph(finding.verdict),
        ]
    return blocks


def _pictures(folder: Path, closure: str, runs: Mapping[str, Runs]) -> list[doc.Block]:
    calibrated = runs[closure][PAPER_WALL].attrs.get("calibrated", "")
    note = f" Closure {closure}" + (", calibrated." if calibrated else ".")
    blocks: list[doc.Block] = [doc.Heading(2, "Figures")]
    for number, figure in FIGURES.items():
        path = folder / "figures" / f"figure-{number}.png"
        early = _settled_early(runs[closure]) if number == 5 else ""
        blocks.append(doc.Picture(path, f"Figure {number}", figure.caption + early + note))
    blocks.append(doc.Heading(2, "Animations"))
    for name, caption in ANIMATION_CAPTIONS.items():
        blocks.append(doc.Picture(folder / "animations" / f"{name}.gif", name, caption + note))
    return blocks


def _settled_early(runs: Runs) -> str:
    times = settled_early(runs)
    if not times:
        return ""
    return (
        f" Here {len(times)} of {len(COLD_END_SERIES)} walls have settled before this time, after "
        f"{1e9 * min(times):.3g} to {1e9 * max(times):.3g} ns: their strips differ in m alone."
    )


def _run_times(runs: Mapping[str, Runs]) -> doc.Paragraph:
    texts = [
        f"{name}: " + " and ".join(f"{count} in {s:.3g} s" for count, s in batch_times(r.values()))
        for name, r in runs.items()
    ]
    return doc.Paragraph(
        "Runs computed together, with the time that each batch took, compilation included: "
        f"{'; '.join(texts)}."
    )


def _settings(closure: str, runs: Mapping[str, Runs]) -> list[doc.Block]:
    settings = {name: config_of(found[PAPER_WALL])["transport"] for name, found in runs.items()}
    keys = [key for key in settings[closure] if len({str(s[key]) for s in settings.values()}) > 1]
    rows = [[key, *(str(settings[name][key]) for name in settings)] for key in keys]
    density = [f"{found[PAPER_WALL].attrs['reference_density']:.4g}" for found in runs.values()]
    return [
        doc.Heading(2, "Settings"),
        doc.Paragraph(
            "Where the closures differ, section [transport]; the files under runs/ carry the whole "
            "configuration."
        ),
        doc.Table(["key", *settings], [*rows, ["n_ref used (1/m³)", *density]]),
        _run_times(runs),
    ]
