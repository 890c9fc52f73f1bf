"""OVF files of every version, representation and dialect, whole, cut off and damaged.

A reader may refuse a file with one message. It may never give other numbers than were written.
"""

import struct
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boltzwall.errors import InputError
from boltzwall.io.ovf import read_ovf

CHECKS = {4: 1234567.0, 8: 123456789012345.0}
LENGTHS = {"m": 1.0, "nm": 1e-9, "um": 1e-6}


@dataclass(frozen=True)
class Written:
    """A field, and the way in which it is written."""

    values: np.ndarray  # (x, y, z, 3), numbers that four bytes hold
    version: str
    kind: str
    order: str
    meshunit: str
    left_out: frozenset[str]
    units: str
    newline: str
    spaces: str
    factor: float

    def header(self) -> list[str]:
        """Its lines, by the description of the format alone."""
        first = {"1.0": "OOMMF: rectangular mesh v1.0", "2.0": "OOMMF OVF 2.0"}[self.version]
        rows = [("Segment count", "1"), ("Begin", "Segment"), ("Begin", "Header"), ("Title", "m")]
        rows += [("Desc", "any: words"), ("Desc", "Total simulation time:  2e-09  s")]
        rows += [("meshtype", "rectangular"), ("meshunit", self.meshunit)]
        unit = LENGTHS[self.meshunit]
        for axis, nodes, step in zip("xyz", self.values.shape, (2e-9, 3e-9, 4e-9), strict=False):
            low = -1e-9 / unit
            given = {
                "min": low, "max": low + nodes * step / unit, "base": low + 0.5 * step / unit,
                "stepsize": step / unit,
            }  # fmt: skip
            rows += [(f"{axis}{k}", repr(v)) for k, v in given.items() if k not in self.left_out]
            rows += [(f"{axis}nodes", str(nodes))]
        if self.version == "1.0":
            rows += [("valueunit", self.units), ("valuemultiplier", repr(self.factor))]
            rows += [("ValueRangeMinMag", "0"), ("ValueRangeMaxMag", "1")]
        else:
            rows += [("valuedim", "3"), ("valuelabels", "m_x m_y m_z")]
            rows += [("valueunits", " ".join([self.units] * 3))]
        return [f"# {first}", *(f"#{self.spaces}{k}:{self.spaces}{v}" for k, v in rows)]

    def content(self) -> bytes:
        """The whole file."""
        numbers = self.values.transpose(2, 1, 0, 3).ravel()
        if self.kind in ("Text", "CSV"):
            blank = ", " if self.kind == "CSV" else " "
            lines = [blank.join(map(repr, row)) for row in numbers.reshape(-1, 3).tolist()]
            data = "".join(f"{line}{self.newline}" for line in lines).encode()
        else:
            size = int(self.kind[-1])
            code = {4: "f", 8: "d"}[size]
            data = struct.pack(f"{self.order}{numbers.size + 1}{code}", CHECKS[size], *numbers)
            data += self.newline.encode()
        lines = [*self.header(), "# End: Header", f"# Begin: Data {self.kind}"]
        tail = [f"# End: Data {self.kind}", "# End: Segment"]
        text = "".join(f"{line}{self.newline}" for line in lines)
        return text.encode() + data + "".join(f"{line}{self.newline}" for line in tail).encode()


NUMBERS = st.integers(-(2**20), 2**20).map(lambda n: n / 1024.0)


@st.composite
def files(draw):
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 2)))
    count = int(np.prod(shape)) * 3
    numbers = draw(st.lists(NUMBERS, min_size=count, max_size=count))
    version = draw(st.sampled_from(["1.0", "2.0"]))
    return Written(
        values=np.array(numbers).reshape(*shape, 3),
        version=version,
        kind=draw(st.sampled_from(["Text", "Binary 4", "Binary 8", "CSV"])),
        order=draw(st.sampled_from("<>")),
        meshunit=draw(st.sampled_from(list(LENGTHS))),
        left_out=draw(st.sampled_from(
            [frozenset(), frozenset({"base"}), frozenset({"min", "max"}), frozenset({"stepsize"}),
             frozenset({"base", "stepsize"})]
        )),
        units=draw(st.sampled_from(["A/m", "1", "T"])),
        newline=draw(st.sampled_from(["\n", "\r\n"])),
        spaces=draw(st.sampled_from(["", " ", "  ", "\t"])),
        factor=draw(st.sampled_from([1.0, 8e5, -2.0])) if version == "1.0" else 1.0,
    )  # fmt: skip


