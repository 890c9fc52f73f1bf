"""From a configured texture, [B14] or [M16], to M at the cell centres and at both ends."""

import jax
import numpy as np

from boltzwall.config.config import Config
from boltzwall.config.files import checked_magnetisation
from boltzwall.config.sections import (
    FileTexture,
    SpiralTexture,
    Texture,
    UniformTexture,
    WallsTexture,
    WallTexture,
    Wang2022Texture,
)
from boltzwall.config.textures import read_magnetisation
from boltzwall.errors import InputError
from boltzwall.typing import Ends, Vectors


def build_magnetisation(config: Config, given: object = None) -> tuple[Vectors, Ends | None]:
    """M at the cell centres, and at both ends of the wire where the texture is a known function.

    Raises:
        InputError: ``given`` has not the shape (cells, 3), is not of unit length or not finite.
    """
    cells, length = config.wire.cells, config.wire.length
    if given is not None:
        return _checked(given, cells, "Argument `magnetisation`"), None
    texture = config.texture
    if isinstance(texture, FileTexture):
        return jax.device_put(read_magnetisation(texture, config.wire)), None
    centres = (np.arange(cells) + 0.5) * (length / cells)
    values = [_direction(texture, x) for x in (centres, np.array([0.0, length]))]
    return jax.device_put(values[0]), jax.device_put(values[1])


def _checked(given: object, cells: int, name: str) -> Vectors:
    try:
        return jax.device_put(checked_magnetisation(given, cells, "the array"))
    except InputError as error:
        raise InputError(f"{name} {error}") from None


def _direction(texture: Texture, x: np.ndarray) -> np.ndarray:
    """M(x) of the textures that are functions, (n, 3)."""
    zero = np.zeros_like(x)
    if isinstance(texture, Wang2022Texture):
        angle = 0.5 * np.pi - np.pi * x / texture.width
        return np.stack([np.cos(angle), zero, np.sin(angle)], axis=-1)
    if isinstance(texture, UniformTexture):
        return np.broadcast_to(np.asarray(texture.direction, dtype=float), (x.size, 3))
    if isinstance(texture, SpiralTexture):
        angle = 2.0 * np.pi * x / texture.period
        return np.stack([np.cos(angle), np.sin(angle), zero], axis=-1)
    if isinstance(texture, WallsTexture):
        return _walls(texture, x)
    assert isinstance(texture, WallTexture)
    return _wall(texture, x)


def _wall(texture: WallTexture, x: np.ndarray) -> np.ndarray:
    """M(x) of one wall, (n, 3)."""
    s = (x - texture.centre) / texture.width
    along, across = -np.tanh(s), _sech(s)
    along = -along if texture.reverse else along
    one, other = np.cos(texture.tilt) * across, np.sin(texture.tilt) * across
    columns = {
        "neel": (one, other, along),
        "bloch": (-other, one, along),
        "head-to-head": (along, one, other),
    }
    return np.stack(columns[texture.kind], axis=-1)


def _walls(texture: WallsTexture, x: np.ndarray) -> np.ndarray:
    """M(x) of several walls, (n, 3), [M16].

    M = R_n(θ_n) … R_1(θ_1) a, with cos θ_i = −tanh((x − q_i)/Δ): R_i turns about a_i × p_i, where
    a_i is the domain on the left of the wall i alone, and p_i the M in its middle. Far from all
    other walls this is the wall i by itself.
    """
    domain = _wall(texture.walls[0], np.array([-np.inf]))[0]
    m = np.broadcast_to(domain, (x.size, 3))
    for number, wall in enumerate(texture.walls):
        middle = _wall(wall, np.array([wall.centre]))[0]
        axis = np.cross((-1.0) ** number * domain, middle)
        s = (x - wall.centre) / wall.width
        cosine, sine = -np.tanh(s)[:, None], _sech(s)[:, None]
        m = cosine * m + sine * np.cross(axis, m) + (1.0 - cosine) * (m @ axis)[:, None] * axis
    return m


def _sech(s: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(s))  # where cosh would overflow
    return np.asarray(2.0 * small / (1.0 + small**2))
