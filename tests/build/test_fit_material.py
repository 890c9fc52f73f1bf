"""Electrons fitted to a user's own numbers: what comes out, and what is refused."""

import subprocess
import sys
import tomllib
from typing import Any

import pytest

import boltzwall
from boltzwall import materials
from boltzwall.build.consistent import build_carriers, conduction_attributes
from boltzwall.cli.materials import listed
from boltzwall.config import load_config
from boltzwall.errors import InputError


def uniform(sections):
    return conduction_attributes(build_carriers(load_config(sections)), 300.0)


def test_a_configuration_of_the_fit_conducts_as_was_asked():
    found = uniform(
        boltzwall.fit_material(
            "cobalt", sigma="5e6 S/m", polarisation=0.3, seebeck="-30 uV/K", spin_seebeck=5e-6
        )
    )
    assert found["conductivity"] == pytest.approx(5e6, rel=1e-10)
    assert found["polarisation"] == pytest.approx(0.3, rel=1e-10)
    assert found["seebeck_coefficient"] == pytest.approx(-30e-6, rel=1e-10)
    # P' = P + ½(1 − P²)(S_- − S_+)/S
    assert found["spin_conversion"] == pytest.approx(0.3 + 0.5 * 0.91 * 5.0 / -30.0, rel=1e-10)


@pytest.mark.parametrize("name", ["permalloy", "iron"])
def test_a_fit_to_its_own_numbers_is_the_preset(name):
    found, preset = boltzwall.fit_material(name), materials.get(name)
    stored = preset.values() | preset.transport_values()
    fitted = found["material"] | found["transport"]
    for key in stored.keys() & fitted.keys():
        assert fitted[key] == pytest.approx(stored[key], rel=1e-7), key


def test_a_preset_without_measurements_takes_all_of_them():
    with pytest.raises(InputError, match=r"`polarisation`.*`electron_density` must be given"):
        boltzwall.fit_material("permalloy-wang2022", sigma=1e6)
    numbers: dict[str, Any] = {
        "polarisation": 0.4, "spin_diffusion_length": "6 nm", "spin_seebeck": "-4 uV/K",
        "electron_density": "5e28 1/m^3",
    }  # fmt: skip
    found = uniform(boltzwall.fit_material("permalloy-wang2022", **numbers))
    assert found["conductivity"] == pytest.approx(1.26e6, rel=1e-10)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"seebeck": -5e-3}, r"S_- = -5001 .* µV/K have no solution for the majority and the min"),
        ({"seebeck": "-300 uV/K"}, r"S = -300 µV/K takes exponents of 146 and 135, with which no"),
        ({"seebeck": 1.0}, "have no solution"),
        ({"polarisation": 1.0}, r"`polarisation` must be a polarisation .* less than 1"),
        ({"sigma": -1}, r"`sigma` must be a conductivity greater than 0"),
        ({"sigma": "1 V"}, "`sigma` must be a conductivity"),
        ({"seebeck": float("nan")}, "`seebeck` must be a Seebeck coefficient"),
        ({"exchange_splitting": "20 eV"}, r"must be less than 2E_F = 10\.46 eV, but 20 eV"),
        ({"colour": 1.0}, "must be one of sigma, polarisation, .* but 'colour' was"),
    ],
)
def test_numbers_that_no_electrons_have_are_refused(numbers: dict[str, Any], message):
    with pytest.raises(InputError, match=message):
        boltzwall.fit_material("permalloy", **numbers)


def test_the_printed_sections_are_a_configuration():
    text = listed("permalloy", ["sigma=4e6", "seebeck=-20 uV/K", "polarisation = 0.5"], True)
    config = load_config(tomllib.loads(text))
    found = uniform(tomllib.loads(text))
    assert "sigma = 4e6" in text.splitlines()[0]
    assert found["conductivity"] == pytest.approx(4e6, rel=1e-7)
    assert found["seebeck_coefficient"] == pytest.approx(-20e-6, rel=1e-6)
    assert config.transport.model == "consistent"


def test_what_is_typed_wrong_is_answered():
    with pytest.raises(InputError, match=r"Type: boltzwall materials permalloy --fit sigma=4e6"):
        listed("permalloy", ["sigma=4e6"], False)
    for name, numbers in ((None, []), ("sigma=4e6", ["seebeck=1"])):
        with pytest.raises(InputError, match="must follow the name of a preset"):
            listed(name, numbers, True)
    with pytest.raises(InputError, match="must read key=value"):
        listed("permalloy", ["sigma"], True)


def test_the_command_prints_toml():
    command = [sys.executable, "-c", "from boltzwall.cli import main; main()"]
    typed = [*command, "materials", "cobalt", "--fit", "sigma=1.5e7", "seebeck=-25uV/K"]
    done = subprocess.run(typed, capture_output=True, text=True, check=True)
    assert tomllib.loads(done.stdout)["material"]["preset"] == "cobalt"
