import json

import numpy as np
import pytest

from boltzwall.result import build_dataset, simple_attribute
from boltzwall.variables import VARIABLES


@pytest.fixture
def arrays():
    return {
        "time": np.linspace(0.0, 1.0, 3),
        "x": np.linspace(0.0, 1.0, 4),
        "magnetisation": np.ones((3, 4, 3)),
        "charge_density": np.ones((3, 4)),
        "temperature": np.ones(4),
    }


def test_dimensions_units_and_meaning_come_from_the_registry(arrays):
    dataset = build_dataset(arrays, {})
    for name in ("magnetisation", "charge_density", "temperature"):
        entry = VARIABLES[name]
        assert dataset[name].dims == entry.dims
        assert dataset[name].attrs["units"] == entry.units
        assert dataset[name].attrs["long_name"] == entry.long_name
    assert dataset["magnetisation"].attrs["equation"] == "(26)"
    assert list(dataset["component"].values) == ["x", "y", "z"]
    assert set(dataset.coords) == {"time", "x", "component"}


def test_time_may_be_absent():
    dataset = build_dataset({"x": np.arange(4.0), "magnetisation": np.ones((4, 3))}, {})
    assert dataset["magnetisation"].dims == ("x", "component")
    assert "time" not in dataset.dims


def test_time_may_be_added(arrays):
    dataset = build_dataset(arrays | {"temperature": np.ones((3, 4))}, {})
    assert dataset["temperature"].dims == ("time", "x")


def test_every_entry_of_the_registry_can_be_built():
    sizes = {"time": 2, "x": 5, "component": 3, "momentum": 4, "wall": 2, "heat_entry": 3}
    arrays = {
        name: np.zeros([sizes[dim] for dim in entry.dims])
        for name, entry in VARIABLES.items()
        if name != "component"
    }
    assert set(build_dataset(arrays, {}).variables) == set(VARIABLES)


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        build_dataset({"phlogiston": np.ones(3)}, {})


def test_a_wrong_rank_is_a_value_error():
    with pytest.raises(ValueError, match="temperature"):
        build_dataset({"temperature": np.ones((2, 3, 4))}, {})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, 1),
        (np.float64(2.5), 2.5),
        (np.array(3), 3),
        ("text", "text"),
        ((1.0, 2.0), json.dumps([1.0, 2.0])),
        ({"κ": 1}, '{"κ": 1}'),
        (np.arange(2), "[0, 1]"),
    ],
)
def test_attributes_become_simple(value, expected):
    result = simple_attribute(value)
    assert result == expected
    assert type(result) in (str, int, float)
