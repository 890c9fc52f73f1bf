"""From a configured texture to M at the cell centres and at the ends of the wire."""

import jax
import numpy as np

from boltzwall.config.config import Config
from boltzwall.config.files import checked_magnetisation
from boltzwall.config.sections import (
    FileTexture,
    SpiralTexture,
    UniformTexture,
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
    values = [_direction(config, x) for x in (centres, np.array([0.0, length]))]
    return jax.device_put(values[0]), jax.device_put(values[1])


def _checked(given: object, cells: int, name: str) -> Vectors:
    try:
        return jax.device_put(checked_magnetisation(given, cells, "the array"))
    except InputError as error:
        raise InputError(f"{name} {error}") from None


def _direction(config: Config, x: np.ndarray) -> np.ndarray:
    """M(x) of the textures that are functions, (n, 3)."""
    texture, zero = config.texture, np.zeros_like(x)
    if isinstance(texture, Wang2022Texture):
        angle = 0.5 * np.pi - np.pi * x / texture.width
        return np.stack([np.cos(angle), zero, np.sin(angle)], axis=-1)
    if isinstance(texture, UniformTexture):
        return np.broadcast_to(np.asarray(texture.direction, dtype=float), (x.size, 3))
    if isinstance(texture, SpiralTexture):
        angle = 2.0 * np.pi * x / texture.period
        return np.stack([np.cos(angle), np.sin(angle), zero], axis=-1)
    assert isinstance(texture, WallTexture)
    s = (x - texture.centre) / texture.width
    along, across = -np.tanh(s), 1.0 / np.cosh(s)
    along = -along if texture.reverse else along
    one, other = np.cos(texture.tilt) * across, np.sin(texture.tilt) * across
    columns = {
        "neel": (one, other, along),
        "bloch": (-other, one, along),
        "head-to-head": (along, one, other),
    }
    return np.stack(columns[texture.kind], axis=-1)
