"""How far the magnetisation of a configuration turns from one cell to the next."""

import math

from boltzwall.config import sections
from boltzwall.config.config import Config


def largest_turn(config: Config) -> float:
    """The largest angle between M in neighbouring cells at the start [rad].

    For textures that are functions, the largest |∂xM| on the wire times Δx: 1/Δ in the middle of
    a wall, sech(s/Δ)/Δ at the distance s from it, 2π/|period|, π/d.
    """
    texture, wire = config.texture, config.wire
    dx = wire.length / wire.cells
    if isinstance(texture, sections.Wang2022Texture):
        return math.pi * dx / texture.width
    if isinstance(texture, sections.SpiralTexture):
        return 2.0 * math.pi * dx / abs(texture.period)
    if isinstance(texture, sections.WallTexture):
        away = max(-texture.centre, texture.centre - wire.length, 0.0) / texture.width
        return 2.0 * math.exp(-away) / (1.0 + math.exp(-2.0 * away)) * dx / texture.width
    if isinstance(texture, sections.WallsTexture):
        return max(_turning_together(texture, x) for x in _inside(texture, wire)) * dx
    if isinstance(texture, sections.FileTexture):
        return _largest_in_file(texture, wire)
    return 0.0


def _inside(texture: sections.WallsTexture, wire: sections.Wire) -> list[float]:
    """The middles of the walls, or the ends of the wire that are next to them."""
    return [min(max(centre, 0.0), wire.length) for centre in texture.centres]


def _turning_together(texture: sections.WallsTexture, x: float) -> float:
    """An upper bound of |∂xM| in 1/m: that of all walls added up."""
    away = [abs(x - centre) / texture.width for centre in texture.centres]
    return sum(2.0 * math.exp(-s) / (1.0 + math.exp(-2.0 * s)) for s in away) / texture.width


def _largest_in_file(texture: sections.FileTexture, wire: sections.Wire) -> float:
    import numpy as np

    from boltzwall.config.textures import read_magnetisation

    steps = np.diff(read_magnetisation(texture, wire), axis=0)
    chord = float(np.max(np.sqrt(np.sum(steps**2, axis=-1))))
    return 2.0 * math.asin(min(1.0, 0.5 * chord))
