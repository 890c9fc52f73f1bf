"""The objects of a store: Zarr, with a checksum on every chunk and on every `zarr.json`.

A chunk carries Zarr's own crc32c. The document beside it, which names its points and columns, holds
the SHA-256 of all else that it says, as the attribute `checksum`. So a byte that changes on a disk
or on its way is noticed, and no other number is read.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import zarr
from zarr.codecs import Crc32cCodec, ZstdCodec
from zarr.core.buffer import default_buffer_prototype
from zarr.storage import MemoryStore

from boltzwall.errors import InputError
from boltzwall.io.memory import require_memory
from boltzwall.sweeps.kept_points import POINT, KeptColumn, Table

DOCUMENT, CHUNK = "zarr.json", "c/0/0"
_SEAL = "checksum"


class DamagedError(ValueError):
    """An object is not what was written."""


def group_object(attributes: Mapping[str, Any]) -> bytes:
    """The `zarr.json` of a group."""
    objects: dict[str, Any] = {}
    zarr.create_group(store=MemoryStore(objects), attributes=dict(attributes))
    return _sealed(objects[DOCUMENT].to_bytes())


def batch_objects(table: Table, attributes: Mapping[str, Any]) -> dict[str, bytes]:
    """The objects of a batch, by their keys: one array of one chunk, a row for each point."""
    count = len(attributes["points"])
    columns: Any = [
        {"name": n, "dims": c.dims, "shape": c.values.shape[1:]} for n, c in table.items()
    ]
    parts = [column.values.reshape(count, -1) for column in table.values()]
    rows = np.concatenate(parts, axis=1) if parts else np.full((count, 1), np.nan)
    objects: dict[str, Any] = {}
    zarr.create_array(
        store=MemoryStore(objects),
        data=rows,
        chunks=rows.shape,
        compressors=[ZstdCodec(), Crc32cCodec()],
        dimension_names=(POINT, "column"),
        attributes={**attributes, "columns": columns},
        config={"write_empty_chunks": True},  # so that a chunk that is not there is a lost one
    )
    found = {key: value.to_bytes() for key, value in objects.items()}
    return {**found, DOCUMENT: _sealed(found[DOCUMENT])}


def batch_table(document: bytes, chunk: bytes) -> Table:
    """The columns of a batch.

    Raises:
        DamagedError: one of its objects is not what was written.
    """
    attributes = attributes_of(document)
    columns = attributes["columns"]
    _check_shape(json.loads(document).get("shape"), attributes)
    buffer = default_buffer_prototype().buffer
    objects = {DOCUMENT: buffer.from_bytes(document), CHUNK: buffer.from_bytes(chunk)}
    try:
        rows = np.asarray(zarr.open_array(MemoryStore(objects), mode="r")[...])
    except Exception as error:  # whatever the codecs make of other bytes
        raise DamagedError(f"the chunk is not what was written ({error})") from error
    table: Table = {}
    begin = 0
    for column in columns:
        shape = tuple(column["shape"])
        end = begin + math.prod(shape)
        values = rows[:, begin:end].reshape(-1, *shape)
        table[column["name"]] = KeptColumn(values, tuple(column["dims"]))
        begin = end
    return table


def _check_shape(shape: Any, attributes: Mapping[str, Any]) -> None:
    """Raise DamagedError unless the chunk has the shape of what it is to hold, and fits."""
    width = sum(math.prod(column["shape"]) for column in attributes["columns"])
    expected = [len(attributes["points"]), max(width, 1)]
    if shape != expected:
        raise DamagedError(f"its shape is {shape}, and its columns are of {expected}")
    try:
        require_memory(8.0 * math.prod(map(float, expected)), "it")
    except InputError as error:
        raise DamagedError(f"it {error}") from None


def attributes_of(document: bytes) -> dict[str, Any]:
    """What a `zarr.json` says of its group or array.

    Raises:
        DamagedError: it is not what was written.
    """
    try:
        content = json.loads(document)
        attributes = content["attributes"]
        seal = attributes.pop(_SEAL)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DamagedError("its zarr.json cannot be read, or carries no checksum") from None
    if seal != _checksum(content):
        raise DamagedError("its zarr.json is not what was written")
    return dict(attributes)


def _sealed(document: bytes) -> bytes:
    content = json.loads(document)
    content["attributes"] = {**content["attributes"], _SEAL: _checksum(content)}
    return json.dumps(content, indent=2).encode()


def _checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
