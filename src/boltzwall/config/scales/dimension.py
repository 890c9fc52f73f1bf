"""What one dimension leaves out, and what a strip with its width would need instead."""

import math
from collections.abc import Iterator

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale
from boltzwall.config.scales.held_walls import held_wall, single_walls
from boltzwall.config.scales.walls import ExpectedWall

_NM = 1e9
_STRIP = 100e-9  # m, the width that is spoken of where none is given
# w t of a strip, in l_ex², above which a head-to-head wall at rest is a vortex, no function of x:
# R. D. McMichael and M. J. Donahue, IEEE Trans. Magn. 33, 4167 (1997), 128 A/(µ0Ms²).
_VORTEX = 64.0


def dimension_scales(config: Config) -> Iterator[Scale]:
    """How many cells across a strip would need in two dimensions."""
    wall = held_wall(config)
    if not isinstance(wall, ExpectedWall):
        return
    width = config.wire.width or _STRIP
    across = math.ceil(width / _cell(wall))
    along = math.ceil(config.wire.length / _cell(wall))
    yield Scale(
        "cells of a strip in two dimensions",
        "",
        across * along,
        "",
        f"{along} × {across} for a width of {width * _NM:.4g} nm; here M depends on x alone, and "
        "is the same across the wire",
    )


def dimension_warnings(config: Config) -> Iterator[str]:
    """Where M across the wire would not be uniform."""
    wall, wire = held_wall(config), config.wire
    if not isinstance(wall, ExpectedWall) or wire.width is None or wire.thickness is None:
        return
    texture = single_walls(config)[0].texture
    limit = _VORTEX * wall.exchange_length**2
    in_plane = isinstance(texture, sections.WallTexture) and texture.kind == "head-to-head"
    if in_plane and wire.width * wire.thickness > limit:
        yield (
            f"In a strip of {wire.width * _NM:.4g} × {wire.thickness * _NM:.4g} nm² a head-to-head "
            "wall is a vortex, for its cross-section is larger than "
            f"{_VORTEX:g} l_ex² = {limit * _NM**2:.3g} nm². Here M depends on x alone: take a "
            "smaller `wire.width`, or a simulation in two dimensions."
        )


def _cell(wall: ExpectedWall) -> float:
    """The longest cell that resolves the wall and its stray field, m."""
    return min(wall.exchange_length, wall.width(wall.rest))
