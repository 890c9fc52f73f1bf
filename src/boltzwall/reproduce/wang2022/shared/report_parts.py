"""What the reports of all reproductions have in common."""

from collections.abc import Sequence
from pathlib import Path

import xarray as xr

from boltzwall.io import replacing
from boltzwall.reproduce import document as doc
from boltzwall.reproduce.wang2022.shared.figures import (
    ANIMATIONS,
    Figures,
    Shown,
    animation_file,
    figure_stem,
)
from boltzwall.reproduce.wang2022.shared.finding import Finding
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import calibrated_on


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


def assumptions(run: xr.Dataset) -> list[doc.Block]:
    """What was assumed in a run for want of a source."""
    assumed = run.attrs.get("assumed", "")
    return [doc.Paragraph(f"Assumed, for want of a source: {assumed}.")] if assumed else []


def summary(findings: Sequence[Finding]) -> list[doc.Block]:
    """What was found, in one line each, by weight."""
    return [
        doc.Paragraph("What we found, by weight; each with its numbers further down:"),
        doc.Items([finding.title for finding in findings]),
    ]


def findings_blocks(title: str, findings: Sequence[Finding]) -> list[doc.Block]:
    """Each finding, by weight, with its numbers and whether they bear it out."""
    blocks: list[doc.Block] = [
        doc.Heading(2, title),
        doc.Paragraph("Each statement is followed by the numbers that this computation gave."),
    ]
    for number, finding in enumerate(findings, 1):
        blocks += [
            doc.Heading(3, f"{number}. {finding.title}"),
            doc.Paragraph(finding.statement),
            doc.ReportTable(["computed", "value"], list(finding.numbers.items())),
            doc.Paragraph(finding.verdict, "verdict"),
        ]
    return blocks


def calibration(name: str, runs: Runs) -> list[doc.Block]:
    """What the closure of the runs was calibrated on."""
    calibrated = calibrated_on(runs)
    text = f"The closure {name} is calibrated: {calibrated}."
    return [doc.Paragraph(text)] if calibrated else []


def pictures(folder: Path, figures: Figures, models: Sequence[Shown], note: str) -> list[doc.Block]:
    """All figures and animations, from their files below ``folder``; ``note`` ends each caption."""
    blocks: list[doc.Block] = [doc.Heading(2, "Figures")]
    for number, figure in figures.items():
        path = folder / "figures" / figure_stem(number)
        png, svg = (path.with_name(f"{path.name}.{kind}") for kind in ("png", "svg"))
        caption = f"{figure.caption}{figure.remark(models)} {note}"
        blocks.append(doc.Picture(png, svg, f"Figure {number}", caption))
    blocks.append(doc.Heading(2, "Animations"))
    for name, animation in ANIMATIONS.items():
        for model in models:
            gif, mp4 = (
                folder / "animations" / animation_file(name, model, kind) for kind in ("gif", "mp4")
            )
            title = f"{name}, {model.model}" if model.model else name
            blocks.append(doc.Film(gif, mp4, title, f"{animation.caption} {note}"))
    return blocks
