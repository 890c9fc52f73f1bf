"""Every reader of files, given whole files that were cut, flipped, spliced, or that claim too much.

    python -m validation.campaigns.files [--count 2000] [--seed 1] [--write]

A reader answers with what it read, or with an InputError, whatever the bytes are; and it never
takes more memory than the machine has, however large a header says that its file is. ``count`` is
for each reader.
"""

import json
import random
import resource
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from boltzwall.config import load_config, sections
from boltzwall.config.magnetic_fields import read_magnetic_field
from boltzwall.config.profiles import read_profile, read_waveform
from boltzwall.config.scattering import read_scattering
from boltzwall.config.textures import texture_file
from boltzwall.errors import InputError
from boltzwall.io import read_dataset, write_dataset
from boltzwall.io.ovf import Ovf, read_ovf, write_ovf
from boltzwall.sweeps.kept_points import KeptColumn
from boltzwall.sweeps.sealed import (
    CHUNK,
    DOCUMENT,
    DamagedError,
    _sealed,
    batch_objects,
    batch_table,
)
from validation.campaigns.table import Tally, finish, options

LIMIT = 6_000_000_000  # bytes of address space beyond those in use
_HUGE = (2**31, 2**40, 10**12, 10**15)


@dataclass(frozen=True)
class Reader:
    """A reader of files, and whole files that it takes, with others that claim too much."""

    name: str
    ending: str
    read: Callable[[Path], object]
    whole: tuple[bytes, ...]
    claims: tuple[bytes, ...]


def readers(folder: Path) -> Iterator[Reader]:
    """All of them."""
    yield _ovf(folder)
    yield _npy(folder)
    yield _toml()
    yield from _tables()
    yield from _netcdf(folder)
    yield _zarr(folder)


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """A file that something has happened to."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        place, length = chance.randrange(len(data) + 1), chance.randint(1, 40)
        way = chance.randint(0, 5)
        if way == 0 and place < len(data):
            data[place] ^= 1 << chance.randrange(8)
        elif way == 1:
            del data[place:]
        elif way == 2:
            data[place : place + length] = chance.randbytes(length)
        elif way == 3:
            data[place:place] = data[chance.randrange(len(data) + 1) :][:length]
        elif way == 4:
            del data[place : place + length]
        else:
            data[place : place + 1] = chance.choice(
                (b"9" * 12, b"nan", b"-", b"\0", b"e999", b"\xff")
            )
    return bytes(data)


def trouble(reader: Reader, file: Path) -> str:
    """What is wrong with the answer of a reader; "" if it reads or refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read(file)
    except (InputError, DamagedError) as error:
        return "" if str(error).strip() else "no message"
    except BaseException:
        return traceback.format_exc()[-400:]
    return ""


def campaign(count: int, seed: int) -> Tally:
    """All readers, ``count`` damaged files each and all that claim too much."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for reader in readers(folder):
            for case, data in cases(reader, count, seed):
                file = folder / f"case{reader.ending}"
                file.write_bytes(data)
                why = trouble(reader, file)
                tally.failed(f"{reader.name}, {case}", why) if why else tally.passed()
            print(f"{reader.name}: {tally.tried} tried, {len(tally.failures)} failed", flush=True)
    return tally


def cases(reader: Reader, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Named files for a reader: whole ones, claims, damaged ones."""
    yield from ((f"whole {n}", data) for n, data in enumerate(reader.whole))
    yield from ((f"claim {n}", data) for n, data in enumerate(reader.claims))
    for number in range(count):
        chance = random.Random(f"{reader.name} {seed} {number}")
        yield f"seed {seed} {number}", damaged(chance.choice(reader.whole), chance)


