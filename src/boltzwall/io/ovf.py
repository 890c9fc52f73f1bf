"""The vector file format OVF 2.0 of OOMMF, MuMax3 and Ubermag: text, binary 4 and binary 8.

A header of lines `# key: value`, then the values, x fastest, the components of a cell together.
Binary data are little-endian and begin with a check value. Source: OOMMF user's guide, "The OVF
2.0 format".
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from boltzwall.errors import InputError
from boltzwall.io.files import check_writable, replacing

Representation = Literal["text", "binary 4", "binary 8"]
Values = NDArray[np.float64]

_DTYPES = {"binary 4": "<f4", "binary 8": "<f8"}
_CHECKS = {"binary 4": 1234567.0, "binary 8": 123456789012345.0}
_LENGTHS = {"m": 1.0, "mm": 1e-3, "um": 1e-6, "µm": 1e-6, "nm": 1e-9}
_AXES = "xyz"
_BEGIN = b"begin:data"


@dataclass(frozen=True)
class Ovf:
    """A field on a rectangular mesh.

    Attributes:
        values: (x, y, z, component).
        origin: lowest corner of the mesh, m.
        step: edges of a cell, m.
        units: unit of the values; "1" for pure numbers.
        time: of the simulation, s; None if the file does not say.
    """

    values: Values
    origin: tuple[float, float, float]
    step: tuple[float, float, float]
    title: str = "m"
    units: str = "1"
    time: float | None = None


def write_ovf(
    ovf: Ovf,
    path: str | Path,
    representation: Representation = "binary 8",
    overwrite: bool = False,
) -> Path:
    """Write ``ovf``, whole or not at all, and return its path.

    Raises:
        InputError: ``representation`` is unknown, the values are not a mesh of vectors, or the
            file cannot be written (as ``check_writable``).
    """
    if representation not in ("text", *_DTYPES):
        raise InputError(
            'Argument `representation` must be "text", "binary 4" or "binary 8", '
            f"but {representation!r} was given."
        )
    if ovf.values.ndim != 4:
        raise InputError(
            "Argument `ovf.values` must have the shape (x, y, z, component), "
            f"but it has {ovf.values.shape}."
        )
    path = check_writable(path, overwrite)
    name = representation.title()
    parts = (
        _header(ovf),
        f"# Begin: Data {name}\n".encode(),
        _encoded(ovf.values, representation),
        f"# End: Data {name}\n# End: Segment\n".encode(),
    )
    try:
        with replacing(path) as temporary:
            temporary.write_bytes(b"".join(parts))
    except OSError as error:
        raise InputError(
            f"The output `{path}` could not be written: {error.strerror or error}."
        ) from error
    return path


def read_ovf(path: str | Path) -> Ovf:
    """Read one OVF 2.0 file.

    Raises:
        InputError: the file is missing, of another format or version, truncated, or its counts,
            check value or header contradict the format.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The file `{path}` must be a readable OVF file, but: {error.strerror}."
        ) from None
    try:
        return _parsed(content)
    except InputError as error:
        raise InputError(f"The file `{path}` {error}") from None


def _header(ovf: Ovf) -> bytes:
    shape, components = ovf.values.shape[:3], ovf.values.shape[3]
    title = " ".join(ovf.title.split())
    units = ovf.units or "1"
    names = _AXES if components == 3 else tuple(str(i) for i in range(components))
    rows: list[tuple[str, Any]] = [("Title", title), ("meshtype", "rectangular"), ("meshunit", "m")]
    if ovf.time is not None:
        rows.append(("Desc", f"Total simulation time: {float(ovf.time)!r} s"))
    for axis, low, step, nodes in zip(_AXES, ovf.origin, ovf.step, shape, strict=True):
        rows += [
            (f"{axis}min", float(low)),
            (f"{axis}max", float(low + nodes * step)),
            (f"{axis}base", float(low + 0.5 * step)),
            (f"{axis}nodes", nodes),
            (f"{axis}stepsize", float(step)),
        ]
    rows += [
        ("valuedim", components),
        ("valuelabels", " ".join(f"{title.replace(' ', '')}_{name}" for name in names)),
        ("valueunits", " ".join([units] * components)),
    ]
    lines = ["OOMMF OVF 2.0", "Segment count: 1", "Begin: Segment", "Begin: Header"]
    lines += [f"{key}: {value}" for key, value in rows] + ["End: Header"]
    return "".join(f"# {line}\n" for line in lines).encode()


def _encoded(values: Values, representation: str) -> bytes:
    ordered = np.ascontiguousarray(values.transpose(2, 1, 0, 3))
    if representation == "text":
        rows = ordered.reshape(-1, ordered.shape[-1]).tolist()
        return "".join(" ".join(map(repr, row)) + "\n" for row in rows).encode()
    dtype = _DTYPES[representation]
    check = np.array(_CHECKS[representation], dtype=dtype).tobytes()
    return check + ordered.astype(dtype).tobytes() + b"\n"


