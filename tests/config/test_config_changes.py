"""A configuration that is changed, shown, or made without `load_config`."""

import json
import tomllib
import warnings
from html.parser import HTMLParser

import pytest

from boltzwall import InputError, materials
from boltzwall.config import Config, load_config
from boltzwall.config.sections import LinearTemperature, UniformTemperature, Wang2022Texture, Wire
from boltzwall.config.templates import EXAMPLES

PERMALLOY = {"material": {"preset": "permalloy", "damping": 0.02}}


def test_replace_returns_another_configuration():
    wall = load_config({"wire": {"cells": 50}})
    other = wall.replace("drive.current_density", 1e11)
    assert (wall.drive.current_density, other.drive.current_density) == (None, 1e11)
    assert other.drive.electric_field == pytest.approx(1e11 / 1.26e6)
    assert other.wire.cells == 50
    assert other == load_config({"wire": {"cells": 50}, "drive": {"current_density": 1e11}})


def test_replace_takes_several_keys_with_units_and_none():
    wall = load_config({"wire": {"length": "8 nm", "cells": 50}})
    other = wall.replace({"wire.length": "12 nm", "wire.cells": None})
    assert (other.wire.length, other.wire.cells) == (12e-9, 100)
    assert isinstance(other.texture, Wang2022Texture)
    assert other.texture.width == 12e-9


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("drive.curent_density", 1e11, "Did you mean `drive.current_density`"),
        ("driv.current_density", 1e11, "Did you mean `drive`"),
        ("wire", {"cells": 5}, 'must read "section.key"'),
        ("wire.cells", 0.5, "`wire.cells` must be a whole number"),
        ("texture.kind", "skyrmion", "M depends on x alone"),
    ],
)
def test_replace_refuses_what_is_no_key_or_no_value(key, value, part):
    with pytest.raises(InputError, match=part):
        load_config().replace(key, value)


@pytest.mark.parametrize(
    ("given", "change", "gone"),
    [
        ({}, {"temperature.kind": "uniform", "temperature.value": 300.0}, ""),
        (
            {"temperature": {"cold_end": 90.0, "gradient": 1e9}},
            {"temperature.kind": "uniform", "temperature.value": 300.0},
            "temperature.cold_end",
        ),
        (
            {"texture": {"kind": "spiral", "period": 1e-9}},
            {"texture.kind": "uniform"},
            "texture.period",
        ),
        (
            {"transport": {"model": "zhang-li", "u": 1.0, "beta": 0.1}},
            {"transport.model": "consistent"},
            "transport.beta",
        ),
        ({"transport": {"closure": "activated"}}, {"transport.model": "none"}, ""),
        (
            {"drive": {"electric_field": 1.0}},
            {"drive.current_density": 2.0},
            "drive.electric_field",
        ),
        (
            {"transport": {"model": "zhang-li", "u": 1.0}, "drive": {"current_density": 1e10}},
            {"transport.polarisation": 0.4},
            "transport.u",
        ),
        (
            {"transport": {"model": "consistent"}, "drive": {"current_density": 1e10}},
            {"drive.circuit": "open"},
            "drive.current_density",
        ),
        (
            {"transport": {"model": "consistent"}, "drive": {"circuit": "open"}},
            {"drive.current_density": 1e10},
            "drive.circuit",
        ),
    ],
)
def test_a_new_kind_leaves_out_the_keys_of_the_former(given, change, gone):
    config = load_config(given)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        other = config.replace(change)
        texts = [
            f'{key}="{v}"' if isinstance(v, str) else f"{key}={v}" for key, v in change.items()
        ]
        assert load_config(config, texts) == other
    assert len(said) == (2 if gone else 0)
    assert all(f"`{gone}`" in str(one.message) for one in said)
    for key, value in change.items():
        section, name = key.split(".")
        assert getattr(getattr(other, section), name) == value


def test_what_is_set_together_with_a_kind_must_fit_it():
    with pytest.raises(InputError, match=r"`temperature\.gradient` belongs to kind"):
        load_config(None, ["temperature.kind=uniform", "temperature.gradient=1 K/nm"])
    with pytest.raises(InputError, match="must not both be given"):
        load_config(
            {"transport": {"model": "consistent"}},
            ["drive.electric_field=1", "drive.current_density=1"],
        )


def test_a_new_preset_keeps_what_the_user_gave_and_nothing_of_the_former():
    spelt_out = load_config(json.loads(load_config(PERMALLOY).to_json()))
    whole = spelt_out.replace("material.preset", "cobalt")
    assert whole == load_config(PERMALLOY).replace("material.preset", "cobalt")
    assert whole.material.damping == 0.02
    assert (
        whole.material.conductivity
        == load_config({"material": {"preset": "cobalt"}}).material.conductivity
    )


FITTED = {"material": {"preset": "permalloy"}, "transport": {"model": "consistent"}}


def times_of(config):
    metal, transport = config.material, config.transport
    return (
        metal.scattering, metal.scattering_exponent_majority, metal.spin_flip_time,
        transport.momentum_time_majority,
    )  # fmt: skip


