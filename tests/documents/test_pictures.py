"""The pictures of the docs are those that the programs of today would draw."""

import json
import runpy
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "draw_docs_pictures.py"))
IMAGES = ROOT / "docs" / "images"


def test_no_picture_is_older_than_what_draws_it():
    assert SCRIPT["problems"]() == []


def test_every_picture_of_the_docs_is_there_and_shown():
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [p.name for p in IMAGES.glob("*.png") if f"images/{p.name}" not in text] == []


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(IMAGES, tmp_path / "images")
    return tmp_path / "images"


def test_a_picture_that_was_changed_or_is_older_or_foreign_is_noticed(copy):
    assert SCRIPT["problems"](copy) == []
    (copy / "peers.png").write_bytes(b"another")
    known = json.loads((copy / "drawn-by.json").read_text())
    known["thermal-wall.png"]["programs"] = "0"
    (copy / "drawn-by.json").write_text(json.dumps(known))
    (copy / "figure2.png").unlink()
    (copy / "mine.png").write_bytes(b"")
    found = SCRIPT["problems"](copy)
    assert len(found) == 4
    for words in ("peers.png is not the one", "thermal-wall.png is older", "figure2.png is missing",
                  "mine.png has no drawing"):  # fmt: skip
        assert any(words in text for text in found), words


def test_only_what_can_change_a_picture_counts():
    digest = SCRIPT["digest_of_programs"]
    one = 'import os\n\ndef f(x: int) -> int:\n    """Of x."""\n    y: int = 2\n    return x + y\n'
    same = "from os import path  # another\ndef f(x):\n    y = 2\n    return (x + y)\n"
    other = "def f(x):\n    y = 3\n    return x + y\n"
    assert digest([one]) == digest([same])
    assert digest([one]) != digest([other])


def test_the_names_of_drawings(capsys):
    assert SCRIPT["main"](["--list"]) == 0
    assert "thermal-wall" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        SCRIPT["main"](["nothing"])
