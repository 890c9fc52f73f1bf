"""[temperature]: T along the wire."""

from typing import Literal

from pydantic import Field

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section


class LinearTemperature(Section):
    """T = cold_end + gradient·x."""

    kind: Literal["linear"] = Field("linear", description="T = cold_end + gradient·x")
    cold_end: kinds.PositiveTemperature = Field(100.0, description="T0, temperature at x = 0")
    gradient: kinds.TemperatureGradient = Field(2e9, description="κ, either sign")


class UniformTemperature(Section):
    """The same temperature everywhere."""

    kind: Literal["uniform"] = Field(description="the same temperature everywhere")
    value: kinds.PositiveTemperature = Field(100.0, description="the temperature")


class FileTemperature(Section):
    """A temperature profile from a file."""

    kind: Literal["file"] = Field(description="a profile from a file")
    path: kinds.FilePath = Field(
        description="text with two columns, x in m and T in K, that cover the wire"
    )


class HistoryTemperature(Section):
    """T(x, t) that an earlier calculation or a measurement gives."""

    kind: Literal["history"] = Field(description="T(x, t) of a file")
    path: kinds.FilePath = Field(
        description="netCDF with temperature (time, x), such as that of a run; or text with three "
        "columns, x in m, t in s and T in K, one row for each place at each time. Linear in "
        "between, constant before the first and after the last time; x as in the wire at rest"
    )


Temperature = LinearTemperature | UniformTemperature | FileTemperature | HistoryTemperature
