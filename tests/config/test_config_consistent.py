"""The configuration of the consistent model: its keys, what fills them, and what is refused."""

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from boltzwall import materials
from boltzwall.config import Config, load_config
from boltzwall.config.sections.transport import Transport, models_of
from boltzwall.config.templates import template
from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.errors import InputError
from boltzwall.materials import Constant

# A value for every key of [transport] that only one of the models has.
PUBLISHED = {
    "closure": "activated",
    "momentum_window": [0.9, 1.6],
    "equilibrium_vector": "polarised",
    "spin_convention": "moment",
    "reference_density": 2e28,
    "inflow": "left",
    "momentum_rule": "gauss",
}
CONSISTENT = {
    "streams": 2,
    "boundary": "reservoir",
    "exchange_force": False,
    "channel_density": 1e18,
    "momentum_time_majority": "2 fs",
    "momentum_time_minority": "0.5 fs",
    "pumping": True,
}
FITTED = {"momentum_time_majority": 3e-15, "momentum_time_minority": 4e-16}

REFUSED = [
    # overrides, what the message says
    (["transport.streams=3"], ["`transport.streams`", "an even whole number from 2 to 64", "3"]),
    (["transport.streams=0"], ["`transport.streams`", "from 2 to 64", "but 0"]),
    (["transport.streams=66"], ["`transport.streams`", "66"]),
    (["transport.streams=8.0"], ["`transport.streams`", "whole number"]),
    (["transport.boundary=open"], ["`transport.boundary`", '"bulk" or "reservoir"', '"open"']),
    (["transport.exchange_force=1"], ["`transport.exchange_force`", "true or false"]),
    (["transport.channel_density=1e18"], ["`transport.channel_density`", "only with 2 streams"]),
    (["transport.channel_density=0", "transport.streams=2"], ["greater than 0 1/m^2"]),
    (["transport.momentum_time_majority=0"], ["`transport.momentum_time_majority`", "than 0 s"]),
    (["transport.momentum_time_minority=-1 fs"], ["`transport.momentum_time_minority`", "-1 fs"]),
    (["output.distributions=true"], ["`output.distributions`", "false", "true"]),
    (["transport.momentum_nodes=33"], ["`transport.momentum_nodes`", "even", "33"]),
    (["transport.momentum_nodes=2"], ["`transport.momentum_nodes`", "from 4 to"]),
    (["material.fermi_energy=-0.053 eV"], ["`material.fermi_energy`", "-0.053 eV", "no band"]),
    (
        ["material.fermi_energy=-0.05 eV", "transport.streams=2"],
        ["`transport.channel_density`", "-0.05 eV"],
    ),
    (
        ["drive.electric_field=1", "drive.current_density=2"],
        ["must not both be given", "E = 1 V/m", "j = 2 A/m^2"],
    ),
    (["drive.circuit=open", "drive.electric_field=0"], ["`drive.electric_field`", '"open"']),
    (["drive.circuit=open", "drive.current_density=1"], ["`drive.current_density`", '"open"']),
]


def consistent(*overrides: str, **sections: dict[str, Any]) -> Config:
    transport = {"model": "consistent", **sections.pop("transport", {})}
    return load_config({"transport": transport, **sections}, overrides)


def refusal(source: object, overrides: list[str] | tuple[()] = ()) -> str:
    with pytest.raises(InputError) as caught:
        load_config(source, overrides)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.fixture
def fitted(monkeypatch):
    """The default preset with momentum times of its own for the two spins, one of them assumed."""
    preset = materials.get("permalloy-wang2022")
    constants = {
        key: Constant(value, "a fit to nothing", assumed=key.endswith("minority"))
        for key, value in FITTED.items()
    }
    own = replace(preset, transport_constants=constants)
    monkeypatch.setitem(materials._PRESETS, preset.name, own)


def times(config: Config) -> tuple[float, float]:
    return config.transport.momentum_time_majority, config.transport.momentum_time_minority


def test_defaults():
    transport = consistent().transport
    assert (transport.streams, transport.boundary, transport.exchange_force) == (8, "bulk", True)
    assert transport.channel_density is None
    assert transport.momentum_nodes == 32
    assert times(consistent()) == (1e-15, 1e-15)
    assert consistent().drive.electric_field == -8e3


