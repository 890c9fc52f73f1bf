"""Pages that are made whenever the site is built: tutorials, errors, functions of the equations."""

import re
import runpy
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.structure.files import File
from nbconvert import MarkdownExporter

FOLDER = Path(__file__).parents[1] / "tutorials"

_END = """

---

This page is `tutorials/{name}.ipynb` of the repository; open it with Jupyter, or run
`tutorials/{name}.py`, the same as a plain program.
"""


FUNCTIONS = """\
# Functions behind the equations

What computes each formula of [Equations](equations.md), in the same order, with its source. These
functions are for reading and for checking; what scripts may rely on is the
[Python interface](api.md).
"""


def functions_page(equations: str) -> str:
    """The documentation of the functions that the page of equations names, in its order."""
    blocks = [FUNCTIONS]
    shown: set[str] = set()
    for part in re.split(r"^##+ ", equations, flags=re.M)[1:]:
        names = re.findall(r"`(boltzwall(?:\.\w+)+)`", part)
        new = [name for name in dict.fromkeys(names) if name not in shown]
        shown |= set(new)
        if new:
            tags = re.findall(r"\\tag\{(\w+)\}", part)
            numbers = ", ".join(f"({tag})" if tag.isdigit() else f"[{tag}]" for tag in tags)
            blocks.append(f"## {part.partition(chr(10))[0]}\n\n{numbers}\n")
            blocks += [f"::: {name}\n" for name in new]
    return "\n".join(blocks)


def _with_alternative_texts(notebook: Any, body: str) -> str:
    """Of each picture, from the metadata `alt` of its cell; the exporter writes its format."""
    for number, cell in enumerate(notebook.cells):
        text = cell.metadata.get("alt", "A figure of this tutorial")
        body = body.replace(f"![png](output_{number}_", f"![{text}](output_{number}_")
    return body


def on_files(files: Any, config: Any) -> Any:
    """Called by mkdocs."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        body, resources = MarkdownExporter().from_notebook_node(notebook)
        body = _with_alternative_texts(notebook, body)
        for picture, content in resources["outputs"].items():
            name = f"{path.stem}-{picture}"
            body = body.replace(f"({picture})", f"({name})")
            files.append(File.generated(config, f"tutorials/{name}", content=content))
        page = body + _END.format(name=path.stem)
        files.append(File.generated(config, f"tutorials/{path.stem}.md", content=page))
    here = Path(__file__).parent
    errors = runpy.run_path(str(here / "error_messages.py"))["page"]()
    functions = functions_page((here / "equations.md").read_text(encoding="utf-8"))
    for name, page in (("errors.md", errors), ("api-equations.md", functions)):
        files.append(File.generated(config, name, content=page))
    return files
