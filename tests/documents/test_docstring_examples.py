"""The examples in docstrings run, and say what comes of them."""

import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import boltzwall
from tests.documents.test_docs import DOCS, resolve

# What a user calls first; each shows how.
VERBS = [name for name in boltzwall.__all__ if inspect.isfunction(getattr(boltzwall, name))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def public_names() -> list[str]:
    """Everything that docs/api.md promises."""
    return re.findall(r"^::: (\S+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.M)


def examples(name: str) -> Iterator[doctest.DocTest]:
    """The examples of a public name and of its members."""
    for test in doctest.DocTestFinder().find(resolve(name), name):
        if test.examples:
            yield test


def failures(test: doctest.DocTest) -> str:
    """What the runner says of an example that fails; empty if it does not."""
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    runner.run(test, out=said.append)
    return "".join(said)


@pytest.mark.parametrize("name", public_names())
def test_examples_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for test in examples(name):
        assert not failures(test)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_shows_how_to_call_it(name: str) -> None:
    assert list(examples(f"boltzwall.{name}"))


def test_an_example_that_fails_is_noticed() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    assert "Expected" in failures(wrong)
