"""The lines of a MuMax3 script: parameters of all cells or of regions, fields, expressions."""

from dataclasses import dataclass, field, replace

import numpy as np

from boltzwall.config.units import brief
from boltzwall.export.script import remark_lines
from boltzwall.export.zones import Zones, is_uniform, zones_of
from boltzwall.values import Values

REGIONS = 256  # in MuMax3
# Parameters of a torque that no script here uses: they hold numbers of each region, or of time.
_SPARE = ("EpsilonPrime", "Lambda", "FreeLayerThickness")


@dataclass(frozen=True)
class Parameter:
    """A parameter of MuMax3: ``values`` times a factor of time, plus ``steady``.

    Attributes:
        values, steady: (cells,) or (cells, 3).
        factor: an expression of t; "" for one.
    """

    name: str
    values: Values
    unit: str = ""
    factor: str = ""
    steady: Values | None = None

    @property
    def columns(self) -> tuple[Values, ...]:
        return (self.values,) if self.steady is None else (self.values, self.steady)

    @property
    def uniform(self) -> bool:
        return all(is_uniform(column) for column in self.columns)

    def assigned(self, zones: Zones) -> list[str]:
        """The statements: one, or one for each zone."""
        note = f"  // {self.unit}" if self.unit else ""
        if self.uniform:
            return [f"{self.name} = {self._text(Zones((0, len(self.values))), 0)}{note}"]
        lines = [
            f"{self.name}.SetRegion({zone}, {self._text(zones, zone)})"
            for zone in range(zones.count)
        ]
        return [f"{lines[0]}{note}", *lines[1:]]

    def _text(self, zones: Zones, zone: int) -> str:
        value = zones.values(self.values)[zone]
        steady = np.zeros_like(value)
        if self.steady is not None:
            steady = np.asarray(zones.values(self.steady)[zone])
        parts = [
            timed(float(one), self.factor, float(other))
            for one, other in zip(np.atleast_1d(value), np.atleast_1d(steady), strict=True)
        ]
        return f"vector({', '.join(parts)})" if np.ndim(value) else parts[0]


def timed(value: float, factor: str, steady: float = 0.0) -> str:
    """value·factor + steady as an expression."""
    product = f"{brief(value)}*({factor})" if factor and value else brief(value)
    if steady == 0.0:
        return product
    return f"{product}{'+' if steady > 0.0 else ''}{brief(steady)}" if value else brief(steady)


@dataclass
class Sheet:
    """A script while it is written.

    Attributes:
        length: of the wire, m.
        moves: whether the window follows the wall.
        entries: lines, and parameters whose regions are known in the end only.
        fields: names of OVF files to lie beside the script, each with B in T, (cells, 3).
        left_out: what the script does not carry.
        notes: what a reader should know.
    """

    length: float
    moves: bool = False
    entries: list[str | Parameter] = field(default_factory=list)
    fields: dict[str, Values] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    _used: int = 0
    _factors: dict[str, str] = field(default_factory=dict)

    def line(self, *texts: str) -> None:
        self.entries += texts

    def parameter(self, name: str, values: Values, unit: str = "") -> None:
        self.entries.append(Parameter(name, values, unit))

    def quantity(self, values: Values, meaning: str, factor: str = "") -> str:
        """An expression for a number in every cell, times a factor of time.

        A constant, or a parameter that has nothing to do here and holds it.
        """
        if is_uniform(values):
            number = f"Const({brief(float(np.mean(values)))})"
        else:
            number = self._proportional(values) or self._held(Parameter("", values), meaning)
        if not factor:
            return number
        if factor not in self._factors:
            waveform = Parameter("", np.ones_like(values), factor=factor)
            self._factors[factor] = self._held(waveform, "the factor of time")
        return f"Mul({number}, {self._factors[factor]})"

    def _proportional(self, values: Values) -> str:
        """A multiple of what is held already; "" where nothing is in proportion."""
        for entry in self.entries:
            if isinstance(entry, Parameter) and entry.name in _SPARE and not entry.factor:
                shares = values / entry.values
                if is_uniform(shares):
                    return f"Mul(Const({brief(float(np.mean(shares)))}), {entry.name})"
        return ""

    def _held(self, parameter: Parameter, meaning: str) -> str:
        if self._used == len(_SPARE):
            self.left_out.append(f"{meaning}: MuMax3 has no parameter left to hold it")
            return "Const(0)"
        name = _SPARE[self._used]
        self._used += 1
        self.line(f"// {name}, which has no effect without FixedLayer, holds {meaning}.")
        self.entries.append(replace(parameter, name=name))
        return name

    def text(self) -> str:
        """The whole script."""
        varying = [
            column
            for entry in self.entries
            if isinstance(entry, Parameter) and not entry.uniform
            for column in entry.columns
        ]
        cells = next(len(entry.values) for entry in self.entries if isinstance(entry, Parameter))
        zones = zones_of(varying, REGIONS) if varying else Zones((0, cells))
        if zones.merged:
            self.left_out.append(
                f"differences within each of {zones.count} regions of equal constants, as many as "
                "MuMax3 has: they hold the means of their cells"
            )
        if self.moves and zones.count > 1:
            self.left_out.append(
                "constants beyond the present place of the window: they are those of its ends"
            )
        lines: list[str] = []
        for entry in self.entries:
            if entry == REGIONS_HERE:
                lines += self._regions(zones, cells)
            elif entry == REMARKS_HERE:
                lines += self._remarks()
            else:
                lines += [entry] if isinstance(entry, str) else entry.assigned(zones)
        return "\n".join([*lines, ""])

    def _remarks(self) -> list[str]:
        return [f"// {line}" for line in remark_lines(self.notes, self.left_out)]

    def _regions(self, zones: Zones, cells: int) -> list[str]:
        """Regions by shape: a moving window finds them again. x is counted from the middle."""
        if zones.count == 1:
            return []
        places = (np.array(zones.edges) / cells - 0.5) * self.length
        bounds = ["-inf", *(brief(float(x)) for x in places[1:-1]), "inf"]
        return ["", "// Regions of equal constants; x is counted from the middle of the wire"] + [
            f"DefRegion({zone}, XRange({bounds[zone]}, {bounds[zone + 1]}))"
            for zone in range(zones.count)
        ]


REGIONS_HERE = "\0regions"
REMARKS_HERE = "\0remarks"
