"""The header of an OVF file: its version, its mesh, and what its values are."""

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from boltzwall.errors import InputError
from boltzwall.io.ovf.mesh import AXES

_LENGTHS = {
    "m": 1.0, "cm": 1e-2, "mm": 1e-3, "um": 1e-6, "µm": 1e-6, "μm": 1e-6, "nm": 1e-9, "pm": 1e-12,
}  # fmt: skip
_NO_UNIT = ("", "1", "none", "unitless", "dimensionless", "-")
_VERSION_1 = re.compile(r"OOMMF:\s*(\w+)\s+mesh\s+v(\d+(?:\.\d+)?)", re.I)
_VERSION_2 = re.compile(r"OOMMF\s+OVF\s+(\d+(?:\.\d+)?)", re.I)
_LIST = re.compile(r"\{([^{}]*)\}|(\S+)")
_DECISIVE = re.compile(r"[xyz](nodes|min|max|base|stepsize)|mesh\w+|value(dim|units?|multiplier)")
_TOLERANCE = 1.01  # cells by which the bounds of a mesh may differ from nodes times stepsize
_LARGEST_CELL = 1e-3  # m, beyond which the unit of length must be wrong
_MOST_NODES = 10**12

Version = Literal["1.0", "2.0"]


@dataclass(frozen=True)
class RectangularMesh:
    """Cells along x, y and z: how many, the edges of one, and the lowest corner, m."""

    nodes: tuple[int, int, int]
    step: tuple[float, float, float]
    origin: tuple[float, float, float]


