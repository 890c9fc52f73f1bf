"""Documents as Markdown and HTML."""

from boltzwall.reproduce.document import (
    Block,
    Heading,
    Paragraph,
    TableBlock,
    to_html,
    to_markdown,
    write_csv,
)


def test_a_document_escapes_what_its_formats_would_interpret(tmp_path):
    table = TableBlock(["|M|"], [["x_y"]])
    blocks: list[Block] = [Heading(1, "a < b"), Paragraph("t_s * v"), table]
    assert to_markdown(blocks, tmp_path) == (
        "# a < b\n\nt\\_s \\* v\n\n| \\|M\\| |\n| --- |\n| x\\_y |\n"
    )
    text = to_html("t", blocks, tmp_path)
    assert "<h1>a &lt; b</h1>" in text
    assert "<td>x_y</td>" in text


def test_a_table_as_csv_quotes_what_it_must(tmp_path):
    path = write_csv(tmp_path / "t.csv", TableBlock(["a", "b"], [["1, 2", "x"]]))
    assert path.read_text(encoding="utf-8") == 'a,b\n"1, 2",x\n'
