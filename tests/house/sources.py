"""The source files of the package, as the tests of the house read them."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "boltzwall"

Place = tuple[str, int]  # file, line


def files() -> dict[str, str]:
    """The text of every file, by its name within the package."""
    return {
        str(file.relative_to(SOURCE)): file.read_text(encoding="utf-8")
        for file in sorted(SOURCE.rglob("*.py"))
    }


def public_classes(texts: dict[str, str]) -> dict[str, list[str]]:
    """The files of every public class of a module's top level, by its name."""
    found = defaultdict(list)
    for file, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(file)
    return found


def shape_aliases(texts: dict[str, str]) -> dict[str, list[str]]:
    """The files that give a name to the type of an array, by that type."""
    found = defaultdict(list)
    for file, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
                kind = ast.unparse(node.value)
                if re.match(r"(Float|Complex|Int|Bool|NDArray|tuple|dict)\[.*\b(Array|np)\b", kind):
                    found[kind].append(file)
    return found


def functions(texts: dict[str, str]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function and method, with its file."""
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                yield file, node


def code_length(function: ast.FunctionDef) -> int:
    """Its lines without the docstring."""
    first, last = function.lineno, function.end_lineno or function.lineno
    text = function.body[0]
    documented = ast.get_docstring(function) is not None
    said = (text.end_lineno or text.lineno) - text.lineno + 1 if documented else 0
    return last - first + 1 - said


def arguments_of(function: ast.FunctionDef) -> list[str]:
    """Their names, without that of the object."""
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """Number and content of the lines that are neither blank, nor a comment, nor an import."""
    imports = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content and not content.startswith("#") and number not in imports:
            yield number, content


def repeated_runs(texts: dict[str, str], length: int) -> list[list[Place]]:
    """Places that share a run of so many lines of code, whatever their indentation."""
    found = defaultdict(list)
    for file, text in texts.items():
        lines = list(code_lines(text))
        for first in range(len(lines) - length + 1):
            run = tuple(content for _, content in lines[first : first + length])
            found[run].append((file, lines[first][0]))
    return [places for places in found.values() if len(places) > 1]


def circles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Groups of modules each of which imports, over others or itself, every one of its group."""
    reached = {module: _reached(module, imports) for module in imports}
    groups = {
        tuple(sorted({module} | {other for other in reached[module] if module in reached[other]}))
        for module in imports
        if module in reached[module]
    }
    return [list(group) for group in sorted(groups)]


def _reached(module: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(imports[module])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imports[name]
    return found
