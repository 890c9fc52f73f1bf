"""The sections of a configuration: every key with its type, unit, range, default and meaning.

Each is declared here and nowhere else; example files, messages and the command line read it from
these models. After validation every quantity is a float in SI units, and the keys that follow
from others (a material's constants, a closure's settings, the wall's width) are filled in.
"""

from boltzwall.config.sections.drive import Drive
from boltzwall.config.sections.dynamics import Dynamics
from boltzwall.config.sections.field import EffectiveField
from boltzwall.config.sections.heat import Heat, NoHeat, WireHeat
from boltzwall.config.sections.material import Material
from boltzwall.config.sections.profile import (
    FileProfile,
    NotchProfile,
    PinningProfile,
    Profile,
    UniformProfile,
)
from boltzwall.config.sections.section import Section
from boltzwall.config.sections.temperature import (
    FileTemperature,
    HistoryTemperature,
    LinearTemperature,
    Temperature,
    UniformTemperature,
)
from boltzwall.config.sections.texture import (
    FileTexture,
    SpiralTexture,
    Texture,
    UniformTexture,
    WallsTexture,
    WallTexture,
    Wang2022Texture,
)
from boltzwall.config.sections.transport import Transport
from boltzwall.config.sections.wire import Output, Wire

__all__ = [
    "Drive",
    "Dynamics",
    "EffectiveField",
    "FileProfile",
    "FileTemperature",
    "FileTexture",
    "Heat",
    "HistoryTemperature",
    "LinearTemperature",
    "Material",
    "NoHeat",
    "NotchProfile",
    "Output",
    "PinningProfile",
    "Profile",
    "Section",
    "SpiralTexture",
    "Temperature",
    "Texture",
    "Transport",
    "UniformProfile",
    "UniformTemperature",
    "UniformTexture",
    "WallTexture",
    "WallsTexture",
    "Wang2022Texture",
    "Wire",
    "WireHeat",
]
