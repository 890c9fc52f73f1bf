"""The tables that keys take: every way to write one gives the same numbers, or one message."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boltzwall.config import load_config
from boltzwall.config.files import read_temperature
from boltzwall.config.notes import notes
from boltzwall.config.profiles import read_magnetisation_law, read_profile
from boltzwall.config.table_columns import MAGNETISATION_LAW, TEMPERATURE, WAVEFORM
from boltzwall.config.tables import read_table
from boltzwall.errors import InputError

X, KELVIN = [0.0, 1e-7, 4e-7], [300.0, 305.5, 320.0]
LENGTH = 4e-7
SAME = {
    "blanks": "0 300\n1e-7 305.5\n4e-7 320\n",
    "commas": "0, 300\n1e-7, 305.5\n4e-7, 320\n",
    "semicolons": "0;300;\n1e-7;305.5;\n4e-7;320;\n",
    "tabs, empty lines, Windows": "\r\n0\t300\r\n\r\n1e-7\t305.5\r\n4e-7\t320\r\n",
    "Fortran": " 0.000D+00  0.300D+03\n 1.000D-07  3.055D+02\n 4.000D-07  3.2D2\n",
    "comments": "# any words, (v2)\n0 300 # here\n1e-7 305.5\n# there\n4e-7 320\n% end\n",
    "names": "x T\n0 300\n1e-7 305.5\n4e-7 320\n",
    "names of words": "position,temperature\n0,300\n1e-7,305.5\n4e-7,320\n",
    "names in a comment": "# x T\n0 300\n1e-7 305.5\n4e-7 320\n",
    "spreadsheet": "x (nm),T (K)\n0.0,300.000\n100.0,305.5\n400.0,320.000\n",
    "quoted": '"x (nm)","T (K)"\n0,300\n100,305.5\n400,320\n',
    "COMSOL": "% Model: wire\n% Dimension: 1\n% x (m)   T (K)\n0 300\n1e-7 305.5\n4e-7 320\n",
    "COMSOL at a time": "% x (nm)  y (nm)  T (K) @ t=0\n0 0 300\n100 0 305.5\n400 0 320\n",
    "square brackets": "# x [nm]\tT [K]\n0\t300\n100\t305.5\n400\t320\n",
    "degrees": "x [µm], T [°C]\n0, 26.85\n0.1, 32.35\n0.4, 46.85\n",
    "slashes": "x/nm T/K\n0 300\n100 305.5\n400 320\n",
    "in words": "# x in nm, T in mK\n0 3e5\n100 3.055e5\n400 3.2e5\n",
    "units below": "x;T\nnm;K\n0;300\n100;305.5\n400;320\n",
    "units in the next comment": "# x T\n# nm K\n0 300\n100 305.5\n400 320\n",
    "units behind": "x_nm,T_K\n0,300\n100,305.5\n400,320\n",
    "other order": "T (K),x (nm)\n300,0\n305.5,100\n320,400\n",
    "told by their units": "a (K)  b (nm)\n300 0\n305.5 100\n320 400\n",
    "others beside them": "y (m),T (K),x (nm),note\n9,300,0,1\n9,305.5,100,1\n9,320,400,1\n",
    "pandas": ",x (nm),T (K)\n0,0,300\n1,100,305.5\n2,400,320\n",
}  # fmt: skip
REFUSED = {
    "decimal commas": ("0,0;300,0\n0,1;305,5\n", "decimal commas"),
    "decimal commas, blanks": ("0,5 300,0\n1,5 305,5\n", "decimal commas"),
    "a unit that is none": ("x (nm),T (foo)\n0,300\n400,320\n", 'The unit "foo" is unknown'),
    "a unit of something else": ("x (nm),T (nm)\n0,300\n400,320\n", "not a unit of temperature"),
    "time for x": ("time (s),T (K)\n0,300\n1,320\n", "called x"),
    "seconds for x": ("x (s),T (K)\n0,300\n1,320\n", '"s" is not a unit of length'),
    "units in a sentence": ("# x in nm and T in K\n0 300\n400 320\n", "which does not name"),
    "nanometres without a word": ("0 300\n400 320\n", "reaches 400 m"),
    "a heading": ("Temperature profile\n0 300\n4e-7 320\n", "called x"),
    "a sentence": ("My wire, first run of Monday\n0 300\n4e-7 320\n", "called x"),
    "a line": ("My wire\nat noon, by hand\n0 300 1\n4e-7 320 1\n", "first line that names"),
    "two of one name": ("x,T,T\n0,300,1\n4e-7,320,1\n", "several called `T`"),
    "no name fits": ("x,a,b\n0,300,1\n4e-7,320,1\n", "called T"),
    "three columns": ("0 300 1\n4e-7 320 1\n", "two columns"),
    "ragged": ("0 300\n4e-7 320 1\n", "line 2 has 3"),
    "a word below": ("x T\n0 300\n1e-7 hot\n", "line 3 reads `1e-7 hot`"),
    "marks of thousands": ("0 3_00\n4e-7 320\n", "line 1"),
    "an empty cell": ("x,T\n0,\n4e-7,320\n", "line 3"),
    "falling": ("0 300\n4e-7 310\n2e-7 320\n", "row 3 has 2e-07 after 4e-07"),
    "not finite": ("0 300\n4e-7 nan\n", "NaN"),
    "one row": ("x T\n0 300\n", "two rows"),
    "names only": ("x T\n", "rows of numbers"),
    "nothing": ("", "rows of numbers"),
    "below zero": ("0 300\n4e-7 0\n", "T > 0"),
    "short": ("x (nm),T (K)\n0,300\n399,320\n", "cover the wire"),
}  # fmt: skip


def saved(folder, text, encoding="utf-8"):
    path = folder / "table.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("name", SAME)
def test_one_profile_written_in_many_ways(tmp_path, name):
    x, kelvin = read_temperature(saved(tmp_path, SAME[name]), LENGTH)
    np.testing.assert_allclose(x, X, rtol=1e-14)
    np.testing.assert_allclose(kelvin, KELVIN, rtol=1e-12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    x, kelvin = read_temperature(saved(tmp_path, SAME["degrees"], encoding), LENGTH)
    np.testing.assert_allclose([x, kelvin], [X, KELVIN], rtol=1e-12)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_one_message(tmp_path, name):
    text, part = REFUSED[name]
    with pytest.raises(InputError) as caught:
        read_temperature(saved(tmp_path, text), LENGTH)
    assert part in str(caught.value)
    assert str(caught.value).startswith("must ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\x89HDF\r\n\0\0", b"\xff\xfe\0", b"\0" * 9])
def test_no_text_is_refused(tmp_path, content):
    (tmp_path / "t.txt").write_bytes(content)
    with pytest.raises(InputError, match="must"):
        read_temperature(tmp_path / "t.txt", LENGTH)


def test_times_in_nanoseconds_and_per_cent(tmp_path):
    table = read_table(saved(tmp_path, "t (ns), duty (%)\n0,0\n2,50\n"), WAVEFORM, scale=1e-9)
    np.testing.assert_allclose([table["t"], table["factor"]], [[0.0, 2e-9], [0.0, 0.5]])
    assert table.units == {"t": "ns", "factor": "%"}
    with pytest.raises(InputError, match=r"reaches 2 s.*t \(ns\)"):
        read_table(saved(tmp_path, "0 0\n2 0.5\n"), WAVEFORM, scale=1e-9)
    with pytest.raises(InputError, match='"mA" is not a unit'):
        read_table(saved(tmp_path, "t (ns),I (mA)\n0,0\n2,1\n"), WAVEFORM)


def test_a_law_has_ms_in_any_unit(tmp_path):
    text = "# T (°C)  M (emu/g)\n-273.15 80\n26.85 70\n"
    table = read_table(saved(tmp_path, text), MAGNETISATION_LAW)
    np.testing.assert_allclose(table["T"], [0.0, 300.0], atol=1e-9)
    np.testing.assert_array_equal(table["Ms"], [80.0, 70.0])


ROWS = st.lists(
    st.tuples(
        st.floats(0.0, 4e-7, allow_subnormal=False),
        st.floats(1.0, 1e4),
    ),
    min_size=2, max_size=6, unique_by=lambda row: f"{row[0]:.12e}",
).map(sorted)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    ROWS, st.sampled_from([("m", 1.0), ("nm", 1e9), ("µm", 1e6), ("Å", 1e10)]),
    st.sampled_from([",", "\t", ";", "  "]), st.booleans(), st.sampled_from(["", "# ", "% "]),
)  # fmt: skip
def test_any_profile_comes_back(tmp_path_factory, rows, unit, separator, swapped, mark):
    name, factor = unit
    cells = [[f"x ({name})", "T (K)"], *[[repr(x * factor), repr(t)] for x, t in rows]]
    lines = [separator.join(row[::-1] if swapped else row) for row in cells]
    path = saved(tmp_path_factory.mktemp("t"), mark + "\n".join(lines) + "\n")
    table = read_table(path, TEMPERATURE)
    np.testing.assert_allclose(table["x"], [x for x, _ in rows], rtol=1e-12, atol=1e-300)
    np.testing.assert_array_equal(table["T"], [t for _, t in rows])


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=60)
    | st.text(alphabet="0123456789.,;eE+- \t\n#%()xTnm/[]", max_size=60).map(str.encode)
)
def test_garbage_is_numbers_or_one_message(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("g") / "t.txt"
    path.write_bytes(content)
    try:
        x, kelvin = read_temperature(path, LENGTH)
    except InputError:
        return
    assert np.all(np.diff(x) > 0)
    assert np.all(kelvin > 0)


def test_a_profile_in_nanometres_with_columns_in_any_order(tmp_path):
    text = "# anisotropy  x (nm)  cross section\n1 0 1\n0.9 100 0.8\n1 400 1\n"
    columns = read_profile(saved(tmp_path, text), LENGTH)
    assert list(columns) == ["x", "cross_section", "anisotropy"]
    np.testing.assert_allclose(columns["x"], X)
    np.testing.assert_allclose(columns["anisotropy"], [1.0, 0.9, 1.0])
    np.testing.assert_allclose(columns["cross_section"], [1.0, 0.8, 1.0])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x stifness\n0 1\n1 2\n", "one called `stifness`"),
        ("0 1\n1e-7 2\n", "first line that names its columns"),
        ("x stiffness\n0 1\n1 2\n", "reaches 1 m"),
        ("x stiffness\n0 1\n1e-7 0\n", "greater than 0"),
        ("stiffness dmi\n0 1\n1 2\n", "called x"),
    ],
)
def test_a_profile_is_refused(tmp_path, text, part):
    with pytest.raises(InputError) as caught:
        read_profile(saved(tmp_path, text), LENGTH)
    assert part in str(caught.value)


def test_a_law_below_zero_is_refused(tmp_path):
    with pytest.raises(InputError, match="not negative"):
        read_magnetisation_law(saved(tmp_path, "0 1\n300 -1\n"))


KEYS = {
    "temperature.path": ("x (nm),T (K)\n0,300\n400,320\n", {"temperature": {"kind": "file"}}),
    "profile.path": ("x (nm),dmi\n0,1\n400,2\n", {"profile": {"kind": "file"}}),
    "drive.electric_file": ("% t (ns)  I/I0\n0 0\n1 1\n", {"drive": {"electric_waveform": "file"}}),
    "drive.magnetic_file": ("t [ps];f\n0;0\n9;1\n", {"drive": {"magnetic_waveform": "file"}}),
    "field.temperature_file": (
        "T (°C),M (emu/g)\n0,9\n9,8\n",
        {"field": {"temperature_law": "file"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_every_key_that_takes_a_table_takes_units_and_check_tells_them(tmp_path, key):
    text, chosen = KEYS[key]
    section, name = key.split(".")
    tables: dict = {**chosen, "wire": {"length": LENGTH}, "transport": {"model": "none"}}
    tables[section] = {**tables[section], name: str(saved(tmp_path, text))}
    lines = notes(load_config(tables), tables)
    assert len(lines) == 1
    assert lines[0].startswith(f"{key}: 2 rows of ")
    assert "no unit" not in lines[0]
    unit = "nm" if "nm" in text else "ns" if "ns" in text else "ps" if "ps" in text else "°C"
    assert f"in {unit}" in lines[0]
    (tmp_path / "table.txt").write_text("a b c\n1 2 3\n4 5 6\n")
    with pytest.raises(InputError, match=rf"Key `{section}\.{name}` must have a column of"):
        load_config(tables)


def test_check_tells_where_the_file_gives_no_unit(tmp_path):
    tables = {"temperature": {"kind": "file", "path": str(saved(tmp_path, "0 300\n5e-9 310\n"))}}
    (line,) = notes(load_config(tables), tables)
    assert line == "temperature.path: 2 rows of x in m, T in K (no unit in the file for x, T)"
