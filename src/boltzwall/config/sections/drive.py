"""The section [drive]: what drives the electrons and the magnetisation, against time and place."""

from typing import Any, Literal

from pydantic import Field

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section

WaveformKind = Literal["constant", "ramp", "linear", "pulse", "sine", "file"]
_SHAPES = (
    'factor of time: "constant"; "ramp", from 0 at start smoothly to 1 after duration, s²(3 − 2s) '
    'with s = (t − start)/duration; "linear", the same in a straight line; "pulse", 1 for duration '
    'after start, with edges as smooth as the ramp, of the length rise; "sine", sin '
    '2π·frequency·(t − start); "file", a table of two columns, time in s and factor'
)


def _waveform(of: str) -> Any:
    return Field("constant", description=f"of {of}, a {_SHAPES}")


class Drive(Section):
    """What drives the electrons and the magnetisation."""

    electric_field: kinds.ElectricField = Field(
        -8e3,
        description="E along x; not a number where the consistent model finds it from the current",
    )
    current_density: kinds.CurrentDensity | None = Field(
        None,
        description="j along x, instead of the electric field: E = j/σ in the published model, "
        "the field that drives this current in the consistent one",
    )
    voltage: kinds.Voltage | None = Field(
        None,
        description="V along the wire, > 0 towards +x, instead of the field or the current: the "
        "resistance of the wire at its temperature, and that of its magnetisation, then give j(t); "
        'with `heat.kind` = "wire"',
    )
    circuit: Literal["closed", "open"] = Field(
        "closed",
        description='"closed": the field or the current is given; "open": no current flows, only '
        "in the consistent model",
    )
    electric_waveform: WaveformKind = _waveform("E, j, V or `transport.u`")
    electric_start: kinds.Time = Field(0.0, description="start of the electric waveform")
    electric_duration: kinds.PositiveTime = Field(
        1e-9, description="of the electric ramp, line or pulse"
    )
    electric_rise: kinds.Time = Field(0.0, description="edges of the electric pulse")
    electric_frequency: kinds.Frequency = Field(1e9, description="of the electric sine")
    electric_file: kinds.FilePath | None = Field(None, description="table of the electric waveform")
    magnetic_field: kinds.FieldVector = Field(
        (0.0, 0.0, 0.0), description="magnetic field (Hx, Hy, Hz)"
    )
    magnetic_waveform: WaveformKind = _waveform("the magnetic field")
    magnetic_start: kinds.Time = Field(0.0, description="start of the magnetic waveform")
    magnetic_duration: kinds.PositiveTime = Field(
        1e-9, description="of the magnetic ramp, line or pulse"
    )
    magnetic_rise: kinds.Time = Field(0.0, description="edges of the magnetic pulse")
    magnetic_frequency: kinds.Frequency = Field(1e9, description="of the magnetic sine")
    magnetic_file: kinds.FilePath | None = Field(None, description="table of the magnetic waveform")
    magnetic_field_file: kinds.FilePath | None = Field(
        None,
        description="H(x) in addition, from an OVF file (.ohf, .ovf; its header gives the unit) or "
        "a table of x, Hx, Hy, Hz; interpolated, constant in time, also while M relaxes",
    )
    magnetic_field_section: kinds.CrossSection = Field(
        "average",
        description='of a file with several cells across: "average", or { y = 2, z = 0 }, the row '
        "of these cells, counted from 0",
    )
    magnetic_region: kinds.Interval | None = Field(
        None, description="[from, to] along x where the magnetic field acts; without it, everywhere"
    )
