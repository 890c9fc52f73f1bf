"""The page of errors shows what the program answers."""

import re
import runpy

import pytest

from tests.documents.test_docs import DOCS

MADE = runpy.run_path(str(DOCS / "error_messages.py"))


@pytest.mark.parametrize("mistake", MADE["MISTAKES"], ids=lambda mistake: mistake.title)
def test_every_mistake_is_refused_with_a_sentence(mistake):
    said = MADE["answer"](mistake)
    assert re.search(r"`[\w.]+`|\"", said)  # names what is wrong
    assert said.endswith((".", ". ", ")")) or "\n- " in said
    for page in re.findall(r"\]\(([\w-]+\.md)", mistake.cure):
        assert (DOCS / page).exists(), page


def test_a_mistake_that_passes_is_noticed():
    with pytest.raises(AssertionError, match="nothing was said"):
        MADE["answer"](MADE["Mistake"]("none", "boltzwall.load_config()", ""))


def test_all_messages_of_the_sources_are_found():
    found = list(MADE["messages"]())
    assert len(found) > 150
    assert ("simulation/collective", "NumericsError",
            "The integration of q and φ failed; try a weaker drive.") in found  # fmt: skip


def test_every_failure_of_the_numerics_says_what_to_try():
    """But for those that pass on another's message."""
    for module, kind, text in MADE["messages"]():
        if kind == "NumericsError" and not text.endswith("…"):
            assert re.search(r"\b(try|use|take|raise|lower)\b", text, re.I), (module, text)
