"""Momentum times that depend on energy: keys, tables, and what is wrong with them."""

import jax.numpy as jnp
import netCDF4
import numpy as np
import pytest

from boltzwall import load_config
from boltzwall.build.consistent import build_carriers
from boltzwall.config.scales import derived_scales
from boltzwall.config.scales.scattering import momentum_times
from boltzwall.config.scattering import read_scattering
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import InputError

HEAD = "energy (eV),tau_up (fs),tau_down (fs)\n"
ROWS = "-1,4,2\n0,6,3\n1,8,5"


def configuration(transport=None, **material):
    tables = {
        "material": {"preset": "permalloy", "fermi_energy": "5.23 eV", **material},
        "wire": {"length": "100 nm", "cells": 100},
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": {"model": "consistent", **(transport or {})},
    }
    return load_config(tables)


def _times(config, energy):
    return build_carriers(config).times(jnp.asarray(energy))


@pytest.fixture
def table(tmp_path):
    def written(text, name="times.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_law_follows_from_the_other_keys(table):
    assert configuration(preset="permalloy-wang2022").material.scattering == "constant"
    assert configuration(scattering_exponent_minority=2.0).material.scattering == "power"
    assert configuration(scattering_file=str(table(HEAD + ROWS))).material.scattering == "table"
    config = configuration(scattering_exponent_majority=2.0, scattering="constant")
    assert config.material.scattering == "constant"
    assert load_config(config).material.scattering == "constant"


def test_times_at_an_energy(table):
    """The plain formulas of the checks are those of the carriers."""
    file = str(table(HEAD + ROWS))
    powers = {"scattering_exponent_majority": 12.77, "scattering_exponent_minority": 8.72}
    sigma = "energy (eV),sigma_majority (S/m),sigma_minority (S/m)\n-1,4e6,2e6\n1,5e6,1e6"
    cases = (
        powers,
        {"scattering_file": file},
        {"scattering_file": str(table(sigma, "sigma.csv"))},
    )
    energy = np.array([-0.2, 0.0, 0.1]) * ELEMENTARY_CHARGE
    for material in cases:
        for streams in (2, 8):
            config = configuration({"streams": streams}, **material)
            ours, theirs = momentum_times(config, energy), _times(config, energy)
            np.testing.assert_allclose(ours.majority, theirs.majority, rtol=1e-12)
            np.testing.assert_allclose(ours.minority, theirs.minority, rtol=1e-12)
    tabled = momentum_times(configuration(scattering_file=file), energy)
    np.testing.assert_allclose(tabled.majority, [5.6e-15, 6e-15, 6.2e-15], rtol=1e-12)
    np.testing.assert_allclose(tabled.minority, [2.8e-15, 3e-15, 3.2e-15], rtol=1e-12)


def test_energies_may_count_from_elsewhere(table):
    rows = "6,4,2\n7,6,3\n8,8,5"
    config = configuration(scattering_file=str(table(HEAD + rows)), scattering_zero="7 eV")
    assert momentum_times(config).majority == pytest.approx(6e-15)


def test_boltzwanns_table_of_both_spins(table):
    """Columns: energy in eV, then xx, xy, yy, xz, yz, zz of all, of up, of down."""
    energies = np.linspace(10.0, 12.0, 5)
    head = (
        "# Written by the BoltzWann module of the Wannier90 code.\n"
        "# Transport distribution function (in units of 1/hbar^2 * eV * fs / angstrom)\n"
    )
    rows = [[e, *range(1, 7), *range(11, 17), *range(21, 27)] for e in energies]
    text = head + "\n".join(" ".join(f"{x:.10g}" for x in row) for row in rows)
    found = read_scattering(table(text, "x_tdf.dat"), 11.0 * ELEMENTARY_CHARGE)
    unit = ELEMENTARY_CHARGE**2 / REDUCED_PLANCK**2 * ELEMENTARY_CHARGE * 1e-15 / 1e-10
    assert found.of_conductivity
    np.testing.assert_allclose(found.energy / ELEMENTARY_CHARGE, energies - 11.0, atol=1e-12)
    np.testing.assert_allclose(found.values.majority, 11.0 * unit)
    np.testing.assert_allclose(found.values.minority, 21.0 * unit)
    few = head + "\n".join(" ".join(f"{x:.10g}" for x in row[:7]) for row in rows)
    with pytest.raises(InputError, match=r"19 columns.*has 7.*spin_decomp"):
        read_scattering(table(few, "y_tdf.dat"))


def test_netcdf(tmp_path):
    path = tmp_path / "times.nc"
    with netCDF4.Dataset(path, "w") as data:
        data.createDimension("energy", 3)
        for name, unit, values in (
            ("energy", "meV", [-1000.0, 0.0, 1000.0]),
            ("tau_majority", "fs", [4.0, 6.0, 8.0]),
            ("tau_minority", "fs", [2.0, 3.0, 5.0]),
        ):
            variable = data.createVariable(name, "f8", ("energy",))
            variable[:] = values
            variable.units = unit
    assert momentum_times(configuration(scattering_file=str(path))).minority == pytest.approx(3e-15)
    with netCDF4.Dataset(path, "a") as data:
        data["energy"].delncattr("units")
    with pytest.raises(InputError, match=r"must give the unit of its energies"):
        configuration(scattering_file=str(path))


BAD = {
    "decreasing energies": (HEAD + "-1,4,2\n1,6,3\n0,8,5", "energy increasing"),
    "negative time": (HEAD + "-1,4,2\n0,-6,3\n1,8,5", "tau_majority greater than 0"),
    "time of zero in the window": (HEAD + "-1,4,2\n0,6,0\n1,8,5", "greater than 0 within 0.517"),
    "nan": (HEAD + "-1,4,2\n0,nan,3\n1,8,5", "finite numbers"),
    "unit of length": (HEAD.replace("eV", "nm") + ROWS, "not a unit of energy"),
    "no unit": (HEAD.replace(" (eV)", "") + ROWS, "unit of its energies"),
    "wrong unit of times": (HEAD.replace("up (fs)", "up (m)") + ROWS, "not a unit of time"),
    "one spin": ("energy (eV),tau_up (fs)\n-1,4\n1,6", "no tau_minority"),
    "both kinds": (HEAD.replace("tau_up (fs)", "sigma_up (S/m)") + ROWS, "has both"),
    "neither kind": ("energy (eV),a,b\n" + ROWS, "has neither"),
    "too narrow": (HEAD + "-0.3,4,2\n1,8,5", "covers -0.3 eV to 1 eV"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_table_is_refused_with_one_message(name, table):
    text, message = BAD[name]
    with pytest.raises(InputError) as caught:
        configuration(scattering_file=str(table(text)))
    assert "`material.scattering_file`" in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("material", "message"),
    [
        ({"scattering": "table"}, "must name a file"),
        ({"scattering_exponent_majority": 1e4}, "10000 gives 0 s"),
        ({"scattering_exponent_minority": -900.0}, "`material.scattering_exponent_minority`"),
        (
            {"fermi_energy": "0.01 eV", "scattering_exponent_majority": 1.0},
            "where the minority band is empty",
        ),
        ({"scattering": "loud"}, '"constant", "power" or "table"'),
    ],
)
def test_bad_keys_are_refused_with_one_message(material, message):
    with pytest.raises(InputError) as caught:
        configuration(**material)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_keys_that_contradict_a_table(table):
    file = str(table(HEAD + ROWS))
    with pytest.raises(InputError, match=r'`material.scattering` must be "table"'):
        configuration(scattering_file=file, scattering="power")
    with pytest.raises(InputError, match=r"`transport.momentum_time_majority` must not be given"):
        configuration({"momentum_time_majority": "3 fs"}, scattering_file=file)
    sigma = "energy (eV),sigma_up (S/m),sigma_down (S/m)\n-1,4e6,2e6\n1,5e6,1e6"
    with pytest.raises(InputError, match=r"times instead of conductivities"):
        configuration(scattering_file=str(table(sigma)), fermi_energy="0.5 eV")


def _warned(config):
    return [
        text for text in derived_scales(config).warnings if "power law" in text or "fit" in text
    ]


def test_a_power_law_near_the_bottom_of_its_band_is_warned_of():
    shallow = {
        "preset": "permalloy-wang2022", "scattering_exponent_minority": 0.5,
        "fermi_energy": "0.3 eV", "exchange_splitting": "0.2 eV",
    }  # fmt: skip
    config = configuration(**shallow)
    (text,) = _warned(config)
    assert "bottom of the minority band is 7.74 k_B T below µ" in text  # 0.2 eV/25.85 meV
    assert not _warned(configuration(**shallow | {"fermi_energy": "0.7 eV"}))
    assert not _warned(configuration(**shallow | {"scattering_exponent_minority": 0.0}))


def test_other_bands_than_those_of_the_fit_are_warned_of():
    (text,) = _warned(configuration(fermi_energy="4 eV"))
    assert '"permalloy" were fitted together with its bands, but `material.fermi_energy` is' in text
    assert not _warned(configuration(fermi_energy="4 eV", scattering="constant"))
    assert not _warned(configuration(fermi_energy="4 eV", scattering_exponent_majority=2.0))
    preset = load_config({"material": {"preset": "iron"}, "transport": {"model": "consistent"}})
    assert not _warned(preset)
