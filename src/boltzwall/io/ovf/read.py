"""Reading OVF: version 2.0, little-endian, and 1.0, big-endian; text, CSV, binary 4 and 8."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.errors import InputError
from boltzwall.io.memory import require_memory
from boltzwall.io.ovf.header import Header
from boltzwall.io.ovf.mesh import CHECKS, SIZES, Ovf
from boltzwall.values import Values

_BEGIN = b"begin:data"
_END = b"end:data"
_COPIES = 5.0  # of the file that are in memory while its numbers are read


def read_ovf(path: str | Path) -> Ovf:
    """Read one OVF file of version 1.0 or 2.0.

    Arguments:
        path: of the file.

    Returns:
        The field, its values (x, y, z, component) as they stand in the file, with mesh and unit.

    Raises:
        InputError: the file is missing, of another format or version, truncated, or its counts,
            check value or header contradict the format.
    """
    path = Path(path)
    try:
        _check_size(path)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"The file `{path}` must be a readable OVF file, but: {reason}.") from None
    try:
        return _parsed(content)
    except InputError as error:
        raise InputError(f"The file `{path}` {error}") from None


def _check_size(path: Path) -> None:
    try:
        require_memory(_COPIES * path.stat().st_size, path)
    except InputError as error:
        raise InputError(f"The file {error}") from None


def _parsed(content: bytes) -> Ovf:
    header, body = _split(content)
    mesh, components = header.mesh(), header.components
    nodes = mesh.nodes
    count = components * nodes[0] * nodes[1] * nodes[2]
    decode = _from_binary if body.representation in SIZES else _from_text
    with np.errstate(all="ignore"):  # NaN and infinity are refused where the values are used
        flat = header.factor * decode(body, count)
    return Ovf(
        flat.reshape(nodes[2], nodes[1], nodes[0], components).transpose(2, 1, 0, 3),
        mesh.origin,
        mesh.step,
        header.keys.get("title", ""),
        header.units,
        header.time,
    )


@dataclass(frozen=True)
class _Body:
    """How the values are written, what follows the line that begins them, and how lines end."""

    representation: str
    data: bytes
    line_end: bytes


def _split(content: bytes) -> tuple[Header, _Body]:
    first, _, rest = content.partition(b"\n")
    Header.of(first, [])  # says so if this is no OVF file
    lines: list[bytes] = []
    while rest:
        raw, _, rest = rest.partition(b"\n")
        if _squeezed(raw).startswith(_BEGIN):
            kind = " ".join(raw.decode("utf-8", "replace").split(":", 1)[1].lower().split()[1:])
            if kind not in ("text", "csv", *SIZES):
                raise InputError(
                    f"must hold its data as text, binary 4 or binary 8, but it says `{kind[:60]}`."
                )
            line_end = b"\r\n" if raw.endswith(b"\r") else b"\n"
            return Header.of(first, lines), _Body(kind, rest, line_end)
        lines.append(raw)
    raise InputError("must hold data, but it ends before the line `# Begin: Data`.")


def _squeezed(raw: bytes) -> bytes:
    return raw.lstrip(b"# \t\r\n").replace(b" ", b"").replace(b"\t", b"").lower()


def _check_end(tail: bytes, count: int) -> None:
    """Whether the data end where they should, and nothing else that counts follows."""
    if not re.match(rb"\r?\n?#", tail) or not _squeezed(tail).startswith(_END):
        raise InputError(
            f"must end its data after {count} values with `# End: Data`, but something else "
            "follows: the counts of the header are wrong, or the file is damaged or truncated."
        )
    if b"begin:segment" in tail.lower().replace(b" ", b""):
        raise InputError("must hold one segment, but it holds several. Split it.")


def _from_text(body: _Body, count: int) -> Values:
    text, mark, after = body.data.partition(b"#")
    words = text.replace(b",", b" ").split() if body.representation == "csv" else text.split()
    if not mark or len(words) != count:
        cure = "" if mark else " and no `# End: Data`: it is truncated"
        raise InputError(f"must hold {count} values, but it holds {len(words)}{cure}.")
    _check_end(mark + after, count)
    if b"_" in text:  # which Python would take for a mark of thousands
        raise InputError("must hold numbers only, but it holds `_`.")
    try:
        return np.array(words, dtype=np.float64)
    except ValueError as error:
        raise InputError(f"must hold numbers only, but: {error}.") from None


def _from_binary(body: _Body, count: int) -> Values:
    data, representation = body.data, body.representation
    size, expected = SIZES[representation], CHECKS[representation]
    if len(data) < size * (count + 1):
        held = max(len(data) // size - 1, 0)
        raise InputError(
            f"must hold {count} values in {representation}, but it holds at most {held}: it is "
            "truncated."
        )
    # The check value tells the order of bytes: version 1.0 has the largest first, 2.0 the
    # smallest, but not every program keeps to it.
    code = "d" if size == 8 else "f"
    found = {order: struct.unpack(f"{order}{code}", data[:size])[0] for order in "<>"}
    orders = [order for order, value in found.items() if value == expected]
    if not orders:
        raise InputError(f"must begin its data with {expected!r}, but it does with {found['<']!r}.")
    end = size * (count + 1)
    _check_end(data[end:], count)
    # Where a byte of the data is missing, one of the line end behind them stands in its place.
    start = body.line_end[:-1] + b"#" if len(body.line_end) == 1 else b"\n"
    if data[end - 1 : end] == body.line_end[:1] and data[end:].startswith(start):
        raise InputError(f"must hold {count} values, but a byte of them is missing: it is damaged.")
    dtype = np.dtype(f"{orders[0]}f{size}")
    return np.frombuffer(data, dtype, count, offset=size).astype(np.float64)