@dataclass(frozen=True)
class Header:
    """The keys of a header, in lower case, and their values as text.

    Its methods raise InputErrors that go on from the name of the file: "must …, but …".
    """

    version: Version
    keys: dict[str, str]

    @classmethod
    def of(cls, first: bytes, lines: list[bytes]) -> "Header":
        """From the first line of the file and those until the data."""
        version = _version(first)
        keys: dict[str, str] = {}
        for raw in lines:
            line = raw.decode("utf-8", "replace").lstrip("#").split("##", 1)[0]
            name, colon, value = line.partition(":")
            key, value = " ".join(name.lower().split()), value.strip()
            if not colon:
                continue
            if key == "desc" and key in keys:
                value = f"{keys[key]}\n{value}"
            elif keys.get(key, value) != value and _DECISIVE.fullmatch(key):
                raise InputError(
                    f"must give `{key}` once, but it gives `{keys[key]}` and `{value}`."
                )
            keys[key] = value
        return cls(version, keys)

    def mesh(self) -> RectangularMesh:
        """The mesh; a base or a step that is missing follows from the bounds."""
        if self.keys.get("meshtype", "rectangular").lower() != "rectangular":
            raise InputError(
                f"must have a rectangular mesh, but its `meshtype` is `{self.keys['meshtype']}`. "
                "Save it on a grid, for example with OOMMF's avf2ovf -grid reg."
            )
        if self._integer("segment count", 1) != 1:
            raise InputError("must hold one segment, but it holds several. Split it.")
        unit = self.keys.get("meshunit", "m")
        if unit not in _LENGTHS:
            raise InputError(
                f"must have a `meshunit` among {', '.join(_LENGTHS)}, but it has `{unit}`."
            )
        axes = [self._axis(axis) for axis in AXES]
        nodes, steps, lows = zip(*axes, strict=True)
        scale = _LENGTHS[unit]
        if scale * max(steps) > _LARGEST_CELL:
            raise InputError(
                f"must have cells below {_LARGEST_CELL:g} m, but they are {max(steps):g} long in "
                f"its `meshunit`, {unit if 'meshunit' in self.keys else 'which is left out'}. "
                "Correct its `meshunit`."
            )
        return RectangularMesh(
            (nodes[0], nodes[1], nodes[2]),
            (scale * steps[0], scale * steps[1], scale * steps[2]),
            (scale * lows[0], scale * lows[1], scale * lows[2]),
        )

    @property
    def components(self) -> int:
        """Numbers of a value."""
        return self._integer("valuedim", 3 if self.version == "1.0" else None)

    @property
    def units(self) -> str:
        """The unit of the values, "1" for pure numbers."""
        text = self.keys.get("valueunit" if self.version == "1.0" else "valueunits", "")
        listed = [braced or bare for braced, bare in _LIST.findall(text)]
        units = list(dict.fromkeys(unit.strip() for unit in listed)) or [""]
        if len(units) > 1:
            raise InputError(
                f"must have one unit for all components, but its `valueunits` are `{text}`."
            )
        return "1" if units[0].lower() in _NO_UNIT else units[0]

    @property
    def factor(self) -> float:
        """What the values are to be multiplied by, which only version 1.0 knows."""
        factor = self._number("valuemultiplier", 1.0) if self.version == "1.0" else 1.0
        if factor == 0.0:
            raise InputError("must have a `valuemultiplier` other than 0, but it has 0.")
        return factor

    @property
    def time(self) -> float | None:
        """Of the simulation, s; None if the file does not say."""
        for line in self.keys.get("desc", "").splitlines():
            key, _, value = line.partition(":")
            if key.strip().lower() == "total simulation time":
                try:
                    return float(value.split()[0])
                except (ValueError, IndexError):
                    return None
        return None

    def _axis(self, axis: str) -> tuple[int, float, float]:
        """Nodes, step and lower bound along an axis, in the file's unit of length."""
        nodes = self._integer(f"{axis}nodes")
        low, high = (self._optional(f"{axis}{end}") for end in ("min", "max"))
        step, base = (self._optional(f"{axis}{key}") for key in ("stepsize", "base"))
        extent = None if low is None or high is None else high - low
        if step is None and extent is not None:
            step = extent / nodes
        if step is None:
            raise InputError(f"must give `{axis}stepsize` in its header, but it does not.")
        if not step > 0.0:
            raise InputError(
                f"must have cells of positive size, but its `{axis}stepsize` is {step:g}."
            )
        if extent is not None and abs(extent - nodes * step) > _TOLERANCE * step:
            raise InputError(
                f"must have a mesh that fills its bounds, but {nodes} cells of {step:g} along "
                f"{axis} do not fit `{axis}min` to `{axis}max`, {low:g} to {high:g}."
            )
        if base is None:
            return nodes, step, 0.0 if low is None else low
        if low is not None and abs(base - 0.5 * step - low) > _TOLERANCE * step:
            raise InputError(
                f"must begin at `{axis}min`, {low:g}, but its first cell is at `{axis}base`, "
                f"{base:g}."
            )
        return nodes, step, base - 0.5 * step

    def _integer(self, key: str, default: int | None = None) -> int:
        value = self._number(key, default)
        if not 1 <= value <= _MOST_NODES or value != int(value):
            raise InputError(f"must have a positive integer as `{key}`, but it has {value:g}.")
        return int(value)

    def _optional(self, key: str) -> float | None:
        return self._number(key) if key in self.keys else None

    def _number(self, key: str, default: float | None = None) -> float:
        text = self.keys.get(key)
        if text is None and default is not None:
            return default
        if text is None:
            raise InputError(f"must give `{key}` in its header, but it does not.")
        try:
            value = np.nan if "_" in text else float(text)
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            raise InputError(f"must have a number as `{key}`, but it has `{text}`.")
        return value


def _version(first: bytes) -> Version:
    text = first.decode("utf-8", "replace").strip("\ufeff# \t\r\n")
    old, new = _VERSION_1.match(text), _VERSION_2.match(text)
    if new and float(new[1]) == 2.0:
        return "2.0"
    if old and float(old[2]) == 1.0 and old[1].lower() == "rectangular":
        return "1.0"
    if text.upper().startswith("OOMMF"):
        raise InputError(
            "must be in OVF 2.0, or in OVF 1.0 with a rectangular mesh, but it begins with "
            f"`{text[:60]}`. Convert it, for example with OOMMF's avf2ovf."
        )
    raise InputError(
        "must be an OVF file, but its first line says neither `# OOMMF OVF 2.0` nor "
        "`# OOMMF: rectangular mesh v1.0`."
    )
