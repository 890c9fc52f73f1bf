"""What follows from a configuration before anything is solved, in plain Python: scales, advice.

It tells and warns, and changes nothing; no JAX, and no model is built.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale, fermi_density, fermi_momentum
from boltzwall.config.scales.consistent import (
    consistent_scales,
    consistent_warnings,
    longest_path,
    turn_warning,
)
from boltzwall.config.scales.cost import cost_scales, cost_warnings
from boltzwall.config.scales.dimension import dimension_scales, dimension_warnings
from boltzwall.config.scales.heat import heat_scales, heat_warnings
from boltzwall.config.scales.held_walls import single_walls
from boltzwall.config.scales.history import history_warnings
from boltzwall.config.scales.published import (
    fermi_edges,
    longest_published_path,
    published_scales,
    published_warnings,
)
from boltzwall.config.scales.several_walls import several_walls_warnings
from boltzwall.config.scales.torque import torque_scales, torque_warnings
from boltzwall.config.scales.wall_advice import wall_scales

__all__ = [
    "Scale",
    "Scales",
    "derived_scales",
    "fermi_density",
    "fermi_edges",
    "fermi_momentum",
    "free_path",
    "run_warnings",
    "transport_warnings",
    "turn_warning",
]

_Scales = Callable[[Config], Iterable[Scale]]
_Warnings = Callable[[Config], Iterator[str]]
# Of each model: the heading, the scales, and the warnings of what it solves.
_MODELS: dict[str, tuple[str, _Scales, _Warnings]] = {
    "published": ("Electrons", published_scales, published_warnings),
    "consistent": ("Electrons", consistent_scales, consistent_warnings),
    "zhang-li": ("Torque", torque_scales, torque_warnings),
    "bauer": ("Torque", torque_scales, torque_warnings),
    "none": ("Wire", torque_scales, torque_warnings),
}


@dataclass(frozen=True)
class Scales:
    """Everything that `boltzwall check` prints: scales under headings, and warnings."""

    groups: tuple[tuple[str, tuple[Scale, ...]], ...]
    warnings: tuple[str, ...]

    @property
    def entries(self) -> tuple[Scale, ...]:
        return tuple(entry for _, entries in self.groups for entry in entries)


def derived_scales(config: Config) -> Scales:
    """The scales of this configuration, and what about it deserves a second look.

    Both are those of what will be solved: the chosen model of the electrons, and the wall.
    """
    heading, of_model, _ = _MODELS[config.transport.model]
    groups = (
        (heading, tuple(of_model(config))),
        (_wall_heading(config), (*wall_scales(config), *dimension_scales(config))),
        ("Heat", tuple(heat_scales(config))),
        ("Run", tuple(cost_scales(config))),
    )
    return Scales(
        tuple(group for group in groups if group[1]), _of_electrons(config) + _of_wall(config)
    )


def _wall_heading(config: Config) -> str:
    several = len(single_walls(config)) > 1
    return "Wall 0, as if it were alone" if several else "Wall"


def transport_warnings(config: Config) -> tuple[str, ...]:
    """What a solution of the electrons itself warns of.

    The published model says nothing: it is there to be examined, and `check` tells of its grids.
    """
    return () if config.transport.model == "published" else _of_electrons(config)


def free_path(config: Config) -> float:
    """The longest way of an electron of a kinetic model between two collisions [m]."""
    published = config.transport.model == "published"
    return longest_published_path(config) if published else longest_path(config)


def run_warnings(config: Config) -> tuple[str, ...]:
    """What a run itself warns of before it begins."""
    return transport_warnings(config) + _of_wall(config)


def _of_electrons(config: Config) -> tuple[str, ...]:
    return tuple(_MODELS[config.transport.model][2](config))


def _of_wall(config: Config) -> tuple[str, ...]:
    groups = (
        several_walls_warnings,
        dimension_warnings,
        history_warnings,
        heat_warnings,
        cost_warnings,
    )
    return tuple(text for group in groups for text in group(config))
