"""Textures from files: cells and length against those of the wire, resampling, formats."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from boltzwall.config import load_config
from boltzwall.config.notes import notes
from boltzwall.config.textures import read_magnetisation, texture_file
from boltzwall.errors import InputError
from boltzwall.io.ovf import Ovf, write_ovf
from boltzwall.io.states import WireState, dataset_of

NONE = {"model": "none"}


def wall(x, width=5e-9, centre=24e-9):
    s = (np.asarray(x) - centre) / width
    return np.stack([0.6 / np.cosh(s), 0.8 / np.cosh(s), -np.tanh(s)], axis=-1)


def centres(cells, length):
    return (np.arange(cells) + 0.5) * (length / cells)


def save(folder, values, origin=0.0, step=2e-9, units="1", name="m.ovf"):
    ovf = Ovf(values, (origin, 0.0, 0.0), (step, 1e-9, 1e-9), units=units)
    return write_ovf(ovf, folder / name, "binary 8", overwrite=True)


def save_wall(folder, cells=24, length=4.8e-8, **keys):
    values = wall(centres(cells, length))[:, None, None, :]
    return save(folder, values, step=length / cells, **keys)


def tables_of(path, wire=None, **keys):
    return {
        "texture": {"kind": "file", "path": str(path), **keys},
        "wire": wire or {},
        "transport": NONE,
    }


def loaded(tables) -> Any:
    return load_config(tables)


def read(path, wire=None, **keys):
    config = loaded(tables_of(path, wire, **keys))
    return read_magnetisation(config.texture, config.wire)


def refusal(path, wire=None, **keys):
    with pytest.raises(InputError) as caught:
        read(path, wire, **keys)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_wire_is_that_of_the_file_unless_it_is_given(tmp_path):
    path = save_wall(tmp_path)
    for wire in ({}, {"length": "48 nm"}, {"cells": 24}, {"length": "48.01 nm", "cells": 24}):
        config = loaded(tables_of(path, wire))
        assert config.wire.cells == 24
        assert config.wire.length == pytest.approx(4.8e-8, rel=1e-3)
        assert loaded(json.loads(config.to_json())) == config
        np.testing.assert_allclose(
            read_magnetisation(config.texture, config.wire), wall(centres(24, 4.8e-8)), atol=1e-15
        )


@pytest.mark.parametrize(
    ("wire", "part"),
    [
        ({"cells": 25}, "(25, 3), but"),
        ({"length": "50 nm"}, "24 cells of 2e-09 m, 4.8e-08 m"),
        ({"length": "48 nm", "cells": 12}, "(12, 3), but"),
    ],
)
def test_another_wire_is_refused_with_both_cures(tmp_path, wire, part):
    message = refusal(save_wall(tmp_path), wire)
    assert part in message
    assert "Leave out `wire.cells` and `wire.length`" in message
    assert "`texture.resample` = true" in message


def test_resampling_is_of_fourth_order(tmp_path):
    errors = []
    for cells in (48, 96):
        path = save_wall(tmp_path, cells)
        found = read(path, {"cells": 333}, resample=True)
        np.testing.assert_allclose(np.linalg.norm(found, axis=-1), 1.0, rtol=1e-15)
        errors.append(np.abs(found - wall(centres(333, 4.8e-8))).max())
    assert errors[1] < errors[0] / 12.0
    assert errors[1] < 1e-4


def test_resampling_keeps_the_place(tmp_path):
    path = save_wall(tmp_path, 96)
    shorter = read(path, {"length": "30 nm", "cells": 60}, resample=True)
    np.testing.assert_allclose(shorter, wall(centres(60, 3e-8)), atol=1e-4)
    assert "at least as long" in refusal(path, {"length": "60 nm"}, resample=True)
    longer = read(path, {"length": "60 nm", "cells": 120}, resample=True, empty_ends="fill")
    inside = centres(120, 6e-8) < 4.8e-8
    np.testing.assert_allclose(longer[inside], wall(centres(120, 6e-8)[inside]), atol=1e-4)
    np.testing.assert_allclose(longer[~inside], np.tile(longer[~inside][0], (24, 1)), atol=1e-12)


def test_what_turns_too_fast_cannot_be_resampled(tmp_path):
    values = np.zeros((8, 1, 1, 3))
    values[::2, ..., 0], values[1::2, ..., 0] = 1.0, -1.0
    assert "turns by more than 90°" in refusal(save(tmp_path, values), {"cells": 9}, resample=True)


def test_an_array_without_lengths_is_stretched(tmp_path):
    np.save(tmp_path / "m.npy", wall(centres(96, 4.8e-8)))
    found = read(tmp_path / "m.npy", {"length": "48 nm", "cells": 60}, resample=True)
    np.testing.assert_allclose(found, wall(centres(60, 4.8e-8)), atol=1e-4)


def test_a_mesh_that_begins_elsewhere_is_shifted_and_it_is_said(tmp_path):
    tables = tables_of(save_wall(tmp_path, origin=-2.4e-8))
    config = loaded(tables)
    np.testing.assert_allclose(
        read_magnetisation(config.texture, config.wire), wall(centres(24, 4.8e-8)), atol=1e-15
    )
    assert any("x = -24 nm there is at x = 0 here" in line for line in notes(config, tables))


def test_ms_of_the_file_is_told_where_it_is_another(tmp_path):
    values = 5e5 * wall(centres(24, 4.8e-8))[:, None, None, :]
    tables = tables_of(save(tmp_path, values, units="A/m"))
    text = "\n".join(notes(loaded(tables), tables))
    assert "Ms = 500000 A/m in the file" in text
    assert "material.saturation_magnetisation, 800000 A/m, is what counts" in text
    tables = tables_of(save(tmp_path, values * 4e-7 * np.pi, units="T"))
    assert "Ms = 500000 A/m" in "\n".join(notes(loaded(tables), tables))
    tables = tables_of(save(tmp_path, values))
    assert "of the length 5e+05 to 5e+05" in "\n".join(notes(loaded(tables), tables))


def test_the_average_across_and_how_far_the_section_is_from_it(tmp_path):
    angles = np.array([-0.3, 0.3])
    section = np.stack([np.cos(angles), np.sin(angles), 0.0 * angles], axis=-1)
    values = np.tile(section[None, :, None], (6, 1, 1, 1))
    tables = tables_of(save(tmp_path, values))
    config = loaded(tables)
    np.testing.assert_allclose(
        read_magnetisation(config.texture, config.wire), [[1.0, 0.0, 0.0]] * 6, atol=1e-15
    )
    text = "\n".join(notes(config, tables))
    assert "2×1 cells across, from which M differs by up to 17.19°" in text
    assert "too much" not in text
    wide = np.tile(section[None, :, None] * [1.0, 2.0, 0.0], (6, 1, 1, 1))
    tables = tables_of(save(tmp_path, wide))
    assert "too much for one M(x)" in "\n".join(notes(loaded(tables), tables))
    row = read(tmp_path / "m.ovf", section={"y": 1, "z": 0})
    np.testing.assert_allclose(row[0], np.array([1.0, 2.0 * np.tan(0.3), 0.0]) / np.hypot(
        1.0, 2.0 * np.tan(0.3)), atol=1e-15)  # fmt: skip
    opposite = np.tile(np.array([[1.0, 0, 0], [-1.0, 0, 0]])[None, :, None], (6, 1, 1, 1))
    assert "moments across the wire cancel" in refusal(save(tmp_path, opposite))


SHAPES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "rows": lambda m: m,
    "columns": lambda m: m.T,
    "flat": lambda m: m.ravel(),
    "flat by component": lambda m: m.T.ravel(),
    "a mesh": lambda m: m[:, None, None, :],
    "MuMax3": lambda m: m.T[:, None, None, :],
    "four bytes": lambda m: m.astype(np.float32),
    "big-endian": lambda m: m.astype(">f8"),
    "Fortran": np.asfortranarray,
}


@pytest.mark.parametrize("name", SHAPES)
def test_arrays_in_the_shapes_of_programs(tmp_path, name):
    expected = wall(centres(24, 4.8e-8))
    np.save(tmp_path / "m.npy", SHAPES[name](expected))
    np.testing.assert_allclose(read(tmp_path / "m.npy"), expected, atol=1e-7)


@pytest.mark.parametrize(
    ("array", "part"),
    [
        (np.ones((5, 24, 3)), "Take one time of it"),
        (np.ones(25), "(25,)"),
        (np.tile([1.0, 0.0, 0.0], 24) * 2, "in neither order"),
        (np.ones((24, 2)), "(24, 2)"),
        (np.ones((24, 3)), "unit length"),
        (np.ones((24, 3), dtype=complex), "real numbers"),
        (np.tile([0.0, 0.0, 1.0], (3, 1)), "at least 4 cells"),
        (np.zeros((24, 3)), "zero everywhere"),
        (np.ones(0), "(0,)"),
        (np.array(1.0), "()"),
    ],
)
def test_arrays_that_are_none(tmp_path, array, part):
    np.save(tmp_path / "m.npy", array)
    assert part in refusal(tmp_path / "m.npy")


def test_a_table_of_vectors(tmp_path):
    x = centres(24, 4.8e-8)
    rows = [
        f"{a * 1e9:.6g}\t{b:.4f}\t{c:.4f}\t{d:.4f}" for a, (b, c, d) in zip(x, wall(x), strict=True)
    ]
    path = tmp_path / "m.txt"
    path.write_text("# x (nm)\tmx ()\tmy ()\tmz ()\n" + "\n".join(rows) + "\n")
    config = loaded(tables_of(path))
    assert (config.wire.cells, config.wire.length) == (24, pytest.approx(4.8e-8, rel=1e-12))
    found = read_magnetisation(config.texture, config.wire)
    np.testing.assert_allclose(found, wall(x), atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(found, axis=-1), 1.0, rtol=1e-15)
    path.write_text("x mx my mz\n" + "\n".join(f"{k**2} 0 0 1" for k in range(9)))
    assert "cells of equal length" in refusal(path)


def test_a_result_gives_its_wire_too(tmp_path):
    state = WireState(wall(centres(24, 4.8e-8)), None, 0.0, (2e-9, 1e-9, 1e-9))
    dataset_of(state).to_netcdf(tmp_path / "m.nc")
    config = loaded(tables_of(tmp_path / "m.nc"))
    assert (config.wire.length, config.wire.cells) == (4.8e-8, 24)
    assert "24 cells of 2e-09 m" in refusal(tmp_path / "m.nc", {"length": "5 nm"})
    xr.Dataset({"magnetisation": (("x", "component"), state.directions)}).to_netcdf(
        tmp_path / "bare.nc"
    )
    assert texture_file(loaded(tables_of(tmp_path / "bare.nc")).texture).spacing is None


@pytest.mark.parametrize("name", ["m.txt", "m.dat", "m", "m.npy"])
def test_the_content_tells_the_format(tmp_path, name):
    path = save_wall(tmp_path, name=name)
    np.testing.assert_allclose(read(path), wall(centres(24, 4.8e-8)), atol=1e-15)


def test_fields_and_wires_along_y_are_refused_with_the_cure(tmp_path):
    path = save_wall(tmp_path, name="h.ohf")
    assert "holds a field H" in refusal(path)
    across = save(tmp_path, np.swapaxes(wall(centres(24, 4.8e-8))[:, None, None, :], 0, 1))
    assert "lies along x here: turn the mesh" in refusal(across)


@pytest.mark.parametrize("given", ["mean", [1], [0, -1], {"y": 1}, {"y": 0.5, "z": 0}, True, 3])
def test_sections_that_are_none(given):
    with pytest.raises(InputError, match=r"Key `texture.section` must be \"average\" or the num"):
        loaded(tables_of("m.ovf", section=given))


def test_a_file_that_changes_is_read_again(tmp_path):
    path = save_wall(tmp_path)
    first = read(path)
    save(tmp_path, -wall(centres(24, 4.8e-8))[:, None, None, :] * 3.0)
    np.testing.assert_allclose(read(path), -first, atol=1e-15)


UNIT = st.tuples(st.floats(-1.0, 1.0), st.floats(-3.1, 3.1)).map(
    lambda p: (np.sqrt(1 - p[0] ** 2) * np.cos(p[1]), np.sqrt(1 - p[0] ** 2) * np.sin(p[1]), p[0])
)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(UNIT, min_size=4, max_size=9), st.integers(1, 3), st.integers(1, 2),
    st.floats(1e-3, 1e9), st.integers(0, 2), st.integers(0, 2), st.floats(-1e-6, 1e-6),
)  # fmt: skip
def test_any_body_uniform_across_gives_its_directions(
    tmp_path_factory, vectors, ny, nz, scale, left, right, origin
):
    """Whatever the strength, the cross-section, the place, and how many ends are empty."""
    folder = Path(tmp_path_factory.mktemp("body"))
    body = scale * np.tile(np.array(vectors)[:, None, None], (1, ny, nz, 1))
    values = np.pad(body, ((left, right), (0, 0), (0, 0), (0, 0)))
    path = save(folder, values, origin=origin, units="A/m")
    config = loaded(tables_of(path, empty_ends="crop"))
    found = texture_file(config.texture)
    np.testing.assert_allclose(found.directions, vectors, atol=1e-12)
    np.testing.assert_allclose(np.asarray(found.saturation), scale, rtol=1e-12)
    np.testing.assert_allclose(found.origin, origin + left * 2e-9, atol=1e-18)
    assert config.wire.length == pytest.approx(len(vectors) * 2e-9, rel=1e-9)
