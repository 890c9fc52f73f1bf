"""Runs: the loop over saved states, what it records, and transport for one magnetisation.

The public verbs stand here; neither equations nor files.
"""

from boltzwall.compilation.cache import keep_compiled_code
from boltzwall.simulation.collective import collective_coordinates
from boltzwall.simulation.coupled_runs import simulate, simulate_batch
from boltzwall.simulation.heat_alone import heat_wire
from boltzwall.simulation.motion import pumped
from boltzwall.simulation.torque_on_grid import torque_field
from boltzwall.simulation.transport_alone import solve_transport

__all__ = [
    "collective_coordinates",
    "heat_wire",
    "pumped",
    "simulate",
    "simulate_batch",
    "solve_transport",
    "torque_field",
]

keep_compiled_code()
