"""Components in the frame of M, and the maps that are diagonal in them."""

import jax.numpy as jnp
import numpy as np

from boltzwall.numerics.axial import Axial
from boltzwall.numerics.frames import frame_changes, local_frames
from boltzwall.numerics.spin_components import (
    Diagonal,
    from_components,
    swapped,
    to_components,
    turns,
)
from tests.compare import assert_close_to_largest
from tests.systems.textures import RandomTexture

RNG = np.random.default_rng(9)
CELLS, LANES = 6, 3
AXES = RandomTexture(2)(np.linspace(0.0, 5e-9, CELLS))
FRAMES = local_frames(jnp.asarray(AXES))
Y = RNG.uniform(-1.0, 1.0, (CELLS, 4, LANES))


def test_components_are_those_along_the_frame():
    found = np.asarray(to_components(FRAMES, jnp.asarray(Y)))
    along = np.einsum("ca,cal->cl", AXES, Y[:, 1:])
    np.testing.assert_allclose(found[:, 0], Y[:, 0] + along, atol=1e-15)
    np.testing.assert_allclose(found[:, 1], Y[:, 0] - along, atol=1e-15)
    for k in (1, 2):
        across = np.einsum("ca,cal->cl", np.asarray(FRAMES)[:, k], Y[:, 1:])
        np.testing.assert_allclose(found[:, k + 1], across, atol=1e-15)


def test_components_and_back():
    there = to_components(FRAMES, jnp.asarray(Y))
    assert_close_to_largest(from_components(FRAMES, there), Y, 1e-15)


def test_a_diagonal_map_is_the_axial_one_in_the_frame():
    plus, minus, re, im = RNG.uniform(0.2, 2.0, (4, LANES))
    factors = jnp.asarray(plus), jnp.asarray(minus), jnp.asarray(re + 1j * im)
    diagonal, axial = Diagonal.of(*factors), Axial.of(*factors)
    there = to_components(FRAMES, jnp.asarray(Y))
    for c in range(CELLS):
        expected = axial(jnp.asarray(AXES[c])[:, None], jnp.asarray(Y[c]))
        found = from_components(FRAMES[c : c + 1], diagonal(there[c])[None])[0]
        assert_close_to_largest(found, expected, 1e-14)


def test_multiples_of_a_diagonal_map():
    diagonal = Diagonal.of(*(jnp.asarray(v) for v in (0.3, 0.5, 0.2 + 0.7j)))
    y = jnp.asarray(Y[0, :, 0])
    np.testing.assert_allclose(diagonal.scaled(-2.0)(y), -2.0 * diagonal(y), atol=1e-15)


def test_swapping_exchanges_what_lies_across():
    np.testing.assert_array_equal(swapped(jnp.arange(4.0)), [0.0, 1.0, 3.0, 2.0])


def test_turns_carry_components_from_cell_to_cell():
    """The upper half is the same vector seen in the next frame, the lower half that, swapped."""
    maps = np.asarray(turns(frame_changes(FRAMES)))
    there = np.asarray(to_components(FRAMES[:-1], jnp.asarray(Y[1:])))
    expected = np.asarray(to_components(FRAMES[1:], jnp.asarray(Y[1:])))
    found = np.einsum("cab,cbl->cal", maps[1:], there)
    assert_close_to_largest(found[:, :4], expected, 1e-14)
    assert_close_to_largest(found[:, 4:], expected[:, [0, 1, 3, 2]], 1e-14)
