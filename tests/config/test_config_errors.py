"""What load_config refuses: one message that names the key, the value and what is allowed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boltzwall.config import Config, load_config
from boltzwall.errors import InputError

REFUSED = [
    # override, what the message says
    ("wire.lenght=5e-9", ["`wire.lenght` is unknown", "Did you mean `wire.length`?"]),
    ("wier.length=5e-9", ["`wier` is unknown", "Did you mean `wire`?"]),
    ("wire.length=-5 nm", ["`wire.length`", "greater than 0 m", '"-5 nm"']),
    ("wire.length=5 s", ["`wire.length`", "a length", '"5 nm"', '"s" is not a unit of length']),
    ("wire.length=5 qux", ['The unit "qux" is unknown']),
    ("wire.length='5'", ["has no unit"]),
    ("wire.length=true", ["`wire.length`", "True"]),
    ("wire.length=nan", ["`wire.length`", "nan"]),
    ("drive.electric_field=inf", ["`drive.electric_field`", "inf"]),
    ("drive.electric_field=1e999 V/m", ["`drive.electric_field`"]),
    ("drive.electric_field=nan V/m", ["`drive.electric_field`"]),
    ("wire.length=3 m**9**9**9", ["`wire.length`", "cannot be read"]),
    ("wire.cells=0", ["`wire.cells`", "from 4 to", "but 0"]),
    ("wire.cells=100.0", ["`wire.cells`", "whole number"]),
    ("wire.cells=true", ["`wire.cells`", "True"]),
    ("transport.momentum_window=[1.6, 0.9]", ["p_min < p_max", "[1.6, 0.9]"]),
    ("transport.momentum_window=[0.5, 1.6]", ["v <= u", "0.8697 p_F", '"characteristic"']),
    ("transport.momentum_window=[-1, 1.6]", ["v <= u", '"characteristic"']),
    ("transport.momentum_window=[1, 2, 3]", ["a list of 2 numbers"]),
    ("transport.momentum_window=[0.9, nan]", ["`transport.momentum_window`", "nan"]),
    ("transport.momentum_nodes=6", ["multiple of 4", "6"]),
    ("transport.momentum_nodes=8192", ["from 4 to 4096", "8192"]),
    ("transport.model=mine", ['"zhang-li", "bauer" or "none"', '"mine"']),
    ("transport.closure=mine", ['"as-printed"', '"activated"', '"mine"']),
    ("transport.update=0.5", ["`transport.update`", "less than 0.5"]),
    ("transport.update=sometimes", ['"stage"']),
    ("transport.time_dependent=1", ["true or false"]),
    ("temperature.gradient=-20 K/nm", ["positive on the whole wire", "0 K at x = 5e-09 m"]),
    ("temperature.cold_end=-300 degC", ["`temperature.cold_end`", "greater than 0 K"]),
    ("temperature.value=300", ['belongs to kind "uniform", not to "linear"']),
    ("temperature.kind=hot", ["`temperature.kind`", '"linear", "uniform", "file"', '"hot"']),
    ("texture.kind=vortex", ['"head-to-head"', '"vortex"']),
    ("texture.kind=neel", ["`texture.width`", "missing"]),
    ("texture.path=x.nc", ['belongs to kind "file"']),
    ("drive.circuit=open", ["`drive.circuit`", "`drive.electric_field`"]),
    ("drive.magnetic_field=[1, 2]", ["a list of 3 numbers"]),
    ("drive.magnetic_field=['1 V', 0, 0]", ["a magnetic field strength", '"1e4 A/m"']),
    ("material.preset=unobtainium", ['"permalloy-wang2022"', '"unobtainium"']),
    ("material.preset=[1]", ['"permalloy-wang2022"']),
    ("material.damping=-0.1", ["`material.damping`", "at least 0"]),
    ("dynamics.end_time=0", ["`dynamics.end_time`", "greater than 0 s"]),
    ("dynamics.save_interval=2 ns", ["at most `dynamics.end_time`"]),
    ("dynamics.save_interval=1e-30", ["at most 1000000 saved states"]),
    ("dynamics.relative_tolerance=0", ["greater than 0 and less than 1"]),
    ("output.path=''", ["`output.path`", "a path"]),
    ("wire", ["section.key=value"]),
    ("wire=5", ["section.key=value"]),
    ("wire.length=", ["section.key=value"]),
    ("wire.length.more=5", ["`wire.length.more` is unknown"]),
]


def refusal(source=None, overrides=()):
    with pytest.raises(InputError) as caught:
        load_config(source, overrides)
    return str(caught.value)


@pytest.mark.parametrize(("override", "parts"), REFUSED, ids=[entry[0] for entry in REFUSED])
def test_one_message_names_key_value_and_what_is_allowed(override, parts):
    message = refusal(overrides=[override])
    for part in parts:
        assert part in message
    assert "\n" not in message


def test_every_error_is_listed():
    message = refusal({"wire": {"length": -1, "cells": 0}, "colour": {}, "dynamics": {"stop": 1}})
    assert message.startswith("The configuration has 4 errors:\n- ")
    for part in ("wire.length", "wire.cells", "colour", "dynamics.stop"):
        assert f"`{part}`" in message


def test_field_and_current_exclude_each_other():
    message = refusal({"drive": {"electric_field": 1e3, "current_density": 1e10}})
    assert "must not both be given" in message


@pytest.mark.parametrize(
    "source", [3, [1], object(), {"wire": 3}, {"wire": None}, {3: {}}, {"": 1}]
)
def test_things_that_are_no_configuration(source):
    assert refusal(source)


@pytest.mark.parametrize("kind", ["uniform", "characteristic"])
def test_windows_below_u_are_allowed_with_characteristic_inflow(kind):
    overrides = ["transport.momentum_window=[-1.6, 1.6]", "transport.inflow=characteristic"]
    assert load_config(overrides=overrides).transport.momentum_window == (-1.6, 1.6)


def test_characteristic_inflow_asks_for_gauss_panels():
    settings = {"momentum_rule": "uniform", "inflow": "characteristic"}
    assert 'must be "gauss"' in refusal({"transport": settings})


def test_electrons_in_time_need_electrons():
    settings = {"model": "none", "time_dependent": True}
    assert "no electrons to follow" in refusal({"transport": settings})


def test_a_slower_spinor_widens_the_window_of_left_inflow():
    overrides = ["transport.momentum_window=[0.5, 1.6]", "material.spinor_velocity=1e5"]
    assert load_config(overrides=overrides).transport.momentum_window == (0.5, 1.6)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"\xff\xfe\x00garbage", "UTF-8"),
        (b"[wire\nlength = 1", "cannot be read"),
        (b"a = " + b"[" * 5000, "cannot be read"),
        (bytes(range(256)), "UTF-8"),
        (b"[wire]\nlength = 1979-05-27", "`wire.length`"),
    ],
)
def test_files_that_are_no_configuration(tmp_path, content, part):
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    assert part in refusal(path)


def test_missing_file_and_folder(tmp_path):
    assert "does not exist" in refusal(tmp_path / "none.toml")
    assert "is a folder" in refusal(tmp_path)
    assert refusal("nul\0byte.toml")
    assert refusal("x" * 5000)


def save_npy(folder, array):
    path = folder / "m.npy"
    np.save(path, array)
    return {"texture": {"kind": "file", "path": str(path)}, "wire": {"cells": 4}}


def test_texture_file_is_accepted(tmp_path):
    good = np.tile([0.0, 0.6, 0.8], (4, 1))
    assert load_config(save_npy(tmp_path, good)).texture.kind == "file"


@pytest.mark.parametrize(
    ("array", "part"),
    [
        (np.tile([0.0, 0.6, 0.8], (5, 1)), "shape (cells, 3) = (4, 3)"),
        (np.ones(4), "(4,)"),
        (np.tile([0.0, 0.6, 0.81], (4, 1)), "unit length"),
        (np.full((4, 3), np.nan), "NaN"),
        (np.array([["a"] * 3] * 4), "real numbers"),
        (np.array([[object()] * 3] * 4), "cannot be read"),
    ],
)
def test_texture_file_is_refused(tmp_path, array, part):
    message = refusal(save_npy(tmp_path, array))
    assert message.startswith("Key `texture.path` ")
    assert part in message


@pytest.mark.parametrize("name", ["m.npy", "m.nc", "m"])
def test_texture_file_unreadable(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\x89garbage" * 9)
    assert "cannot be read" in refusal({"texture": {"kind": "file", "path": str(path)}})
    path.unlink()
    assert "does not exist" in refusal({"texture": {"kind": "file", "path": str(path)}})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("0 100\n3e-9 101\n", "must cover the wire"),
        ("0 100\n5e-9 0\n", "T > 0"),
        ("0 100\n5e-9 -4\n", "T > 0"),
        ("0 100\n5e-9 nan\n", "NaN"),
        ("0 100\n0 100\n5e-9 100", "increasing"),
        ("0 100 1\n5e-9 100 1", "two columns"),
        ("0 100\n5e-9\n", "line 2 has 1"),
        ("zero 100\n", "rows of numbers"),
        ("", "rows of numbers"),
    ],
)
def test_temperature_file_is_refused(tmp_path, text, part):
    path = tmp_path / "T.txt"
    path.write_text(text)
    message = refusal({"temperature": {"kind": "file", "path": str(path)}})
    assert message.startswith("Key `temperature.path` ")
    assert part in message


@pytest.mark.parametrize("text", ["# x T\n0 100\n5e-9 110\n", "-1e-9, 100\n6e-9, 110\n"])
def test_temperature_file_is_accepted(tmp_path, text):
    (tmp_path / "T.csv").write_text(text)
    (tmp_path / "a.toml").write_text('[temperature]\nkind = "file"\npath = "T.csv"\n')
    assert load_config(tmp_path / "a.toml").temperature.kind == "file"


SECTIONS = list(Config.model_fields)
KEYS = sorted(
    {
        *("kind", "width", "centre", "direction", "period", "value", "cold_end", "gradient"),
        *("length", "cells", "preset", "damping", "closure", "momentum_window", "update", "model"),
        *("path", "end_time", "save_interval", "electric_field", "magnetic_field", "inflow"),
        *("streams", "boundary", "channel_density", "momentum_time_majority", "momentum_nodes"),
        *("circuit", "current_density", "fermi_energy", "exchange_splitting", "momentum_time"),
    }
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.sampled_from(["5 nm", "2 K/nm", "neel", "uniform", "file", "stage", "activated", "1 m**2"])
    | st.sampled_from(["consistent", "none", "open", "-1e10 A/m^2", "-0.05 eV", "reservoir"])
    | st.from_regex(r"-?[0-9]{1,3}(e[0-9]{1,3})? ?[a-zK°µ/*^()² 0-9]{0,12}", fullmatch=True)
    | st.complex_numbers()
    | st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
TABLES = st.dictionaries(st.sampled_from(KEYS) | st.text() | st.integers(), VALUES, max_size=4)
GARBAGE = st.dictionaries(
    st.sampled_from(SECTIONS) | st.text() | st.none(), TABLES | VALUES, max_size=4
)


def loads_or_is_refused(source, overrides=()):
    """Whether a Config or an InputError comes out; any other error passes through."""
    try:
        return isinstance(load_config(source, overrides), Config)
    except InputError:
        return True


@settings(deadline=None, max_examples=300)
@given(GARBAGE)
def test_garbage_dict_raises_nothing_but_input_errors(data):
    assert loads_or_is_refused(data)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SECTIONS), st.sampled_from(KEYS) | st.text(), VALUES)
def test_one_garbage_value_raises_nothing_but_input_errors(section, key, value):
    assert loads_or_is_refused({section: {key: value}})


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["drive", "material", "transport"]), st.sampled_from(KEYS), VALUES)
def test_one_garbage_value_of_the_consistent_model_raises_nothing_else(section, key, value):
    source = {"transport": {"model": "consistent"}}
    assert loads_or_is_refused({**source, section: {**source.get(section, {}), key: value}})


@settings(deadline=None, max_examples=200)
@given(st.text() | st.tuples(st.sampled_from(SECTIONS), st.sampled_from(KEYS), st.text()))
def test_garbage_overrides_raise_nothing_but_input_errors(override):
    text = override if isinstance(override, str) else "{}.{}={}".format(*override)
    assert loads_or_is_refused(None, [text])


@settings(deadline=None, max_examples=100)
@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_garbage_files_raise_nothing_but_input_errors(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("garbage") / "config.toml"
    path.write_bytes(content)
    assert loads_or_is_refused(path)
