"""The types that the sections are made of: each key's unit and range, declared once."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import index
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import PlainSerializer, PlainValidator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from boltzwall.config.units import PREFIXED, RefusedError, Route, Unit, shown
from boltzwall.constants import VACUUM_PERMEABILITY


@dataclass(frozen=True)
class Whole:
    """A whole number from ``least`` to ``most``; an ``even`` one if so."""

    least: int
    most: int
    even: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def parse(self, value: object) -> int:
        try:
            number = None if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
        except TypeError:
            number = None
        odd = self.even and number is not None and number % 2 == 1
        if number is None or odd or not self.least <= number <= self.most:
            kind = "an even" if self.even else "a"
            raise RefusedError(
                f"must be {kind} whole number from {self.least} to {self.most}, "
                f"but {shown(value)} was given."
            )
        return number


@dataclass(frozen=True)
class Numbers:
    """A list of ``count`` quantities of one unit, such as a vector; ``parts``: their names."""

    unit: Unit
    count: int
    example: str
    parts: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def parse(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != self.count:
            raise RefusedError(
                f"must be a list of {self.count} numbers, such as {self.example}, "
                f"but {shown(value)} was given."
            )
        return tuple(self.unit.parse(entry) for entry in value)


class Increasing(Numbers):
    """A list of ``count`` quantities or more, each greater than the one before."""

    def parse(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or len(value) < self.count:
            raise RefusedError(
                f"must be a list of {self.count} or more numbers, such as {self.example}, "
                f"but {shown(value)} was given."
            )
        found = tuple(self.unit.parse(entry) for entry in value)
        if any(after <= before for before, after in pairwise(found)):
            raise RefusedError(
                f"must have each number greater than the one before, but {shown(value)} was given."
            )
        return found


class AxisNumbers(Numbers):
    """A direction, brought to unit length."""

    def parse(self, value: object) -> tuple[float, ...]:
        vector = super().parse(value)
        length = math.hypot(*vector)
        if length == 0.0:
            raise RefusedError(f"must have a length other than zero, but {shown(value)} was given.")
        return tuple(component / length for component in vector)


def _path(value: object) -> Path:
    if not isinstance(value, (str, Path)) or not str(value) or "\0" in str(value):
        raise RefusedError(f'must be a path, such as "wall.nc", but {shown(value)} was given.')
    return Path(value)


def _cross_section(value: object) -> Any:
    """ "average", or the numbers of a cell in y and in z, given as { y, z } or as a list."""
    if value == "average":
        return value
    if isinstance(value, Mapping) and set(value) == {"y", "z"}:
        value = (value["y"], value["z"])
    if isinstance(value, list | tuple) and len(value) == 2:
        try:
            return tuple(_CELL.parse(number) for number in value)
        except RefusedError:
            pass
    raise RefusedError(
        'must be "average" or the numbers of a cell across, counted from 0, such as '
        f"{{ y = 2, z = 0 }}, but {shown(value)} was given."
    )


_CELL = Whole(0, 1_000_000)
_TOLERANCE = Unit("", "a number", "1e-3", above=0.0, below=0.5)


def _update(value: object) -> Any:
    if value == "stage":
        return value
    try:
        return _TOLERANCE.parse(value)
    except RefusedError:
        raise RefusedError(
            'must be "stage" or a tolerance greater than 0 and less than 0.5, '
            f"but {shown(value)} was given."
        ) from None


def _heat_end(value: object) -> Any:
    if value == "insulated":
        return value
    try:
        return replace(TEMPERATURE, above=0.0).parse(value)
    except RefusedError:
        raise RefusedError(
            'must be "insulated" or a temperature above 0 K, such as "300 K", '
            f"but {shown(value)} was given."
        ) from None


XYZ = ("x", "y", "z")
NUMBER = Unit("", "a number", "0.5")
LENGTH = Unit("m", "a length", '"5 nm"', PREFIXED)
TIME = Unit("s", "a time", '"5 ps"', PREFIXED)
TEMPERATURE = Unit("K", "a temperature", '"100 K"', "K")
ENERGY = Unit("J", "an energy", '"0.14 eV"', "eV")
SPEED = Unit("m/s", "a speed", '"1.93e5 m/s"', "m/s")
FIELD = Unit(
    "A/m",
    "a magnetic field strength",
    '"1e4 A/m"',
    "A/m",
    routes=(Route("T", 1.0 / VACUUM_PERMEABILITY, "H = B/µ0"),),
)
MAGNETISATION = Unit(
    "A/m",
    "a magnetisation",
    '"8e5 A/m"',
    "A/m",
    routes=(Route("T", 1.0 / VACUUM_PERMEABILITY, "M = J/µ0"),),
)
CONDUCTIVITY = Unit("S/m", "a conductivity", '"1.26e6 S/m"', "S/m")

Number = Annotated[float, NUMBER]
NonNegative = Annotated[float, replace(NUMBER, at_least=0.0)]
Positive = Annotated[float, replace(NUMBER, above=0.0)]
Tolerance = Annotated[float, replace(NUMBER, example="1e-6", above=0.0, below=1.0)]
Length = Annotated[float, LENGTH]
PositiveLength = Annotated[float, replace(LENGTH, above=0.0)]
PositiveTime = Annotated[float, replace(TIME, above=0.0)]
ShortTime = Annotated[float, replace(TIME, example='"1 fs"', above=0.0)]
PositiveTemperature = Annotated[float, replace(TEMPERATURE, above=0.0)]
TemperatureGradient = Annotated[float, Unit("K/m", "a temperature gradient", '"2 K/nm"', "K/nm")]
Energy = Annotated[float, ENERGY]
PositiveEnergy = Annotated[float, replace(ENERGY, above=0.0)]
NonNegativeSpeed = Annotated[float, replace(SPEED, at_least=0.0)]
ElectricField = Annotated[float, Unit("V/m", "an electric field", '"-8e3 V/m"', "V/m")]
Voltage = Annotated[float, Unit("V", "a voltage", '"0.5 V"', "V")]
CurrentDensity = Annotated[float, Unit("A/m^2", "a current density", '"-1e10 A/m^2"', "A/m^2")]
Rate = Annotated[float, Unit("1/s", "a rate", '"1e8 1/s"', "1/s", at_least=0.0)]
Mass = Annotated[float, Unit("kg", "a mass", '"9.11e-31 kg"', "kg", above=0.0)]
Magnetisation = Annotated[float, replace(MAGNETISATION, above=0.0)]
GyromagneticRatio = Annotated[
    float,
    Unit(
        "m/(A s)",
        "a gyromagnetic ratio times µ0",
        '"2.21e5 m/(A s)"',
        "m/(A s)",
        above=0.0,
        routes=(Route("1/(T s)", VACUUM_PERMEABILITY, "γ0 = µ0 γ"),),
        angular=True,
    ),
]
Conductivity = Annotated[float, replace(CONDUCTIVITY, above=0.0)]
SEEBECK = Unit("V/K", "a Seebeck coefficient", '"-18 uV/K"', "uV/K")
RESISTIVITY = Unit("ohm m", "a resistivity", '"25 uohm cm"', "ohm m")
Seebeck = Annotated[float, SEEBECK]
LorenzNumber = Annotated[
    float, Unit("V^2/K^2", "a Lorenz number", '"2.44e-8 V^2/K^2"', "V^2/K^2", above=0.0)
]
Stiffness = Annotated[float, Unit("J/m", "an exchange stiffness", '"13 pJ/m"', "pJ/m", above=0.0)]
Anisotropy = Annotated[float, Unit("J/m^3", "an energy density", '"4e5 J/m^3"', "J/m^3")]
Dmi = Annotated[float, Unit("J/m^2", "an energy per area", '"1e-3 J/m^2"', "J/m^2")]
Frequency = Annotated[
    float, Unit("1/s", "a frequency", '"1 GHz"', "1/s", at_least=0.0, angular=False)
]
Angle = Annotated[float, Unit("rad", "an angle", '"0.1 rad"', "rad")]
Time = Annotated[float, replace(TIME, at_least=0.0)]
Speed = Annotated[float, SPEED]
THERMAL_CONDUCTIVITY = Unit("W/(m K)", "a thermal conductivity", '"46 W/(m K)"', "W/(m K)")
ThermalConductivity = Annotated[float, replace(THERMAL_CONDUCTIVITY, above=0.0)]
NonNegativeConductivity = Annotated[float, replace(THERMAL_CONDUCTIVITY, at_least=0.0)]
HEAT_CAPACITY = Unit("J/(m^3 K)", "a heat capacity per volume", '"3.8e6 J/(m^3 K)"', "J/(m^3 K)")
HeatCapacity = Annotated[float, replace(HEAT_CAPACITY, above=0.0)]
InterfaceConductance = Annotated[
    float,
    Unit("W/(m^2 K)", "a thermal conductance per area", '"1e8 W/(m^2 K)"', "W/(m^2 K)", above=0.0),
]
Fluence = Annotated[float, Unit("J/m^2", "an energy per area", '"10 J/m^2"', "J/m^2", at_least=0.0)]
PerKelvin = Annotated[float, Unit("1/K", "a number per kelvin", '"3e-3 1/K"', "1/K")]
Magnetoresistance = Annotated[float, Unit("", "a ratio", "0.03", above=-1.0)]
Density = Annotated[float, Unit("1/m^3", "a number density", '"2.4e26 1/m^3"', "1/m^3", above=0.0)]
ChannelDensity = Annotated[
    float, Unit("1/m^2", "a number per area", '"1e18 1/m^2"', "1/m^2", above=0.0)
]
FieldVector = Annotated[tuple[float, float, float], Numbers(FIELD, 3, '[0, 0, "1e4 A/m"]', XYZ)]
Direction = Annotated[tuple[float, float, float], AxisNumbers(NUMBER, 3, "[0, 0, 1]", XYZ)]
Interval = Annotated[tuple[float, float], Numbers(LENGTH, 2, '["0 nm", "50 nm"]', ("from", "to"))]
Centres = Annotated[tuple[float, ...], Increasing(LENGTH, 1, '["100 nm", "250 nm"]')]
Fraction = Annotated[float, replace(NUMBER, at_least=0.0, below=1.0)]
Temperature = Annotated[float, replace(TEMPERATURE, at_least=0.0)]
Window = Annotated[tuple[float, float], Numbers(NUMBER, 2, "[0.9, 1.6]", ("min", "max"))]
FilePath = Annotated[Path, PlainValidator(_path), PlainSerializer(str)]
CrossSection = Annotated[Literal["average"] | tuple[int, int], PlainValidator(_cross_section)]
HeatEnd = Annotated[float | Literal["insulated"], PlainValidator(_heat_end)]
Update = Annotated[float | Literal["stage"], PlainValidator(_update)]


def declared(info: FieldInfo) -> list[Any]:
    """The metadata of a key and of the parts of its type."""
    nested = [entry for part in get_args(info.annotation) for entry in get_args(part)[1:]]
    return [*info.metadata, *nested]


def unit_of(info: FieldInfo) -> Unit | None:
    """The declared unit of a key that is one number, also of one that may be None."""
    return next((entry for entry in declared(info) if isinstance(entry, Unit)), None)


def parts_unit(info: FieldInfo) -> Unit | None:
    """The declared unit of a key's number, or of the numbers of its list."""
    lists = (entry.unit for entry in declared(info) if isinstance(entry, Numbers))
    return unit_of(info) or next(lists, None)
