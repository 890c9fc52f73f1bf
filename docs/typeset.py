"""What mkdocs does to the pages on their way to HTML: formulas, links to equations, subscripts.

Formulas are LaTeX between $ in the sources, and become MathML, which browsers set by themselves: no
script, no other host, and a page opened from a folder or printed looks the same. `\\tag{C5}` gives
a formula its number and the anchor #C5, `\\tag{5}` one of the paper's, #eq-5. In the text [C5] and
(5) lead there, names of functions lead to their documentation, and p_F is set with a subscript.
"""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import math_core

_PAGE = "equations.md"
_CARDS = ("configuration.md", "variables.md", "conventions-and-glossary.md", "errors.md")
_TAG = re.compile(r"\s*\\tag\{(\w+)\}")
_SOURCE = Path(__file__).parent / _PAGE
_BLOCK = re.compile(r'<div class="arithmatex">\\\[(.*?)\\\]</div>', re.S)
_INLINE = re.compile(r'<span class="arithmatex">\\\((.*?)\\\)</span>', re.S)
_MATHML = math_core.LatexToMathML()

# Within these elements text is left as it is.
_CLOSED = ("code", "pre", "a", "math", "script", "style", "autoref", "svg", "button", "label")
_ELEMENT = re.compile(r"(<[^>]+>)")
_OPENING = re.compile(rf"<({'|'.join(_CLOSED)})\b[^>]*(?<!/)>")
_CLOSING = re.compile(rf"</({'|'.join(_CLOSED)})>")

_PROGRAM = re.compile(r"^# program: (\S+)$", re.M)
_SHIM = "https://unpkg.com/iframe-worker/shim"  # by which the theme searches without a server
_REFERENCE = re.compile(r"\[([BCHM]\d+)\]|(?<![\w)])\((\d{1,2})\)")
_NAME = re.compile(r"<code>(boltzwall(?:\.\w+)+)</code>")
_AVERAGE = re.compile(r"&lt;(?! )([^&<>]{1,24}?)(?<! )&gt;")
_SIGNS = "±∓+⊥∥−-"
_SUPERSCRIPT = re.compile(rf"\^(?:\{{([^{{}}<>]+)\}}|([{_SIGNS}]))")
_SUBSCRIPT = re.compile(
    r"(?<![A-Za-z_])((?:[A-Za-z]{1,2})?[A-Za-zΑ-Ωα-ωµ∂Π]['′\u0302]?)_"
    rf"(?:\{{([^{{}}<>]+)\}}|([{_SIGNS}])|((?<=[kµ]_)B|[A-Za-z0-9Α-Ωα-ω]+(?:[{_SIGNS[:-2]}])?))"
)
# What is written without an underscore: ∂x, γ0, Ms.
_IMPLIED = re.compile(
    r"(?<!/)(∂)(xx|[xtp])(?![a-z])|([γµ])(0)(?!\d)|(?:(?<=∂[xpt])|(?<![A-Za-z0-9_.]))([TFgKGN])([012])(?![\w.]\d?)"
    r"|(?<![A-Za-df-z])(M)(s)(?![a-z])"
)


def numbers(source: str) -> set[str]:
    """The numbers of the formulas of a page, as in [C5] and (5)."""
    return set(_TAG.findall(source))


def anchor(number: str) -> str:
    """Where the formula of a number stands on its page."""
    return f"eq-{number}" if number.isdigit() else number


def formula(latex: str, *, block: bool) -> str:
    """MathML of LaTeX; a formula that cannot be read is an error of the build."""
    try:
        return str(_MATHML.convert_with_local_state(latex, displaystyle=block))
    except math_core.LatexError as error:
        raise ValueError(f"this formula cannot be read: {latex}\n{error}") from None


def _equation(found: re.Match[str]) -> str:
    latex = html.unescape(found[1])
    tag = _TAG.search(latex)
    body = formula(_TAG.sub("", latex).strip(), block=True)
    if tag is None:
        return f'<div class="equation" tabindex="0"><div class="formula">{body}</div></div>'
    number, place = tag[1], anchor(tag[1])
    shown = f"({number})" if number.isdigit() else f"[{number}]"
    link = f'<a class="number" href="#{place}" title="Link to this equation">{shown}</a>'
    inner = f'<div class="formula">{body}</div>{link}'
    return f'<div class="equation" id="{place}" tabindex="0">{inner}</div>'


