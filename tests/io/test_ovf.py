"""OVF, against bytes put together by hand, decoded with plain struct, and discretisedfield."""

import re
import struct
from dataclasses import replace

import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.io.ovf import Ovf, read_ovf, write_ovf
from boltzwall.io.states import (
    WireState,
    dataset_of,
    read_state,
    state_at,
    state_from_mesh,
    write_state,
)
from tests.synthetic import run_dataset, transport_dataset

REPRESENTATIONS = ("text", "binary 4", "binary 8")
NODES = (3, 2, 2)
OF_VERSION_2 = {"valuedim": 3, "valueunits": "A/m A/m A/m"}


def values(nodes=NODES, components=3):
    """Numbers that a float of 4 bytes holds exactly, different in every place."""
    count = int(np.prod(nodes)) * components
    return 0.25 * np.arange(1.0, count + 1.0).reshape(*nodes, components) - 3.0


def field(nodes=NODES):
    return Ovf(values(nodes), (1e-9, 0.0, -2e-9), (2e-9, 3e-9, 4e-9), "m", "A/m", 1.5e-9)


def by_hand(
    code="d", check=None, order="<", count=None, nodes=(2, 1, 1), end=True, version="2.0", **header
):
    """A file as the format's description has it: M = (1, 2, 3), (4, 5, 6) along x."""
    size = struct.calcsize(code)
    check = check if check is not None else {4: 1234567.0, 8: 123456789012345.0}[size]
    numbers = [float(i + 1) for i in range(6 if count is None else count)]
    rows = {
        "Segment count": 1, "Begin": "Segment", "meshtype": "rectangular", "meshunit": "m",
        **({"valueunit": "A/m"} if version == "1.0" else OF_VERSION_2),
        **{f"{axis}nodes": n for axis, n in zip("xyz", nodes, strict=True)},
        **{f"{axis}base": 1e-9 for axis in "xyz"},
        **{f"{axis}stepsize": 2e-9 for axis in "xyz"},
    } | header  # fmt: skip
    first = "# OOMMF: rectangular mesh v1.0" if version == "1.0" else "# OOMMF OVF 2.0"
    lines = [first, *(f"# {key}: {value}" for key, value in rows.items())]
    head = "\n".join([*lines, "#", f"# Begin: Data Binary {size}", ""]).encode()
    data = struct.pack(f"{order}{len(numbers) + 1}{code}", check, *numbers)
    return head + data + (f"# End: Data Binary {size}\n# End: Segment\n".encode() if end else b"")


