"""Files and folders that the documents for contributors name exist, and the tour omits none."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, SOURCE

TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
STARTS = ("", "src/boltzwall/", "docs/", "tests/")  # from where a document may name a path
MADE = {"dist/", "~/.cache/boltzwall"}  # not in the repository


def paths(text: str) -> set[str]:
    """What stands between backquotes and looks like a file or a folder."""
    quoted = re.findall(r"`([^`\s]+)`", text)
    return {name for name in quoted if re.search(r"/$|\.(py|md|toml|sh|yml|cff)$|^\.\w+/", name)}


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "docs/tour.md"])
def test_named_paths_exist(document: str) -> None:
    named = paths((ROOT / document).read_text(encoding="utf-8")) - MADE
    assert len(named) > 10
    folders = [ROOT / start for start in STARTS]
    folders += [folder for folder in SOURCE.rglob("*") if folder.is_dir()]
    for name in named:
        assert any(list(folder.glob(name)) for folder in folders), name


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda d: d.name)
def test_links_lead_to_files(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    made = {"errors.md", "api-equations.md"}  # by docs/made_pages.py
    for target in set(targets) - made:
        page = re.sub(
            r"^tutorials/(.*)\.md$", r"../tutorials/\1.ipynb", target
        )  # made by the build
        assert re.match(r"\w+://", target) or (document.parent / page).exists(), target


def test_the_tour_names_every_folder_of_the_package() -> None:
    for folder in SOURCE.iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert f"{folder.name}/" in TOUR, folder.name


def test_a_path_is_told_from_a_name() -> None:
    text = "`tests/house/` `fermi.py` `.ci/run` `a.b` `E/J` `python x.py` `docs/equations.md`"
    assert paths(text) == {"tests/house/", "fermi.py", ".ci/run", "docs/equations.md"}
