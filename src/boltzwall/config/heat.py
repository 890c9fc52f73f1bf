"""The section [heat] as media, tables and numbers, for whatever builds, checks or judges it."""

from pathlib import Path

import numpy as np

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.table_columns import CONTACT, THERMAL_LAWS
from boltzwall.config.tables import read_table
from boltzwall.errors import InputError
from boltzwall.materials.substrates import SubstrateName, substrate
from boltzwall.substrates import Layer, Medium
from boltzwall.values import Values

LAWS = tuple(THERMAL_LAWS)
_WITHOUT_CURRENT = ("none", "zhang-li", "bauer")


def bearing(heat: sections.WireHeat) -> Medium | None:
    """The half-space or membrane; None where its numbers are not given."""
    given = heat.substrate_conductivity, heat.substrate_heat_capacity
    return _medium(heat.substrate_material, *given)


def film_of(heat: sections.WireHeat) -> Layer | None:
    """The film on the half-space, or the membrane, that is between the wire and the rest."""
    medium = bearing(heat)
    if heat.substrate == "membrane" and heat.membrane_thickness and medium:
        return Layer(medium, heat.membrane_thickness, None)
    film = _medium(heat.film_material, heat.film_conductivity, heat.film_heat_capacity)
    if heat.substrate == "half-space" and heat.film_thickness and film and medium:
        return Layer(film, heat.film_thickness, medium)
    return None


def given_current(config: Config) -> float:
    """j in A/m² of the drive, before its waveform.

    It is what was given, or σE; a torque of a known form has a field only where one was given.
    """
    drive, conductivity = config.drive, config.material.conductivity
    if drive.current_density is not None:
        return drive.current_density
    asked = "electric_field" in drive.model_fields_set
    if drive.circuit == "open" or (config.transport.model in _WITHOUT_CURRENT and not asked):
        return 0.0
    return drive.electric_field * (conductivity or 0.0)


def read_law(path: Path, law: str) -> tuple[Values, Values]:
    """Temperatures in K and values in SI units of a table.

    Arguments:
        law: one of LAWS.

    Raises:
        InputError: as ``read_table``; or a value that must be positive is not.
    """
    table = read_table(path, THERMAL_LAWS[law])
    if law != "seebeck" and not np.all(table["value"] > 0.0):
        raise InputError(f"must hold values greater than 0, but {path} has others.")
    return table["T"], table["value"]


def read_end(path: Path, end_time: float | None = None) -> tuple[Values, Values]:
    """Times in s and temperatures in K of a contact.

    Arguments:
        end_time: of the run in s, to notice times in another unit.

    Raises:
        InputError: as ``read_table``; or a temperature is not above 0 K.
    """
    table = read_table(path, CONTACT, scale=end_time)
    if not np.all(table["T"] > 0.0):
        raise InputError(f"must hold temperatures above 0 K, but {path} has others.")
    return table["t"], table["T"]


def _medium(
    name: SubstrateName | None, conductivity: float | None, capacity: float | None
) -> Medium | None:
    """Of the table, where a number of its own does not take its place."""
    if name is not None:
        known = substrate(name)
        conductivity = known.conductivity.value if conductivity is None else conductivity
        capacity = known.capacity.value if capacity is None else capacity
    return None if conductivity is None or capacity is None else Medium(conductivity, capacity)
