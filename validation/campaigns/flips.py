"""One bit of a byte flipped, or a file cut there: at every byte, in a larger file at 2000 places.

    python -m validation.campaigns.flips [--every 1] [--write]

What comes back is what was written, or a refusal; another number is a failure.
"""

import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io import read_dataset, write_dataset
from boltzwall.sweeps.kept_points import KeptColumn
from boltzwall.sweeps.sealed import CHUNK, DOCUMENT, DamagedError
from boltzwall.sweeps.store import Store
from validation.campaigns.table import PAGE, options, with_row

_POINTS = ("one", "two", "three")
_BATCH = "batches/0123"
_MOST = 2000  # places of one file, evenly over it


@dataclass(frozen=True)
class Object:
    """A file, and whether what it belongs to is read as it was written; None: it is refused."""

    name: str
    file: Path
    whole: Callable[[], bool | None]


@dataclass
class Counts:
    """What came of the damages of an object."""

    same: int = 0
    refused: int = 0
    other: int = 0

    def add(self, outcome: bool | None) -> None:
        """One more damage."""
        self.refused += outcome is None
        self.same += outcome is True
        self.other += outcome is False


def objects(folder: Path) -> Iterator[Object]:
    """The root, the document and the chunk of a store, and a result with its checkpoint's form."""
    store = Store(str(folder / "store"))
    store.prepare()
    numbers = np.random.default_rng(1).normal(size=(3, 4, 3))
    table = {
        "wall_tilt": KeptColumn(np.array([0.1, np.nan, 0.3]), ()),
        "magnetisation": KeptColumn(numbers, ("x", "component")),
    }
    store.write("0123", _POINTS, table, {"two": "It failed."})

    def batch() -> bool | None:
        try:
            points, found = store.index(), store.read("0123")
        except (DamagedError, InputError):
            return None
        if not points:  # its points count as missing
            return None
        same = all(np.array_equal(found[n].values, c.values, True) for n, c in table.items())
        return same and list(points) == list(_POINTS) and points["two"].reason == "It failed."

    def root() -> bool | None:
        try:
            store.check()
        except InputError:
            return None
        return True

    yield Object("root of a store", folder / "store" / DOCUMENT, root)
    yield Object("document of a batch", folder / "store" / _BATCH / DOCUMENT, batch)
    yield Object("chunk of a batch", folder / "store" / _BATCH / CHUNK, batch)
    run = xr.Dataset(
        {"magnetisation": (("x", "component"), numbers[0], {"units": "1"})},
        {"x": ("x", np.arange(4) * 1e-9, {"units": "m"})},
        {"boltzwall_version": "0.2.0", "configuration": "{}", "beta": 0.1},
    )
    file = write_dataset(run, folder / "run.nc")
    written = read_dataset(file)

    def result() -> bool | None:
        try:
            return read_dataset(file).identical(written)
        except InputError:
            return None

    yield Object("result or checkpoint (netCDF)", file, result)


def damages(one: Object, every: int) -> Iterator[tuple[str, bytes]]:
    """(kind, content) for each flipped byte and each shorter length."""
    content = one.file.read_bytes()
    large = max(len(content) // _MOST, 1)
    for place in range(0, len(content), every * large):
        other = bytearray(content)
        other[place] ^= 1 << (place % 8)
        yield "flipped", bytes(other)
        yield "cut", content[:place]


def campaign(every: int) -> dict[str, dict[str, Counts]]:
    """Counts by object and kind of damage."""
    found: dict[str, dict[str, Counts]] = {}
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for one in objects(Path(name)):
            content = one.file.read_bytes()
            counts = found.setdefault(one.name, {"flipped": Counts(), "cut": Counts()})
            for kind, data in damages(one, every):
                one.file.write_bytes(data)
                counts[kind].add(one.whole())
            one.file.write_bytes(content)
    return found


def main() -> None:
    given = options("flipped bits and cut files", every=1)
    page = PAGE.read_text(encoding="utf-8")
    for name, kinds in campaign(given.every).items():
        flipped, cut = kinds["flipped"], kinds["cut"]
        cells = [
            f"{flipped.refused}", f"{flipped.same}", f"{flipped.other}",
            f"{cut.refused}", f"{cut.same}", f"{cut.other}",
        ]  # fmt: skip
        print(name, *cells, flush=True)
        page = with_row(page, name, cells)
    if given.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
