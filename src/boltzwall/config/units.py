"""Quantities: a number in SI units, or a string with a unit such as "5 nm"."""

import math
import re
import reprlib
from dataclasses import dataclass
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pint import UnitRegistry

_NUMBER = re.compile(
    r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?)(?![\d.])\s*(.*)", re.S | re.A
)
_CGS = re.compile(r"(?<![^\W\d_])[numkM]?(?:Oe|G|oersted|gauss|emu|erg|dyn)(?![^\W\d_])")
_TOKEN = re.compile(r"(?P<power>(?:\*\*|\^)\s*-?\d(?!\d)|⁻?[¹²³])|\s+|[*/·()]|°[CF]?|%|[^\W\d]+")
PREFIXED = "prefixed"  # display the SI unit with the prefix that suits the number
_LONGEST = 60
_DIGITS = 15
_SMALLEST, _LARGEST = 1e-60, 1e60  # in SI units; beyond, squares and products leave float64


class RefusedError(ValueError):
    """A value that cannot be used; the text goes on from "Key `…` "."""


def shown(value: object) -> str:
    """``value`` as an error message quotes it: short, on one line."""
    quoter = reprlib.Repr()
    quoter.maxstring = quoter.maxother = 80
    if isinstance(value, str):
        return '"' + quoter.repr(value)[1:-1] + '"'
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**20:
        return "an integer of more than 20 digits"
    return quoter.repr(value)


@cache
def registry() -> "UnitRegistry[Any]":
    """Pint's registry, made when the first string with a unit is met (it takes 0.3 s).

    Its parsed definitions are kept in the user's cache folder, which halves that time.
    """
    from pint import UnitRegistry

    kept: dict[str, Any] = {
        "autoconvert_offset_to_baseunit": True,
        "on_redefinition": "ignore",
    }
    try:
        units: UnitRegistry[Any] = UnitRegistry(**kept, cache_folder=":auto:")
    except Exception:  # a cache that cannot be written, or is damaged, raises many types
        units = UnitRegistry(**kept)
    for definition in _ELECTROMAGNETIC:
        units.define(definition)
    return units


# Pint has Oe and G in the dimensions of Gauss, which nothing else here shares, and no emu.
_ELECTROMAGNETIC = (
    "gauss = 1e-4 * tesla = G",
    "oersted = 250 / pi * ampere / meter = Oe",
    "emu = 1e-3 * ampere * meter ** 2",
)


@dataclass(frozen=True)
class Route:
    """Another quantity that a key takes: its unit, the factor to the key's, and the formula."""

    si: str
    factor: float
    formula: str