def limit_memory(count: int = LIMIT) -> None:
    """Let this process take no more than so much address space: then what is claimed shows."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + count
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _vectors(cells: int = 12) -> np.ndarray:
    angle = np.linspace(0.0, np.pi, cells)
    return np.stack([np.sin(angle), 0.0 * angle, np.cos(angle)], axis=-1)


def _ovf(folder: Path) -> Reader:
    file = folder / "whole.ovf"
    whole = []
    for representation in ("text", "binary 4", "binary 8"):
        field = Ovf(
            _vectors()[:, None, None, :], (0.0, 0.0, 0.0), (1e-9, 1e-8, 1e-9), "m", "1", None
        )
        write_ovf(field, file, representation, overwrite=True)
        whole.append(file.read_bytes())
    claims = [
        one.replace(b"xnodes: 12", b"xnodes: %d" % n).replace(b"xmax:", b"xmux:")
        for one in whole
        for n in _HUGE
    ]
    return Reader("OVF", ".ovf", read_ovf, tuple(whole), tuple(claims))


def _npy(folder: Path) -> Reader:
    file = folder / "whole.npy"
    whole = []
    for array in (_vectors(), _vectors().T, _vectors()[:, None, None, :].astype(np.float32)):
        np.save(file, array)
        whole.append(file.read_bytes())
    claims = [one.replace(b"(12,", b"(%d," % n) for one in whole[:1] for n in (*_HUGE, 10**30)]
    return Reader("npy", ".npy", _texture, tuple(whole), tuple(claims))


def _toml() -> Reader:
    whole = (
        b'[wire]\nlength = "100 nm"\ncells = 40\n[texture]\nkind = "neel"\nwidth = 1e-8\n'
        b'[drive]\nmagnetic_field = [0, 0, "1e4 A/m"]\n[transport]\nmodel = "none"\n',
    )
    claims = (
        b"[wire]\ncells = %d\n" % 10**4000,
        b"x = " + b"[" * 100_000,
        b"[wire]\ncells = 1" + b"0" * 5000,
        b"a." * 20_000 + b"a = 1",
        b"[wire]\n" + b"#" * 11_000_000,
        b"[texture]\nkind = 'walls'\nwidth = 1e-9\ncentres = [" + b"1e-9," * 100_000 + b"]\n",
    )
    return Reader("TOML", ".toml", load_config, whole, claims)


def _tables() -> Iterator[Reader]:
    rows = b"".join(b"%g, %g\n" % (x, 300 + x) for x in (0.0, 25.0, 50.0, 100.0))
    wide = b"x,mx,my,mz\n" + b"".join(
        b"%g,%g,%g,%g\n" % (n * 1e-9, *m) for n, m in enumerate(_vectors().tolist())
    )
    claims = (
        b"1 " * 3_000_000,
        b"9" * 3_000_000,
        b"x (nm), T (K)\n" + b"1,1\n" * 10,
        b"\n" * 10**6,
    )
    length = 100e-9

    def temperature(path: Path) -> object:
        profile = {"kind": "file", "path": path}
        return load_config({"wire": {"length": length}, "temperature": profile})

    def profile(path: Path) -> object:
        return read_profile(path, length)

    def waveform(path: Path) -> object:
        return read_waveform(path, end_time=1e-9)

    def field(path: Path) -> object:
        return read_magnetic_field(path, "average", length)

    yield Reader("table of T", ".csv", temperature, (b"x (nm), T (K)\n" + rows, rows), claims)
    yield Reader("table of M", ".csv", _texture, (wide,), claims)
    factors = b"x (nm), stiffness\n" + rows.replace(b"300", b"1")
    yield Reader("table of factors", ".csv", profile, (factors,), claims)
    yield Reader("table of time", ".csv", waveform, (b"0 0\n1e-10 1\n2e-9 0\n",), claims)
    fields = b"x (nm), Hx, Hy, Hz\n0,0,0,1e4\n50,0,0,2e4\n100,0,0,1e4\n"
    yield Reader("table of H", ".csv", field, (fields,), claims)
    energies = b"energy (eV), tau_majority (s), tau_minority (s)\n" + b"".join(
        b"%g, 1e-14, 2e-14\n" % e for e in np.linspace(-0.9, 0.9, 7)
    )
    yield Reader("table of times", ".csv", read_scattering, (energies,), claims)


def _netcdf(folder: Path) -> Iterator[Reader]:
    file = folder / "whole.nc"
    m = np.stack([_vectors(), _vectors()])
    x = (np.arange(12) + 0.5) * 1e-9
    run = xr.Dataset(
        {"magnetisation": (("time", "x", "component"), m)},
        {"time": [0.0, 1e-12], "x": x},
        {"boltzwall_version": "0.2.0"},
    )
    write_dataset(run, file, overwrite=True)
    whole = (file.read_bytes(),)
    claims = tuple(_giant(folder, cells) for cells in (10**8, 10**10, 10**12))
    yield Reader("netCDF of a run", ".nc", read_dataset, whole, claims)
    yield Reader("netCDF of M", ".nc", _texture, whole, claims)
    energy = np.linspace(-0.9, 0.9, 7)
    times = {
        f"tau_{s}": ("energy", np.full(7, 1e-14), {"units": "s"}) for s in ("majority", "minority")
    }
    table = xr.Dataset(times, {"energy": ("energy", energy, {"units": "eV"})})
    table.to_netcdf(file)
    yield Reader("netCDF of times", ".nc", read_scattering, (file.read_bytes(),), claims)


def _giant(folder: Path, cells: int) -> bytes:
    """A small file whose variables, never written, say that they are as large as that."""
    import netCDF4

    file = folder / "giant.nc"
    with netCDF4.Dataset(file, "w") as data:
        data.setncattr("boltzwall_version", "0.2.0")
        for name, size in {"time": 2, "x": cells, "component": 3, "energy": cells}.items():
            data.createDimension(name, size)
        dims = ("time", "x", "component")
        data.createVariable("magnetisation", "f8", dims, zlib=True, chunksizes=(1, 1000, 3))
        for name in ("energy", "tau_majority", "tau_minority"):
            data.createVariable(name, "f8", ("energy",), zlib=True, chunksizes=(1000,))
    return file.read_bytes()


def _zarr(folder: Path) -> Reader:
    """One file that is the document and the chunk of a batch, one after the other."""
    columns = {"wall_tilt": KeptColumn(np.array([0.1, np.nan, 0.3]), ())}
    found = batch_objects(columns, {"points": ["one", "two", "three"]})
    document, chunk = found[DOCUMENT], found[CHUNK]

    def read(path: Path) -> object:
        data = path.read_bytes()
        split = data.find(b"\n}") + 2
        return batch_table(data[:split], data[split:])

    claims = []
    for count in _HUGE:
        content = json.loads(document)
        content["attributes"].pop("checksum")
        content["shape"] = [count, 1]
        content["chunk_grid"]["configuration"]["chunk_shape"] = [count, 1]
        claims.append(_sealed(json.dumps(content).encode()) + chunk)
        content["attributes"]["columns"][0]["shape"] = [count]
        content["shape"] = content["chunk_grid"]["configuration"]["chunk_shape"] = [3, count]
        claims.append(_sealed(json.dumps(content).encode()) + chunk)
    return Reader("Zarr of a sweep", ".zarr", read, (document + chunk,), tuple(claims))


def _texture(path: Path) -> object:
    return texture_file(sections.FileTexture(kind="file", path=path))


def main() -> None:
    given = options("every reader of files, with damaged files", count=2000)
    limit_memory()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = campaign(given.count, given.seed)
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    how = (
        "damaged files and giant counts, for 13 readers of OVF, npy, TOML, tables, netCDF, Zarr: "
        f"read or refused, {taken / 1e3:.0f} MB at most taken"
    )
    finish("files", tally, how, given.write)


if __name__ == "__main__":
    main()
