"""From the section [heat] to the heated wire, and from [drive] to the current in it."""

from pathlib import Path

import numpy as np

from boltzwall.build.place import Place, constant
from boltzwall.build.waveforms import Waveforms
from boltzwall.config import Config, sections
from boltzwall.config.heat import bearing, film_of, given_current, read_end, read_law
from boltzwall.constants import ROOM_TEMPERATURE
from boltzwall.heat import (
    Bath,
    Current,
    End,
    GivenCurrent,
    GivenVoltage,
    HalfSpace,
    HeldEnd,
    Insulated,
    Laser,
    Law,
    Layered,
    Linear,
    Metal,
    NoSubstrate,
    Storing,
    Substrate,
    Tabular,
    ThermalWire,
    WiedemannFranz,
)
from boltzwall.physics.waveforms import AlwaysOn, Tabulated
from boltzwall.substrates import Layer, half_space_terms, layered_terms
from boltzwall.values import Values

_WIDTHS = 7  # of strips over which a film's response is interpolated, where the width varies


def build_heat(config: Config, place: Place) -> ThermalWire | None:
    """The heated wire of a configuration; None where T stays as it is.

    Raises:
        InputError: a table of it cannot be read.
    """
    heat, wire = config.heat, config.wire
    if not isinstance(heat, sections.WireHeat):
        return None
    section = place.factors["cross_section"]
    width = (wire.width or 1.0) * section  # without a substrate nothing asks for it
    laser = _laser(heat, config.wire.length)
    ends = _end(heat, heat.left_end_file), _end(heat, heat.right_end_file)
    breaks = {
        *Waveforms.of(config.drive).electric.breaks(),
        *(() if laser is None else laser.breaks()),
        *(t for end in ends if isinstance(end, HeldEnd) for t in end.waveform.breaks()),
    }
    return ThermalWire(
        spacing=constant(place.spacing),
        thickness=constant(wire.thickness or 1.0),
        section=constant(section),
        width=constant(width),
        start=constant(place.kelvin),
        metal=_metal(config),
        ends=ends,
        substrate=_substrate(heat, width),
        laser=laser,
        tolerance=constant(heat.tolerance),
        breaks=constant(sorted(t for t in breaks if t > 0.0)),
    )


def build_current(config: Config, waveforms: Waveforms) -> Current:
    """j(t) in the wire where its cross-section factor is 1."""
    voltage = config.drive.voltage
    if voltage is not None:
        return GivenVoltage(constant(voltage), waveforms.electric, constant(0.0))
    return GivenCurrent(constant(given_current(config)), waveforms.electric)


def _metal(config: Config) -> Metal:
    heat, material = config.heat, config.material
    assert isinstance(heat, sections.WireHeat)
    conductivity = material.conductivity

    def law(name: str, value: float | None, slope: float = 0.0) -> Storing:
        path = getattr(heat, f"{name}_file")
        if path is not None:
            return Tabular(*(constant(column) for column in read_law(path, name)))
        return Linear(constant(value or 0.0), constant(slope), constant(ROOM_TEMPERATURE))

    own = None if conductivity is None else 1.0 / conductivity
    resistivity = law("resistivity", own, material.resistivity_coefficient or 0.0)
    thermal: Law
    if heat.wiedemann_franz:
        thermal = WiedemannFranz(
            resistivity, constant(material.lorenz_number), constant(heat.lattice_conductivity)
        )
    else:
        thermal = law("conductivity", material.thermal_conductivity, heat.conductivity_coefficient)
    return Metal(
        conductivity=thermal,
        capacity=law("heat_capacity", material.heat_capacity, heat.heat_capacity_coefficient),
        resistivity=resistivity,
        seebeck=law("seebeck", material.seebeck_coefficient),
    )


def _end(heat: sections.WireHeat, path: Path | None) -> End:
    if path is not None:
        times, kelvin = read_end(path)
        return HeldEnd(constant(1.0), Tabulated(constant(times), constant(kelvin)))
    if heat.ends == "insulated":
        return Insulated()
    return HeldEnd(constant(heat.ends), AlwaysOn())


def _laser(heat: sections.WireHeat, length: float) -> Laser | None:
    if heat.laser_fluence == 0.0:
        return None
    position = 0.5 * length if heat.laser_position is None else heat.laser_position
    return Laser(
        fluence=constant(heat.laser_fluence),
        position=constant(position),
        width=constant(heat.laser_width),
        velocity=constant(heat.laser_velocity),
        time=constant(heat.laser_time),
        duration=constant(heat.laser_duration),
        square=heat.laser_shape == "square",
    )


def _substrate(heat: sections.WireHeat, width: Values) -> Substrate:
    if heat.substrate == "none":
        return NoSubstrate()
    given = heat.interface_conductance
    if heat.substrate == "bath":
        return Bath(constant(given))
    interface = constant(0.0 if given is None else 1.0 / given)
    film = film_of(heat)
    if film is not None:
        return _layered(film, width, interface)
    medium, terms = bearing(heat), half_space_terms()
    assert medium is not None  # the checks hold it
    return HalfSpace(
        conductivity=constant(medium.conductivity),
        capacity=constant(medium.capacity),
        interface=interface,
        rates=constant(terms.rates),
        amplitudes=constant(terms.amplitudes),
        instant=constant(terms.instant),
    )


def _layered(film: Layer, width: Values, interface: object) -> Layered:
    """Of each cell, from strips of some widths between the narrowest and the widest."""
    narrow, wide = float(width.min()), float(width.max())
    scale = float(np.sqrt(narrow * wide))
    count = _WIDTHS if wide > narrow * (1.0 + 1e-9) else 1
    strips = np.geomspace(narrow, wide, count)
    sums = [layered_terms(film, float(strip), scale) for strip in strips]
    amplitudes = np.stack([one.amplitudes for one in sums])
    instant = np.array([one.instant for one in sums])
    along = np.log(width)

    def of_cells(values: Values) -> Values:
        return np.asarray(np.interp(along, np.log(strips), values))

    return Layered(
        interface=constant(interface),
        rates=constant(sums[0].rates),
        amplitudes=constant(np.stack([of_cells(column) for column in amplitudes.T])),
        instant=constant(of_cells(instant)),
    )
