"""Formulas become MathML, and what stands in the text about them is set as one writes it."""

import re
import runpy

import pytest

pytest.importorskip("math_core")

from tests.documents.test_docs import DOCS

TYPESET = runpy.run_path(str(DOCS / "typeset.py"))
FORMULA = re.compile(r"^\$\$\n(.*?)\n\$\$$", re.S | re.M)
PAGES = sorted(path for path in DOCS.glob("*.md") if FORMULA.search(path.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_formula_can_be_read(page):
    for latex in FORMULA.findall(page.read_text(encoding="utf-8")):
        body = re.sub(r"\s*\\tag\{\w+\}", "", latex)
        assert TYPESET["formula"](body, block=True).startswith("<math")


def test_a_formula_that_cannot_be_read_stops_the_build():
    with pytest.raises(ValueError, match="cannot be read"):
        TYPESET["formula"](r"\frac{1", block=True)


def test_no_page_has_an_equation_in_a_box():
    for path in set(DOCS.glob("*.md")) - {DOCS / "tour.md"}:  # whose map is no formula
        for box in re.findall(r"```text\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
            assert not re.search(r"\[[BCHM]\d+\]|[∂∫]", box), path.name


def test_a_number_is_an_anchor_and_a_link():
    block = r'<div class="arithmatex">\[ x = \frac12 y \tag{C5} \]</div>'
    found = TYPESET["typeset"](block)
    assert 'id="C5"' in found
    assert 'href="#C5"' in found
    assert "tag" not in found


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("k_BT and µ_B/Ms", "k<sub>B</sub>T and µ<sub>B</sub>/M<sub>s</sub>"),
        ("√(2mE_F)", "√(2mE<sub>F</sub>)"),
        ("τ_-S_- of ∂_{p_x}F1",
         "τ<sub>−</sub>S<sub>−</sub> of ∂<sub>p<sub>x</sub></sub>F<sub>1</sub>"),
        ("e^{−ε_±/J} j_e^±",
         "e<sup>−ε<sub>±</sub>/J</sup> j<sub>e</sub><sup>±</sup>"),
        ("∂xM, ∂J/∂p, γ0ΔH", "∂<sub>x</sub>M, ∂J/∂p, γ<sub>0</sub>ΔH"),
        ("&lt;G&gt;, E &lt; 0, p &gt; 0", "⟨G⟩, E &lt; 0, p &gt; 0"),
        ("wall_velocity, spin_flip_time", "wall_velocity, spin_flip_time"),
    ],
)  # fmt: skip
def test_symbols_in_the_text(plain, shown):
    assert TYPESET["subscripts"](plain) == shown


class _Page:
    def __init__(self, name, markdown=""):
        self.file = type("File", (), {"src_uri": name})
        self.markdown = markdown
        self.present_anchor_ids = set()


def content(html, name, markdown=""):
    """What becomes of the HTML of a page."""
    return TYPESET["on_page_content"](html, page=_Page(name, markdown))


def test_numbers_in_the_text_lead_to_the_formulas():
    page = content("<p>see [C5], (17), (3) and <code>[C4]</code></p>", "limits.md")
    assert '<a class="reference" href="equations.html#C5">[C5]</a>' in page
    assert 'href="equations.html#eq-17"' in page
    assert "(3) and" in page  # not on the page of equations
    assert "<code>[C4]</code>" in page
    own = content("<p>[C5]</p>", "consistent-model.md", r"\tag{C5}")
    assert 'href="#C5"' in own
    assert 'href="../equations.html#C5"' in content("<p>[C5]</p>", "tutorials/1.md")


def test_names_of_functions_lead_to_their_documentation():
    name = "<code>boltzwall.physics.fermi.fermi</code>"
    assert 'identifier="boltzwall.physics.fermi.fermi"' in content(name, "equations.md")


def test_a_hat_begins_no_emphasis():
    assert TYPESET["on_page_markdown"]("f̂_eq ∂_pF1 τ_s") == r"f̂\_eq ∂\_pF1 τ_s"


def test_the_cells_of_the_tables_of_keys_know_their_column():
    table = (
        "<table><thead><tr><th>key</th><th>unit</th></tr></thead>"
        "<tbody><tr><td>a</td><td>m</td></tr></tbody></table>"
    )
    page = content(table, "configuration.md")
    assert '<table class="cards">' in page
    assert '<td data-label="unit">m</td>' in page
    assert content(table, "limits.md") == table


def test_programs_are_put_into_their_pages():
    source = (DOCS / "gallery.md").read_text(encoding="utf-8")
    page = TYPESET["on_page_markdown"](source)
    for program in (DOCS / "gallery").glob("*.py"):
        assert program.read_text(encoding="utf-8").rstrip() in page
    assert "# program:" not in page


def test_the_search_needs_no_other_host():
    page = TYPESET["on_post_page"](
        '<script src="https://unpkg.com/iframe-worker/shim"></script>', page=_Page("tutorials/1.md")
    )
    assert page == '<script src="../assets/iframe-worker.js"></script>'
    assert (DOCS / "assets" / "iframe-worker.js").exists()
