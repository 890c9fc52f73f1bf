"""A small document (headings, paragraphs, tables, pictures) as Markdown and as one HTML file."""

import base64
import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.io import replacing

STYLE = """
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; color: #1a1a1a;
  font-family: "Source Serif 4", Charter, Georgia, serif; }
h1, h2, h3 { line-height: 1.2; font-family: system-ui, sans-serif; }
h2 { margin-top: 2.4rem; border-bottom: 1px solid #ccc; padding-bottom: 0.2rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 0.88rem;
  font-variant-numeric: tabular-nums; font-family: system-ui, sans-serif; }
th, td { padding: 0.28rem 0.7rem; border-bottom: 1px solid #ddd; text-align: left;
  vertical-align: top; }
th { border-bottom: 2px solid #444; }
figure { margin: 1.6rem 0; }
figure img { max-width: 100%; height: auto; }
figcaption { font-size: 0.88rem; color: #444; }
td:first-child { min-width: 9rem; }
.scroll { overflow-x: auto; }
"""
TYPES = {".png": "image/png", ".gif": "image/gif"}


@dataclass(frozen=True)
class Heading:
    level: int
    text: str

    def markdown(self, folder: Path) -> str:
        return f"{'#' * self.level} {self.text}"

    def html(self, folder: Path) -> str:
        return f"<h{self.level}>{html.escape(self.text)}</h{self.level}>"


@dataclass(frozen=True)
class Paragraph:
    text: str

    def markdown(self, folder: Path) -> str:
        return _plain(self.text)

    def html(self, folder: Path) -> str:
        return f"<p>{html.escape(self.text)}</p>"


@dataclass(frozen=True)
class TableBlock:
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self, folder: Path) -> str:
        lines = [self.header, ["---"] * len(self.header), *self.rows]
        return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)

    def html(self, folder: Path) -> str:
        def row(cells: Sequence[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>"

        body = "\n".join(row(cells, "td") for cells in self.rows)
        head = row(self.header, "th")
        return (
            f'<div class="scroll"><table>\n<thead>{head}</thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )


@dataclass(frozen=True)
class Picture:
    """A PNG or GIF: a relative link in Markdown, the picture itself in HTML."""

    path: Path
    title: str
    caption: str

    def markdown(self, folder: Path) -> str:
        link = self.path.relative_to(folder).as_posix()
        return f"![{self.title}]({link})\n\n*{self.title}. {self.caption}*"

    def html(self, folder: Path) -> str:
        data = base64.b64encode(self.path.read_bytes()).decode()
        source = f"data:{TYPES[self.path.suffix]};base64,{data}"
        title, caption = html.escape(self.title), html.escape(self.caption)
        return (
            f'<figure><img src="{source}" alt="{title}. {caption}">\n'
            f"<figcaption><strong>{title}.</strong> {caption}</figcaption></figure>"
        )


Block = Heading | Paragraph | TableBlock | Picture


def to_markdown(blocks: Sequence[Block], folder: Path) -> str:
    """The document with links to pictures relative to ``folder``."""
    return "\n\n".join(block.markdown(folder) for block in blocks) + "\n"


def to_html(title: str, blocks: Sequence[Block], folder: Path) -> str:
    """The document as one file that needs no other."""
    body = "\n".join(block.html(folder) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def write_csv(path: Path, table: TableBlock) -> Path:
    """Write a table as CSV, whole or not at all."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.header, *table.rows])
    with replacing(path) as temporary:
        temporary.write_text(text.getvalue(), encoding="utf-8")
    return path


def _plain(text: str) -> str:
    """Text whose asterisks and underscores are not taken for emphasis."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")


def _cell(text: str) -> str:
    return text if set(text) == {"-"} else _plain(text).replace("|", "\\|")
