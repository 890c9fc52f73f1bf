"""Symbols in running text, typeset: t_s, 2e-16, `key` as HTML and as Markdown."""

import html
import re

# A symbol of one or two letters and its index; longer words with underscores are keys.
_INDEX = re.compile(r"(?<![\w.`])([A-Za-zΑ-Ωα-ωµ]{1,2})_([A-Za-z0-9]+)(?!\w|_)")
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e([+-])(\d+)(?!\w)")
_SLOPE = re.compile(r"∂([xt])")
_COLD_END = re.compile(r"\bT0\b")
_CODE = re.compile(r"`([^`]+)`")


def typeset_html(text: str) -> str:
    """As HTML: indices below the line, powers of ten above it, keys as code."""
    return _CODE.sub(r"<code>\1</code>", _symbols(html.escape(text)))


def typeset_markdown(text: str) -> str:
    """As Markdown, in which no asterisk or underscore of the text is taken for emphasis."""
    parts = re.split(r"(`[^`]+`|</?su[bp]>)", _symbols(text))
    return "".join(part if part[:1] in "`<" else _plain(part) for part in parts)


def _symbols(text: str) -> str:
    indexed = _INDEX.sub(
        r"\1<sub>\2</sub>", _SLOPE.sub(r"∂<sub>\1</sub>", _COLD_END.sub("T<sub>0</sub>", text))
    )
    return _POWER.sub(_power, indexed)


def _power(match: re.Match[str]) -> str:
    mantissa, sign, exponent = match.groups()
    minus = "−" if sign == "-" else ""
    return f"{mantissa}·10<sup>{minus}{int(exponent)}</sup>"


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")
