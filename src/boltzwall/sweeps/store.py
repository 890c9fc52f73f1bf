"""The store of a study: a Zarr group, local or at any address of fsspec, one array a batch.

A batch is one array of one chunk, a row for each point with all that is kept of it. The chunk is
written first and the `zarr.json`, which names the points and the columns, last: the batch is there
as soon as that one object is, and every object is replaced as a whole. Batches are named after
their points, so that two processes which compute the same batch write the same objects.
"""

import hashlib
import json
import math
import os
import platform
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import fsspec
import numpy as np
import zarr
from zarr.storage import MemoryStore

from boltzwall.errors import InputError
from boltzwall.io.netcdf import is_alive
from boltzwall.sweeps.kept_points import POINT, KeptColumn, Table
from boltzwall.version import __version__

FORMAT = 1
_ROOT, _BATCHES = "zarr.json", "batches"
_HOST = platform.node().replace(".", "_") or "host"
_OWNER = f"{_HOST}-{os.getpid()}"
_AT_ONCE = 256  # objects that are asked for together


class Entry(NamedTuple):
    """Where a point is: its batch, its row there, and why it failed ("" if it did not)."""

    batch: str
    row: int
    reason: str


class Store:
    """The batches computed so far."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            self._files, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise InputError(f"The store `{address}` cannot be used: {error}.") from None
        protocol = self._files.protocol
        self._local = "file" in ((protocol,) if isinstance(protocol, str) else protocol)
        # The clients of object stores have errors of their own, for credentials and the like.
        local = (OSError, ValueError, KeyError)
        self._troubles: tuple[type[Exception], ...] = local if self._local else (Exception,)

    def prepare(self) -> None:
        """Create the store, or check that it is one of this version.

        Raises:
            InputError: it is something else, of another version, or cannot be written.
        """
        if not self.exists():
            # Another process may create it just now: what is there first is the root.
            if self._listed("") and not self.exists():
                raise InputError(
                    f"The store `{self.address}` must be a new folder or the store of a sweep, but "
                    "holds something else. Choose another store."
                )
            self._create()
            return
        self.check()
        self._remove_partial()

    def check(self) -> None:
        """Raise InputError unless it is a store of this version."""
        attributes = self._attributes(_ROOT) or {}
        version = attributes.get("boltzwall_version")
        if attributes.get("boltzwall_sweep") != FORMAT or version != __version__:
            raise InputError(
                f"The store `{self.address}` must be of boltzwall {__version__}, but "
                f"{version or 'something else'} wrote it. Nothing in it was touched. Choose "
                "another store."
            )

    def exists(self) -> bool:
        """Whether there is a store, of any version."""
        return self._attributes(_ROOT) is not None

    def index(self) -> dict[str, Entry]:
        """Every point that was computed or has failed; a success counts before a failure."""
        found: dict[str, Entry] = {}
        for batch, attributes in self._all_attributes():
            reasons = attributes.get("reasons", {})
            for row, digest in enumerate(attributes.get("points", ())):
                if digest not in found or found[digest].reason:
                    found[digest] = Entry(batch, row, reasons.get(digest, ""))
        return found

    def holds(self, batch: str) -> bool:
        """Whether a batch is complete."""
        return self._attributes(f"{_BATCHES}/{batch}/zarr.json") is not None

    def write(
        self, batch: str, points: Sequence[str], table: Table, reasons: Mapping[str, str]
    ) -> None:
        """Keep a batch.

        Raises:
            InputError: the store takes no more; what it held before is unharmed.
        """
        objects = _array(table, {"points": list(points), "reasons": dict(reasons)})
        last = objects.pop("zarr.json")
        for key, data in sorted(objects.items()):
            self._put(f"{_BATCHES}/{batch}/{key}", data)
        self._put(f"{_BATCHES}/{batch}/zarr.json", last)

    def read(self, batch: str) -> Table:
        """The columns of a batch."""
        root = self._root if self._local else self.address
        try:
            array = zarr.open_array(f"{root}/{_BATCHES}/{batch}", mode="r")
            rows = np.asarray(array[...])
        except self._troubles as error:
            raise self._refused("read", error) from None
        table: Table = {}
        begin = 0
        columns: Any = array.attrs["columns"]
        for column in columns:
            shape = tuple(column["shape"])
            end = begin + math.prod(shape)
            values = rows[:, begin:end].reshape(-1, *shape)
            table[column["name"]] = KeptColumn(values, tuple(column["dims"]))
            begin = end
        return table

    def _create(self) -> None:
        attributes = {"boltzwall_sweep": FORMAT, "boltzwall_version": __version__}
        self._put(_ROOT, _group(attributes))
        self._put(f"{_BATCHES}/zarr.json", _group({}))

    def _full(self, key: str) -> str:
        return f"{self._root}/{key}" if key else self._root

    def _listed(self, key: str) -> list[str]:
        try:
            entries = self._files.ls(self._full(key), detail=False, refresh=True)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except TypeError:  # file systems without a cache do not know `refresh`
            entries = self._files.ls(self._full(key), detail=False)
        except self._troubles as error:
            raise self._refused("read", error) from None
        names = (str(entry).rstrip("/").rsplit("/", 1)[-1] for entry in entries)
        return [name for name in names if name != "zarr.json"]

    def _all_attributes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What every complete batch says about itself, in the order of the names."""
        batches = sorted(self._listed(_BATCHES))
        for first in range(0, len(batches), _AT_ONCE):
            keys = {self._full(f"{_BATCHES}/{b}/zarr.json"): b for b in batches[first:][:_AT_ONCE]}
            try:
                found = self._files.cat(list(keys), on_error="omit")
                for key, batch in keys.items():
                    if key in found:
                        yield batch, json.loads(found[key])["attributes"]
            except self._troubles as error:
                raise self._refused("read", error) from None

    def _attributes(self, key: str) -> dict[str, Any] | None:
        try:
            found = json.loads(self._files.cat_file(self._full(key)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except self._troubles as error:
            raise self._refused("read", error) from None
        return dict(found.get("attributes", {}))

    def _put(self, key: str, data: bytes) -> None:
        """Write one object whole or not at all."""
        path = self._full(key)
        try:
            if not self._local:
                self._files.pipe_file(path, data)
                return
            target = Path(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}.{_OWNER}.partial")
            try:
                temporary.write_bytes(data)
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
        except self._troubles as error:
            raise self._refused("written", error) from None

    def _refused(self, what: str, error: Exception) -> InputError:
        reason = getattr(error, "strerror", None) or error
        return InputError(
            f"The store `{self.address}` could not be {what}: {reason}. What it holds is unharmed; "
            "once that is mended the same command goes on from it."
        )

    def _remove_partial(self) -> None:
        """Remove what killed processes of this machine left half written."""
        if self._local:
            for left in Path(self._root).rglob(".*.partial"):
                host, _, process = left.name.removesuffix(".partial").split(".")[-1].rpartition("-")
                if host == _HOST and process.isdigit() and not is_alive(int(process)):
                    left.unlink(missing_ok=True)


def batch_name(points: Sequence[str], attempt: int = 0) -> str:
    """The name of a batch: of its points, and of how often they were tried before."""
    return hashlib.sha256(f"{attempt} {' '.join(points)}".encode()).hexdigest()[:24]


def _group(attributes: Mapping[str, Any]) -> bytes:
    objects: dict[str, Any] = {}
    zarr.create_group(store=MemoryStore(objects), attributes=dict(attributes))
    return bytes(objects["zarr.json"].to_bytes())


def _array(table: Table, attributes: Mapping[str, Any]) -> dict[str, bytes]:
    """The objects of a batch, by their keys."""
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
        dimension_names=(POINT, "column"),
        attributes={**attributes, "columns": columns},
    )
    return {key: value.to_bytes() for key, value in objects.items()}
