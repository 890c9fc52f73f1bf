"""What a page shows, as plain data: tabs of panels of curves, and the arrays behind these."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_MARGIN = 0.05  # of its height above and below what a panel shows
_FLAT = 1e-4  # of its size: what varies by less is drawn as a flat line
_OUTSIDE = -32768  # in a map: no value


@dataclass(frozen=True)
class Curve:
    """One line: the array that holds it, its row there, its name, and the number of its style."""

    array: str
    row: int
    label: str
    style: int


@dataclass(frozen=True)
class Panel:
    """One picture.

    Attributes:
        kind: profile (along x, at the time of the slider), history (against time), map (M over
            place and time) or arrows.
        title: what is seen, in words.
        x_label, y_label: with their units.
        unit: of the values, as hovering tells them.
        y_range: lowest and highest value that the panel shows.
        logarithmic: whether the vertical axis is.
        extra: what only one kind needs.
    """

    kind: str
    title: str
    x_label: str
    y_label: str
    unit: str
    y_range: tuple[float, float]
    curves: tuple[Curve, ...] = ()
    logarithmic: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tab:
    """Panels that are seen together."""

    title: str
    panels: tuple[Panel, ...]


class Arrays:
    """Arrays by their names, as the page takes them: little-endian numbers in base64."""

    def __init__(self) -> None:
        self.packed: dict[str, dict[str, Any]] = {}

    def add(self, name: str, values: Any) -> str:
        """Keep numbers as they are drawn, in single precision; returns the name."""
        return self._put(name, np.asarray(values), "<f4")

    def add_exact(self, name: str, values: Any) -> str:
        """Keep numbers in double precision."""
        return self._put(name, np.asarray(values), "<f8")

    def add_map(self, name: str, values: Any) -> str:
        """Keep numbers between −1 and 1 to 3·10⁻⁵; nan stays nan."""
        numbers = np.asarray(values, dtype=float)
        steps = np.where(np.isfinite(numbers), np.round(numbers * 32767.0), _OUTSIDE)
        return self._put(name, steps, "<i2")

    def _put(self, name: str, values: np.ndarray, kind: str) -> str:
        data = base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode()
        self.packed[name] = {"type": kind[1:], "shape": list(values.shape), "data": data}
        return name


def shown_range(values: Any, least: float = 0.0) -> tuple[float, float]:
    """From the lowest to the highest finite value and a little more; rounding noise is flat.

    Arguments:
        least: what varies by less is flat, in drawn units.
    """
    numbers = np.asarray(values, dtype=float)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high))
    if high - low <= max(least, _FLAT * size):
        room = max(least, _MARGIN * size) or 1.0
        middle = 0.5 * (low + high)
        return middle - room, middle + room
    room = _MARGIN * (high - low)
    return low - room, high + room


def rows_of(name: str, labels: Sequence[str], first_style: int = 0) -> tuple[Curve, ...]:
    """A curve for each row of an array."""
    return tuple(Curve(name, k, label, first_style + k) for k, label in enumerate(labels))