@pytest.mark.parametrize("spelt_out", [False, True])
def test_another_law_of_the_times_leaves_nothing_of_the_presets(spelt_out):
    """The keys of the fitted law go, with the times that were fitted together with them."""
    config = load_config(FITTED)
    if spelt_out:
        config = load_config(json.loads(config.to_json()))
    metal = materials.get("permalloy")
    plain = metal.with_scattering("constant")
    assert times_of(config) == (
        "power", metal.values()["scattering_exponent_majority"], metal.values()["spin_flip_time"],
        metal.transport_values()["momentum_time_majority"],
    )  # fmt: skip
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        constant = config.replace("material.scattering", "constant")
    assert [("scattering_exponent" in str(one.message)) for one in said] == [True] * spelt_out
    assert times_of(constant) == (
        "constant", 0.0, plain.values()["spin_flip_time"],
        plain.transport_values()["momentum_time_majority"],
    )  # fmt: skip
    assert times_of(constant.replace("material.scattering", "power")) == times_of(config)


def test_one_time_for_all_electrons_does_not_depend_on_their_energy():
    config = load_config(FITTED).replace("material.momentum_time", "3 fs")
    flip = materials.get("permalloy").with_scattering("constant").values()["spin_flip_time"]
    assert times_of(config) == ("constant", 0.0, flip, 3e-15)


def test_an_exponent_of_ones_own_leaves_the_other_one_as_it_is():
    metal = load_config(FITTED).replace("material.scattering_exponent_majority", 0.0).material
    own = materials.get("permalloy").values()["scattering_exponent_minority"]
    assert (metal.scattering, metal.scattering_exponent_majority) == ("power", 0.0)
    assert metal.scattering_exponent_minority == own


def test_a_file_of_times_takes_the_place_of_exponents(tmp_path):
    path = tmp_path / "times.csv"
    path.write_text("energy (eV),tau_up (fs),tau_down (fs)\n-1,4,2\n1,8,5", encoding="utf-8")
    given = {"material": {**FITTED["material"], "scattering_exponent_majority": 3.0}}
    config = load_config({**FITTED, **given})
    with pytest.warns(UserWarning, match=r"Left out `material\.scattering_exponent_majority`"):
        tabled = config.replace("material.scattering_file", str(path))
    assert tabled.material.scattering == "table"
    assert tabled.material.scattering_exponent_minority == 0.0
    with pytest.warns(UserWarning, match=r"Left out `material\.scattering_file`"):
        again = tabled.replace("material.scattering_exponent_majority", 3.0)
    assert again == config


def test_a_new_preset_brings_its_own_law():
    spelt_out = load_config(json.loads(load_config(FITTED).to_json()))
    assert spelt_out.replace("material.preset", "permalloy-wang2022") == load_config(
        {"transport": {"model": "consistent"}}
    ).replace("material.preset", "permalloy-wang2022")


def test_a_direct_configuration_answers_in_our_words():
    for make, part in (
        (lambda: Config(wire={"length": -1}), "`wire.length` must be a length greater than 0 m"),
        (lambda: Config(wires={}), "Did you mean `wire`"),  # type: ignore[call-arg]
        (lambda: Config(*[{"wire": {}}]), "`load_config` takes a mapping"),
        (lambda: Wire(cells=1), "Key `cells` of Wire must be a whole number"),
        (lambda: Wire(cell=4), "Did you mean `Wire.cells`"),  # type: ignore[call-arg]
    ):
        with pytest.raises(InputError, match=part):
            make()


def test_a_direct_configuration_is_filled_in_where_it_is_used():
    direct = Config(wire={"length": "8 nm"}, transport={"model": "consistent"})
    assert load_config(direct) == load_config(
        {"wire": {"length": "8 nm"}, "transport": {"model": "consistent"}}
    )
    wrong = Config(temperature=LinearTemperature(gradient=-1e12))
    with pytest.raises(InputError, match="temperature positive"):
        load_config(wrong)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_text_of_a_configuration_is_one(name):
    config = load_config(EXAMPLES[name].settings)
    assert load_config(tomllib.loads(repr(config))) == config
    assert str(config) == repr(config)
    lines = [line for line in repr(config).splitlines() if " = " in line]
    keys = [key for section in EXAMPLES[name].settings.values() for key in section]
    assert len(lines) <= len(keys) + 1  # at most the kind beside them


def test_the_text_shows_units_and_what_was_given():
    assert repr(load_config()) == "# boltzwall configuration: every key has its default"
    text = repr(
        load_config({"wire": {"length": 1.2e-8}, "texture": {"kind": "neel", "width": 2e-9}})
    )
    assert text.splitlines()[1:] == [
        "[wire]", 'length = "12 nm"', "[texture]", 'kind = "neel"', 'width = "2 nm"'
    ]  # fmt: skip


def test_the_table_of_a_notebook_is_whole_html_and_shows_every_key_in_use():
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.text = [], []

        def handle_starttag(self, tag, attrs):
            self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

        def handle_data(self, data):
            self.text.append(data)

    reader = Reader()
    config = load_config({"temperature": UniformTemperature(kind="uniform", value=250.0)})
    reader.feed(config._repr_html_())
    assert reader.open == []
    assert {"250 K", "damping", "0.2", "closure"} <= set(reader.text)
    assert any(text.startswith("published: <G>: ") for text in reader.text)
    assert "streams" not in reader.text


def test_a_study_is_told_from_a_configuration():
    with pytest.raises(InputError, match=r"`boltzwall sweep`, in Python `boltzwall\.sweep`"):
        load_config({"sweep": {"axes": []}})
