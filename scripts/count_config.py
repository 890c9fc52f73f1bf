"""Count how far a Config goes on its way through `simulate`, to be compared between commits.

python scripts/count_config.py [SOURCE]     SOURCE: src/boltzwall of this or of another checkout

Every function that `simulate` may call is looked at, over whatever name leads to it, methods and
tables of functions included. A Config is passed on where an argument of a call is a parameter
annotated as one, a variable that `load_config` gave, or the attribute ``config`` of an object.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Function = tuple[str, str]  # file, name


@dataclass(frozen=True)
class Passing:
    """One function that takes a Config or passes it on so many times."""

    file: str
    function: str
    takes: bool
    times: int


class Package:
    """All files of the package, with what their names stand for."""

    def __init__(self, source: Path) -> None:
        self.trees: dict[str, ast.Module] = {
            str(file.relative_to(source)): ast.parse(file.read_text(encoding="utf-8"))
            for file in sorted(source.rglob("*.py"))
        }
        self.functions: dict[Function, list[ast.FunctionDef]] = {}
        for file, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    self.functions.setdefault((file, node.name), []).append(node)
                if isinstance(node, ast.ClassDef):  # to name a class is to make one
                    for part in node.body:
                        if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                            self.functions.setdefault((file, node.name), []).append(part)
        self._imports = {file: _imports(tree, self.trees) for file, tree in self.trees.items()}

    def reached(self, start: Function) -> set[Function]:
        """All functions to which the names in ``start``, and in what these lead to, may lead."""
        found: set[Function] = set()
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one in found or one not in self.functions:
                continue
            found.add(one)
            for function in self.functions[one]:
                waiting += self._named(one[0], function, set())
        return found

    def _named(self, file: str, node: ast.AST, seen: set[Function]) -> Iterator[Function]:
        """What the names in a piece of code stand for; through constants and classes, too."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name | ast.Attribute):
                name = part.id if isinstance(part, ast.Name) else part.attr
                where = self._imports[file].get(name, (file, name))
                yield where
                if isinstance(part, ast.Attribute):
                    yield from (f for f in self.functions if f[1] == name and self._knows(file, f))
                if where not in seen:
                    seen.add(where)
                    for tree in self._constants(where):
                        yield from self._named(where[0], tree, seen)

    def _knows(self, file: str, function: Function) -> bool:
        """Whether a method may be of an object that a file has to do with."""
        imported = {other for other, _ in self._imports[file].values()}
        return function[0] == file or function[0] in imported

    def _constants(self, where: Function) -> Iterator[ast.AST]:
        """The value of a constant, such as a table of builders."""
        for node in self.trees[where[0]].body if where[0] in self.trees else ():
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            if any(isinstance(t, ast.Name) and t.id == where[1] for t in targets):
                yield node


def _imports(tree: ast.Module, files: Mapping[str, ast.Module]) -> dict[str, Function]:
    """Where the names of a file come from; a name of a package's __init__ is followed."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("boltzwall"):
            base = "/".join((node.module or "").split(".")[1:])
            for alias in node.names:
                found[alias.asname or alias.name] = _home(base, alias.name, files)
    return found


def _home(base: str, name: str, files: Mapping[str, ast.Module]) -> Function:
    """The file in which a name of a module, or of a package, is at home."""
    within = f"{base}/{name}".lstrip("/")
    for module in (f"{within}.py", f"{within}/__init__.py"):
        if module in files:
            return module, name
    package = f"{base}/__init__.py"
    if package not in files:
        return f"{base}.py", name
    return _imports(files[package], files).get(name, (package, name))


def passings(package: Package, start: Function) -> Iterator[Passing]:
    """Every function on the way that takes a Config or passes one on."""
    for one in sorted(package.reached(start)):
        for node in package.functions[one]:
            known = _configs(node)
            takes = any(_is_config(argument) for argument in _arguments(node))
            times = sum(
                _is_one(value, known)
                for call in _own(node)
                if isinstance(call, ast.Call)
                for value in (*call.args, *(keyword.value for keyword in call.keywords))
            )
            if takes or times:
                yield Passing(*one, takes, times)


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function, what stands in a function within it apart."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.FunctionDef)]


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    given = function.args
    return [*given.posonlyargs, *given.args, *given.kwonlyargs]


def _is_config(argument: ast.arg) -> bool:
    kind = "" if argument.annotation is None else ast.unparse(argument.annotation)
    return kind.strip("'\"") == "Config"


def _configs(function: ast.FunctionDef) -> set[str]:
    """The names that hold a Config."""
    known = {argument.arg for argument in _arguments(function) if _is_config(argument)}
    for node in _own(function):
        if isinstance(node, ast.Assign):
            known |= {ast.unparse(name) for name, value in _assigned(node) if _gives(value)}
    return known


def _assigned(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """(name, value), one after the other where several stand in one line."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


def _gives(value: ast.expr) -> bool:
    return ast.unparse(value).startswith("load_config(") or ast.unparse(value).endswith(".config")


def _is_one(value: ast.expr, known: set[str]) -> bool:
    attribute = isinstance(value, ast.Attribute) and value.attr == "config"
    return attribute or (isinstance(value, ast.Name) and value.id in known)


JUDGED = ("config/checks", "config/scales", "config/completion", "config/turning")


def main() -> None:
    """Print the functions, and the three numbers.

    How a configuration completes, checks and judges itself is its own affair and left out; what
    makes models of it counts, in whatever folder it stands.
    """
    default = Path(__file__).parents[1] / "src" / "boltzwall"
    package = Package(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
    start = next(f for f in package.functions if f[1] == "simulate" and "simul" in f[0])
    found = [p for p in passings(package, start) if not p.file.startswith(JUDGED)]
    for one in found:
        print(f"{one.file}  {one.function}  {'takes it' if one.takes else ''}  {one.times}")
    print("files in which a function takes it:", len({p.file for p in found if p.takes}))
    print("functions that pass it on:", sum(p.times > 0 for p in found))
    print("times that it is passed on:", sum(p.times for p in found))


if __name__ == "__main__":
    main()
