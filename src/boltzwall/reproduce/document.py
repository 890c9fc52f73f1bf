"""A small document (headings, text, tables, pictures, films) as Markdown and as one HTML file."""

import base64
import csv
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.io import replacing
from boltzwall.reproduce.markup import typeset_html, typeset_markdown
from boltzwall.reproduce.style import STYLE

TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".mp4": "video/mp4"}


@dataclass(frozen=True)
class Heading:
    """A title; those of the second level make the table of contents."""

    level: int
    text: str

    @property
    def anchor(self) -> str:
        return re.sub(r"\W+", "-", self.text.lower()).strip("-")

    def markdown(self, folder: Path) -> str:
        return f"{'#' * self.level} {typeset_markdown(self.text)}"

    def html(self, folder: Path) -> str:
        tag = f"h{self.level}"
        return f'<{tag} id="{self.anchor}">{typeset_html(self.text)}</{tag}>'


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``kind`` is its class in HTML."""

    text: str
    kind: str = ""

    def markdown(self, folder: Path) -> str:
        return typeset_markdown(self.text)

    def html(self, folder: Path) -> str:
        kind = f' class="{self.kind}"' if self.kind else ""
        return f"<p{kind}>{typeset_html(self.text)}</p>"


@dataclass(frozen=True)
class Items:
    """A numbered list."""

    texts: Sequence[str]

    def markdown(self, folder: Path) -> str:
        return "\n".join(f"{n}. {typeset_markdown(t)}" for n, t in enumerate(self.texts, 1))

    def html(self, folder: Path) -> str:
        return "<ol>" + "".join(f"<li>{typeset_html(t)}</li>" for t in self.texts) + "</ol>"


@dataclass(frozen=True)
class ReportTable:
    """Cells below a header."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self, folder: Path) -> str:
        lines = [self.header, ["---"] * len(self.header), *self.rows]
        return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)

    def html(self, folder: Path) -> str:
        def row(cells: Sequence[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{typeset_html(c)}</{tag}>" for c in cells) + "</tr>"

        body = "\n".join(row(cells, "td") for cells in self.rows)
        head = row(self.header, "th")
        return (
            f'<div class="scroll"><table>\n<thead>{head}</thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table></div>"
        )


@dataclass(frozen=True)
class Picture:
    """A relative link to ``path`` in Markdown; in HTML ``drawing``, the same as vectors, inside."""

    path: Path
    drawing: Path
    title: str
    caption: str

    def markdown(self, folder: Path) -> str:
        return _linked(self.path.relative_to(folder), self.title, self.caption)

    def html(self, folder: Path) -> str:
        label = html.escape(f"{self.title}. {self.caption}")
        return _figure(
            f'<img src="{_inside(self.drawing)}" alt="{label}">', self.title, self.caption
        )


@dataclass(frozen=True)
class Film:
    """A relative link to ``path``, a GIF, in Markdown; in HTML ``video`` with its controls."""

    path: Path
    video: Path
    title: str
    caption: str

    def markdown(self, folder: Path) -> str:
        return _linked(self.path.relative_to(folder), self.title, self.caption)

    def html(self, folder: Path) -> str:
        label = html.escape(f"{self.title}. {self.caption}")
        video = (
            f'<video src="{_inside(self.video)}" aria-label="{label}" controls autoplay loop muted '
            "playsinline></video>"
        )
        return _figure(video, self.title, self.caption)


Block = Heading | Paragraph | Items | ReportTable | Picture | Film


def to_markdown(blocks: Sequence[Block], folder: Path) -> str:
    """The document with links to pictures relative to ``folder``."""
    return "\n\n".join(block.markdown(folder) for block in blocks) + "\n"


def to_html(title: str, blocks: Sequence[Block], folder: Path) -> str:
    """The document as one file that needs no other, with its contents beside it."""
    body = "\n".join(block.html(folder) for block in blocks)
    chapters = [b for b in blocks if isinstance(b, Heading) and b.level == 2]
    links = "".join(f'<a href="#{c.anchor}">{typeset_html(c.text)}</a>' for c in chapters)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body>\n<nav aria-label="Contents">{links}</nav>\n<main>\n{body}\n</main>\n'
        "</body>\n</html>\n"
    )


def write_csv(path: Path, table: ReportTable) -> Path:
    """Write a table as CSV, whole or not at all."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([table.header, *table.rows])
    with replacing(path) as temporary:
        temporary.write_text(text.getvalue(), encoding="utf-8")
    return path


def _linked(link: Path, title: str, caption: str) -> str:
    return f"![{title}]({link.as_posix()})\n\n**{title}.** {typeset_markdown(caption)}"


def _inside(path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    return f"data:{TYPES[path.suffix]};base64,{data}"


def _figure(content: str, title: str, caption: str) -> str:
    words = f"<strong>{html.escape(title)}.</strong> {typeset_html(caption)}"
    return f"<figure>{content}\n<figcaption>{words}</figcaption></figure>"


def _cell(text: str) -> str:
    return text if set(text) == {"-"} else typeset_markdown(text).replace("|", "\\|")