def saved(tmp_path, content, name="hand.ovf"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("code", ["f", "d"])
def test_reads_bytes_put_together_by_hand(tmp_path, code):
    found = read_ovf(saved(tmp_path, by_hand(code)))
    np.testing.assert_array_equal(found.values[:, 0, 0], [[1, 2, 3], [4, 5, 6]])
    np.testing.assert_allclose(found.origin, 0.0, atol=1e-24)
    assert found.step == (2e-9, 2e-9, 2e-9)
    assert (found.units, found.time) == ("A/m", None)


def test_reads_text_with_spaces_at_the_ends_comments_and_nanometres(tmp_path):
    text = by_hand(meshunit="nm", xbase=1, xstepsize=2).split(b"# Begin: Data")[0]
    text = text.replace(b"# xnodes: 2", b"#  XNodes :  2  ## two cells")
    text += b"# Begin: Data Text\n 1 2 3 \n 4 5 6 \n# End: Data Text\n"
    found = read_ovf(saved(tmp_path, text))
    np.testing.assert_array_equal(found.values[:, 0, 0], [[1, 2, 3], [4, 5, 6]])
    np.testing.assert_allclose(found.step[0], 2e-9, rtol=1e-15)


@pytest.mark.parametrize(("name", "code"), [("binary 4", "f"), ("binary 8", "d")])
def test_written_bytes_decode_with_x_fastest(tmp_path, name, code):
    content = write_ovf(field(), tmp_path / "m.ovf", name).read_bytes()
    begin = content.index(b"# Begin: Data") + len(f"# Begin: Data {name.title()}\n")
    count = values().size
    numbers = struct.unpack_from(f"<{count + 1}{code}", content, begin)
    assert numbers[0] == {"f": 1234567.0, "d": 123456789012345.0}[code]
    x, y, z, c = 2, 1, 0, 1
    place = 1 + c + 3 * (x + NODES[0] * (y + NODES[1] * z))
    assert numbers[place] == values()[x, y, z, c]
    assert sorted(numbers[1:]) == sorted(values().ravel())


@pytest.mark.parametrize("name", REPRESENTATIONS)
def test_what_is_written_is_read(tmp_path, name):
    written = field()
    found = read_ovf(write_ovf(written, tmp_path / "m.ovf", name))
    np.testing.assert_array_equal(found.values, written.values)
    np.testing.assert_allclose(found.origin, written.origin, atol=1e-24)
    assert (found.step, found.units, found.time) == (written.step, "A/m", 1.5e-9)


@pytest.mark.parametrize("name", ["text", "binary 8"])
def test_eight_bytes_and_text_keep_every_bit(tmp_path, name):
    wire = np.random.default_rng(1).normal(size=(7, 1, 1, 3))
    found = read_ovf(write_ovf(replace(field(), values=wire), tmp_path / "m.ovf", name))
    np.testing.assert_array_equal(found.values, wire)


@pytest.mark.parametrize("name", REPRESENTATIONS)
def test_every_truncation_of_the_data_is_noticed(tmp_path, name):
    content = write_ovf(field((3, 1, 1)), tmp_path / "m.ovf", name).read_bytes()
    for kept in range(0, content.index(b"# End: Data"), 7):
        with pytest.raises(InputError, match=r"The file `.*cut.ovf` must"):
            read_ovf(saved(tmp_path, content[:kept], "cut.ovf"))


BROKEN = {
    "wrong check value": (by_hand(check=1.0), "must begin its data with"),
    "truncated": (by_hand(count=5, end=False), "truncated"),
    "too many values": (by_hand(count=7), "counts of the header are wrong"),
    "too few nodes": (by_hand(nodes=(1, 1, 1)), "counts of the header are wrong"),
    "OVF 3.0": (by_hand().replace(b"OVF 2.0", b"OVF 3.0"), "must be in OVF 2.0"),
    "irregular OVF 1.0": (b"# OOMMF: irregular mesh v1.0\n" + by_hand()[16:], "must be in OVF 2.0"),
    "two units": (by_hand(valueunits="A/m A/m T"), "one unit for all"),
    "two meshes": (by_hand() .replace(b"# ynodes", b"# xnodes: 3\n# ynodes"), "`xnodes` once"),
    "bounds": (by_hand(xmin=0.0, xmax=8e-9), "fills its bounds"),
    "base": (by_hand(xmin=-9e-9), "begin at `xmin`"),
    "metres for nanometres": (by_hand(xstepsize=2, xbase=1), "Correct its `meshunit`"),
    "no step": (by_hand().replace(b"# xstepsize: 2e-09\n", b""), "`xstepsize`"),
    "more segments": (by_hand() + b"# Begin: Segment\n", "one segment"),
    "no OVF": (b"\x89HDF\r\n", "first line"),
    "empty": (b"", "first line"),
    "irregular": (by_hand(meshtype="irregular"), "rectangular"),
    "two segments": (by_hand(**{"Segment count": 2}), "one segment"),
    "unit of length": (by_hand(meshunit="inch"), "meshunit"),
    "no number": (by_hand(xnodes="many"), "`xnodes`"),
    "half a cell": (by_hand(xnodes=1.5), "positive integer"),
    "no cells": (by_hand(ynodes=0), "positive integer"),
    "negative cells": (by_hand(zstepsize=-1e-9), "positive size"),
    "no data": (by_hand().split(b"# Begin: Data")[0], "Begin: Data"),
    "other data": (by_hand().replace(b"Data Binary 8", b"Data Binary 16"), "binary 16"),
    "words": (by_hand().split(b"# Begin: Data")[0]
              + b"# Begin: Data Text\n1 2 3 4 5 x\n# End: Data Text", "numbers only"),
    "missing key": (by_hand().replace(b"# valuedim: 3\n", b""), "`valuedim`"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_refuses_what_is_not_ovf_2(tmp_path, case):
    content, message = BROKEN[case]
    with pytest.raises(InputError, match=message):
        read_ovf(saved(tmp_path, content))


def test_a_huge_mesh_in_the_header_takes_no_memory(tmp_path):
    with pytest.raises(InputError, match="truncated"):
        read_ovf(saved(tmp_path, by_hand(nodes=(10**9, 10**9, 10**9))))


@pytest.mark.parametrize("code", ["f", "d"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("order", "<>")
def test_the_check_value_tells_the_order_of_bytes(tmp_path, code, version, order):
    found = read_ovf(saved(tmp_path, by_hand(code, order=order, version=version)))
    np.testing.assert_array_equal(found.values[:, 0, 0], [[1, 2, 3], [4, 5, 6]])
    assert found.units == "A/m"


def test_version_1_multiplies_its_values(tmp_path):
    text = by_hand(version="1.0", valuemultiplier=8e5).split(b"# Begin: Data")[0]
    text += b"# Begin: Data Text\n1 0 0\n0 0.6 -0.8\n# End: Data Text\n"
    found = read_ovf(saved(tmp_path, text))
    np.testing.assert_allclose(found.values[:, 0, 0], [[8e5, 0, 0], [0, 4.8e5, -6.4e5]], rtol=1e-15)
    with pytest.raises(InputError, match="`valuemultiplier`"):
        read_ovf(saved(tmp_path, text.replace(b"800000.0", b"0")))


@pytest.mark.parametrize("left_out", ["base", "stepsize", "base stepsize", "base min max"])
def test_what_a_header_leaves_out_follows_from_the_rest(tmp_path, left_out):
    content = by_hand(**{f"{a}min": -3e-9 for a in "xyz"}, xmax=1e-9, ymax=-1e-9, zmax=-1e-9,
                      **{f"{a}base": -2e-9 for a in "xyz"})  # fmt: skip
    for axis in "xyz":
        for key in left_out.split():
            content = re.sub(rf"# {axis}{key}: .*\n".encode(), b"", content)
    found = read_ovf(saved(tmp_path, content))
    np.testing.assert_allclose(found.step, 2e-9, rtol=1e-12)
    origin = 0.0 if "min" in left_out else -3e-9
    np.testing.assert_allclose(found.origin, origin, rtol=1e-12, atol=1e-24)


@pytest.mark.parametrize(
    ("given", "units"),
    [
        ("A/m A/m A/m", "A/m"), ("{A/m} {A/m} {A/m}", "A/m"), ("A/m", "A/m"), ("1 1 1", "1"),
        ("", "1"), ("{} {} {}", "1"), ("none none none", "1"), ("T T T", "T"),
    ],
)  # fmt: skip
def test_units_as_programs_write_them(tmp_path, given, units):
    assert read_ovf(saved(tmp_path, by_hand(valueunits=given))).units == units


def test_csv_of_spirit(tmp_path):
    text = by_hand().split(b"# Begin: Data")[0]
    text += b"# Begin: Data CSV\n1, 2, 3,\n4, 5, 6,\n# End: Data CSV\n"
    found = read_ovf(saved(tmp_path, text))
    np.testing.assert_array_equal(found.values[:, 0, 0], [[1, 2, 3], [4, 5, 6]])


def test_missing_and_existing_files(tmp_path):
    with pytest.raises(InputError, match=r"none\.ovf"):
        read_ovf(tmp_path / "none.ovf")
    path = saved(tmp_path, b"mine")
    with pytest.raises(InputError, match="overwrite=True"):
        write_ovf(field(), path)
    assert path.read_bytes() == b"mine"
    write_ovf(field(), path, overwrite=True)
    assert [one.name for one in tmp_path.iterdir()] == ["hand.ovf"]
    with pytest.raises(InputError, match="representation"):
        write_ovf(field(), tmp_path / "m.ovf", "binary 2")  # type: ignore[arg-type]


def run():
    """A synthetic run whose wire and Ms are given."""
    dataset = run_dataset(saves=3)
    text = '{"wire": {"width": 2e-8, "thickness": 5e-9}, '
    text += '"material": {"saturation_magnetisation": 8e5}}'
    return dataset.assign_attrs(configuration=text)


def test_state_of_a_run():
    dataset = run()
    last, first = state_at(dataset), state_at(dataset, "first")
    np.testing.assert_array_equal(last.directions, dataset["magnetisation"][-1])
    np.testing.assert_array_equal(first.directions, dataset["magnetisation"][0])
    np.testing.assert_array_equal(state_at(dataset, 1.9e-10).directions, dataset.magnetisation[1])
    assert last.time == 4e-10
    np.testing.assert_allclose(last.cell, (1.25e-10, 2e-8, 5e-9), rtol=1e-12)
    assert last.origin == 0.0
    np.testing.assert_allclose(np.linalg.norm(last.moments(), axis=-1), 8e5, rtol=1e-12)


def test_a_wire_without_width_has_cubes_for_cells():
    state = state_at(transport_dataset())
    np.testing.assert_allclose(state.cell, 1.25e-10, rtol=1e-12)
    assert (state.time, state.saturation) == (None, None)
    with pytest.raises(InputError, match="unit vectors"):
        state.moments()


@pytest.mark.parametrize(
    ("time", "message"),
    [(1e-9, "must lie in the run"), (-3e-10, "must lie in the run"), ("middle", "first")],
)
def test_refuses_times_that_were_not_computed(time, message):
    with pytest.raises(InputError, match=message):
        state_at(run(), time)


def test_a_time_is_refused_where_there_is_none():
    with pytest.raises(InputError, match="left out"):
        state_at(transport_dataset(), 1e-10)


def test_a_moving_window_stands_where_it_is():
    dataset = run().assign(window_offset=("time", np.array([0.0, 1e-9, 3e-9])))
    origins = [state_at(dataset, time).origin for time in ("first", 2e-10, "last")]
    np.testing.assert_allclose(origins, [0.0, 1e-9, 3e-9], atol=1e-22)


def test_unequal_cells_are_refused():
    dataset = run()
    with pytest.raises(InputError, match="equal length"):
        state_at(dataset.assign_coords(x=dataset["x"] ** 2))


@pytest.mark.parametrize("unit_vectors", [False, True])
@pytest.mark.parametrize("name", REPRESENTATIONS)
def test_a_state_comes_back(tmp_path, name, unit_vectors):
    state = state_at(run(), 2e-10)
    found = read_state(write_state(state, tmp_path / "m.ovf", name, unit_vectors))
    tolerance = 2e-7 if name == "binary 4" else 1e-15
    np.testing.assert_allclose(found.directions, state.directions, atol=tolerance)
    np.testing.assert_allclose(found.cell, state.cell, rtol=1e-15)
    assert (found.time, found.origin) == (state.time, 0.0)
    if unit_vectors:
        assert found.saturation is None
    else:
        assert found.saturation is not None
        np.testing.assert_allclose(found.saturation, 8e5, rtol=1e-7)


def test_ms_that_depends_on_the_place_is_kept_or_told():
    varied = run()
    varied = varied.assign(saturation_magnetisation=("x", np.linspace(1e5, 2e5, 40)))
    np.testing.assert_array_equal(state_at(varied).saturation, np.linspace(1e5, 2e5, 40))
    pinned = run()
    text = pinned.attrs["configuration"][:-1] + ', "profile": {"magnetisation_factor": 0.9}}'
    with pytest.warns(UserWarning, match="nominal Ms"):
        state_at(pinned.assign_attrs(configuration=text))


def test_a_cross_section_of_several_cells_is_averaged():
    values = np.zeros((2, 2, 2, 3))
    values[:, 0, 0] = (3e5, 0.0, 0.0)
    values[:, 1, 1] = (0.0, 3e5, 0.0)  # the other two cells lie outside the body
    state = state_from_mesh(values, 0.0, (1e-9, 2e-9, 3e-9), "A/m")
    np.testing.assert_allclose(state.directions, [[0.5**0.5, 0.5**0.5, 0.0]] * 2)
    assert state.saturation is not None
    np.testing.assert_allclose(state.saturation, 3e5)
    assert state.cell == (1e-9, 4e-9, 6e-9)


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_every_cell_needs_a_direction(bad):
    values = np.ones((4, 1, 1, 3))
    values[2] = bad
    with pytest.raises(InputError, match="must"):
        state_from_mesh(values, 0.0, (1e-9, 1e-9, 1e-9))


def test_scalar_fields_are_refused(tmp_path):
    path = write_ovf(replace(field(), values=values((3, 1, 1), 1)), tmp_path / "s.ovf")
    with pytest.raises(InputError, match=r"s\.ovf` must hold vectors"):
        read_state(path)


def test_the_state_as_a_dataset_is_a_state_again():
    state = WireState(np.eye(3), np.array([1e5, 2e5, 3e5]), -1e-9, (1e-9, 2e-9, 3e-9))
    again = state_at(dataset_of(state))
    np.testing.assert_array_equal(again.directions, state.directions)
    np.testing.assert_array_equal(again.saturation, state.saturation)
    np.testing.assert_allclose((again.origin, *again.cell), (-1e-9, *state.cell), rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "theirs"), [("text", "txt"), ("binary 4", "bin4"), ("binary 8", "bin8")]
)
def test_discretisedfield_reads_ours_and_we_read_its(tmp_path, name, theirs):
    df = pytest.importorskip("discretisedfield")
    ours = field()
    read = df.Field.from_file(str(write_ovf(ours, tmp_path / "ours.ovf", name)))
    np.testing.assert_array_equal(read.array, ours.values)
    np.testing.assert_allclose(read.mesh.region.pmin, ours.origin, atol=1e-24)
    np.testing.assert_allclose(read.mesh.cell, ours.step, rtol=1e-12)
    assert read.unit == "A/m"
    read.to_file(str(tmp_path / "theirs.ovf"), representation=theirs)
    again = read_ovf(tmp_path / "theirs.ovf")
    np.testing.assert_array_equal(again.values, ours.values)
    np.testing.assert_allclose(again.origin, ours.origin, atol=1e-24)
    np.testing.assert_allclose(again.step, ours.step, rtol=1e-12)
    assert again.units == "A/m"
