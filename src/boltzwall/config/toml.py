"""The one reader of TOML: files and single values, with hints where a line cannot be read."""

import re
import tomllib
from pathlib import Path
from typing import Any

from boltzwall.config.units import shown
from boltzwall.errors import InputError

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"(?<![\w.\"'])({_NUMBER}\s*[^\W\d_°%µ]?[°%µ\w/*^·²³⁻()\- ]*)")
_TEXT = re.compile(r"[^\W\d][\w \-]*")
_WORDS = {"True": "true", "False": "false", "yes": "true", "no": "false"}
_LONGEST = 200
_LARGEST = 10_000_000  # bytes


def read_toml(path: Path, what: str = "configuration") -> dict[str, Any]:
    """The tables of a TOML file; ``what`` it is, in messages.

    Raises:
        InputError: the file is missing, a folder, no text in UTF-8, or no TOML; the message has the
            line, and the cure where it is a quantity or a text without quotes.
    """
    try:
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise _unreadable(path, what, f"it is larger than {_LARGEST // 10**6} MB")
        text = path.read_bytes().decode("utf-8-sig")
    except IsADirectoryError:
        raise InputError(f"The {what} must be a file, but {path} is a folder.") from None
    except FileNotFoundError:
        raise InputError(f"The {what} file {shown(str(path))} does not exist.") from None
    except UnicodeDecodeError:
        raise InputError(f"The {what} file {path} must be text in UTF-8, but it is not.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(path, what, str(reason)) from None
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _unreadable(path, what, "it is nested too deeply") from None
    except ValueError as error:
        raise _unreadable(path, what, f"{error}.{_hint(text, str(error))}".rstrip(".")) from None


def parse_value(text: str) -> Any:
    """One value as TOML has it; the text itself where it is none, as "5 nm" is without quotes."""
    try:
        parsed = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return parsed["value"] if list(parsed) == ["value"] else text


def _unreadable(path: Path, what: str, reason: str) -> InputError:
    return InputError(f"The {what} file {shown(str(path))} cannot be read: {reason}.")


def _hint(text: str, problem: str) -> str:
    """How the line at fault may have been meant; "" if that cannot be told."""
    place = _PLACE.search(problem)
    lines = text.splitlines()
    if place is None or int(place[1]) > len(lines):
        return ""
    line = lines[int(place[1]) - 1].split("#", 1)[0].strip()
    key, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not value or len(value) > _LONGEST or '"' in value or "'" in value:
        return ""
    if value in _WORDS:
        return f" Write {key} = {_WORDS[value]}."
    if re.fullmatch(r"[+-]?(\d+\.|\.\d+)([eE][+-]?\d+)?", value):
        return f" Write {key} = {float(value)!r}."
    if re.fullmatch(r"[+-]?\d+,\d+", value):
        return f" Write a point for the comma: {key} = {value.replace(',', '.')}."
    if _TEXT.fullmatch(value):
        return f' Put a text between quotes: {key} = "{value}".'
    quoted, count = _QUANTITY.subn(_quoted, value)
    if count and quoted != value and _is_toml(f"value = {quoted}"):
        return f" Put a number with a unit between quotes: {key} = {quoted}."
    return ""


def _quoted(match: re.Match[str]) -> str:
    given = match[1].rstrip()
    rest = match[1][len(given) :]
    return match[1] if re.fullmatch(_NUMBER, given) else f'"{given}"{rest}'


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
