"""The scales that follow from a configuration, in plain Python, and warnings about its grids."""

from dataclasses import dataclass

from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale, fermi_density, fermi_momentum
from boltzwall.config.scales.consistent import consistent_scales, consistent_warnings
from boltzwall.config.scales.published import fermi_edges, published_scales, published_warnings

__all__ = ["Scale", "Scales", "derived_scales", "fermi_density", "fermi_edges", "fermi_momentum"]


@dataclass(frozen=True)
class Scales:
    """Everything that `boltzwall check` prints."""

    entries: tuple[Scale, ...]
    warnings: tuple[str, ...]


def derived_scales(config: Config) -> Scales:
    """The scales of this configuration, and what about it deserves a second look."""
    if config.transport.model == "consistent":
        return Scales(consistent_scales(config), tuple(consistent_warnings(config)))
    return Scales(published_scales(config), tuple(published_warnings(config)))


def run_warnings(config: Config) -> tuple[str, ...]:
    """What a run itself warns of: the grids of a model whose answers are to be relied on."""
    return derived_scales(config).warnings if config.transport.model == "consistent" else ()
