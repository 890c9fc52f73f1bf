"""Files as other programs write them, `tests/cases/`: each read as it is meant, or refused.

All of them but the two walls hold the wall M = (sech s, 0, −tanh s), s = (x − 24 nm)/5 nm, on 24
cells of 2 nm.
"""

from pathlib import Path

import numpy as np
import pytest

from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import load_config
from boltzwall.config.files import read_temperature
from boltzwall.config.load import given_tables
from boltzwall.config.notes import notes
from boltzwall.errors import InputError

CASES = Path(__file__).parent / "cases"
SINGLE = 2e-9  # what nine digits, or four bytes, keep of a component
NONE = {"model": "none"}


def wall(cells=24, width=5e-9, centre=24e-9, step=2e-9):
    s = ((np.arange(cells) + 0.5) * step - centre) / width
    return np.stack([1.0 / np.cosh(s), 0.0 * s, -np.tanh(s)], axis=-1)


def read(name, **keys):
    tables = {"texture": {"kind": "file", "path": str(CASES / name), **keys}, "transport": NONE}
    config = load_config(tables)
    magnetisation, ends = build_magnetisation(config)
    assert ends is None
    return config.wire, np.asarray(magnetisation), notes(config, tables)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("no-base.ovf", "24 cells of 2 nm, a wire of 48 nm"),
        ("version-1.omf", "Ms = 800000 A/m in the file"),
        ("version-1-binary4.omf", "Ms = 800000 A/m in the file"),
        ("magnetisation-in-A-per-m.ovf", "Ms = 800000 A/m in the file"),
        ("strip-24x4.ovf", "the average of 4×1 cells across, which agree"),
    ],
)
def test_vector_files_give_the_wall_and_the_wire(name, note):
    wire, magnetisation, lines = read(name)
    assert (wire.length, wire.cells) == (4.8e-8, 24)
    np.testing.assert_allclose(magnetisation, wall(), atol=1e-7)
    np.testing.assert_allclose(np.linalg.norm(magnetisation, axis=-1), 1.0, rtol=1e-15)
    assert any(note in line for line in lines)


def test_a_row_of_a_strip():
    _, magnetisation, lines = read("strip-24x4.ovf", section={"y": 3, "z": 0})
    np.testing.assert_allclose(magnetisation, wall(), atol=1e-7)
    assert any("the row (3, 0)" in line for line in lines)
    with pytest.raises(InputError, match=r"must have the cell \(4, 0\) across, but it has 4×1"):
        read("strip-24x4.ovf", section=[4, 0])


def test_empty_ends_are_refused_cropped_or_filled():
    with pytest.raises(InputError) as caught:
        read("empty-ends.ovf")
    for part in ("first 3 cells and the last 2", '`texture.empty_ends` to "crop"', '"fill"'):
        assert part in str(caught.value)
    wire, cropped, lines = read("empty-ends.ovf", empty_ends="crop")
    assert (wire.length, wire.cells) == (4.8e-8, 24)
    np.testing.assert_allclose(cropped, wall(), atol=SINGLE)
    assert any("x = 6 nm there is at x = 0 here" in line for line in lines)
    wire, filled, _ = read("empty-ends.ovf", empty_ends="fill")
    assert (wire.length, wire.cells) == (5.8e-8, 29)
    expected = np.concatenate([[wall()[0]] * 3, wall(), [wall()[-1]] * 2])
    np.testing.assert_allclose(filled, expected, atol=SINGLE)


def test_a_flat_array():
    wire, magnetisation, lines = read("flat.npy")
    assert wire.cells == 24
    np.testing.assert_allclose(magnetisation, wall(), atol=1e-12)
    assert any("does not say how long they are" in line for line in lines)


@pytest.mark.parametrize("name", ["temperature-comsol.txt", "temperature-header.csv"])
def test_temperatures_in_metres_and_nanometres(name):
    x, kelvin = read_temperature(CASES / name, 4e-7)
    np.testing.assert_allclose(x, 1e-7 * np.arange(5), atol=1e-22)
    np.testing.assert_allclose(kelvin, 300.0 + 5.0 * np.arange(5))
    tables = {
        "temperature": {"kind": "file", "path": str(CASES / name)},
        "wire": {"length": "400 nm"},
        "transport": NONE,
    }
    (line,) = notes(load_config(tables), tables)
    unit = "nm" if name.endswith("csv") else "m"
    assert line == f"temperature.path: 5 rows of x in {unit}, T in K"


def test_two_walls(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # the path of the texture is counted from its file
    config = load_config(CASES / "two-walls.toml")
    magnetisation, _ = build_magnetisation(config)
    width = (13e-12 / 4e5) ** 0.5
    x = (np.arange(250) + 0.5) * 2e-9
    along = np.tanh((x - 2e-7) / width) * np.tanh((x - 3e-7) / width)
    np.testing.assert_allclose(np.asarray(magnetisation)[:, 2], along, atol=2e-7)
    assert notes(config, given_tables(CASES / "two-walls.toml"))


def test_every_case_is_tried_here():
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(path.stem in text for path in CASES.iterdir())
