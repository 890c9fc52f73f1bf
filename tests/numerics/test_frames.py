"""Frames along M, values at the ends, derivatives along the wire."""

import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.numerics.frames import (
    derivative_along,
    extrapolate_ends,
    frame_changes,
    local_frames,
)
from tests.compare import measured_orders
from tests.systems.textures import RandomTexture, TwistedWall

LENGTH = 5e-9
POLES = np.array(
    [[0.0, 0.0, 1.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.6, 0.8, -0.0]]
)
NEAR_POLES = np.array([[1e-9, -1e-9, 1.0], [1e-9, 2e-9, -1.0]])


def _directions():
    random = np.random.default_rng(3).normal(size=(50, 3))
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    near = NEAR_POLES / np.linalg.norm(NEAR_POLES, axis=1, keepdims=True)
    return np.concatenate([POLES, near, random])


def _centres(cells):
    return (np.arange(cells) + 0.5) * (LENGTH / cells)


def test_frames_are_right_handed_and_orthonormal_for_every_direction():
    directions = _directions()
    frames = np.asarray(local_frames(jnp.asarray(directions)))
    products = frames @ np.swapaxes(frames, 1, 2)
    np.testing.assert_allclose(products, np.broadcast_to(np.eye(3), products.shape), atol=4e-16)
    np.testing.assert_allclose(np.linalg.det(frames), 1.0, atol=1e-15)
    np.testing.assert_array_equal(frames[:, 0], directions)
    np.testing.assert_allclose(np.cross(frames[:, 0], frames[:, 1]), frames[:, 2], atol=4e-16)


def test_frame_changes_carry_one_frame_into_the_next():
    frames = local_frames(jnp.asarray(_directions()))
    changes = np.asarray(frame_changes(frames))
    np.testing.assert_allclose(changes[0], np.eye(3), atol=1e-15)
    np.testing.assert_allclose(changes[1:] @ np.asarray(frames)[:-1], frames[1:], atol=1e-15)


@pytest.mark.parametrize("texture", [TwistedWall(), RandomTexture(5)])
def test_ends_are_extrapolated_at_third_order(texture):
    exact = texture(np.array([0.0, LENGTH]))
    errors = []
    for cells in (100, 200, 400):
        ends = extrapolate_ends(jnp.asarray(texture(_centres(cells))))
        np.testing.assert_allclose(np.linalg.norm(ends, axis=1), 1.0, rtol=1e-15)
        errors.append(np.abs(ends - exact).max())
    assert errors[-1] < 1e-5
    np.testing.assert_allclose(measured_orders(errors), 3.0, atol=0.2)


def test_derivative_along_is_of_second_order():
    inside, left, right = [], [], []
    for cells in (100, 200, 400):
        x = _centres(cells)
        phase = 3.0 * x / LENGTH + 0.4
        values = jnp.asarray(np.stack([np.sin(phase), np.cos(2.0 * phase)], axis=1))
        exact = np.stack([np.cos(phase), -2.0 * np.sin(2.0 * phase)], axis=1) * (3.0 / LENGTH)
        error = np.abs(derivative_along(values, LENGTH / cells) - exact).max(axis=1)
        inside.append(error[1:-1].max())
        left.append(error[0])
        right.append(error[-1])
    for errors in (inside, left, right):
        np.testing.assert_allclose(measured_orders(errors), 2.0, atol=0.15)


def test_derivative_along_is_exact_for_parabolas():
    x = _centres(8) / LENGTH
    slope = derivative_along(jnp.asarray(2.0 - x + 3.0 * x**2), 1.0 / 8.0)
    np.testing.assert_allclose(slope, -1.0 + 6.0 * x, rtol=1e-13)
