"""Swept keys as axes: readable names and units, order, logarithmic spacing, edges of cells."""

import json
import re
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from boltzwall.plot.units import DisplayUnit, display_unit, number_text

SEED = "dynamics.noise_seed"
SAMPLE = "sample"
WIDEST = 40  # letters of a line beneath a panel
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# "κ, either sign", "E along x", "D of the bulk …" begin with a symbol; words do not.
_SYMBOL = re.compile(r"([^\W\d_a-z]\w{0,2}⊥?|[a-z]|E_F)(?:,| along | of |$)")
_NAMED_BY_SECTION = ("wire", "texture", "temperature", "transport")


@dataclass(frozen=True)
class SweptAxis:
    """A swept key as it is drawn.

    Attributes:
        dimension: of the Dataset.
        key: what varies along it.
        values: ascending, in SI units; places 0, 1, … where the key is not a number.
        names: of the values of a key that is not a number.
        symbol: short name, for legends.
        title: long name, without unit.
        zipped: titles of the keys that vary along with it.
        unit: in which ``values`` are drawn.
        logarithmic: the values are evenly spaced in the logarithm rather than linearly.
    """

    dimension: str
    key: str
    values: np.ndarray
    names: tuple[str, ...]
    symbol: str
    title: str
    zipped: tuple[str, ...]
    unit: DisplayUnit
    logarithmic: bool

    @property
    def numeric(self) -> bool:
        return not self.names

    @property
    def label(self) -> str:
        """On lines of forty letters: what varies, its unit, and what varies along with it."""
        parts = [self.unit.label(self.title), *(f"with {title}" for title in self.zipped)]
        lines = [parts[0]]
        for part in parts[1:]:
            together = f"{lines[-1]}, {part}"
            lines[-1:] = [together] if len(together) <= WIDEST else [f"{lines[-1]},", part]
        return "\n".join(lines)

    @property
    def drawn(self) -> np.ndarray:
        """Values in the units of the label."""
        return self.values / self.unit.size

    def at(self, place: int) -> str:
        """``κ = 2 K nm⁻¹``, for legends and titles."""
        if self.names:
            return f"{self.symbol} = {self.names[place]}"
        return f"{self.symbol} = {number_text(self.drawn[place])} {self.unit.name}".strip()

    def edges(self) -> np.ndarray:
        """Borders of the cells around the drawn values; one more than these."""
        sign = -1.0 if self.logarithmic and self.values[0] < 0.0 else 1.0
        centres = np.log(sign * self.drawn) if self.logarithmic else self.drawn
        if len(centres) == 1:
            borders = centres[0] + np.array([-0.5, 0.5])
        else:
            middles = 0.5 * (centres[1:] + centres[:-1])
            first, last = 2.0 * centres[0] - middles[0], 2.0 * centres[-1] - middles[-1]
            borders = np.concatenate([[first], middles, [last]])
        return sign * np.exp(borders) if self.logarithmic else borders


def swept_dimensions(dataset: xr.Dataset) -> list[str]:
    """The sweep's dimensions, from the attribute or from the status of the points."""
    given = dataset.attrs.get("dimensions")
    if given is None:
        return [str(dim) for dim in dataset["status"].dims]
    return list(json.loads(given)) if isinstance(given, str) else [str(name) for name in given]


def keys_along(dataset: xr.Dataset, dimension: str) -> list[str]:
    """The keys that vary along a dimension; the one that names it first."""
    found = [str(n) for n, c in dataset.coords.items() if c.dims == (dimension,) and n != SAMPLE]
    return sorted(found, key=lambda name: name != dimension)


def is_seed(dataset: xr.Dataset, dimension: str) -> bool:
    """Only the thermal noise differs along this dimension."""
    return dimension == SEED and keys_along(dataset, dimension) in ([], [SEED])


def swept_axis(dataset: xr.Dataset, dimension: str, key: str = "") -> SweptAxis:
    """How to draw a dimension, by the first key that varies along it or by the ``key`` given."""
    keys = keys_along(dataset, dimension)
    key = key or next((name for name in keys if name != SEED), dimension)
    attributes = dataset[key].attrs if key in dataset.coords else {}
    raw = dataset[key].values if key in dataset.coords else np.arange(dataset.sizes[dimension])
    symbol, title = names_of(key, str(attributes.get("long_name", "")))
    others = () if dimension == SAMPLE else tuple(n for n in keys if n != key)
    zipped = tuple(
        names_of(name, str(dataset[name].attrs.get("long_name", "")))[1] for name in others
    )
    if raw.dtype.kind not in "iuf":
        named = tuple(str(value) for value in raw)
        places, one = np.arange(len(raw)), DisplayUnit(1.0, "")
        return SweptAxis(dimension, key, places, named, symbol, title, zipped, one, False)
    values = raw.astype(float)
    unit = display_unit(values, str(attributes.get("units", "1")))
    even = logarithmic(values)
    return SweptAxis(dimension, key, values, (), symbol, title, zipped, unit, even)


def in_order(dataset: xr.Dataset, dimensions: list[str]) -> xr.Dataset:
    """The same with ascending values along each dimension."""
    for dimension in dimensions:
        axis = swept_axis(dataset, dimension)
        if axis.numeric and dimension != SAMPLE:
            dataset = dataset.isel({dimension: np.argsort(axis.values, kind="stable")})
    return dataset


def names_of(key: str, meaning: str) -> tuple[str, str]:
    """(symbol, title) of a key: (κ, gradient κ), (length, wire length)."""
    section, _, last = key.rpartition(".")
    words = last.replace("_", " ")
    found = _SYMBOL.match(meaning)
    if found:
        symbol = r"$E_\mathrm{F}$" if found[1] == "E_F" else found[1].translate(SUBSCRIPTS)
        return symbol, f"{words} {symbol}"
    return words, f"{section} {words}" if section in _NAMED_BY_SECTION else words


def logarithmic(values: np.ndarray) -> bool:
    """At least three values of one sign over most of a decade, more even in the logarithm."""
    values = np.unique(values[np.isfinite(values)])
    if len(values) < 3 or values[0] * values[-1] <= 0.0:
        return False
    sizes = np.sort(np.abs(values))
    return bool(sizes[-1] >= 8.0 * sizes[0] and _spread(np.log(sizes)) < 0.7 * _spread(sizes))


def _spread(values: np.ndarray) -> float:
    gaps = np.diff(values)
    return float(gaps.std() / gaps.mean())


def dress(panel: Axes, axis: SweptAxis, *, which: str = "x") -> None:
    """Scale, ticks and label of one side of a panel."""
    side = {"x": panel.xaxis, "y": panel.yaxis}[which]
    set_scale = {"x": panel.set_xscale, "y": panel.set_yscale}[which]
    if axis.names:
        side.set_ticks(axis.values.tolist(), labels=list(axis.names))
        set_limits = panel.set_xlim if which == "x" else panel.set_ylim
        set_limits(-0.5, len(axis.names) - 0.5)
    elif axis.logarithmic and axis.values[0] > 0.0:
        set_scale("log")
    elif axis.logarithmic:
        # Everything lies outside the linear part, so this is a logarithm of −x.
        set_scale("symlog", linthresh=0.5 * float(np.abs(axis.drawn).min()))
    elif len(axis.values) == 1:
        side.set_ticks(axis.drawn.tolist(), labels=[f"{axis.drawn[0]:.4g}"])
    side.set_label_text(axis.label)
