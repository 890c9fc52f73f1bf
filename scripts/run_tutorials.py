"""Execute the tutorials and keep their outputs in the notebooks.

python scripts/run_tutorials.py             all of them: each becomes an executed notebook
python scripts/run_tutorials.py 1-permalloy-wall
python scripts/run_tutorials.py --check     exit 1 if one fails, or prints what it did not

The programs tutorials/*.py are the sources, in jupytext's percent format; the notebooks beside them
are the same cells with what they printed and drew.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "tutorials"


def source_of(path: Path) -> Any:
    """The cells of a program as a notebook without outputs, the same at every call."""
    notebook = jupytext.read(path)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return notebook


def executed(path: Path) -> Any:
    """The notebook of a program with its outputs, without when and how long."""
    notebook = source_of(path)
    NotebookClient(notebook, timeout=600, record_timing=False).execute()
    tidy(notebook)
    return notebook


def tidy(notebook: Any) -> None:
    """Take out of the outputs what differs from machine to machine: warnings, addresses."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                output.data = {"image/png": output.data["image/png"]}


def cells(notebook: Any) -> list[tuple[str, str]]:
    """(kind, source) of every cell."""
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def printed(notebook: Any) -> str:
    """All that the cells of a notebook print."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return "".join(one.text for one in outputs if one.output_type == "stream")


def main(arguments: Sequence[str] | None = None) -> int:
    """Execute, and keep or compare; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="tutorials; without it, all")
    parser.add_argument(
        "--check", action="store_true", help="write nothing, compare what is printed"
    )
    given = parser.parse_args(arguments)
    status = 0
    for path in sorted(FOLDER.glob("*.py")):
        if given.names and path.stem not in given.names:
            continue
        notebook, place = executed(path), path.with_suffix(".ipynb")
        if not given.check:
            nbformat.write(notebook, place)
        elif printed(notebook) != printed(nbformat.read(place, as_version=4)):
            print(f"{path.name} prints something else than its notebook holds", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main())
