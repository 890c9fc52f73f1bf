"""Documents as Markdown and HTML."""

import pytest

from boltzwall.reproduce.document import (
    Block,
    Film,
    Heading,
    Paragraph,
    Picture,
    ReportTable,
    to_html,
    to_markdown,
    write_csv,
)
from boltzwall.reproduce.markup import typeset_html


def test_a_document_escapes_what_its_formats_would_interpret(tmp_path):
    table = ReportTable(["|M|"], [["x_y"]])
    blocks: list[Block] = [Heading(1, "a < b"), Paragraph("t_s * v"), table]
    assert to_markdown(blocks, tmp_path) == (
        "# a < b\n\nt<sub>s</sub> \\* v\n\n| \\|M\\| |\n| --- |\n| x<sub>y</sub> |\n"
    )
    text = to_html("t", blocks, tmp_path)
    assert '<h1 id="a-b">a &lt; b</h1>' in text
    assert "<td>x<sub>y</sub></td>" in text


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("t_s and τ_total", "t<sub>s</sub> and τ<sub>total</sub>"),
        ("⟨M_z⟩ at T0 = 100 K", "⟨M<sub>z</sub>⟩ at T<sub>0</sub> = 100 K"),
        ("2.22e-16 and 6.9e+30", "2.22·10<sup>−16</sup> and 6.9·10<sup>30</sup>"),
        ("∂xB ẑ", "∂<sub>x</sub>B ẑ"),
        ("material.seebeck_coefficient, momentum_window", None),
        ("`t_s`", "<code>t_s</code>"),
    ],
)
def test_symbols_and_powers_are_typeset_and_keys_left_alone(text, typeset):
    assert typeset_html(text) == (typeset or text)


def test_pictures_are_links_in_markdown_and_inside_the_page(tmp_path):
    for name in ("a.png", "a.svg", "b.gif", "b.mp4"):
        (tmp_path / name).write_bytes(b"data")
    blocks: list[Block] = [
        Heading(2, "Figures"),
        Picture(tmp_path / "a.png", tmp_path / "a.svg", "Figure 1", "κ."),
        Film(tmp_path / "b.gif", tmp_path / "b.mp4", "S1", "in time."),
    ]
    text = to_markdown(blocks, tmp_path)
    assert "![Figure 1](a.png)" in text
    assert "![S1](b.gif)" in text
    page = to_html("t", blocks, tmp_path)
    assert '<img src="data:image/svg+xml;base64,ZGF0YQ==" alt="Figure 1. κ.">' in page
    assert '<video src="data:video/mp4;base64,ZGF0YQ==" aria-label="S1. in time." controls' in page
    assert '<a href="#figures">Figures</a>' in page


def test_a_table_as_csv_quotes_what_it_must(tmp_path):
    path = write_csv(tmp_path / "t.csv", ReportTable(["a", "b"], [["1, 2", "x"]]))
    assert path.read_text(encoding="utf-8") == 'a,b\n"1, 2",x\n'
