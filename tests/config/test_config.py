"""What load_config accepts, and what it fills in."""

import json
import math
import re
import tomllib

import numpy as np
import pytest

from boltzwall import constants, materials
from boltzwall.config import Config, load_config
from boltzwall.config.closures import CLOSURES
from boltzwall.config.messages import section_models
from boltzwall.config.sections import (
    LinearTemperature,
    UniformTemperature,
    UniformTexture,
    WallTexture,
    Wang2022Texture,
)
from boltzwall.config.templates import EXAMPLES, template
from boltzwall.errors import InputError

WALL = {"texture": {"kind": "neel", "width": "2 nm"}}


def test_defaults_are_the_papers_wall():
    config = load_config()
    assert isinstance(config.texture, Wang2022Texture)
    assert isinstance(config.temperature, LinearTemperature)
    assert config.wire.length == config.texture.width == 5e-9
    assert (config.temperature.cold_end, config.temperature.gradient) == (100.0, 2e9)
    assert config.drive.electric_field == -8e3
    assert config.transport.momentum_window == (0.9, 1.6)
    assert config.material.damping == 0.2
    assert config.material.fermi_energy == pytest.approx(0.14 * constants.ELEMENTARY_CHARGE)


def test_default_closure_settings_are_repaired_signs():
    default = load_config().transport
    for key, value in CLOSURES["repaired-signs"].settings.items():
        assert getattr(default, key) == value


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("wire.length", "5 nm", 5e-9),
        ("wire.length", "0.05 µm", 5e-8),
        ("wire.length", "50 angstrom", 5e-9),
        ("wire.length", "7e-9", 7e-9),
        ("temperature.gradient", "2 K/nm", 2e9),
        ("temperature.gradient", "-2e9 K m^-1", -2e9),
        ("temperature.cold_end", "27 degC", 300.15),
        ("drive.electric_field", "-8 kV/m", -8e3),
        ("drive.electric_field", "-80 V/cm", -8e3),
        ("drive.current_density", "1e6 A/cm²", 1e10),
        ("material.spin_flip_time", "1 ps", 1e-12),
        ("material.gyromagnetic_ratio", "2.21e5 m/(A s)", 2.21e5),
        ("material.seebeck_coefficient", "-18 uV/K", -18e-6),
        ("transport.reference_density", "1e22 1/cm**3", 1e28),
        ("dynamics.steady_rate", "0.1 1/ns", 1e8),
        ("material.damping", '"0.02"', 0.02),
    ],
)
def test_units_are_converted_to_the_nearest_number(key, text, value):
    section, name = key.split(".")
    config = load_config(overrides=[f"{key}={text}"])
    assert getattr(getattr(config, section), name) == value


def test_electronvolts():
    metal = load_config(overrides=["material.exchange_splitting=0.106 eV"]).material
    assert metal.exchange_splitting == pytest.approx(0.106 * 1.602176634e-19, rel=1e-14)


def test_numpy_numbers_are_numbers():
    config = load_config({"wire": {"length": np.float64(6e-9), "cells": np.int64(12)}})
    assert (config.wire.length, config.wire.cells) == (6e-9, 12)


def test_file_dict_and_overrides_agree(tmp_path):
    path = tmp_path / "wall.toml"
    path.write_text('[wire]\nlength = "20 nm"\n[texture]\nkind = "neel"\nwidth = "2 nm"\n')
    from_file = load_config(path, ["wire.cells=50"])
    assert from_file == load_config({"wire": {"length": 2e-8}, **WALL}, ["wire.cells = 50"])
    assert from_file == load_config(str(path), ["wire.cells=50"])
    assert load_config(from_file) == from_file


def test_centre_is_the_middle_unless_given():
    config = load_config(WALL)
    assert isinstance(config.texture, WallTexture)
    assert config.texture.centre == 2.5e-9
    moved = load_config(WALL, ["texture.centre=1 nm"])
    assert isinstance(moved.texture, WallTexture)
    assert moved.texture.centre == 1e-9


def test_direction_is_normalised():
    config = load_config({"texture": {"kind": "uniform", "direction": [3, 0, 4]}})
    assert isinstance(config.texture, UniformTexture)
    assert config.texture.direction == (0.6, 0.0, 0.8)


def test_current_density_gives_the_field():
    config = load_config({"drive": {"current_density": "-1e10 A/m^2"}})
    assert config.drive.electric_field == pytest.approx(-1e10 / 1.26e6)
    assert load_config(json.loads(config.to_json())) == config


@pytest.mark.parametrize("name", CLOSURES)
def test_a_closure_fills_what_the_user_leaves_open(name):
    filled = load_config({"transport": {"closure": name}}).transport
    for key, value in CLOSURES[name].settings.items():
        assert getattr(filled, key) == value
    own = load_config({"transport": {"closure": name, "momentum_window": [1.0, 1.3]}}).transport
    assert own.momentum_window == (1.0, 1.3)
    assert own.spin_convention == CLOSURES[name].settings["spin_convention"]


def test_calibration_is_told_only_where_it_is_in_use():
    assert load_config().transport.calibrated() == ""
    activated = load_config({"transport": {"closure": "activated"}})
    assert "0.15 ns" in activated.transport.calibrated()
    assert load_config(json.loads(activated.to_json())).transport.calibrated()
    own = load_config(activated, ["transport.reference_density=2e28"])
    assert own.transport.calibrated() == ""


