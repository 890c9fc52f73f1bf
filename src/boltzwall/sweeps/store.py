"""The store of a study: a Zarr group, local or at any address of fsspec, one array a batch.

A batch is one array of one chunk, a row for each point with all that is kept of it. The chunk is
written first and the `zarr.json`, which names the points and the columns, last: the batch is there
as soon as that one object is, and every object is replaced as a whole. Batches are named after
their points, so that two processes which compute the same batch write the same objects. What is not
what was written is told, set aside and computed again.
"""

import hashlib
import json
import os
import platform
import uuid
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import fsspec

from boltzwall.errors import InputError
from boltzwall.io.netcdf import is_alive
from boltzwall.sweeps.kept_points import Table
from boltzwall.sweeps.sealed import (
    CHUNK,
    DOCUMENT,
    DamagedError,
    attributes_of,
    batch_objects,
    batch_table,
    group_object,
)
from boltzwall.version import __version__

FORMAT = 2
_BATCHES, _DAMAGED, _STUDIES, _STUDY = "batches", "damaged", "studies", "study"
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
        """Create the store, or check that it is one of this version; set damaged batches aside.

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
        self._set_damaged_aside()

    def check(self) -> None:
        """Raise InputError unless it is a store of this version."""
        attributes = self._attributes(DOCUMENT) or {}
        version = attributes.get("boltzwall_version")
        if attributes.get("boltzwall_sweep") != FORMAT or version != __version__:
            raise InputError(
                f"The store `{self.address}` must be of boltzwall {__version__}, but "
                f"{version or 'something else'} wrote it. Nothing in it was touched. Choose "
                "another store."
            )

    def remember(self, study: Mapping[str, Any]) -> None:
        """Keep the tables of the study that is computed, so that the store alone can be read."""
        self._put(f"{_STUDY}/{DOCUMENT}", group_object({_STUDY: json.dumps(study, default=str)}))

    def remembered(self) -> dict[str, Any]:
        """The tables of the study that was computed last.

        Raises:
            InputError: the store remembers none, or what it remembers is damaged.
        """
        document = self._object(f"{_STUDY}/{DOCUMENT}")
        try:
            return dict(json.loads(attributes_of(document or b"")[_STUDY]))
        except (DamagedError, KeyError, ValueError):
            raise InputError(
                f"The store `{self.address}` must say of which study it is, but it does not. Run "
                "`boltzwall sweep` once more with it, or use the netCDF file that this wrote."
            ) from None

    def exists(self) -> bool:
        """Whether there is a store, of any version.

        Raises:
            InputError: it is one of this version, but its `zarr.json` is damaged.
        """
        return self._attributes(DOCUMENT) is not None

    def index(self) -> dict[str, Entry]:
        """Every point that was computed or has failed; a success counts before a failure.

        The points of a batch whose `zarr.json` is damaged are none of them; a warning names it.
        """
        found: dict[str, Entry] = {}
        for batch, attributes in self._all_attributes():
            reasons = attributes.get("reasons", {})
            for row, digest in enumerate(attributes.get("points", ())):
                if digest not in found or found[digest].reason:
                    found[digest] = Entry(batch, row, reasons.get(digest, ""))
        return found

    def studies(self) -> dict[str, dict[str, Any]]:
        """What `keep_study` has kept, by its names; damaged ones are left out."""
        found: dict[str, dict[str, Any]] = {}
        for name in self._listed(_STUDIES):
            document = self._object(f"{_STUDIES}/{name}/{DOCUMENT}")
            try:
                found |= {} if document is None else {name: attributes_of(document)}
            except DamagedError:
                continue
        return found

    def keep_study(self, name: str, attributes: Mapping[str, Any]) -> None:
        """Note what was swept here; raises InputError as ``write``."""
        self._put(f"{_STUDIES}/{name}/{DOCUMENT}", group_object(attributes))

    def holds(self, batch: str) -> bool:
        """Whether a batch is complete."""
        document = self._object(f"{_BATCHES}/{batch}/{DOCUMENT}")
        try:
            return document is not None and bool(attributes_of(document))
        except DamagedError:
            return False

    def write(
        self, batch: str, points: Sequence[str], table: Table, reasons: Mapping[str, str]
    ) -> None:
        """Keep a batch.

        Raises:
            InputError: the store takes no more; what it held before is unharmed.
        """
        objects = batch_objects(table, {"points": list(points), "reasons": dict(reasons)})
        last = objects.pop(DOCUMENT)
        for key, data in sorted(objects.items()):
            self._put(f"{_BATCHES}/{batch}/{key}", data)
        self._put(f"{_BATCHES}/{batch}/{DOCUMENT}", last)

    def read(self, batch: str) -> Table:
        """The columns of a batch.

        Raises:
            DamagedError: one of its objects is missing or not what was written.
            InputError: the store cannot be read.
        """
        document, chunk = (self._object(f"{_BATCHES}/{batch}/{k}") for k in (DOCUMENT, CHUNK))
        if document is None or chunk is None:
            raise DamagedError("one of its objects is missing")
        return batch_table(document, chunk)

    def warn_of(self, batch: str, error: DamagedError, what_now: str) -> None:
        """Tell of a damaged batch."""
        warnings.warn(
            f"The batch {batch} of the store `{self.address}` is damaged: {error}. {what_now}",
            stacklevel=3,
        )

    def _set_damaged_aside(self) -> None:
        """Move damaged batches to `damaged/`, so that their points are computed again."""
        for batch in sorted(self._listed(_BATCHES)):
            if self._object(f"{_BATCHES}/{batch}/{DOCUMENT}") is None:
                continue  # of a process that is at it just now, or was killed before its end
            try:
                self.read(batch)
            except DamagedError as error:
                aside = f"{_DAMAGED}/{batch}-{uuid.uuid4().hex[:8]}"
                self._move(f"{_BATCHES}/{batch}", aside)
                self.warn_of(batch, error, f"It lies in {aside} now; its points are missing again.")

    def _move(self, source: str, target: str) -> None:
        try:
            if self._local:
                place = Path(self._full(target))
                place.parent.mkdir(exist_ok=True)
                Path(self._full(source)).replace(place)
            else:
                self._files.mv(self._full(source), self._full(target), recursive=True)
        except self._troubles as error:
            raise self._refused("written", error) from None

    def _create(self) -> None:
        attributes = {"boltzwall_sweep": FORMAT, "boltzwall_version": __version__}
        self._put(DOCUMENT, group_object(attributes))
        self._put(f"{_BATCHES}/{DOCUMENT}", group_object({}))

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
        return [name for name in names if name != DOCUMENT]

    def _all_attributes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What every complete batch says about itself, in the order of the names."""
        batches = sorted(self._listed(_BATCHES))
        for first in range(0, len(batches), _AT_ONCE):
            keys = {self._full(f"{_BATCHES}/{b}/{DOCUMENT}"): b for b in batches[first:][:_AT_ONCE]}
            try:
                found = self._files.cat(list(keys), on_error="omit")
            except self._troubles as error:
                raise self._refused("read", error) from None
            for key, batch in keys.items():
                try:
                    if key in found:
                        yield batch, attributes_of(found[key])
                except DamagedError as error:
                    self.warn_of(batch, error, "Its points count as missing.")

    def _attributes(self, key: str) -> dict[str, Any] | None:
        """Of the root, or of that of a former version, which had no checksum."""
        document = self._object(key)
        if document is None:
            return None
        try:
            return attributes_of(document)
        except DamagedError as error:
            attributes = _unsealed(document)
            if attributes is not None and attributes.get("boltzwall_sweep") != FORMAT:
                return attributes
            raise InputError(
                f"The store `{self.address}` must be a whole one, but {error}. Nothing in it was "
                f"touched. Take its {key} from a copy, or choose another store."
            ) from None

    def _object(self, key: str) -> bytes | None:
        """None if it is not there."""
        try:
            return bytes(self._files.cat_file(self._full(key)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except self._troubles as error:
            raise self._refused("read", error) from None

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


def _unsealed(document: bytes) -> dict[str, Any] | None:
    """The attributes as they stand there; None if nothing can be read."""
    try:
        return dict(json.loads(document).get("attributes", {}))
    except (ValueError, TypeError, AttributeError):
        return None
