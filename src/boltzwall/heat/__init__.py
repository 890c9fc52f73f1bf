"""Heat in the wire, [H1]: what warms it, what it gives to a substrate and its ends, in time.

No configuration and no magnetisation: what these say comes in as numbers.
"""

from boltzwall.heat.current import Current, GivenCurrent, GivenVoltage
from boltzwall.heat.ends import End, HeldEnd, Insulated
from boltzwall.heat.laser import Laser
from boltzwall.heat.laws import Law, Linear, Storing, Tabular, WiedemannFranz
from boltzwall.heat.state import HeatState
from boltzwall.heat.substrate import Bath, HalfSpace, Layered, NoSubstrate, Substrate
from boltzwall.heat.wire import Metal, ThermalWire

__all__ = [
    "Bath",
    "Current",
    "End",
    "GivenCurrent",
    "GivenVoltage",
    "HalfSpace",
    "HeatState",
    "HeldEnd",
    "Insulated",
    "Laser",
    "Law",
    "Layered",
    "Linear",
    "Metal",
    "NoSubstrate",
    "Storing",
    "Substrate",
    "Tabular",
    "ThermalWire",
    "WiedemannFranz",
]
