"""`drive.magnetic_field_file`: the units, meshes and tables that it takes, and what it refuses."""

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.config.load import given_tables
from boltzwall.config.magnetic_fields import read_magnetic_field
from boltzwall.config.notes import notes
from boltzwall.constants import VACUUM_PERMEABILITY as MU0
from boltzwall.errors import InputError
from boltzwall.io.ovf import Ovf, write_ovf

OERSTED = 1e3 / (4.0 * np.pi)
FIELD = np.linspace(1.0, 3.0, 8)[:, None] * np.array([1.0, -2.0, 0.5])  # of 8 cells of 5 nm
X = (np.arange(8) + 0.5) * 5e-9
WIRE = {"length": "40 nm", "cells": 16}


def ovf(path, values=FIELD, units="A/m", origin=0.0, across=(1, 1), **more):
    mesh = np.broadcast_to(values[:, None, None, :], (len(values), *across, values.shape[-1]))
    mesh = mesh + more.pop("added", 0.0)
    step = (5e-9, 5e-9, 5e-9)
    return write_ovf(Ovf(mesh, (origin, 0.0, 0.0), step, "H", units), path, overwrite=True, **more)


@pytest.mark.parametrize(
    ("units", "factor"),
    [("A/m", 1.0), ("kA/m", 1e3), ("T", 1.0 / MU0), ("mT", 1e-3 / MU0), ("Oe", OERSTED)],
)
@pytest.mark.parametrize("representation", ["text", "binary 4", "binary 8"])
def test_the_unit_is_that_of_the_header(tmp_path, units, factor, representation):
    path = ovf(tmp_path / "stray.ohf", units=units, representation=representation)
    found = read_magnetic_field(path, length=40e-9)
    np.testing.assert_allclose(found.strength, factor * FIELD, rtol=1e-6)
    np.testing.assert_allclose(found.x, X, rtol=1e-12)
    assert f"8 cells of 5 nm, H in {units}" in found.in_words()


def test_version_1_with_its_multiplier(tmp_path):
    rows = "\n".join(" ".join(f"{2.0 * part:.9g}" for part in row) for row in FIELD)
    head = {
        "title": "H", "meshunit": "m", "meshtype": "rectangular", "valueunit": "A/m",
        "valuemultiplier": 0.5, "ValueRangeMinMag": 0, "ValueRangeMaxMag": 10,
        "xnodes": 8, "ynodes": 1, "znodes": 1, "xmin": 0, "ymin": 0, "zmin": 0,
        "xmax": 40e-9, "ymax": 5e-9, "zmax": 5e-9, "xbase": 2.5e-9, "ybase": 2.5e-9,
        "zbase": 2.5e-9, "xstepsize": 5e-9, "ystepsize": 5e-9, "zstepsize": 5e-9,
    }  # fmt: skip
    lines = ["# OOMMF: rectangular mesh v1.0", "# Segment count: 1", "# Begin: Segment"]
    lines += ["# Begin: Header", *(f"# {key}: {value}" for key, value in head.items())]
    lines += ["# End: Header", "# Begin: Data Text", rows, "# End: Data Text", "# End: Segment", ""]
    (tmp_path / "H.ohf").write_text("\n".join(lines))
    np.testing.assert_allclose(read_magnetic_field(tmp_path / "H.ohf").strength, FIELD)


def test_a_mesh_with_several_cells_across(tmp_path):
    shear = np.array([-1.0, 0.0, 4.0])[None, :, None, None] * np.array([0.0, 0.0, 1.0])
    path = ovf(tmp_path / "a.ohf", across=(3, 2), added=shear)
    mean = read_magnetic_field(path)
    np.testing.assert_allclose(mean.strength, FIELD + np.array([0.0, 0.0, 1.0]))
    assert "the mean of 3×2 cells across" in mean.in_words()
    row = read_magnetic_field(path, (2, 0))
    np.testing.assert_allclose(row.strength, FIELD + np.array([0.0, 0.0, 4.0]))
    assert "the row (2, 0) of 3×2 cells across" in row.in_words()
    with pytest.raises(InputError, match=r"must have the cell \(3, 0\) across"):
        read_magnetic_field(path, (3, 0))


