"""A scalar and a vector in the frame of M as (F + G∥, F − G∥, G₁, G₂): there losses are diagonal.

`frames` are those of `local_frames`: rows M, e₁, e₂ with M × e₁ = e₂. The part across M is the
complex number G₁ + iG₂, so that a map about M multiplies the four components by
(plus, minus, across), the last for both G₁ and G₂.
"""

from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Inexact

from boltzwall.typing import Four, Fours

Frames = Float[Array, "cells 3 3"]

# (F, G∥, G₁, G₂) → (F + G∥, F − G∥, G₁, G₂), and back.
_SPLIT = np.array([[1.0, 1.0, 0, 0], [1.0, -1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0]])
_JOIN = np.array([[0.5, 0.5, 0, 0], [0.5, -0.5, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0]])
_SWAP = [0, 1, 3, 2]


class Diagonal(NamedTuple):
    """A map about M: y ↦ own·y + other·(y with G₁, G₂ exchanged)."""

    own: Four
    other: Four

    @classmethod
    def of(cls, plus: Array, minus: Array, across: Inexact[Array, "..."]) -> "Diagonal":
        """The map with these factors."""
        re, im = jnp.real(across), jnp.imag(across)
        zero = jnp.zeros_like(re)
        return cls(jnp.stack([plus, minus, re, re]), jnp.stack([zero, zero, -im, im]))

    def scaled(self, factor: Array | float) -> "Diagonal":
        return Diagonal(factor * self.own, factor * self.other)

    def __call__(self, y: Four) -> Four:
        return self.own * y + self.other * swapped(y)


def swapped(y: Four) -> Four:
    """The components with G₁ and G₂ exchanged."""
    return y[np.array(_SWAP)]


def turns(rotations: Float[Array, "cells 3 3"]) -> Float[Array, "cells 8 4"]:
    """For rotations of G: the map of the four components, above the same with its rows swapped."""
    whole = jnp.zeros((rotations.shape[0], 4, 4)).at[:, 0, 0].set(1.0).at[:, 1:, 1:].set(rotations)
    turn = jnp.asarray(_SPLIT) @ whole @ jnp.asarray(_JOIN)
    return jnp.concatenate([turn, turn[:, np.array(_SWAP)]], axis=1)


def to_components(frames: Frames, y: Fours) -> Fours:
    """From (F, G_x, G_y, G_z) in each cell."""
    return _each(jnp.asarray(_SPLIT) @ _embedded(frames), y)


def from_components(frames: Frames, y: Fours) -> Fours:
    """To (F, G_x, G_y, G_z) in each cell."""
    return _each(jnp.swapaxes(_embedded(frames), 1, 2) @ jnp.asarray(_JOIN), y)


def _embedded(frames: Frames) -> Float[Array, "cells 4 4"]:
    whole = jnp.zeros((frames.shape[0], 4, 4)).at[:, 0, 0].set(1.0)
    return whole.at[:, 1:, 1:].set(frames)


def _each(maps: Array, y: Array) -> Array:
    flat = y.reshape(*y.shape[:2], -1)
    return jnp.einsum("cab,cbl->cal", maps, flat).reshape(y.shape)
