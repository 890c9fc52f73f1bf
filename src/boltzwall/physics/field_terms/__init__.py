"""The terms of the effective field of the magnetisation, one file each.

A term has an energy and the field that follows from it; which terms act is decided in `build`.
"""

from boltzwall.physics.field_terms.bulk_dmi import BulkDMI
from boltzwall.physics.field_terms.cubic import CubicAnisotropy
from boltzwall.physics.field_terms.demagnetising import FullDemagnetising, LocalDemagnetising
from boltzwall.physics.field_terms.exchange import Exchange
from boltzwall.physics.field_terms.hard_axis import HardAxisAnisotropy
from boltzwall.physics.field_terms.initial_state import InitialStateField
from boltzwall.physics.field_terms.interfacial_dmi import InterfacialDMI
from boltzwall.physics.field_terms.spin_orbit import (
    OerstedField,
    SpinOrbitTorque,
    oersted_strength,
    spin_orbit_strength,
)
from boltzwall.physics.field_terms.static_field import StaticField
from boltzwall.physics.field_terms.term import Cells, FieldTerm, Scaling
from boltzwall.physics.field_terms.thermal import thermal_field, thermal_field_strength
from boltzwall.physics.field_terms.uniaxial import UniaxialAnisotropy
from boltzwall.physics.field_terms.zeeman import Zeeman

__all__ = [
    "BulkDMI",
    "Cells",
    "CubicAnisotropy",
    "Exchange",
    "FieldTerm",
    "FullDemagnetising",
    "HardAxisAnisotropy",
    "InitialStateField",
    "InterfacialDMI",
    "LocalDemagnetising",
    "OerstedField",
    "Scaling",
    "SpinOrbitTorque",
    "StaticField",
    "UniaxialAnisotropy",
    "Zeeman",
    "oersted_strength",
    "spin_orbit_strength",
    "thermal_field",
    "thermal_field_strength",
]
