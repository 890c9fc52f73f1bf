"""Vectors in NumPy arrays, in the shapes in which programs write them."""

import math
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from boltzwall.errors import InputError
from boltzwall.values import Values

_UNIT = 1e-3  # how far from unit length vectors may be to tell one order of numbers from another


def read_array(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """The array of a .npy file; nothing in it is executed, and its shape fits the file.

    Raises:
        InputError: it cannot be read, holds Python objects, or has another size than its header
            says; "must …, but …".
    """
    try:
        with path.open("rb") as file:
            version = npy.read_magic(file)
            read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
            shape, _, dtype = read(file)
            wanted = math.prod(shape) * dtype.itemsize
            held = path.stat().st_size - file.tell()
        if min(shape, default=0) < 0 or (wanted != held and not dtype.hasobject):
            raise ValueError(f"its header says {wanted} bytes, and it holds {held}")
        return np.asarray(np.load(path, allow_pickle=False))
    except Exception as error:  # a damaged header reaches Python's own tokenizer
        raise InputError(f"must name a NumPy file, but {path} cannot be read: {error}") from None


def mesh_of(array: object) -> Values:
    """Vectors on a mesh, (x, y, z, 3), from an array of one of these shapes.

    (cells, 3) and (3, cells) of a wire; (3·cells,), the components of a cell together or all cells
    of a component together, whichever has unit vectors; (x, y, z, 3); (3, z, y, x), as MuMax3 has.

    Raises:
        InputError: no real, finite numbers, another shape, or a flat array that could be read in
            both ways; "must …, but …".
    """
    values = _numbers(array)
    if values.ndim == 1 and values.size and values.size % 3 == 0:
        return _of_flat(values)[:, None, None, :]
    if values.ndim == 2 and values.shape[1] == 3:
        return values[:, None, None, :]
    if values.ndim == 2 and values.shape[0] == 3:
        return values.T[:, None, None, :]
    if values.ndim == 4 and values.shape[3] == 3:
        return values
    if values.ndim == 4 and values.shape[0] == 3:
        return values.transpose(3, 2, 1, 0)
    cure = " Take one time of it." if values.ndim == 3 else ""
    raise InputError(
        f"must hold vectors in the shape (cells, 3), (3*cells,), (x, y, z, 3) or (3, z, y, x), but "
        f"it has {values.shape}.{cure}"
    )


def _numbers(array: object) -> Values:
    found = np.asarray(array)
    if found.dtype.kind not in "fiu":
        raise InputError(f"must hold real numbers, but it holds {found.dtype}.")
    values = found.astype(np.float64)
    if not np.all(np.isfinite(values)):
        raise InputError("must hold finite numbers, but it holds NaN or infinity.")
    return values


def _of_flat(values: Values) -> Values:
    """The order in which the vectors have unit length, or none."""
    together, apart = values.reshape(-1, 3), values.reshape(3, -1).T
    fitting = [one for one in (together, apart) if _fits(one)]
    if len(fitting) == 1 or (fitting and np.array_equal(together, apart)):
        return fitting[0]
    found = "in both orders" if fitting else "in neither order"
    raise InputError(
        "must hold unit vectors, (mx, my, mz) of one cell after the other or all mx before all my "
        f"and mz, but {found} of its {values.size} numbers it does. Save it as (cells, 3)."
    )


def _fits(vectors: Values) -> bool:
    """Whether every vector has unit length, or none at all."""
    lengths = np.linalg.norm(vectors, axis=-1)
    return bool(np.all((np.abs(lengths - 1.0) < _UNIT) | (lengths == 0.0)))