def test_momentum_nodes_of_the_other_models_stay():
    assert load_config().transport.momentum_nodes == 64
    assert load_config(overrides=["transport.model=none"]).transport.momentum_nodes == 64
    assert consistent("transport.momentum_nodes=6").transport.momentum_nodes == 6


def test_values_of_the_user_are_kept():
    transport = consistent(transport=CONSISTENT).transport
    assert (transport.streams, transport.boundary) == (2, "reservoir")
    assert transport.exchange_force is False
    assert transport.channel_density == 1e18
    assert (transport.momentum_time_majority, transport.momentum_time_minority) == (2e-15, 5e-16)


def test_the_keys_of_one_model_are_those_listed_here():
    owners = {key: models_of(key) for key in Transport.model_fields}
    for model, keys in (("published", PUBLISHED), ("consistent", CONSISTENT)):
        assert {key for key, models in owners.items() if models == (model,)} == keys.keys()


@pytest.mark.parametrize("key", PUBLISHED)
def test_keys_of_the_published_model_are_refused(key):
    message = refusal({"transport": {"model": "consistent", key: PUBLISHED[key]}})
    assert f'Key `transport.{key}` belongs to the model "published", not to "consiste' in message
    assert "Remove it" in message
    assert "\n" not in message


@pytest.mark.parametrize("key", CONSISTENT)
def test_keys_of_the_consistent_model_are_refused_with_the_published_one(key):
    message = refusal({"transport": {key: CONSISTENT[key]}})
    assert f'Key `transport.{key}` belongs to the model "consistent", not to "publish' in message
    assert "\n" not in message


def test_without_electrons_the_keys_of_both_models_may_stay():
    config = load_config({"transport": {"model": "none", **PUBLISHED, **CONSISTENT}})
    assert load_config(json.loads(config.to_json())) == config


@pytest.mark.parametrize(("overrides", "parts"), REFUSED, ids=[str(entry[0]) for entry in REFUSED])
def test_one_message_names_key_value_and_what_is_allowed(overrides, parts):
    message = refusal({"transport": {"model": "consistent"}}, overrides)
    for part in parts:
        assert part in message
    assert "\n" not in message


def test_a_fermi_energy_between_the_bottoms_fills_the_majority_alone():
    for more in ([], ["transport.streams=2", "transport.channel_density=1e18"]):
        config = consistent("material.fermi_energy=-0.05 eV", *more)
        assert config.material.fermi_energy == pytest.approx(-0.05 * ELEMENTARY_CHARGE)


@pytest.mark.parametrize("model", ["published", "none"])
@pytest.mark.parametrize("value", ["-0.05 eV", "0"])
def test_the_other_models_need_a_positive_fermi_energy(model, value):
    overrides = [f"material.fermi_energy={value}", f"transport.model={model}"]
    message = refusal(None, overrides)
    assert message.startswith("Key `material.fermi_energy` must be greater than 0 J")
    assert "consistent" in message


def test_momentum_times_of_the_material(fitted):
    assert times(consistent()) == (3e-15, 4e-16)
    assert times(consistent("material.spin_flip_time=2 ps")) == (3e-15, 4e-16)
    assert times(consistent("transport.momentum_time_minority=7e-16")) == (3e-15, 7e-16)


@pytest.mark.parametrize("name", materials.names())
def test_every_preset_serves_the_consistent_model(name):
    config = consistent(f"material.preset={name}")
    preset = materials.get(name)
    plain = preset.values()["momentum_time"]
    assert times(config) == tuple(preset.transport_values().get(key, plain) for key in FITTED)
    assert load_config(json.loads(config.to_json())) == config


def test_a_momentum_time_of_the_user_is_that_of_both_spins(fitted):
    assert times(consistent("material.momentum_time=2 fs")) == (2e-15, 2e-15)
    # Also where it is the number that the preset has.
    assert times(consistent("material.momentum_time=1e-15")) == (1e-15, 1e-15)
    both = ["material.momentum_time=2 fs", "transport.momentum_time_majority=5 fs"]
    assert times(consistent(*both)) == (5e-15, 2e-15)


def test_assumed_times_are_listed_while_they_are_in_use(fitted):
    config = consistent()
    assert "transport.momentum_time_minority: a fit to nothing" in config.assumed()
    assert not any("majority" in line for line in config.assumed())
    assert set(config.assumed()) == {"transport.momentum_time_minority: a fit to nothing"}
    own = consistent("transport.momentum_time_minority=1 fs")
    assert own.assumed() == ()