def test_user_constants_win_over_the_preset_and_are_not_assumed():
    default = load_config().material
    assert "seebeck_coefficient" in default.assumed()
    own = load_config({"material": {"seebeck_coefficient": "-20 uV/K"}}).material
    assert own.seebeck_coefficient == -20e-6
    assert "seebeck_coefficient" not in own.assumed()
    assert own.uniaxial_anisotropy is None
    assert own.conductivity == materials.get(own.preset).constants["conductivity"].value


@pytest.mark.parametrize(
    "overrides",
    [
        [],
        ["transport.closure=activated", "transport.update=0.01"],
        ["temperature.kind=uniform", "temperature.value=300 K"],
        ["texture.kind=spiral", "texture.period=-20 nm"],
        ["drive.magnetic_field=[0, 0, '10 kA/m']", "output.distributions=true"],
    ],
)
def test_json_holds_everything(overrides):
    config = load_config(overrides=overrides)
    assert load_config(json.loads(config.to_json())) == config


def test_overrides_reach_a_loaded_configuration():
    config = load_config({"transport": {"closure": "as-printed"}})
    changed = load_config(config, ["transport.closure=activated", "temperature.gradient=6e9"])
    assert changed.transport.momentum_window == CLOSURES["activated"].settings["momentum_window"]
    assert isinstance(changed.temperature, LinearTemperature)
    assert changed.temperature.gradient == 6e9
    assert config.transport.momentum_window == (0.9, 1.6)


def test_frozen_and_source_untouched():
    source = {"wire": {"cells": 10}}
    config = load_config(source, ["wire.cells=20"])
    assert source == {"wire": {"cells": 10}}
    for place, name in ((config.wire, "cells"), (config, "wire")):
        with pytest.raises(InputError, match=rf"`{name}` was assigned. `config.replace"):
            setattr(place, name, 3)
    with pytest.raises(InputError, match="must not be changed"):
        del config.wire.cells


def test_sections_given_as_models_are_not_changed():
    texture = Wang2022Texture()
    config = load_config(Config(texture=texture))
    assert isinstance(config.texture, Wang2022Texture)
    assert config.texture.width == 5e-9
    assert texture.width is None


def test_paths_in_a_file_start_from_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "a.toml").write_text('[output]\npath = "wall.nc"\n')
    assert load_config(folder / "a.toml").output.path == folder / "wall.nc"
    assert str(load_config({"output": {"path": "wall.nc"}}).output.path) == "wall.nc"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_hold_what_they_say(name):
    text = template(name)
    assert load_config(tomllib.loads(text)) == load_config(EXAMPLES[name].settings)


def keys_of(name):
    """(section, key, value as TOML text, whether it stands behind a #) of the example."""
    section, models = "", section_models(Config)
    for line in template(name).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        key, equals, value = line.removeprefix("# ").partition(" = ")
        if equals and section and any(key in model.model_fields for model in models[section]):
            yield section, key, value, line.startswith("# ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_values_behind_a_hash_are_those_in_use(name):
    config = load_config(EXAMPLES[name].settings)
    checked = 0
    for section, key, text, hidden in keys_of(name):
        used = getattr(getattr(config, section), key)
        if hidden and not text.endswith("# not set"):
            table = tomllib.loads(f"{key} = {text}")
            alone = Config(**{section: _required(config, section) | table})
            shown = getattr(getattr(alone, section), key)
            same = (
                shown == pytest.approx(used, rel=1e-11)
                if isinstance(used, float)
                else shown == used
            )
            assert same, f"{section}.{key}"
            checked += 1
        elif hidden:
            assert used is None or math.isnan(used), f"{section}.{key}"
    assert checked > 10


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_key_that_is_not_set_can_be_set_as_shown(name):
    config = load_config(EXAMPLES[name].settings)
    shown = [entry for entry in keys_of(name) if entry[2].endswith("# not set")]
    assert shown
    for section, key, text, _ in shown:
        table = tomllib.loads(f"{key} = {text}")
        assert Config(**{section: _required(config, section) | table})


def _required(config, section):
    """The kind of the section, and what that kind must have."""
    given = getattr(config, section)
    return {
        key: getattr(given, key)
        for key, info in type(given).model_fields.items()
        if key == "kind" or (info.is_required() and section != "material")
    }


def test_the_current_of_an_example_can_be_edited():
    """It stood beside the field that follows from it, and the two then disagreed."""
    for name in ("wall", "consistent"):
        text = re.sub(
            r'\ncurrent_density = "[^"]*"', '\ncurrent_density = "-3e11 A/m^2"', template(name)
        )
        assert load_config(tomllib.loads(text)).drive.current_density == -3e11


@pytest.mark.parametrize("model", ["published", "consistent", "none"])
def test_the_model_of_an_example_can_be_edited(model):
    """No key that only the former model has is left over."""
    for name in ("wang2022", "consistent"):
        text = re.sub(r'\nmodel = "[^"]*"', f'\nmodel = "{model}"', template(name))
        text = text.replace("\ncurrent_density", "\n# current_density")
        assert load_config(tomllib.loads(text)).transport.model == model


def test_unknown_example():
    with pytest.raises(InputError, match="wang2022"):
        template("nothing")


def test_uniform_temperature_needs_no_gradient():
    config = load_config({"temperature": {"kind": "uniform", "value": "300 K"}})
    assert isinstance(config.temperature, UniformTemperature)
    assert math.isclose(config.temperature.value, 300.0)
