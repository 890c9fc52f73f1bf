"""Domain walls driven by electric fields and temperature gradients.

The public names and the modules that hold more; each is imported when it is first used, so that
``boltzwall --help`` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from boltzwall.environment import answer_errors_with_nan
from boltzwall.version import __version__ as __version__

if TYPE_CHECKING:
    from boltzwall import export, io, materials, plot, simulation, sweeps
    from boltzwall.build.fitting import fit_material
    from boltzwall.config import Config, load_config
    from boltzwall.errors import BoltzwallError, InputError, NumericsError
    from boltzwall.simulation import (
        collective_coordinates,
        heat_wire,
        pumped,
        simulate,
        solve_transport,
        torque_field,
    )
    from boltzwall.sweeps import sweep


answer_errors_with_nan()

_HOMES = {
    "Config": "boltzwall.config",
    "load_config": "boltzwall.config",
    "collective_coordinates": "boltzwall.simulation",
    "fit_material": "boltzwall.build.fitting",
    "heat_wire": "boltzwall.simulation",
    "pumped": "boltzwall.simulation",
    "simulate": "boltzwall.simulation",
    "solve_transport": "boltzwall.simulation",
    "sweep": "boltzwall.sweeps",
    "torque_field": "boltzwall.simulation",
    "BoltzwallError": "boltzwall.errors",
    "InputError": "boltzwall.errors",
    "NumericsError": "boltzwall.errors",
}
_MODULES = ("export", "io", "materials", "plot", "simulation", "sweeps")
__all__ = [
    "BoltzwallError",
    "Config",
    "InputError",
    "NumericsError",
    "collective_coordinates",
    "export",
    "fit_material",
    "heat_wire",
    "io",
    "load_config",
    "materials",
    "plot",
    "pumped",
    "simulate",
    "simulation",
    "solve_transport",
    "sweep",
    "sweeps",
    "torque_field",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"boltzwall.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'boltzwall' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__file__", "__name__", "__path__", "__version__"]
