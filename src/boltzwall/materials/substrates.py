"""What wires lie on: κ and C per volume of substrates, films and membranes near 300 K."""

from dataclasses import dataclass
from typing import Literal

from boltzwall.materials.material import Constant

SubstrateName = Literal[
    "silicon-dioxide", "silicon", "sapphire", "magnesium-oxide", "diamond", "silicon-nitride"
]


@dataclass(frozen=True)
class SubstrateMaterial:
    """κ in W/(m K) and C in J/(m³ K), each with its source."""

    name: SubstrateName
    description: str
    conductivity: Constant
    capacity: Constant


def _per_mass(density: float, specific: float, source: str, assumed: bool = False) -> Constant:
    """C from the mass density in kg/m³ and the specific heat in J/(kg K)."""
    text = f"{density:g} kg/m³ · {specific:g} J/(kg K), {source}"
    return Constant(density * specific, text, assumed=assumed)


def _per_mole(density: float, molar: tuple[float, float], source: str) -> Constant:
    """C from the mass density in kg/m³, and the heat capacity in J/(mol K) and mass in kg/mol."""
    capacity, mass = molar
    text = f"{density:g} kg/m³ · {capacity:g} J/(mol K) / {mass:g} kg/mol, {source}"
    return Constant(density * capacity / mass, text)


_BORIS = "BORIS materials database, which cites doi:10.1063/1.4966607 (not opened)"
_HANDBOOK = "a handbook's number for the pure crystal at 300 K; no source opened"
_CRC = "CRC Handbook of Chemistry and Physics, 92nd ed., as quoted by Wikipedia"
_IOFFE = "Ioffe Institute, www.ioffe.ru/SVA/NSM/Semicond/Diamond/thermal.html"
_SAPPHIRE = "abstract of Aggarwal & Ramdas, doi:10.1201/9780429283260-6"
_MEMBRANE = (
    "customary for a low-stress film; no source opened (measured by Zink & Hellman, Solid State "
    "Commun. 129, 199 (2004), which gives no number in its abstract)"
)

_TABLE = (
    SubstrateMaterial(
        "silicon-dioxide",
        "fused silica, thermal oxide",
        Constant(1.4, _BORIS),
        _per_mass(2200.0, 730.0, _BORIS),
    ),
    SubstrateMaterial(
        "silicon",
        "undoped silicon",
        Constant(
            148.0,
            _HANDBOOK,
            assumed=True,
            span=(125.0, 150.0),
            error_source="1.25 W/(cm K) at 30 °C (series comparison, 30 to 425 °C) to 150",
        ),
        _per_mass(2330.0, 712.0, _HANDBOOK, assumed=True),
    ),
    SubstrateMaterial(
        "sapphire",
        "α-Al2O3",
        Constant(35.0, f"measured by Cahill et al., {_SAPPHIRE}"),
        _per_mole(3980.0, (80.0, 0.10196), f"measured by Furukawa et al., {_SAPPHIRE}"),
    ),
    SubstrateMaterial(
        "magnesium-oxide",
        "MgO",
        Constant(
            50.0,
            f"within 45 to 60 W/(m K), {_CRC}",
            span=(45.0, 60.0),
            error_source=_CRC,
        ),
        _per_mole(3580.0, (37.2, 0.040304), _CRC),
    ),
    SubstrateMaterial(
        "diamond",
        "single crystal; κ falls with nitrogen in it",
        Constant(
            1300.0,
            f"middle of 600 to 2000 W/(m K), {_IOFFE}",
            span=(600.0, 2000.0),
            error_source=_IOFFE,
        ),
        _per_mass(3515.0, 520.0, _IOFFE),
    ),
    SubstrateMaterial(
        "silicon-nitride",
        "low-stress SiN membrane; a ceramic conducts ten times better",
        Constant(3.2, _MEMBRANE, assumed=True),
        _per_mass(3000.0, 700.0, _MEMBRANE, assumed=True),
    ),
)
_BY_NAME = {material.name: material for material in _TABLE}


def substrate(name: SubstrateName) -> SubstrateMaterial:
    """One of them."""
    return _BY_NAME[name]