@pytest.mark.parametrize(
    ("settings", "used"),
    [
        ({}, set()),
        ({"field": {"exchange": True}}, {"exchange_stiffness"}),
        ({"transport": {"model": "bauer", "spin_conversion": 0.3}}, {"seebeck_coefficient"}),
        ({"transport": {"model": "none"}}, set()),
    ],
)
def test_what_is_assumed_is_what_the_result_rests_on(settings, used):
    """Of the constants of Table I's metal, A, S and ℒ are assumed; ℒ cancels in Bauer's torque."""
    config = load_config(settings)
    assert set(config.material.assumed()) == {
        "exchange_stiffness", "seebeck_coefficient", "lorenz_number"
    }  # fmt: skip
    assert {line.split(":")[0] for line in config.assumed()} == {f"material.{key}" for key in used}


def test_a_metal_that_is_not_solved_is_not_spoken_of():
    wall = {
        "material": {"preset": "permalloy"},
        "transport": {"model": "zhang-li", "u": 1.0, "beta": 0.1},
    }
    spoken = " ".join(load_config(wall).assumed())
    assert "damping" in spoken
    assert "fermi_energy" not in spoken
    assert "exchange_splitting" in " ".join(
        load_config(wall).replace("transport.beta", None).assumed()
    )


@pytest.mark.parametrize(
    "overrides",
    [
        [],
        ["drive.circuit=open"],
        ["drive.circuit=open", "drive.current_density=0"],
        ["drive.current_density=-1e10"],
        ["material.momentum_time=2 fs"],
        ["transport.streams=2", "transport.channel_density=1e18", "transport.boundary=reservoir"],
        ["transport.momentum_time_majority=2 fs", "transport.momentum_nodes=10"],
        ["transport.time_dependent=true", "transport.initial_distribution=steady"],
        ["material.fermi_energy=-0.01 eV", "output.path=other.nc"],
    ],
)
@pytest.mark.usefixtures("fitted")
def test_json_holds_everything(overrides):
    config = consistent(*overrides)
    assert load_config(json.loads(config.to_json())) == config


@pytest.mark.parametrize("model", ["published", "none"])
@pytest.mark.usefixtures("fitted")
def test_json_of_the_other_models_holds_everything(model):
    config = load_config(overrides=[f"transport.model={model}"])
    stored = json.loads(config.to_json())
    assert load_config(stored) == config
    assert "streams" not in stored["transport"]


def test_json_holds_no_keys_of_another_model():
    stored = json.loads(consistent().to_json())["transport"]
    assert stored.keys() & PUBLISHED.keys() == set()
    assert stored.keys() >= CONSISTENT.keys()


@pytest.mark.parametrize("override", ["drive.circuit=open", "drive.current_density=1e10"])
def test_a_field_that_the_solution_finds_is_not_a_number(override):
    config = consistent(override)
    assert math.isnan(config.drive.electric_field)
    assert "electric_field" not in json.loads(config.to_json())["drive"]
    # The material's conductivity plays no part.
    assert load_config(config, ["material.conductivity=1 S/m"]).drive == config.drive


def test_a_current_needs_no_conductivity(monkeypatch):
    preset = materials.get("permalloy-wang2022")
    constants = {k: c for k, c in preset.constants.items() if k != "conductivity"}
    monkeypatch.setitem(materials._PRESETS, preset.name, replace(preset, constants=constants))
    assert consistent("drive.current_density=1e10").drive.current_density == 1e10
    assert "material.conductivity" in refusal({"drive": {"current_density": 1e10}})


def test_an_open_circuit_is_pointed_to_the_consistent_model():
    assert '"consistent"' in refusal({"drive": {"circuit": "open"}})


def test_a_published_drive_becomes_that_of_the_consistent_model():
    published = load_config({"drive": {"current_density": "-1e10 A/m^2"}})
    changed = load_config(published, ["transport.model=consistent"])
    assert math.isnan(changed.drive.electric_field)
    assert changed.drive.current_density == -1e10


def test_templates_hold_the_keys_of_their_own_model():
    for name, absent, present in (
        ("consistent", PUBLISHED, CONSISTENT),
        ("wang2022", CONSISTENT, PUBLISHED),
    ):
        keys = {line.lstrip("# ").split(" = ")[0] for line in template(name).splitlines()}
        assert keys & absent.keys() == set()
        assert keys >= present.keys()
    assert '"open"' in template("consistent").split("[material]")[0]