def test_a_mesh_that_begins_elsewhere_is_shifted(tmp_path):
    found = read_magnetic_field(ovf(tmp_path / "a.ohf", origin=-20e-9), length=40e-9)
    np.testing.assert_allclose(found.x, X, rtol=1e-12)
    assert "what is at x = -20 nm there is at x = 0 here" in found.in_words()


def test_a_table(tmp_path):
    rows = "\n".join(
        f"{1e9 * x},{','.join(map(str, row))}" for x, row in zip(X, FIELD, strict=True)
    )
    (tmp_path / "H.csv").write_text(f"x (nm),Bx (mT),By (mT),Bz (mT)\n{rows}\n")
    found = read_magnetic_field(tmp_path / "H.csv")
    np.testing.assert_allclose(found.strength, FIELD * 1e-3 / MU0)
    assert found.in_words()[0] == "8 rows of x in nm, Hx in mT, Hy in mT, Hz in mT"


def test_between_and_beyond(tmp_path):
    found = read_magnetic_field(ovf(tmp_path / "a.ohf"))
    np.testing.assert_allclose(found.at(np.array([5e-9]))[0], 0.5 * (FIELD[0] + FIELD[1]))
    np.testing.assert_allclose(found.at(np.array([-1.0, 1.0])), FIELD[[0, -1]])


def test_the_path_is_counted_from_the_configuration_and_check_tells_of_it(tmp_path):
    (tmp_path / "fields").mkdir()
    ovf(tmp_path / "fields" / "stray.ohf")
    text = '[wire]\nlength = "40 nm"\n[drive]\nmagnetic_field_file = "fields/stray.ohf"\n'
    (tmp_path / "wall.toml").write_text(text)
    config = load_config(tmp_path / "wall.toml")
    told = notes(config, given_tables(tmp_path / "wall.toml"))
    size = np.linalg.norm(FIELD, axis=-1)
    assert told == (
        "drive.magnetic_field_file: 8 cells of 5 nm, H in A/m",
        f"drive.magnetic_field_file: |H| from {size[0]:.6g} to {size[-1]:.6g} A/m",
    )


def refused(path, **keys):
    with pytest.raises(InputError) as caught:
        load_config({"wire": WIRE, "drive": {"magnetic_field_file": str(path), **keys}})
    return str(caught.value)


def test_what_is_refused(tmp_path):
    missing = refused(tmp_path / "none.ohf")
    assert missing.startswith("Key `drive.magnetic_field_file` must name a file")
    assert "gives no unit" in refused(ovf(tmp_path / "a.ohf", units="1"))
    assert "is not a unit of" in refused(ovf(tmp_path / "a.ohf", units="V/m"))
    scalars = ovf(tmp_path / "a.ohf", values=FIELD[:, :1])
    assert "a field of 3 components" in refused(scalars)
    assert "must cover the wire from 0 to 40 nm" in refused(ovf(tmp_path / "b.ohf", FIELD[:7]))
    not_finite = np.where(FIELD > 2.0, np.nan, FIELD)
    assert "finite" in refused(ovf(tmp_path / "c.ohf", not_finite))
    (tmp_path / "d.ohf").write_text("# OOMMF OVF 2.0\n")
    assert "`drive.magnetic_field_file` must" in refused(tmp_path / "d.ohf")
    (tmp_path / "e.txt").write_text("0 1 2\n1e-9 1 2\n")
    assert "a table of x, Hx, Hy, Hz" in refused(tmp_path / "e.txt")


def test_a_field_as_a_texture_names_the_key(tmp_path):
    path = ovf(tmp_path / "stray.ohf")
    with pytest.raises(InputError, match=r"`drive\.magnetic_field_file` takes it"):
        load_config({"texture": {"kind": "file", "path": str(path)}})
