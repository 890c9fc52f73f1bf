from typing import Any

import pytest

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.io.headline import driving_forces, title_of
from boltzwall.io.settings import Settings

CURRENT: dict[str, Any] = {
    "drive": {"current_density": -1e12},
    "transport": {"model": "zhang-li", "beta": 0.02},
}
STILL = {"temperature": {"kind": "uniform", "value": 300.0}}
FIELD: dict[str, Any] = {
    "drive": {"magnetic_field": [0.0, 0.0, 1e4]},
    "transport": {"model": "none"},
}


def settings(*parts):
    return Settings.of_sections({k: v for part in (STILL, *parts) for k, v in part.items()})


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ((CURRENT,), "Domain wall driven by a current"),
        ((FIELD,), "Domain wall driven by a field"),
        (({**CURRENT, "drive": FIELD["drive"] | CURRENT["drive"]},),
         "Domain wall driven by a field and a current"),
        (({**CURRENT, "drive": CURRENT["drive"] | {"electric_waveform": "pulse"}},),
         "Domain wall driven by a pulsed current"),
        (({**FIELD, "drive": FIELD["drive"] | {"magnetic_waveform": "sine"}},),
         "Domain wall driven by an alternating field"),
        (({**CURRENT, "transport": {"model": "zhang-li", "u": 100.0}},),
         "Domain wall driven by a current"),
        (({"drive": {"electric_field": -8e3}, "transport": {"model": "published"},
           "temperature": {"kind": "linear", "gradient": 2e9}},),
         "Domain wall driven by an electric field and a temperature gradient"),
        (({"drive": {"circuit": "open"}, "transport": {"model": "consistent"},
           "temperature": {"kind": "linear", "gradient": 1e8}},),
         "Domain wall driven by a temperature gradient"),
        (({"drive": {"electric_field": 8e3}, "transport": {"model": "none"}},),
         "Domain wall without a drive"),
        ((FIELD, {"dynamics": {"thermal_noise": True}}),
         "Domain wall driven by a field and thermal noise"),
        ((FIELD, {"texture": {"kind": "uniform"}}), "Uniform magnetisation driven by a field"),
        (({"transport": {"model": "none"}, "drive": {"current_density": 1e11},
           "field": {"spin_orbit_torque": True}},),
         "Domain wall driven by a spin–orbit torque"),
        (({"transport": {"model": "zhang-li"}, "drive": {},
           "temperature": {"kind": "linear", "gradient": 1e8}},),
         "Domain wall without a drive"),
        ((CURRENT, {"dynamics": {"magnetisation": "fixed"}}),
         "Domain wall held in place driven by a current"),
    ],
)  # fmt: skip
def test_the_title_says_what_drives(parts, title):
    assert title_of(settings(*parts)) == title


def test_each_drive_has_its_symbol_and_its_strength():
    field, current = driving_forces(settings({**CURRENT, "drive": FIELD["drive"] | {
        "current_density": -1e12}}))  # fmt: skip
    assert (field.symbol, field.value, field.units) == ("H_z", 1e4, "A m-1")
    assert (current.symbol, current.value, current.units) == ("j", -1e12, "A m-2")


def test_the_titles_of_results_come_from_their_configuration():
    paper = Problem.of(load_config()).attributes["title"]
    assert paper == "Domain wall driven by an electric field and a temperature gradient"
    field = Problem.of(load_config(FIELD)).attributes["title"]
    assert field == "Domain wall driven by a field"
