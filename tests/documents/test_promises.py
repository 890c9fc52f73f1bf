"""Each promise of docs/what-is-promised.md names a test that exists; campaigns write their rows."""

import ast
import re
from pathlib import Path

import pytest

from validation.campaigns.flips import campaign
from validation.campaigns.table import PAGE, Tally, with_row

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_a_test_that_exists():
    promises = PAGE.read_text(encoding="utf-8").split("## Promises")[1].split("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    for row in rows:
        named = NAMED.findall(row)
        assert len(named) == 1, row
        file, test = named[0]
        assert test in functions_of(file), row


def test_a_campaign_replaces_its_own_row_and_no_other():
    page = "| name | n |\n|---|---|\n| one | 1 |\n| two | 2 |\n"
    assert with_row(page, "one", ["7"]) == page.replace("| one | 1 |", "| one | 7 |")
    with pytest.raises(ValueError, match="`three`"):
        with_row(page, "three", ["7"])


def test_nothing_failed_in_the_campaigns_of_the_page():
    page = PAGE.read_text(encoding="utf-8")
    campaigns = page.split("## Campaigns")[1].split("\n## ")[0]
    rows = [line.split("|") for line in campaigns.splitlines() if line.startswith("| ")][1:]
    assert {row[-2].strip() for row in rows} <= {"0", "not tried since"}
    flips = page.split("## Flipped bits")[1].split("\n## ")[0]
    for line in [line for line in flips.splitlines() if line.startswith("| ")][1:]:
        cells = [cell.strip() for cell in line.split("|")]
        assert (cells[4], cells[7]) == ("0", "0"), line


def test_a_tally_counts_and_tells(capsys):
    tally = Tally()
    tally.passed()
    tally.failed("seed 3", "it fell")
    assert (tally.tried, tally.failures) == (2, ["seed 3: it fell"])
    assert "FAILED seed 3: it fell" in capsys.readouterr().out


def test_flipped_and_cut_bytes_give_no_other_number():
    for name, kinds in campaign(every=29).items():
        for kind, counts in kinds.items():
            assert counts.other == 0, (name, kind)
            assert counts.refused > 0, (name, kind)
