"""What several walls will do: each as if it were alone, and what they do to each other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.held_walls import held_wall, single_walls
from boltzwall.config.scales.wall_advice import expected_motion, wall_warnings
from boltzwall.config.scales.walls import ExpectedMotion, ExpectedWall

_NM, _NS = 1e9, 1e9
_APART = 6.0  # widths Δ between two walls: the tail of one is then 0.5 % in the middle of the other
_BISECTIONS = 60


def several_walls_warnings(config: Config) -> Iterator[str]:
    """Of each wall what is said of it alone, then what concerns two of them."""
    texture, alone = config.texture, single_walls(config)
    if not isinstance(texture, sections.WallsTexture):
        yield from wall_warnings(config)
        return
    told = [tuple(wall_warnings(one)) for one in alone]
    for text in dict.fromkeys(text for texts in told for text in texts):
        named = text.replace("`texture.centre`", "`texture.centres`")
        named = named.replace("Set `dynamics.moving_window` = true, lower", "Lower")
        walls = [number for number, texts in enumerate(told) if text in texts]
        yield named if len(walls) == len(told) else f"Wall {walls[0]}: {named}"
    yield from _overlap(texture)
    yield from _meeting(config, texture, [_motion_of(one) for one in alone])
    if config.dynamics.moving_window and len(alone) % 2 == 0:
        yield (
            "The window stays where it is: with an even number of walls M is alike at both ends, "
            "and there is no one wall to follow. Set `dynamics.moving_window` = false."
        )


def _overlap(texture: sections.WallsTexture) -> Iterator[str]:
    for number, (left, right) in enumerate(pairwise(texture.centres)):
        if right - left < _APART * texture.width:
            yield (
                f"Walls {number} and {number + 1} are {(right - left) / texture.width:.2g} Δ "
                "apart: they overlap, and push or pull each other from the start. Put "
                f"`texture.centres` at least {_APART * texture.width * _NM:.4g} nm apart, unless "
                "that is what you want."
            )


def _motion_of(alone: Config) -> ExpectedMotion | None:
    wall = held_wall(alone)
    return expected_motion(alone, wall) if isinstance(wall, ExpectedWall) else None


def _meeting(
    config: Config, texture: sections.WallsTexture, motions: Sequence[ExpectedMotion | None]
) -> Iterator[str]:
    """Neighbours that run into each other before the run ends."""
    end, drive = config.dynamics.end_time, config.drive
    if drive.electric_waveform != "constant" or drive.magnetic_waveform != "constant":
        return
    pairs = zip(pairwise(texture.centres), pairwise(motions), strict=True)
    for number, ((left, right), (first, second)) in enumerate(pairs):
        if first is None or second is None:
            continue
        distance = right - left
        if first.path(end) - second.path(end) < distance:
            continue
        early, late = 0.0, end
        for _ in range(_BISECTIONS):
            middle = 0.5 * (early + late)
            met = first.path(middle) - second.path(middle) >= distance
            early, late = (early, middle) if met else (middle, late)
        yield (
            f"Walls {number} and {number + 1} go towards each other and meet after about "
            f"{late * _NS:.3g} ns; the run goes on to {end * _NS:.4g} ns."
        )
