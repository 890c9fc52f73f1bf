"""Stores that were damaged: no other number is ever read, and what is lost is computed again."""

import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.sweeps import load_study, run_study
from boltzwall.sweeps.gather import gather
from boltzwall.sweeps.kept_points import KeptColumn
from boltzwall.sweeps.sealed import CHUNK, DOCUMENT, DamagedError
from boltzwall.sweeps.store import Store
from tests.sweeps.test_sweeps import WALL, with_sweep

BATCH = "batches/0123"
POINTS = ("one", "two", "three")
TABLE = {
    "wall_tilt": KeptColumn(np.array([0.1, np.nan, 0.3]), ()),
    "magnetisation": KeptColumn(
        np.random.default_rng(1).normal(size=(3, 2, 3)), ("x", "component")
    ),
}


@pytest.fixture
def store(tmp_path):
    found = Store(str(tmp_path / "store"))
    found.prepare()
    found.write("0123", POINTS, TABLE, {"two": "It failed."})
    return found


def is_whole(store):
    """Whether the batch is read and is what was written; False if it is refused."""
    try:
        points = store.index()
        table = store.read("0123")
    except DamagedError:
        return False
    assert list(points) == list(POINTS), points
    assert points["two"].reason == "It failed."
    for name, column in TABLE.items():
        np.testing.assert_array_equal(table[name].values, column.values)
    return True


@pytest.mark.filterwarnings("ignore:The batch 0123:UserWarning")
@pytest.mark.parametrize("key", [DOCUMENT, CHUNK])
def test_a_bit_that_flips_never_gives_another_number(store, tmp_path, key):
    file = tmp_path / "store" / BATCH / key
    whole = file.read_bytes()
    assert is_whole(store)
    refused = 0
    for place in range(len(whole)):
        other = bytearray(whole)
        other[place] ^= 1 << (place % 8)
        file.write_bytes(other)
        refused += not is_whole(store)
    # Only of white space may a byte be another: nothing depends on it.
    assert refused >= len(whole) - whole.count(b" ") - whole.count(b"\n")


@pytest.mark.filterwarnings("ignore:The batch 0123:UserWarning")
@pytest.mark.parametrize("key", [DOCUMENT, CHUNK])
def test_a_file_that_ends_early_is_refused(store, tmp_path, key):
    file = tmp_path / "store" / BATCH / key
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert not is_whole(store), length
    file.unlink()
    with pytest.raises(DamagedError, match="missing"):
        store.read("0123")


def test_a_damaged_root_is_told_and_harms_nothing(store, tmp_path):
    file = tmp_path / "store" / DOCUMENT
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        if whole[place : place + 1].isspace():
            continue
        other = bytearray(whole)
        other[place] ^= 4
        file.write_bytes(other)
        with pytest.raises(InputError, match=r"Nothing in it was touched|could not be read"):
            store.prepare()
    file.write_bytes(whole)
    store.prepare()
    assert is_whole(store)


def test_a_damaged_batch_is_named_set_aside_and_computed_again(tmp_path):
    axis = {"key": "transport.u", "values": [5.0, 10.0, 15.0, 20.0]}
    study = load_study(with_sweep(WALL, [axis], batch=2))
    address = str(tmp_path / "store")
    before = run_study(study, address)
    chunk = sorted((tmp_path / "store" / "batches").glob(f"*/{CHUNK}"))[0]
    damaged = bytearray(chunk.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    chunk.write_bytes(damaged)
    name = chunk.parents[2].name
    with pytest.warns(UserWarning, match=f"The batch {name} of the store .* is damaged"):
        partly = gather(study, Store(address))
    assert (partly["status"] == "missing").sum() == 2
    assert partly.attrs["points_missing"] == 2
    held = (partly["status"] == "done").values
    np.testing.assert_array_equal(
        partly["wall_tilt"].values[held], before["wall_tilt"].values[held]
    )
    with pytest.warns(UserWarning, match=f"It lies in damaged/{name}"):
        again = run_study(study, address)
    assert again.drop_attrs().identical(before.drop_attrs())
    aside = next((tmp_path / "store" / "damaged").iterdir())
    assert (aside / CHUNK).read_bytes() == bytes(damaged)