def typeset(text: str) -> str:
    """The HTML of a page with its formulas as MathML."""
    text = _BLOCK.sub(_equation, text)
    return _INLINE.sub(lambda found: formula(html.unescape(found[1]), block=False), text)


def _texts(page: str, change: Callable[[str], str]) -> Iterator[str]:
    depth = 0
    for part in _ELEMENT.split(page):
        if part.startswith("<"):
            depth += bool(_OPENING.match(part)) - bool(_CLOSING.match(part))
            yield part
        else:
            yield change(part) if depth == 0 else part


def subscripts(text: str) -> str:
    """Plain text with x_y, x^{y}, ∂x and γ0 set as one writes them, and <G> as an average."""
    text = _SUPERSCRIPT.sub(
        lambda m: f"<sup>{subscripts(m[1] or m[2])}</sup>", _AVERAGE.sub(r"⟨\1⟩", text)
    )
    text = _SUBSCRIPT.sub(lambda m: f"{m[1]}{_below(m[2] or m[3] or m[4])}", text)
    parts = _ELEMENT.split(text)
    return "".join(p if p.startswith("<") else _IMPLIED.sub(_implied, p) for p in parts)


def _below(text: str) -> str:
    return f"<sub>{subscripts(text).replace('-', '−')}</sub>"


def _implied(found: re.Match[str]) -> str:
    letter, low = (part for part in found.groups() if part)
    return f"{letter}<sub>{low}</sub>"


class _Linker:
    """Links from the numbers in a text to the formulas, on the same page if it has them."""

    def __init__(self, own: set[str], elsewhere: str) -> None:
        self.own = own
        self.elsewhere = elsewhere
        self.known = numbers(_SOURCE.read_text(encoding="utf-8"))

    def __call__(self, text: str) -> str:
        return _REFERENCE.sub(self._link, text)

    def _link(self, found: re.Match[str]) -> str:
        number = found[1] or found[2]
        if number not in self.known | self.own:
            return found[0]
        page = "" if number in self.own else self.elsewhere
        return f'<a class="reference" href="{page}#{anchor(number)}">{found[0]}</a>'


def cards(page: str) -> str:
    """Tables whose cells know their column, so that narrow screens can show each row as a card."""
    return re.sub(r"<table>.*?</table>", _labelled, page, flags=re.S)


def _labelled(found: re.Match[str]) -> str:
    heads = [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<th>(.*?)</th>", found[0])]
    if not heads:
        return found[0]
    rows = re.split(r"(?=<tr>)", found[0])
    for place, row in enumerate(rows):
        parts = row.split("<td>")
        cells = zip(heads, parts[1:], strict=False)
        rows[place] = parts[0] + "".join(f'<td data-label="{h}">{cell}' for h, cell in cells)
    return "".join(rows).replace("<table>", '<table class="cards">', 1)


def on_page_markdown(source: str, /, **_: Any) -> str:
    """Called by mkdocs for every page: programs that it names are put in; and after ∂ and a hat
    an underscore would begin emphasis."""
    root = _SOURCE.parents[1]
    source = _PROGRAM.sub(lambda m: (root / m[1]).read_text(encoding="utf-8").rstrip(), source)
    return re.sub(r"(?<=[∂\u0302])_", r"\\_", source)


def on_page_content(page_html: str, /, page: Any, **_: Any) -> str:
    """Called by mkdocs for every page between Markdown and theme."""
    own = numbers(page.markdown or "")
    up = "../" * page.file.src_uri.count("/")
    link = _Linker(own, f"{up}equations.html")
    text = "".join(_texts(typeset(page_html), lambda part: link(subscripts(part))))
    page.present_anchor_ids = (page.present_anchor_ids or set()) | {anchor(n) for n in own}
    if page.file.src_uri in _CARDS:
        text = cards(text)
    name = r'<autoref optional identifier="\1"><code>\1</code></autoref>'
    return text if page.file.src_uri.startswith("api") else _NAME.sub(name, text)


def on_post_page(output: str, /, page: Any, **_: Any) -> str:
    """Called by mkdocs with the whole page: the search needs no other host."""
    up = "../" * page.file.src_uri.count("/")
    return output.replace(_SHIM, f"{up}assets/iframe-worker.js")
