"""Runs as tables in time."""

import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io.tables import columns, table_text, write_table
from tests.synthetic import run_dataset, transport_dataset


def test_columns_of_a_run_and_absent_ones():
    dataset = run_dataset(saves=3)
    names = [name for name, _, _ in columns(dataset)]
    assert names == ["t", "mx", "my", "mz", "dw_pos", "dw_speed", "T"]
    energy = np.array([3.0, 2.0, 1.0])
    full = dataset.assign(
        energy_total=("time", energy), energy_exchange=("time", 0.5 * energy)
    ).drop_vars("mean_magnetisation")
    found = {name: (unit, values) for name, unit, values in columns(full)}
    assert list(found) == ["t", "mx", "my", "mz", "E", "dw_pos", "dw_speed", "T", "E_exchange"]
    np.testing.assert_array_equal(found["E"][1], energy)
    assert found["E_exchange"][0] == "J/m2"
    np.testing.assert_allclose(found["mz"][1], dataset["mean_magnetisation"][:, 2], rtol=1e-12)


def test_the_applied_current_field_and_temperature_are_columns():
    dataset = run_dataset(saves=3)
    current, field = np.array([0.0, 1e11, 2e11]), np.arange(9.0).reshape(3, 3)
    given = dataset.assign(
        current_density=("time", current), magnetic_field=(("component", "time"), field.T)
    )
    found = {name: (unit, values) for name, unit, values in columns(given)}
    assert list(found)[4:] == ["dw_pos", "dw_speed", "j", "Hx", "Hy", "Hz", "T"]
    assert [found[name][0] for name in ("j", "Hx", "T")] == ["A/m2", "A/m", "K"]
    np.testing.assert_array_equal(found["j"][1], current)
    np.testing.assert_array_equal([found[f"H{axis}"][1] for axis in "xyz"], field.T)
    np.testing.assert_allclose(found["T"][1], 105.0)  # 100 K and 2 K/nm over 5 nm


def test_a_temperature_that_changes_in_time_is_its_mean_at_each_time():
    dataset = run_dataset(saves=3)
    warmer = dataset["temperature"] + xr.DataArray([0.0, 10.0, 20.0], dims="time")
    found = {name: values for name, _, values in columns(dataset.assign(temperature=warmer))}
    np.testing.assert_allclose(found["T"], [105.0, 115.0, 125.0])


def test_tables_as_numpy_and_mumax3_users_read_them(tmp_path):
    dataset = run_dataset(saves=4)
    expected = np.column_stack([values for _, _, values in columns(dataset)])
    path = write_table(dataset, tmp_path / "run.csv")
    assert path.read_text().splitlines()[0] == "t,mx,my,mz,dw_pos,dw_speed,T"
    np.testing.assert_array_equal(np.loadtxt(path, delimiter=",", skiprows=1), expected)
    other = write_table(dataset, tmp_path / "table.txt", "mumax3")
    head = "# t (s)\tmx ()\tmy ()\tmz ()\tdw_pos (m)\tdw_speed (m/s)\tT (K)"
    assert other.read_text().splitlines()[0] == head
    np.testing.assert_array_equal(np.loadtxt(other), expected)
    with pytest.raises(InputError, match="overwrite=True"):
        write_table(dataset, path)
    with pytest.raises(InputError, match="style"):
        table_text(dataset, "xls")  # type: ignore[arg-type]


def test_a_single_state_has_no_table():
    with pytest.raises(InputError, match="boltzwall run"):
        columns(transport_dataset())