def saved(folder, content):
    path = folder / "any.ovf"
    path.write_bytes(content)
    return path


@settings(deadline=None, max_examples=150)
@given(files())
def test_what_is_written_is_read(tmp_path_factory, written):
    found = read_ovf(saved(tmp_path_factory.mktemp("o"), written.content()))
    np.testing.assert_allclose(found.values, written.factor * written.values, rtol=1e-15)
    np.testing.assert_allclose(found.step, (2e-9, 3e-9, 4e-9), rtol=1e-9)
    np.testing.assert_allclose(found.origin, -1e-9, rtol=1e-6)
    assert (found.units, found.time) == (written.units, 2e-9)


@settings(deadline=None, max_examples=150)
@given(files(), st.data())
def test_every_file_cut_off_is_refused(tmp_path_factory, written, data):
    content = written.content()
    end = content.rindex(b"# End: Data")
    kept = data.draw(st.integers(0, end), label="kept")
    with pytest.raises(InputError, match=r"The file `.*any\.ovf` must"):
        read_ovf(saved(tmp_path_factory.mktemp("o"), content[:kept]))


@settings(deadline=None, max_examples=150)
@given(files(), st.data())
def test_bytes_too_many_or_too_few_among_the_data_are_refused(tmp_path_factory, written, data):
    """In binary data the values after such a place would all be others."""
    content = written.content()
    assume(written.kind.startswith("Binary"))
    begin = content.index(b"\n", content.index(b"# Begin: Data")) + 1
    place = data.draw(st.integers(begin, content.rindex(b"# End: Data") - 2), label="place")
    if data.draw(st.booleans(), label="insert"):
        changed = content[:place] + data.draw(st.binary(min_size=1, max_size=9)) + content[place:]
    else:
        changed = content[:place] + content[place + 1 :]
    try:
        found = read_ovf(saved(tmp_path_factory.mktemp("o"), changed))
    except InputError:
        return
    np.testing.assert_allclose(found.values, written.factor * written.values, rtol=1e-15)


@settings(deadline=None, max_examples=150)
@given(files(), st.data())
def test_a_damaged_header_is_refused_or_changes_no_value(tmp_path_factory, written, data):
    """Any one line of the header left out or given twice."""
    lines = written.content().split(b"\n")
    begin = next(n for n, line in enumerate(lines) if line.startswith(b"# Begin: Data"))
    number = data.draw(st.integers(1, begin), label="line")
    twice = data.draw(st.booleans(), label="twice")
    changed = b"\n".join(
        lines[:number] + ([lines[number]] * 2 if twice else []) + lines[number + 1 :]
    )
    try:
        found = read_ovf(saved(tmp_path_factory.mktemp("o"), changed))
    except InputError:
        return
    factor = 1.0 if b"valuemultiplier" in lines[number] and not twice else written.factor
    np.testing.assert_allclose(found.values, factor * written.values, rtol=1e-15)
    np.testing.assert_allclose(found.step, (2e-9, 3e-9, 4e-9), rtol=1e-9)


STARTS = (b"", b"# OOMMF OVF 2.0\n", b"# OOMMF: rectangular mesh v1.0\n", b"\xef\xbb\xbf")
LINES = (
    b"# xnodes: 4\n", b"# ynodes: 1\n", b"# znodes: 1\n", b"# xstepsize: 1e-9\n",
    b"# ystepsize: 1e-9\n", b"# zstepsize: 1e-9\n", b"# valuedim: 3\n", b"# valuedim: -1\n",
    b"# meshunit: nm\n", b"# xnodes: 1e30\n", b"# xbase: nan\n", b"# Begin: Data Text\n",
    b"# Begin: Data Binary 8\n", b"# End: Data\n", b"1 2 3\n", b"\x00" * 9, b"#\n", b"\r",
)  # fmt: skip


def refusal(path):
    """The message with which a file is refused; "" where it is read."""
    try:
        read_ovf(path)
    except InputError as error:
        return str(error)
    return ""


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(STARTS), st.lists(st.sampled_from(LINES) | st.binary(max_size=12), max_size=16)
)
def test_garbage_is_refused_with_one_message(tmp_path_factory, start, lines):
    path = saved(tmp_path_factory.mktemp("o"), start + b"".join(lines))
    assert refusal(path).count("\n") == 0  # any other error passes through
