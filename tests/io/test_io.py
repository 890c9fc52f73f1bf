import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io import check_writable, describe, read_dataset, write_dataset
from tests.synthetic import run_dataset, transport_dataset


@pytest.fixture(scope="module")
def run():
    return run_dataset(saves=5, cells=6)


def test_a_dataset_survives_the_disk(run, tmp_path):
    path = write_dataset(run, tmp_path / "run.nc")
    xr.testing.assert_identical(read_dataset(path), run)


def test_plain_xarray_reads_the_file(run, tmp_path):
    path = write_dataset(run, tmp_path / "run.nc")
    with xr.open_dataset(path) as dataset:
        assert dataset["time"].dtype == float
        assert dataset["torque_total"].attrs["units"] == "s-1"


def test_nan_and_infinity_survive_the_disk(run, tmp_path):
    broken = run.copy(deep=True)
    broken["torque_total"][1, 2, 0] = np.nan
    broken["torque_total"][1, 3, 0] = np.inf
    broken.attrs["settling_time"] = float("nan")
    path = write_dataset(broken, tmp_path / "broken.nc")
    back = read_dataset(path)
    np.testing.assert_array_equal(back["torque_total"], broken["torque_total"])
    assert np.isnan(back.attrs["settling_time"])


def test_an_existing_file_is_kept_unless_overwritten(run, tmp_path):
    path = write_dataset(run, tmp_path / "run.nc")
    with pytest.raises(InputError, match="overwrite=True"):
        write_dataset(run, path)
    write_dataset(run.isel(time=slice(0, 2)), path, overwrite=True)
    assert read_dataset(path).sizes["time"] == 2


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError("No space left on device")])
def test_an_interrupted_write_leaves_the_former_file(run, tmp_path, monkeypatch, failure):
    path = write_dataset(run, tmp_path / "run.nc")

    def fail(self, target, **_):
        target.write_bytes(b"half of a file")
        raise failure

    monkeypatch.setattr(xr.Dataset, "to_netcdf", fail)
    with pytest.raises((KeyboardInterrupt, InputError)):
        write_dataset(run, path, overwrite=True)
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.nc"]
    xr.testing.assert_identical(read_dataset(path), run)


def test_the_output_folder_must_exist(tmp_path):
    with pytest.raises(InputError, match="missing"):
        check_writable(tmp_path / "nowhere" / "run.nc")


def test_the_output_must_not_be_a_folder(tmp_path):
    with pytest.raises(InputError, match="folder"):
        check_writable(tmp_path)


def test_the_output_folder_must_be_writable(tmp_path, monkeypatch):
    def refuse(**_):
        raise OSError("read-only")

    monkeypatch.setattr("boltzwall.io.netcdf.tempfile.NamedTemporaryFile", refuse)
    with pytest.raises(InputError, match="must be writable"):
        check_writable(tmp_path / "run.nc")


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="missing"):
        read_dataset(tmp_path / "run.nc")


def test_a_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="folder"):
        read_dataset(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not netCDF", b"\x89HDF\r\n\x1a\n" + b"\x00" * 100])
def test_an_unreadable_file_is_an_input_error(tmp_path, content):
    path = tmp_path / "run.nc"
    path.write_bytes(content)
    with pytest.raises(InputError, match="readable netCDF"):
        read_dataset(path)


def test_a_truncated_file_is_an_input_error(run, tmp_path):
    path = write_dataset(run, tmp_path / "run.nc")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match="readable netCDF"):
        read_dataset(path)


def test_a_stranger_s_netcdf_is_an_input_error(tmp_path):
    path = tmp_path / "other.nc"
    xr.Dataset({"a": ("i", np.arange(3))}).to_netcdf(path)
    with pytest.raises(InputError, match="result of boltzwall"):
        read_dataset(path)


@pytest.mark.parametrize("make", [run_dataset, transport_dataset])
def test_the_description_names_everything(make):
    dataset = make()
    text = describe(dataset)
    for name in (*dataset.variables, *dataset.sizes):
        assert str(name) in text
    assert "gradient = 2000000000.0" in text
    assert "stopped_because: steady" in text


def test_the_description_counts_what_is_not_finite(run):
    broken = run.copy(deep=True)
    broken["torque_total"][0, 0, 0] = np.nan
    assert "1 of 90 not finite" in describe(broken)
