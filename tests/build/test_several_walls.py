"""Several walls by keys: each is that wall by itself, neighbours join, the tracker reads all."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import load_config
from boltzwall.config.sections import WallsTexture
from boltzwall.errors import InputError
from boltzwall.walls.followed_walls import follow
from boltzwall.walls.reader import Mesh, Reader

CASES = Path(__file__).parents[1] / "cases"
WIRE = {"length": "500 nm", "cells": 250}
KINDS = ("neel", "bloch", "head-to-head")


def magnetisation(wire=WIRE, **texture):
    config = load_config({"wire": wire, "texture": texture, "transport": {"model": "none"}})
    m, ends = build_magnetisation(config)
    return np.asarray(m), np.asarray(ends)


def several(*centres, width=10e-9, **keys):
    return magnetisation(kind="walls", centres=list(centres), width=width, **keys)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("tilt", [0.0, 0.7])
def test_one_of_them_is_the_wall(kind, reverse, tilt):
    own = {"width": 10e-9, "tilt": tilt, "reverse": reverse}
    one = magnetisation(kind=kind, centre=180e-9, **own)
    for found, known in zip(several(180e-9, wall=kind, **own), one, strict=True):
        np.testing.assert_allclose(found, known, atol=1e-15)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("chirality", "step"), [("same", np.pi), ("alternating", 0.0)])
def test_each_of_three_is_that_wall_alone(kind, chirality, step):
    centres, tilt = (100e-9, 250e-9, 400e-9), 0.4
    m, _ = several(*centres, wall=kind, tilt=tilt, chirality=chirality)
    x = (np.arange(250) + 0.5) * 2e-9
    for n, centre in enumerate(centres):
        alone, _ = magnetisation(
            kind=kind, centre=centre, width=10e-9, tilt=tilt + n * step, reverse=n == 1
        )
        near = np.abs(x - centre) < 30e-9
        np.testing.assert_allclose(m[near], alone[near], atol=2e-5)  # 4 exp(−120/10): tails


def test_angles_of_one_axis_add_up():
    """Walls that all turn in the plane of x and z: M = (sin Σθ, 0, cos Σθ)."""
    centres = np.array([200e-9, 220e-9, 310e-9])  # of which two overlap
    m, ends = several(*centres)
    for x, found in (((np.arange(250) + 0.5) * 2e-9, m), (np.array([0.0, 500e-9]), ends)):
        angle = np.arccos(-np.tanh((x[:, None] - centres) / 10e-9)).sum(axis=1)
        known = np.stack([np.sin(angle), 0.0 * angle, np.cos(angle)], axis=-1)
        np.testing.assert_allclose(found, known, atol=1e-7)  # arccos near ±1


def test_the_pair_of_the_file():
    """tests/cases/two-walls.npy: M_z = tanh·tanh, with the sign of M_x turned in the middle."""
    width = (13e-12 / 4e5) ** 0.5
    m, _ = several(200e-9, 300e-9, width=width)
    np.testing.assert_allclose(m, np.load(CASES / "two-walls.npy"), atol=4e-4)  # 2 exp(−50/5.7)


@given(
    st.lists(st.floats(0.0, 5e-7), min_size=1, max_size=6, unique=True),
    st.floats(1e-9, 1e-7),
    st.floats(-4.0, 4.0),
    st.sampled_from(KINDS),
    st.sampled_from(["same", "alternating"]),
)
def test_m_is_a_unit_vector_and_smooth_whatever_overlaps(centres, width, tilt, kind, chirality):
    keys = {"width": width, "tilt": tilt, "wall": kind, "chirality": chirality}
    m, _ = several(*sorted(centres), **keys)
    np.testing.assert_allclose(np.linalg.norm(m, axis=-1), 1.0, atol=1e-13)
    steps = np.linalg.norm(np.diff(m, axis=0), axis=-1)
    assert steps.max() <= len(centres) * 2e-9 / width * (1.0 + 1e-9)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("chirality", "signs"), [("same", (1, 1, 1)), ("alternating", (1, -1, 1))])
def test_the_tracker_reads_each(kind, chirality, signs):
    centres, tilt, width = np.array([110e-9, 255e-9, 393e-9]), 0.4, 9e-9
    m, _ = several(*centres, width=width, wall=kind, tilt=tilt, chirality=chirality)
    reader = Reader(Mesh(500e-9, 250))
    states = np.repeat(m[None], 5, axis=0)
    time = np.linspace(0.0, 1e-9, 5)
    found = follow(reader.read(states), time, np.zeros(5), reader).arrays
    np.testing.assert_allclose(found["wall_positions"][-1], centres, atol=1e-3 * width)
    np.testing.assert_allclose(found["wall_widths"][-1], width, rtol=1e-3)
    np.testing.assert_array_equal(found["wall_polarities"], [1, -1, 1])
    about = tilt + (0.5 * np.pi if kind == "bloch" else 0.0)  # φ counts from x, M_x of a Néel wall
    np.testing.assert_allclose(
        found["wall_chiralities"][-1], np.array(signs) * np.cos(about), atol=2e-3
    )


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"centres": []}, "`texture.centres` must be a list of 1 or more numbers"),
        ({"centres": "100 nm"}, "must be a list of 1 or more numbers"),
        ({"centres": ["200 nm", "100 nm"]}, "greater than the one before"),
        ({"centres": ["100 nm", "100 nm"]}, "greater than the one before"),
        ({"centres": ["1 V"]}, "is not a unit of length"),
        ({"centre": "1 nm", "centres": [1e-7]}, "belongs to kind"),
        ({}, "`texture.centres` must be given"),
    ],
)
def test_refusals(keys, words):
    with pytest.raises(InputError) as caught:
        magnetisation(kind="walls", width=1e-8, **keys)
    assert words in str(caught.value)


def test_one_centre_can_be_changed():
    config = load_config(
        {"texture": {"kind": "walls", "centres": [1e-7, 2e-7], "width": 1e-8}, "wire": WIRE},
        ["texture.centres.1=300 nm"],
    )
    assert isinstance(config.texture, WallsTexture)
    assert config.texture.centres == (1e-7, 3e-7)
