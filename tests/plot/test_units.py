import numpy as np
import pytest

from boltzwall.plot.units import dataset_units, display_unit, number_text


@pytest.mark.parametrize(
    ("value", "units", "unit"),
    [
        (5e-9, "m", "nm"),
        (8e-7, "m", "nm"),
        (4e-6, "m", "µm"),
        (2.3e-10, "s", "ns"),
        (3e-12, "s", "ps"),
        (1e-13, "s", "fs"),
        (4e11, "s-1", "10¹¹ s⁻¹"),
        (62.5, "m s-1", "m s⁻¹"),
        (416.0, "m s-1", "m s⁻¹"),
        (2e-5, "m s-1", "µm s⁻¹"),
        (0.63, "1", ""),
        (3e-5, "1", "10⁻⁵"),
        (1.5e-3, "1", "10⁻³"),
        (400, "1", ""),
        (250.0, "K", "K"),
        (0.0, "s-1", "s⁻¹"),
        (np.nan, "m-3", "m⁻³"),
        (2e9, "K/m", "K nm⁻¹"),
        (1e4, "K/m", "10⁴ K m⁻¹"),
        (2e-20, "J", "eV"),
        (-8e3, "V/m", "kV m⁻¹"),
        (13e-12, "J/m", "pJ m⁻¹"),
    ],
)
def test_values_get_a_unit_that_brings_them_near_one(value, units, unit):
    found = display_unit([value], units)
    assert found.name == unit
    if np.isfinite(value) and value and unit not in ("K", ""):
        assert 0.09 <= abs(value) / found.size < 1000.0


@pytest.mark.parametrize(
    ("given", "units"),
    [("K/m", "K m-1"), ("A/m^2", "A m-2"), ("m/(A s)", "m A-1 s-1"), ("1/s", "s-1"),
     ("V^2/K^2", "V2 K-2"), ("", "1"), ("m s-1", "m s-1")],
)  # fmt: skip
def test_units_of_the_configuration_become_those_of_datasets(given, units):
    assert dataset_units(given) == units


@pytest.mark.parametrize(
    ("value", "units", "text"),
    [(-1e12, "A m-2", "−1 × 10¹² A m⁻²"), (2e9, "K m-1", "2 K nm⁻¹"), (0.25, "1", "0.25"),
     (415.84, "m s-1", "415.8 m s⁻¹"), (-8e3, "V m-1", "−8 kV m⁻¹")],
)  # fmt: skip
def test_a_value_is_written_with_its_unit(value, units, text):
    assert display_unit(value, units).text(value) == text


def test_small_numbers_are_written_without_an_e():
    assert number_text(-1.5e-7) == "−1.5 × 10⁻⁷"
