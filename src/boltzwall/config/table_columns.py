"""The columns that keys want of the tables they take: meanings, names in files, units."""

from dataclasses import dataclass

import numpy as np

from boltzwall.config.kinds import (
    FIELD,
    HEAT_CAPACITY,
    LENGTH,
    NUMBER,
    RESISTIVITY,
    SEEBECK,
    THERMAL_CONDUCTIVITY,
    TIME,
)
from boltzwall.config.kinds import TEMPERATURE as TEMPERATURE_UNIT
from boltzwall.config.units import Unit, is_unit
from boltzwall.values import Values

_NONE = ("", "1", "-", "none", "a.u.", "arb. u.", "arb. units", "dimensionless")


@dataclass(frozen=True)
class Column:
    """A column that a key wants.

    Attributes:
        key: its name here.
        meaning: in words.
        names: what files call it, the likeliest first.
        unit: None where any will do.
        required: whether the table must have it.
    """

    key: str
    meaning: str
    names: tuple[str, ...]
    unit: Unit | None
    required: bool = True

    @property
    def si(self) -> str:
        """Its unit; "" if it is a number or any unit will do."""
        return self.unit.si if self.unit else ""

    @property
    def in_words(self) -> str:
        """Such as "x in m"."""
        return f"{self.meaning} in {self.si}" if self.si else self.meaning

    def converted(self, values: Values, unit: str) -> Values:
        """``values`` given in ``unit`` ("": SI) in SI units; raises RefusedError."""
        if self.unit is None or unit in _NONE or not (self.si or is_unit(unit)):
            return values  # such as I0 of a column I/I0
        found = np.asarray(self.unit.in_si(values, unit), dtype=np.float64)
        if np.array_equal(found, values):
            return values
        return np.array([float(f"{value:.15g}") for value in found])  # "100 nm" is then 1e-7


X = Column("x", "x", ("x", "position", "distance", "arc length", "coordinate", "z", "s"), LENGTH)
HISTORY = (
    X,
    Column("t", "time", ("t", "time"), TIME),
    Column("T", "T", ("T", "temperature", "temp"), TEMPERATURE_UNIT),
)
TEMPERATURE = (X, Column("T", "T", ("T", "temperature", "temp"), TEMPERATURE_UNIT))
WAVEFORM = (
    Column("t", "time", ("t", "time"), TIME),
    Column("factor", "a factor without unit", ("factor", "f", "amplitude", "value"), NUMBER),
)
MAGNETISATION_LAW = (
    Column("T", "temperature", ("T", "temperature", "temp"), TEMPERATURE_UNIT),
    Column("Ms", "Ms in any unit", ("Ms", "M", "magnetisation", "magnetization", "m"), None),
)
CONTACT = (
    Column("t", "time", ("t", "time"), TIME),
    Column("T", "temperature", ("T", "temperature", "temp"), TEMPERATURE_UNIT),
)
_KELVIN = Column("T", "temperature", ("T", "temperature", "temp"), TEMPERATURE_UNIT)
THERMAL_LAWS = {
    "conductivity": (
        _KELVIN,
        Column("value", "κ_th", ("kappa", "thermal conductivity", "k"), THERMAL_CONDUCTIVITY),
    ),
    "heat_capacity": (_KELVIN, Column("value", "C", ("C", "heat capacity"), HEAT_CAPACITY)),
    "resistivity": (_KELVIN, Column("value", "ρ", ("rho", "resistivity"), RESISTIVITY)),
    "seebeck": (_KELVIN, Column("value", "S", ("S", "Seebeck coefficient"), SEEBECK)),
}
FACTORS = ("cross_section", "magnetisation", "stiffness", "anisotropy", "dmi", "damping")
PROFILE = (X, *(Column(n, n, (n, n.replace("_", " ")), NUMBER, required=False) for n in FACTORS))
MAGNETIC_FIELD = (
    X,
    *(
        Column(f"H{a}", f"H{a}", (f"H{a}", f"H_{a}", f"B{a}", f"B_{a}", f"B_ext{a}"), FIELD)
        for a in "xyz"
    ),
)
MAGNETISATION = (X, *(Column(f"m{a}", f"m{a}", (f"m{a}", f"m_{a}"), None) for a in "xyz"))
