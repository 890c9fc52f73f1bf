"""The report of the consistent model beside the published one."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.reproduce import document as doc
from boltzwall.reproduce.beside import PAIR_FIGURES, Pair
from boltzwall.reproduce.cases import CONSISTENT_TRANSPORT, PAPER_WALL
from boltzwall.reproduce.consistent_findings import Looks
from boltzwall.reproduce.consistent_numbers import HEADER, number_rows, zhang_li
from boltzwall.reproduce.figures import ANIMATION_CAPTIONS
from boltzwall.reproduce.findings import Finding
from boltzwall.reproduce.report import findings_blocks, write_documents
from boltzwall.reproduce.runs import batch_times
from boltzwall.version import __version__

TITLE = "The wall of Wang et al. (2022) with a consistent kinetic model"


def write_consistent_report(
    folder: Path, pair: Pair, looks: Looks, findings: Sequence[Finding]
) -> list[Path]:
    """Write report.md and report.html."""
    blocks = [
        *_opening(pair),
        doc.Heading(2, "The numbers, side by side"),
        doc.Paragraph(
            "u is the velocity of the torque's wide-wall form, fitted to the torque at t = 0; "
            "positive towards +x, the hot end, where the field's electrons flow. A run of the "
            "consistent model ends after about 1/max|T|, before its wall could settle: the paper's "
            "wire has no exchange field to keep M smooth, and M winds up where the wall arrives. "
            "The paper plots its torques with the opposite sign, −T."
        ),
        doc.Table(HEADER, number_rows(pair.published, pair.consistent)),
        *_zhang_li(looks),
        *findings_blocks("What the runs show", findings),
        *_pictures(folder, pair),
        *_times(pair),
    ]
    return write_documents(folder, TITLE, blocks)


def _opening(pair: Pair) -> list[doc.Block]:
    run = pair.consistent[PAPER_WALL]
    blocks: list[doc.Block] = [
        doc.Heading(1, TITLE),
        doc.Paragraph(
            "The wires of Y.-R. Wang, C. Yang, Z.-C. Wang, G. Su, Phys. Rev. B 106, 054432 (2022), "
            f"computed with boltzwall {__version__}: once with the paper's equations, "
            f"closure {pair.closure}, and once with the consistent model, equations [C1] to [C4], "
            f"of {CONSISTENT_TRANSPORT['streams']} streams and with the same Table I."
        ),
    ]
    if pair.published[PAPER_WALL].attrs.get("calibrated", ""):
        text = pair.published[PAPER_WALL].attrs["calibrated"]
        blocks.append(doc.Paragraph(f"The published closure is calibrated: {text}."))
    assumed = run.attrs.get("assumed", "")
    if assumed:
        blocks.append(doc.Paragraph(f"Assumed, for want of a source: {assumed}."))
    return blocks


def _zhang_li(looks: Looks) -> list[doc.Block]:
    blocks: list[doc.Block] = [
        doc.Heading(2, "u, β and P of this wall and of a wide one"),
        doc.Paragraph(
            "At t = 0, κ = 2 K/nm, T0 = 100 K. The wide wall's follow from the uniform wire, with "
            "β = 1/ξ."
        ),
    ]
    columns = {count: zhang_li(look.both) for count, look in looks.items()}
    header = ["parameter"]
    for count in columns:
        header += [f"{count} streams, this wall", f"{count} streams, wide wall"]
    lines = zip(*columns.values(), strict=True)
    rows = [[line[0][0], *(cell for _, *cells in line for cell in cells)] for line in lines]
    return [*blocks, doc.Table(header, rows)]


def _pictures(folder: Path, pair: Pair) -> list[doc.Block]:
    blocks: list[doc.Block] = [doc.Heading(2, "Figures")]
    for number, figure in PAIR_FIGURES.items():
        path = folder / "figures" / f"figure-{number}.png"
        caption = f"{figure.caption} Published model: closure {pair.closure}."
        blocks.append(doc.Picture(path, f"Figure {number}", caption))
    blocks.append(doc.Heading(2, "Animations"))
    for name, caption in ANIMATION_CAPTIONS.items():
        for suffix, model in (("", "consistent"), ("-published", "published")):
            path = folder / "animations" / f"{name}{suffix}.gif"
            blocks.append(doc.Picture(path, f"{name}, {model} model", caption))
    return blocks


def _times(pair: Pair) -> list[doc.Block]:
    seconds = [s for _, s in batch_times(pair.consistent.values())]
    return [
        doc.Heading(2, "Times"),
        doc.Paragraph(
            f"{len(pair.consistent)} runs of the consistent model one by one in {sum(seconds):.3g} "
            "s, compilation included."
        ),
    ]
