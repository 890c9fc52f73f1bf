"""The executed notebooks of tutorials/ as pages, for mkdocs: called while it collects its files."""

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
    return files
