"""The units in which values are drawn and written: prefixes, powers of ten, readable symbols."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from boltzwall.constants import ELEMENTARY_CHARGE

PREFIXES = {-15: "f", -12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G"}
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PREFIXED_UNITS = ("m", "s", "m s-1", "V m-1", "A m-1", "J m-1", "V", "T", "Hz")
WALL_SPEEDS = (1e-2, 1e4)  # m/s; walls are told about in metres per second
LONG_WIRE = 2e-6  # m; shorter ones are told about in nanometres
STEEP = 1e7  # K/m; from here on gradients are told about in kelvin per nanometre
MINUS = "−"


@dataclass(frozen=True)
class DisplayUnit:
    """Divide values by ``size`` to draw them in ``name``."""

    size: float
    name: str

    def label(self, quantity: str) -> str:
        """``wall width (nm)``."""
        return f"{quantity} ({self.name})" if self.name else quantity

    def text(self, value: float, digits: int = 4) -> str:
        """A value in SI units, written in this one: ``−1 × 10¹² A m⁻²``, ``2 K nm⁻¹``."""
        number = number_text(value / self.size, digits)
        return f"{number} {'× ' if self.name.startswith('10') else ''}{self.name}".strip()


def display_unit(values: Any, units: str) -> DisplayUnit:
    """A unit that brings ``values`` near one: a prefix (nm, ns), a power of ten, eV, K/nm.

    Arguments:
        values: in the SI unit; what is not finite counts for nothing.
        units: as a Dataset (``A m-2``) or the configuration (``A/m^2``) writes them.
    """
    units = dataset_units(units)
    top = largest(values)
    plain = readable_units(units)
    if top == 0.0 or units in ("K", "rad"):
        return DisplayUnit(1.0, plain)
    if units == "K m-1" and top >= STEEP:
        return DisplayUnit(1e9, "K nm⁻¹")
    if units == "J":
        return DisplayUnit(ELEMENTARY_CHARGE, "eV")
    if units == "m s-1" and WALL_SPEEDS[0] <= top < WALL_SPEEDS[1]:
        return DisplayUnit(1.0, plain)
    if units in PREFIXED_UNITS:
        return _prefixed(top, units)
    if units == "1" and (_are_counts(values) or 1e-2 <= top < 1e2):
        return DisplayUnit(1.0, "")
    exponent = int(np.floor(np.log10(top)))
    if exponent in (-1, 0, 1):
        return DisplayUnit(1.0, plain)
    power = f"10{str(exponent).translate(SUPERSCRIPTS)}"
    return DisplayUnit(10.0**exponent, f"{power} {plain}".strip())


def largest(values: Any) -> float:
    """The largest finite magnitude; 0 where there is none."""
    magnitudes = np.abs(np.asarray(values, dtype=float))
    finite = magnitudes[np.isfinite(magnitudes)]
    return float(finite.max()) if finite.size else 0.0


def dataset_units(units: str) -> str:
    """``A/m^2`` and ``m/(A s)`` as ``A m-2`` and ``m A-1 s-1``; no unit as 1."""
    above, _, below = units.replace("^", "").partition("/")
    factors = [above] if above not in ("", "1") else []
    factors += [f"{unit}-{power or 1}" for unit, power in re.findall(r"([^\W\d]+)(\d*)", below)]
    return " ".join(factors) or "1"


def readable_units(units: str) -> str:
    """``m-2 s-1`` as ``m⁻² s⁻¹``; the unit 1 as nothing."""
    return "" if units == "1" else units.translate(SUPERSCRIPTS)


def number_text(value: float, digits: int = 4) -> str:
    """A number with a true minus sign, and powers of ten as one writes them by hand."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    power = f" × 10{str(int(exponent)).translate(SUPERSCRIPTS)}" if exponent else ""
    return mantissa.replace("-", MINUS) + power


def _prefixed(top: float, units: str) -> DisplayUnit:
    # Keep 0.2 ns and 0.5 nm rather than 200 ps and 500 pm.
    exponent = 3 * int(np.floor((np.log10(top) + 1.0) / 3.0))
    if units == "s" and top < 1e-12:
        exponent = -15  # electrons are told about in femtoseconds
    if units == "m" and 1e-7 <= top < LONG_WIRE:
        exponent = -9
    exponent = min(max(exponent, min(PREFIXES)), max(PREFIXES))
    return DisplayUnit(10.0**exponent, PREFIXES[exponent] + readable_units(units))


def _are_counts(values: Any) -> bool:
    numbers = np.asarray(values, dtype=float)
    finite = numbers[np.isfinite(numbers)]
    return largest(finite) < 1e6 and bool(np.all(finite == np.round(finite)))
