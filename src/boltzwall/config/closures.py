"""The named closures: the published model's open settings, chosen together under one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Set so that the settling time of the paper's wall is 0.15 ns at κ = 2 K/nm.
ACTIVATED_REFERENCE_DENSITY = 5.987e28


@dataclass(frozen=True)
class Closure:
    """``settings``: keys of [transport] and their values; ``calibrated``: on what, "" if not."""

    description: str
    settings: Mapping[str, Any]
    calibrated: str = ""


CLOSURES: dict[str, Closure] = {
    "as-printed": Closure(
        "the paper's equations with every sign as printed",
        {
            "spin_convention": "as-printed",
            "equilibrium_vector": "unit-phase",
            "momentum_window": (0.9, 1.6),
            "reference_density": None,
        },
    ),
    "repaired-signs": Closure(
        "G read as a moment density, so that the signs agree; the electrons of the Fermi edges",
        {
            "spin_convention": "moment",
            "equilibrium_vector": "polarised-phase",
            "momentum_window": (0.9, 1.6),
            "reference_density": None,
        },
    ),
    "activated": Closure(
        "G read as a moment density; only the thermally activated electrons above both Fermi edges",
        {
            "spin_convention": "moment",
            "equilibrium_vector": "polarised-phase",
            "momentum_window": (1.25, 1.75),
            "reference_density": ACTIVATED_REFERENCE_DENSITY,
        },
        calibrated="reference_density is set so that the settling time of the wall of Wang et al. "
        "is 0.15 ns at a gradient of 2 K/nm; every output rests on that one number",
    ),
}

CLOSURE_KEYS = frozenset(key for closure in CLOSURES.values() for key in closure.settings)
