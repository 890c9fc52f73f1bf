"""Results that were damaged on a disk or on their way: no other number is ever read."""

import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io import read_dataset, write_dataset

RESULT = xr.Dataset(
    {
        "wall_position": ("time", np.linspace(1e-9, 7e-9, 5), {"units": "m"}),
        "wall_end": ("wall", np.array(["left", "annihilated"], dtype=object), {}),
        "wall_count": ("time", np.array([1, 2, 2, 1, 0]), {"flag_values": [1]}),
        "magnetisation": (
            ("time", "component"), np.random.default_rng(2).normal(size=(5, 3)), {"units": "1"}
        ),
        "torque_total": ((), np.nan, {"units": "1/s"}),
    },
    {"time": ("time", np.arange(5) * 1e-12, {"units": "s"})},
    {"boltzwall_version": "0.2.0", "dimensions": ["time"], "steps": 12, "beta": 0.1, "note": ""},
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return write_dataset(RESULT, tmp_path / "run.nc")


def outcome(file):
    """Whether the file is read as what was written; False if it is refused."""
    try:
        found = read_dataset(file)
    except InputError:
        return False
    assert found.identical(written(found))
    return True


def written(found):
    """What was written, as a file gives it back: a list of one is its entry."""
    expected = RESULT.copy()
    expected.attrs["dimensions"] = found.attrs["dimensions"]
    expected["wall_count"].attrs["flag_values"] = found["wall_count"].attrs["flag_values"]
    return expected


def test_a_result_comes_back_as_it_was(file):
    found = read_dataset(file)
    assert found.identical(written(found))
    assert "checksums" in xr.load_dataset(file).attrs
    assert write_dataset(found, file, overwrite=True) == file
    assert read_dataset(file).identical(found)


def test_a_bit_that_flips_never_gives_another_number(file):
    whole = file.read_bytes()
    refused = 0
    places = range(0, len(whole), 41)
    for place in places:
        other = bytearray(whole)
        other[place] ^= 1 << (place % 8)
        file.write_bytes(other)
        refused += not outcome(file)
    assert refused > len(places) // 20  # most of so small a file is padding


def test_a_file_that_ends_early_is_refused(file):
    whole = file.read_bytes()
    for length in range(0, len(whole), 997):
        file.write_bytes(whole[:length])
        assert not outcome(file), length


def test_what_is_lost_is_named_and_the_rest_can_be_read(file):
    raw = xr.load_dataset(file)
    raw["magnetisation"][1, 2] += 1e-12
    raw.to_netcdf(file)
    with pytest.raises(InputError, match=r"changed since: `magnetisation`\. .* gives the rest"):
        read_dataset(file)
    left = read_dataset(file, damaged=True)
    assert "magnetisation" not in left
    assert left["wall_position"].identical(RESULT["wall_position"])

    raw = raw.assign_attrs(beta=0.2)
    raw.to_netcdf(file)
    with pytest.raises(InputError, match="changed since: the attributes, `magnetisation`"):
        read_dataset(file)


def test_files_without_checksums_are_taken_as_they_are(tmp_path):
    RESULT.to_netcdf(tmp_path / "old.nc")
    found = read_dataset(tmp_path / "old.nc")
    assert found.identical(written(found))
