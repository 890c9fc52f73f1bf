"""The docstrings of public names have one form: summary, arguments, what comes back, errors."""

import inspect
import re

import pytest

from tests.documents.test_docs import resolve
from tests.documents.test_docstring_examples import public_names
from tests.house.sources import files

HEADINGS = ("Arguments", "Attributes", "Returns", "Raises", "Examples")  # in this order
OTHERS = r"^ *(Args|Parameters|Params|Fields|Return|Yields|Raise|Example|Notes?|See Also):$"


def sections(text: str) -> dict[str, str]:
    """What stands below each heading, in the order of the text."""
    parts = re.split(rf"^({'|'.join(HEADINGS)}):$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def described(below: str) -> set[str]:
    """The arguments that a section explains; several may share a line."""
    lines = re.findall(r"^    (\w[\w, ]*):", below, re.M)
    return {name for line in lines for name in line.split(", ")}


def lacking(function: object) -> list[str]:
    """What the docstring of a function leaves out."""
    assert inspect.isfunction(function)
    found = sections(inspect.getdoc(function) or "")
    signature = inspect.signature(function)
    missing = sorted(set(signature.parameters) - described(found.get("Arguments", "")))
    if signature.return_annotation is not None and "Returns" not in found:
        missing.append("Returns")
    if "raise InputError" in inspect.getsource(function) and "Raises" not in found:
        missing.append("Raises")
    if list(found) != [heading for heading in HEADINGS if heading in found]:
        missing.append("order")
    return missing


FUNCTIONS = [name for name in public_names() if inspect.isfunction(resolve(name))]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_says_what_it_takes_gives_and_raises(name: str) -> None:
    assert not lacking(resolve(name))


def test_what_is_left_out_is_noticed() -> None:
    def half(one: int, two: int) -> int:
        """Half.

        Arguments:
            one: a number.
        """
        return one // 2

    assert lacking(half) == ["two", "Returns"]


def test_headings_have_one_form_everywhere() -> None:
    for file, text in files().items():
        assert not re.findall(OTHERS, text, re.M), file