@dataclass(frozen=True)
class Unit:
    """The declared unit of a key, with its range; turns what the user wrote into an SI number.

    ``si``: the unit of the number; ``dimension``: its name in messages; ``example``: what to
    write; ``display``: the unit that example files show (PREFIXED: by size). Bounds are in ``si``.
    ``routes``: quantities of another dimension that it takes too. ``angular``: whether it counts
    radians or turns, where units that count the other are to be refused.
    """

    si: str
    dimension: str
    example: str
    display: str = ""
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None
    routes: tuple[Route, ...] = ()
    angular: bool | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(float)
        )

    def parse(self, value: object) -> float:
        """The SI number for ``value``; raises RefusedError, which says what is allowed."""
        number = self._number(value)
        if not math.isfinite(number) or not self._in_range(number):
            raise self.refusal(value)
        if number and not _SMALLEST < abs(number) < _LARGEST:
            far = f"a size between {_SMALLEST:g} and {_LARGEST:g} {self.si}".strip()
            raise self.refusal(value, f"Only numbers of {far} can be computed with.")
        return number

    def allowed(self) -> str:
        """What a value must be, such as "a length greater than 0 m"."""
        return f"{self.dimension} {self.range_in_words(self.si)}".strip()

    def range_in_words(self, si: str = "") -> str:
        """The bounds, each with the unit ``si``; "" if there are none."""
        bounds = (
            ("greater than", self.above),
            ("at least", self.at_least),
            ("less than", self.below),
            ("at most", self.at_most),
        )
        words = [f"{word} {bound:g} {si}".strip() for word, bound in bounds if bound is not None]
        return " and ".join(words)

    def refusal(self, value: object, cure: str = "") -> RefusedError:
        text = f"must be {self.allowed()}, such as {self.example}, but {shown(value)} was given."
        return RefusedError(f"{text} {cure}".strip())

    def _in_range(self, number: float) -> bool:
        return (
            (self.above is None or number > self.above)
            and (self.at_least is None or number >= self.at_least)
            and (self.below is None or number < self.below)
            and (self.at_most is None or number <= self.at_most)
        )

    def _number(self, value: object) -> float:
        if isinstance(value, str):
            return self._from_text(value)
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self.refusal(value)
        try:
            return float(value)
        except (OverflowError, ValueError):
            raise self.refusal(value) from None

    def _from_text(self, text: str) -> float:
        match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
        if match is None:
            raise self.refusal(text)
        number, unit = float(match[1]), match[2].strip()
        if unit:
            return self._converted(number, unit, text)
        if self.si:
            cure = f"It has no unit: add one, or write the number in {self.si} without quotes."
            raise self.refusal(text, cure)
        return number

    def _converted(self, number: float, unit: str, text: str) -> float:
        try:
            value = float(self.in_si(number, unit))
        except RefusedError as error:
            raise self.refusal(text, str(error)) from None
        # Fifteen digits: "5 nm" is then the same number as 5e-9.
        return float(f"{value:.{_DIGITS}g}")

    def in_si(self, values: Any, unit: str) -> Any:
        """A number or an array given in ``unit``, in SI units.

        Raises:
            RefusedError: the unit is unknown, or one of something else.
        """
        return self._in_si(values, unit)[0]

    def conversion(self, value: object) -> str:
        """How ``value`` was converted, where a formula or a unit of Gauss is involved; else ""."""
        match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
        if match is None or not match[2].strip():
            return ""
        unit = match[2].strip()
        route = self._in_si(1.0, unit)[1]
        if route is None and not _CGS.search(unit):
            return ""
        formula = f" ({route.formula})" if route else ""
        return f"{match[1]} {unit} = {self.parse(value):.6g} {self.si}{formula}"

    def _in_si(self, values: Any, unit: str) -> tuple[Any, Route | None]:
        if self.angular is not None and ("rad" if not self.angular else "hertz") in _spelt(unit):
            cure = (
                "turns, not radians: multiply by 2π, and write rad/s for Hz"
                if self.angular
                else "radians, not turns: divide by 2π, and write Hz for rad/s"
            )
            raise RefusedError(f"{shown(unit)} counts {cure}.")
        given = _parsed(unit)
        for route in (None, *self.routes):
            target, factor = (route.si, route.factor) if route else (self.si, 1.0)
            try:
                return registry().Quantity(values, given).to(target).magnitude * factor, route
            except Exception:  # of another dimension
                continue
        what = self.dimension.split(" ", 1)[-1]
        raise RefusedError(f"{shown(unit)} is not a unit of {what}.")


def is_unit(text: str) -> bool:
    """Whether this is the name of a unit."""
    try:
        _parsed(text)
    except RefusedError:
        return False
    return True


def _parsed(unit: str) -> Any:
    if not _readable(unit):
        raise RefusedError(f"The unit {shown(unit)} cannot be read.")
    try:
        return registry().parse_units(unit.replace("^", "**").replace("·", "*"))
    except Exception:  # pint's parser raises a dozen unrelated types
        raise RefusedError(f"The unit {shown(unit)} is unknown.") from None


def _spelt(unit: str) -> str:
    """The unit with turns a second as "hertz"; "radian" and "rad" as they are."""
    return re.sub(r"(?<![^\W\d_])[nµumkMGT]?Hz", "hertz", unit)


def _readable(unit: str) -> bool:
    """Whether names, one-digit powers and operators are all: pint would compute "m**9**9**9"."""
    rest, after_power = re.sub(r"^1\s*/", "", unit), False
    while rest:
        token = _TOKEN.match(rest)
        if token is None or (after_power and token["power"]):
            return False
        after_power = bool(token["power"]) or (after_power and token[0].isspace())
        rest = rest[token.end() :]
    return True


def in_display_unit(value: float, unit: Unit) -> str:
    """``value`` (SI) as example files show it: a number, or a number and its display unit."""
    if not unit.si:
        return brief(value)
    quantity = registry().Quantity(value, unit.si)
    if unit.display == PREFIXED:
        compact = quantity.to_compact()
        return f"{brief(compact.magnitude)} {compact.units:~}"
    return f"{brief(quantity.to(unit.display).magnitude)} {unit.display}"


def brief(value: float) -> str:
    """``value`` to twelve digits, as short as it gets: 8e5, 0.106, 100."""
    if value == 0.0 or 1e-3 <= abs(value) < 1e5:
        return f"{value:.12g}"
    mantissa, exponent = f"{value:.11e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
