"""The tour leads from every numbered equation to its text and its code."""

import re
import runpy

import pytest

from tests.documents.test_docs import DOCS, EQUATIONS
from tests.house.sources import SOURCE

LINK = re.compile(r"\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)")
TYPESET = runpy.run_path(str(DOCS / "typeset.py"))
NOT_SOLVED = {"(1)", "(2)", "(4)"}  # the paper's way to (5), (6)
ROWS = [
    line.split(" | ")
    for line in (DOCS / "tour.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \[[(\\]", line)
]


def links(cell: str) -> list[tuple[str, str]]:
    """(text, target) of every link."""
    return [(text.replace("\\", ""), target) for text, target in LINK.findall(cell)]


def indexed() -> dict[str, list[str]]:
    """The files that the tour names for each equation, by its number."""
    found: dict[str, list[str]] = {}
    for numbers, _, code in ROWS:
        files = [text for text, _ in links(code)]
        for number, _ in links(numbers):
            found.setdefault(number, []).extend(files)
    return found


def numbered() -> set[str]:
    """Every equation of the paper, and those that docs/equations.md numbers."""
    own = re.findall(r"\\tag\{([BCHM]\d+)\}", EQUATIONS)
    return {f"({n})" for n in range(1, 27)} | {f"[{number}]" for number in own}


def anchors(page: str) -> set[str]:
    """The headings of a page and its numbered formulas, as addresses."""
    source = (DOCS / page).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", source, re.M)
    formulas = {TYPESET["anchor"](number) for number in TYPESET["numbers"](source)}
    plain = (re.sub(r"[^a-z0-9 _-]", "", title.lower()).strip() for title in titles)
    return {re.sub(r"[ -]+", "-", title) for title in plain} | formulas


def test_every_equation_is_in_the_index():
    assert set(indexed()) == numbered()


@pytest.mark.parametrize("number", sorted(set(indexed()) - NOT_SOLVED))
def test_the_code_of_an_equation_cites_it(number: str):
    """Ranges such as (10)–(13) count for what lies between."""
    for file in indexed()[number]:
        text = (SOURCE / file).read_text(encoding="utf-8")
        ranges = re.findall(r"\((\d+)\)[–,]\((\d+)\)", text)
        within = {f"({n})" for low, high in ranges for n in range(int(low), int(high) + 1)}
        assert number in text or number in within, file


def test_links_of_the_index_lead_somewhere():
    for numbers, _, code in ROWS:
        for _, target in links(numbers):
            page, anchor = target.split("#")
            assert anchor in anchors(page), target
        for text, target in links(code):
            assert (DOCS / target).resolve() == (SOURCE / text).resolve()
            assert (SOURCE / text).is_file(), text
