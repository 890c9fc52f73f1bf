"""Units of the field: every conversion against its definition, and what is said of it."""

import math

import pytest

from boltzwall.cli.text import report
from boltzwall.config import load_config
from boltzwall.config.load import given_tables
from boltzwall.config.notes import notes
from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.errors import InputError

MU0 = VACUUM_PERMEABILITY
CONVERTED = [
    # key, text, SI value, formula that is printed
    ("drive.magnetic_field.z", "10 mT", 10e-3 / MU0, "H = B/µ0"),
    ("drive.magnetic_field.z", "1 T", 1.0 / MU0, "H = B/µ0"),
    ("drive.magnetic_field.z", "50 G", 50e-4 / MU0, "H = B/µ0"),
    ("drive.magnetic_field.z", "-1.5 kOe", -1500.0 * 1e3 / (4.0 * math.pi), "="),
    ("drive.magnetic_field.z", "100 Oe", 100.0 * 1e3 / (4.0 * math.pi), "="),
    ("material.saturation_magnetisation", "800 emu/cm³", 8e5, "="),
    ("material.saturation_magnetisation", "800 emu/cm^3", 8e5, "="),
    ("material.saturation_magnetisation", "1 T", 1.0 / MU0, "M = J/µ0"),
    ("material.saturation_magnetisation", "10 kG", 1.0 / MU0, "M = J/µ0"),
    ("material.uniaxial_anisotropy", "4e6 erg/cm³", 4e5, "="),
    ("material.interfacial_dmi", "0.5 erg/cm²", 5e-4, "="),
    ("material.exchange_stiffness", "1.3e-6 erg/cm", 1.3e-11, "="),
    ("material.gyromagnetic_ratio", "1.76e11 rad/(T s)", 1.76e11 * MU0, "γ0 = µ0 γ"),
    ("material.gyromagnetic_ratio", "1.76e7 1/(Oe s)", 1.76e7 * 4.0 * math.pi * 1e-3, "="),
]


def read(key, text):
    given = given_tables(None, [f"{key}={text}"])
    config = load_config(given)
    section, name, *part = key.split(".")
    value = getattr(getattr(config, section), name)
    return (value["xyz".index(part[0])] if part else value), notes(config, given), config


@pytest.mark.parametrize(("key", "text", "value", "formula"), CONVERTED)
def test_units_of_the_field_are_converted_and_it_is_said(key, text, value, formula):
    found, lines, config = read(key, text)
    assert found == pytest.approx(value, rel=1e-9)
    assert len(lines) == 1
    assert lines[0].startswith(f"{'.'.join(key.split('.')[:2])}: {text} = ")
    assert formula in lines[0]
    assert lines[0] in report(config, "a.toml", lines)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("drive.magnetic_field.z", "10 kA/m"),
        ("wire.length", "5 nm"),
        ("material.exchange_stiffness", "13 pJ/m"),
        ("wire.length", "7e-9"),
    ],
)
def test_prefixes_need_no_word(key, text):
    assert read(key, text)[1] == ()


@pytest.mark.parametrize(
    ("key", "text", "part"),
    [
        ("material.gyromagnetic_ratio", "28 GHz/T", "multiply by 2π"),
        ("drive.magnetic_frequency", "6.28 rad/ns", "divide by 2π"),
        ("drive.magnetic_field.z", "10 Gs", '"Gs" is not a unit of magnetic field strength'),
        ("drive.magnetic_field.z", "1 V/m", "is not a unit of magnetic field strength"),
        ("wire.length", "1 T", '"T" is not a unit of length'),
        ("material.uniaxial_anisotropy", "1 erg/cm²", "is not a unit of energy density"),
    ],
)
def test_what_would_be_read_wrongly_is_refused(key, text, part):
    with pytest.raises(InputError) as caught:
        load_config(overrides=[f"{key}={text}"])
    assert part in str(caught.value)


def test_one_gauss_is_one_oersted_in_vacuum():
    gauss, oersted = (read("drive.magnetic_field.x", f"1 {unit}")[0] for unit in ("G", "Oe"))
    assert gauss == pytest.approx(oersted, rel=1e-9)


def test_numbers_of_a_list_are_set_one_by_one():
    config = load_config(
        {"drive": {"magnetic_field": [1.0, 2.0, 3.0]}},
        [
            "drive.magnetic_field.x=10 mT",
            "field.easy_axis.y=1",
            "transport.momentum_window.max=1.4",
        ],
    )
    assert config.drive.magnetic_field == pytest.approx((10e-3 / MU0, 2.0, 3.0))
    assert config.field.easy_axis == pytest.approx((0.0, 0.5**0.5, 0.5**0.5))
    assert config.transport.momentum_window == (0.9, 1.4)


@pytest.mark.parametrize(
    ("override", "part"),
    [
        ("drive.magnetic_field.w=1", "`x`, `y`, `z`"),
        ("drive.magnetic_region.from=1 nm", '["0 nm", "50 nm"]'),
        ("drive.magnetic_field.x=1 s", "`drive.magnetic_field`"),
        ("wire.length.x=1", "`wire.length.x` is unknown"),
    ],
)
def test_numbers_that_no_list_has_are_refused(override, part):
    with pytest.raises(InputError) as caught:
        load_config(overrides=[override])
    assert part in str(caught.value)
