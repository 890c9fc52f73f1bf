"""The configuration that a Dataset carries."""

import json

import pytest
import xarray as xr

from boltzwall.config import load_config
from boltzwall.errors import InputError
from boltzwall.io import config_of
from boltzwall.io.settings import Settings

GARBAGE = ["{", "[]", "3", "null", '{"wire": 3}', 7]


def dataset(configuration=None):
    attributes = {} if configuration is None else {"configuration": configuration}
    return xr.Dataset(attrs=attributes)


def test_what_a_result_carries_is_the_configuration_again():
    config = load_config({"wire": {"length": "7 nm"}, "texture": {"kind": "neel", "width": 1e-9}})
    assert load_config(config_of(dataset(config.to_json()))) == config


@pytest.mark.parametrize("given", [None, ""])
def test_where_there_is_none_it_says_so(given):
    with pytest.raises(InputError, match="has no attribute `configuration`"):
        config_of(dataset(given))


@pytest.mark.parametrize("given", GARBAGE)
def test_a_damaged_one_is_refused(given):
    with pytest.raises(InputError, match="damaged"):
        config_of(dataset(given))


@pytest.mark.parametrize("given", [None, *GARBAGE])
def test_looking_up_a_value_needs_none(given):
    assert Settings(dataset(given)).get("wire", "length", 3.0) == 3.0


def test_a_number_that_must_be_there_is_missed():
    settings = Settings(dataset(json.dumps({"wire": {"length": "long"}})))
    with pytest.raises(InputError, match=r"`wire\.length`"):
        settings.number("wire", "length")
