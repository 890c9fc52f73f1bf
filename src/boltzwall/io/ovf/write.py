"""Writing OVF 2.0: text, binary 4 and binary 8."""

from pathlib import Path
from typing import Any

import numpy as np

from boltzwall.errors import InputError
from boltzwall.io.netcdf import check_writable, replacing
from boltzwall.io.ovf.mesh import AXES, CHECKS, SIZES, Ovf, Representation
from boltzwall.values import Values


def write_ovf(
    ovf: Ovf,
    path: str | Path,
    representation: Representation = "binary 8",
    overwrite: bool = False,
) -> Path:
    """Write a field as an OVF 2.0 file, whole or not at all.

    Arguments:
        ovf: values on a mesh.
        path: of the file.
        representation: "text", "binary 4" or "binary 8".
        overwrite: whether a file of this name is replaced.

    Returns:
        The path of the file.

    Raises:
        InputError: ``representation`` is unknown, the values are not a mesh of vectors, or the
            file exists and is not to be replaced, or cannot be written.
    """
    if representation not in ("text", *SIZES):
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


def _header(ovf: Ovf) -> bytes:
    shape, components = ovf.values.shape[:3], ovf.values.shape[3]
    title = " ".join(ovf.title.split())
    units = ovf.units or "1"
    names = AXES if components == 3 else tuple(str(i) for i in range(components))
    rows: list[tuple[str, Any]] = [("Title", title), ("meshtype", "rectangular"), ("meshunit", "m")]
    if ovf.time is not None:
        rows.append(("Desc", f"Total simulation time: {float(ovf.time)!r} s"))
    for axis, low, step, nodes in zip(AXES, ovf.origin, ovf.step, shape, strict=True):
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
    dtype = f"<f{SIZES[representation]}"
    check = np.array(CHECKS[representation], dtype=dtype).tobytes()
    return check + ordered.astype(dtype).tobytes() + b"\n"
