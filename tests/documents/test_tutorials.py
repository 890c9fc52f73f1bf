"""The tutorials run, print what their notebooks hold, and each ends in a figure."""

import runpy
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("jupytext")
pytest.importorskip("nbclient")

ROOT = Path(__file__).parents[2]
RUN = runpy.run_path(str(ROOT / "scripts" / "run_tutorials.py"))
PROGRAMS = sorted((ROOT / "tutorials").glob("*.py"))


def stored(program):
    """The executed notebook of a program."""
    return nbformat.read(program.with_suffix(".ipynb"), as_version=4)


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.stem)
def program(request):
    return request.param


def test_there_are_five():
    assert [path.stem[0] for path in PROGRAMS] == list("12345")


def test_a_notebook_has_the_cells_of_its_program(program):
    assert RUN["cells"](stored(program)) == RUN["cells"](RUN["source_of"](program))


def test_a_notebook_ends_in_a_figure_with_a_text_for_those_who_cannot_see_it(program):
    cells = [cell for cell in stored(program).cells if cell.cell_type == "code"]
    pictures = [c for c in cells if any("image/png" in o.get("data", {}) for o in c.outputs)]
    assert pictures[-1] is cells[-1]
    assert all(len(cell.metadata["alt"]) > 40 for cell in pictures)


def test_nothing_of_the_machine_is_stored(program):
    text = program.with_suffix(".ipynb").read_text(encoding="utf-8")
    for word in ("ipykernel_", "/tmp/", "/home/", "Traceback"):
        assert word not in text


@pytest.mark.slow
def test_a_tutorial_prints_what_its_notebook_holds(program):
    assert RUN["main"](["--check", program.stem]) == 0
