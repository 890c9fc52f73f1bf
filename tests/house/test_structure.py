"""The rules of the house that no linter holds: names, repetitions, import circles."""

import ast

import grimp

from tests.house.sources import (
    arguments_of,
    circles,
    code_length,
    files,
    functions,
    public_classes,
    repeated_runs,
    shape_aliases,
)

LONGEST_REPETITION = 9  # lines
LONGEST_FILE = 320  # 300 and 40, with some room where a cut would not help the reader
LONGEST_FUNCTION = 44
MOST_ARGUMENTS = 6
CALLED_BY_OTHERS = {  # diffrax
    ("numerics/adaptive.py", "step"),
    ("numerics/rosenbrock.py", "step"),
    ("heat/stepping.py", "step"),
}


def test_no_two_public_classes_have_one_name():
    shared = {name: where for name, where in public_classes(files()).items() if len(where) > 1}
    assert not shared


def test_shared_names_are_noticed():
    texts = {"a.py": "class Wire:\n    pass\n", "b.py": "class Wire:\n    pass\nclass _W: ...\n"}
    assert public_classes(texts) == {"Wire": ["a.py", "b.py"]}


def test_no_type_of_an_array_has_two_names():
    """Those that several files use stand in `typing` and `values`."""
    assert not {kind: where for kind, where in shape_aliases(files()).items() if len(where) > 1}


def test_types_with_two_names_are_noticed():
    texts = {"a.py": 'V = Float[Array, "cells 3"]\n', "b.py": "W = Float[Array, 'cells 3']\n"}
    assert shape_aliases(texts) == {"Float[Array, 'cells 3']": ["a.py", "b.py"]}


def test_no_two_places_share_ten_lines():
    assert not repeated_runs(files(), LONGEST_REPETITION + 1)


def test_repetitions_are_noticed_whatever_their_indentation_and_comments():
    block = [f"x{i} = {i}" for i in range(4)]
    texts = {
        "a.py": "import os\n" + "\n".join(block),
        "b.py": "if True:\n    # why\n    " + "\n\n    ".join(block),
    }
    assert repeated_runs(texts, 4) == [[("a.py", 2), ("b.py", 3)]]
    assert not repeated_runs(texts, 5)


def test_every_folder_says_what_lives_there_and_what_may_not():
    """In two paragraphs at least."""
    for file, text in files().items():
        if file.endswith("__init__.py"):
            said = ast.get_docstring(ast.parse(text)) or ""
            assert len(said.split("\n\n")) >= 2, file


def test_files_and_functions_are_short():
    """Docstrings do not count, nor the arguments of commands and of what other packages call."""
    assert not [file for file, text in files().items() if text.count("\n") > LONGEST_FILE]
    for file, function in functions(files()):
        where = f"{file}: {function.name}"
        assert code_length(function) <= LONGEST_FUNCTION, where
        if file != "cli/app.py" and (file, function.name) not in CALLED_BY_OTHERS:
            assert len(arguments_of(function)) <= MOST_ARGUMENTS, where


def test_long_functions_are_noticed():
    text = 'def f(a, b, *, c):\n    """One.\n\n    Two.\n    """\n    x = 1\n    return x\n'
    ((_, function),) = functions({"a.py": text})
    assert code_length(function) == 3
    assert arguments_of(function) == ["a", "b", "c"]


def test_no_import_circle():
    """Imports within functions and those for type checkers count: they are dependencies, too."""
    graph = grimp.build_graph("boltzwall", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 100
    assert circles(imports) == []


def test_import_circles_are_noticed():
    imports = {"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": [], "e": ["e"]}
    assert circles(imports) == [["b", "c"], ["e"]]
