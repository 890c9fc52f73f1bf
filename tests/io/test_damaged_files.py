"""Every reader of files, given damaged ones and ones that claim too much: read or refused."""

import resource

import numpy as np
import pytest

from boltzwall.config import sections
from boltzwall.config.textures import texture_file
from boltzwall.errors import InputError
from boltzwall.io import memory, read_dataset, write_dataset
from tests.io.test_damaged_results import RESULT
from validation.campaigns.files import cases, readers, trouble

SMALL = 1e8  # bytes, so that a small file may claim too much


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch):
    monkeypatch.setattr(memory, "available", lambda: SMALL)


def test_damaged_files_and_giant_counts(tmp_path):
    names = []
    for reader in readers(tmp_path):
        names.append(reader.name)
        for case, data in cases(reader, 5, seed=3):
            if len(data) > 1_000_000:
                continue
            file = tmp_path / f"case{reader.ending}"
            file.write_bytes(data)
            assert trouble(reader, file) == "", (reader.name, case)
    assert len(set(names)) == 13


def test_trouble_is_seen(tmp_path):
    reader = next(readers(tmp_path))

    def falls(path):
        raise MemoryError

    (tmp_path / "a.ovf").write_bytes(b"")
    broken = type(reader)(reader.name, reader.ending, falls, reader.whole, reader.claims)
    assert "MemoryError" in trouble(broken, tmp_path / "a.ovf")


def test_what_does_not_fit_the_memory_is_refused_with_numbers(tmp_path, monkeypatch):
    RESULT.assign_attrs(boltzwall_version="0.2.0").to_netcdf(tmp_path / "run.nc")
    monkeypatch.setattr(memory, "available", lambda: 100.0)
    with pytest.raises(InputError, match=r"must fit the memory, but .*1e-07 GB are free"):
        read_dataset(tmp_path / "run.nc")


def test_a_disk_that_is_full_in_the_middle_of_a_result_is_told(tmp_path):
    """Found by the campaign of surroundings: HDF5 answers with a RuntimeError."""
    file = write_dataset(RESULT, tmp_path / "run.nc")
    before = file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        with pytest.raises(InputError, match="could not be written"):
            write_dataset(RESULT, file, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_an_array_file_must_have_the_size_that_its_header_says(tmp_path):
    file = tmp_path / "m.npy"
    np.save(file, np.tile([0.0, 0.0, 1.0], (6, 1)))
    texture = sections.FileTexture(kind="file", path=file)
    assert texture_file(texture).cells == 6
    file.write_bytes(file.read_bytes() + b"more")
    with pytest.raises(InputError, match=r"header says 144 bytes, and it holds 148"):
        texture_file(texture)


def test_objects_in_an_array_file_are_never_built(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "executed"), "w"))

    np.save(tmp_path / "m.npy", np.array([[Trap()] * 3] * 6, dtype=object), allow_pickle=True)
    with pytest.raises(InputError, match="cannot be read"):
        texture_file(sections.FileTexture(kind="file", path=tmp_path / "m.npy"))
    assert not (tmp_path / "executed").exists()
