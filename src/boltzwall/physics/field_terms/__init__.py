"""The terms of the effective field of the magnetisation, one file each."""

from boltzwall.physics.field_terms.exchange import Exchange
from boltzwall.physics.field_terms.hard_axis import HardAxisAnisotropy
from boltzwall.physics.field_terms.initial_state import InitialStateField
from boltzwall.physics.field_terms.term import Cells, FieldTerm
from boltzwall.physics.field_terms.uniaxial import UniaxialAnisotropy
from boltzwall.physics.field_terms.zeeman import Zeeman

__all__ = [
    "Cells",
    "Exchange",
    "FieldTerm",
    "HardAxisAnisotropy",
    "InitialStateField",
    "UniaxialAnisotropy",
    "Zeeman",
]
