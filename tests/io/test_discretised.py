"""discretisedfield's fields from Datasets and back."""

import json

import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.io import discretised
from boltzwall.io.cross_sections import Reduction
from boltzwall.io.states import state_at
from tests.synthetic import configuration, run_dataset


def wired():
    """A run whose wire has a width and a thickness."""
    wire = {"length": 5e-9, "cells": 40, "width": 2e-8, "thickness": 5e-9}
    full = configuration() | {"material": {"saturation_magnetisation": 8e5}, "wire": wire}
    return run_dataset(saves=3).assign_attrs(configuration=json.dumps(full))


def test_a_missing_discretisedfield_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "discretisedfield", None)
    with pytest.raises(InputError, match=r"\.\[tools\]"):
        discretised.to_field(run_dataset(saves=2))


@pytest.mark.parametrize("wrong", [None, 3.0, np.ones((4, 3))])
def test_what_is_no_field_is_refused(wrong):
    with pytest.raises(InputError, match=r"discretisedfield\.Field"):
        discretised.from_field(wrong)


@pytest.mark.parametrize("unit_vectors", [False, True])
def test_a_dataset_is_a_field_and_a_dataset_again(tmp_path, unit_vectors):
    df = pytest.importorskip("discretisedfield")
    dataset = wired()
    field = discretised.to_field(dataset, 2e-10, unit_vectors)
    assert tuple(field.mesh.n) == (40, 1, 1)
    np.testing.assert_allclose(field.mesh.region.pmax, (5e-9, 2e-8, 5e-9), rtol=1e-12)
    np.testing.assert_allclose(field.norm.array, 1.0 if unit_vectors else 8e5, rtol=1e-12)
    back = discretised.from_field(field)
    np.testing.assert_allclose(back["magnetisation"], dataset["magnetisation"][1], atol=1e-15)
    np.testing.assert_allclose(back["x"], dataset["x"], rtol=1e-12)
    assert ("saturation_magnetisation" in back) is not unit_vectors
    field.to_file(str(tmp_path / "m.ovf"))
    again = discretised.from_field(df.Field.from_file(str(tmp_path / "m.ovf")))
    np.testing.assert_array_equal(again["magnetisation"], back["magnetisation"])
    np.testing.assert_allclose(state_at(again).cell, (1.25e-10, 2e-8, 5e-9), rtol=1e-9)


def test_fields_of_one_dimension_and_of_a_wide_body():
    df = pytest.importorskip("discretisedfield")
    line = df.Field(df.Mesh(p1=0, p2=4e-9, cell=1e-9), nvdim=3, value=(0, 0, 5e5), unit="A/m")
    found = discretised.from_field(line)
    np.testing.assert_array_equal(found["magnetisation"], [[0, 0, 1]] * 4)
    np.testing.assert_allclose(found["saturation_magnetisation"], 5e5)
    mesh = df.Mesh(p1=(0, 0, 0), p2=(4e-9, 2e-9, 1e-9), cell=(1e-9,) * 3)
    body = df.Field(mesh, nvdim=3, value=(1.0, 1.0, 0.0))
    np.testing.assert_allclose(discretised.from_field(body)["magnetisation"][:, 0], 0.5**0.5)
    with pytest.raises(InputError, match=r"Argument `field` must have the cell \(2, 0\)"):
        discretised.from_field(body, Reduction((2, 0)))
    plane = df.Field(df.Mesh(p1=(0, 0), p2=(4e-9, 2e-9), n=(4, 2)), nvdim=3, value=(1, 0, 0))
    with pytest.raises(InputError, match="dimension"):
        discretised.from_field(plane)
