"""Labels for a page: plain text where matplotlib takes formulas, meanings from the registry."""

import re

import xarray as xr

from boltzwall.plot.labels import short_name
from boltzwall.plot.units import DisplayUnit
from boltzwall.variables import POINT_VARIABLES, VARIABLES

_LETTERS = {
    r"\varphi": "φ", r"\Delta": "Δ", r"\beta": "β", r"\kappa": "κ", r"\langle": "⟨",
    r"\rangle": "⟩",
}  # fmt: skip
_SYMBOL = 4  # letters of a symbol, at most
_FONT = re.compile(r"\\math[a-z]+\{([^{}]*)\}")
_INDEX = re.compile(r"_\{?([A-Za-z]+)\}?")
_LOWERABLE = "aehijklmnoprstuvx"
_LOWERED = str.maketrans(_LOWERABLE, "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


def plain(text: str) -> str:
    """``$\\mathbf{j}_s$`` as ``jₛ``."""
    for formula, letter in _LETTERS.items():
        text = text.replace(formula, letter)
    text = _FONT.sub(r"\1", text).replace("$", "")
    return _INDEX.sub(_lowered, text) if "_" in text else text


def axis_title(variable: xr.DataArray, unit: DisplayUnit) -> str:
    """``m (10²⁵ m⁻³)``; of a variable without a symbol ``settling time (ns)``."""
    words, symbol = short_name(variable)
    letters = plain(symbol)
    return unit.label(letters if letters and len(letters) <= _SYMBOL else plain(words))


def meaning(name: str, otherwise: str = "") -> str:
    """What a variable is, as the registry says it, with a capital letter."""
    entry = VARIABLES.get(name) or POINT_VARIABLES.get(name)
    text = entry.long_name if entry else otherwise or name.replace("_", " ")
    if entry and entry.equation:
        text = f"{text} {entry.equation}"
    return text[:1].upper() + text[1:]


def _lowered(match: re.Match[str]) -> str:
    index = match[1]
    return index.translate(_LOWERED) if set(index) <= set(_LOWERABLE) else f"_{index}"