def _parsed(content: bytes) -> Ovf:
    header, representation, data = _split(content)
    if header.get("meshtype", "rectangular").lower() != "rectangular":
        raise InputError("must have a rectangular mesh, but its `meshtype` is another.")
    if _integer(header, "segment count", 1) != 1:
        raise InputError("must hold one segment, but it holds several. Split it.")
    unit = header.get("meshunit", "m")
    if unit not in _LENGTHS:
        raise InputError(
            f"must have a `meshunit` among {', '.join(_LENGTHS)}, but it has `{unit}`."
        )
    nodes = [_integer(header, f"{axis}nodes") for axis in _AXES]
    components = _integer(header, "valuedim")
    step = [_LENGTHS[unit] * _number(header, f"{axis}stepsize") for axis in _AXES]
    base = [_LENGTHS[unit] * _number(header, f"{axis}base") for axis in _AXES]
    if min(step) <= 0.0:
        raise InputError("must have cells of positive size, but a `stepsize` is not.")
    count = components * nodes[0] * nodes[1] * nodes[2]
    flat = (
        _from_text(data, count)
        if representation == "text"
        else _from_binary(data, count, representation)
    )
    x, y, z = (low - 0.5 * width for low, width in zip(base, step, strict=True))
    return Ovf(
        flat.reshape(nodes[2], nodes[1], nodes[0], components).transpose(2, 1, 0, 3),
        (x, y, z),
        (step[0], step[1], step[2]),
        header.get("title", ""),
        (header.get("valueunits", "").split() or ["1"])[0],
        _time(header),
    )


def _split(content: bytes) -> tuple[dict[str, str], str, bytes]:
    """Header, representation, and what follows the line that begins the data."""
    first, _, rest = content.partition(b"\n")
    words = first.lstrip(b"#").split()
    if words[:3] != [b"OOMMF", b"OVF", b"2.0"]:
        if first.lstrip(b"# ").upper().startswith(b"OOMMF"):
            text = first.decode("utf-8", "replace").strip("# \r")
            raise InputError(
                f"must be in OVF 2.0, but it begins with `{text}`. "
                "Convert it, for example with OOMMF's avf2ovf."
            )
        raise InputError("must be an OVF file, but its first line does not say `# OOMMF OVF 2.0`.")
    header: dict[str, str] = {}
    while rest:
        raw, _, rest = rest.partition(b"\n")
        if raw.lstrip(b"# \t").replace(b" ", b"").lower().startswith(_BEGIN):
            kind = " ".join(raw.decode("utf-8", "replace").split(":", 1)[1].lower().split()[1:])
            if kind not in ("text", *_DTYPES):
                raise InputError(
                    f"must hold its data as text, binary 4 or binary 8, but it says `{kind}`."
                )
            return header, kind, rest
        line = raw.decode("utf-8", "replace").lstrip("#").split("##", 1)[0]
        key, colon, value = line.partition(":")
        if colon:
            key = " ".join(key.lower().split())
            header[key] = (
                f"{header[key]}\n{value.strip()}" if key == "desc" in header else (value.strip())
            )
    raise InputError("must hold data, but it ends before the line `# Begin: Data`.")


def _from_text(data: bytes, count: int) -> Values:
    body, mark, _ = data.partition(b"#")
    words = body.split()
    if not mark or len(words) != count:
        cure = "" if mark else " and no `# End: Data`: it is truncated"
        raise InputError(f"must hold {count} values, but it holds {len(words)}{cure}.")
    try:
        return np.array(words, dtype=np.float64)
    except ValueError as error:
        raise InputError(f"must hold numbers only, but: {error}.") from None


def _from_binary(data: bytes, count: int, representation: str) -> Values:
    dtype = np.dtype(_DTYPES[representation])
    size = dtype.itemsize
    expected = _CHECKS[representation]
    if len(data) < size * (count + 1):
        held = max(len(data) // size - 1, 0)
        raise InputError(
            f"must hold {count} values in {representation}, but it holds at most {held}: it is "
            "truncated."
        )
    code = "d" if size == 8 else "f"
    if struct.unpack(f"<{code}", data[:size])[0] != expected:
        found = struct.unpack(f"<{code}", data[:size])[0]
        if struct.unpack(f">{code}", data[:size])[0] == expected:
            raise InputError("must be little-endian, as OVF 2.0 is, but it is big-endian.")
        raise InputError(f"must begin its data with {expected!r}, but it does with {found!r}.")
    end = data[size * (count + 1) :].lstrip(b"\r\n").replace(b" ", b"")
    if not end.lower().startswith(b"#end:data"):
        raise InputError(
            f"must end its data after {count} values with `# End: Data`, but something else "
            "follows: the counts of the header are wrong, or the file is damaged."
        )
    return np.frombuffer(data, dtype, count, offset=size).astype(np.float64)


def _integer(header: dict[str, str], key: str, default: int | None = None) -> int:
    value = _number(header, key, default)
    if value < 1 or value != int(value):
        raise InputError(f"must have a positive integer as `{key}`, but it has {value:g}.")
    return int(value)


def _number(header: dict[str, str], key: str, default: float | None = None) -> float:
    text = header.get(key)
    if text is None and default is not None:
        return default
    if text is None:
        raise InputError(f"must give `{key}` in its header, but it does not.")
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise InputError(f"must have a number as `{key}`, but it has `{text}`.")
    return value


def _time(header: dict[str, str]) -> float | None:
    for line in header.get("desc", "").splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() == "total simulation time":
            try:
                return float(value.split()[0])
            except (ValueError, IndexError):
                return None
    return None
