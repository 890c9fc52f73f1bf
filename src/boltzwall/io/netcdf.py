"""Datasets on disk: netCDF4, written whole or not at all, and read back into memory."""

import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io.checksums import checked, with_checksums
from boltzwall.io.memory import require_memory

COMPRESSION = {"zlib": True, "complevel": 1, "shuffle": True}
SIGNATURE = "boltzwall_version"


def check_writable(path: str | Path, overwrite: bool = False) -> Path:
    """Return ``path`` as a Path if a result can be written there; call it before computing.

    Raises ``InputError`` if the folder is missing or not writable, if ``path`` is a folder, or if
    the file exists and ``overwrite`` is false.
    """
    path = Path(path)
    folder = path.parent
    if path.is_dir():
        raise InputError(f"The output must be a file, but `{path}` is a folder. Add a file name.")
    if not folder.is_dir():
        raise InputError(
            f"The output's folder must exist, but `{folder}` is missing. Create it first."
        )
    if path.exists() and not overwrite:
        raise InputError(
            f"The output must be a new file, but `{path}` exists. "
            "Choose another name, or let it be replaced with `overwrite=True`."
        )
    if not _takes_files(folder):
        raise InputError(
            f"The output's folder must be writable, but `{folder}` is not. Choose another folder."
        )
    return path


def write_dataset(dataset: xr.Dataset, path: str | Path, overwrite: bool = False) -> Path:
    """Write a Dataset as netCDF4, with a digest of each variable.

    The file appears under its name only when it is complete: whatever stops the writing leaves
    the former file, if there was one, as it was.

    Arguments:
        dataset: the result to write.
        path: of the file; its folder must exist.
        overwrite: whether a file of this name is replaced.

    Returns:
        The path of the file.

    Raises:
        InputError: the file exists and is not to be replaced, or it cannot be written.
    """
    path = check_writable(path, overwrite)
    encoding = {
        str(name): COMPRESSION
        for name, variable in dataset.variables.items()
        if variable.dtype.kind == "f" and variable.ndim
    }
    try:
        with replacing(path) as temporary:
            with_checksums(dataset).to_netcdf(
                temporary, format="NETCDF4", engine="netcdf4", encoding=encoding
            )
    except (OSError, RuntimeError) as error:  # HDF5 has its own words for a full disk
        reason = getattr(error, "strerror", None) or f"{error}; is the disk full?"
        raise InputError(f"The output `{path}` could not be written: {reason}.") from error
    return path


def read_dataset(path: str | Path, damaged: bool = False) -> xr.Dataset:
    """Read a Dataset of this package into memory, and check that it is what was written.

    Arguments:
        path: of a netCDF file.
        damaged: whether what is left of a damaged file is taken: the variables that are whole.

    Returns:
        The Dataset; the file is closed.

    Raises:
        InputError: the file is missing, cannot be read, was not written by boltzwall, or holds
            something else than was written.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"The file `{path}` must exist, but it is missing.")
    if path.is_dir():
        raise InputError(f"Argument `{path}` must be a netCDF file, but it is a folder.")
    try:
        with xr.open_dataset(path, engine="netcdf4") as opened:
            require_memory(opened.nbytes, path)
            dataset = opened.load()
    except InputError as error:
        raise InputError(f"The file {error}") from None
    except Exception as error:  # whatever the libraries below make of the bytes of a damaged file
        raise InputError(
            f"The file `{path}` must be a readable netCDF file, but it cannot be opened "
            "as one: it is damaged, incomplete, or of another kind."
        ) from error
    if SIGNATURE not in dataset.attrs:
        raise InputError(
            f"The file `{path}` must be a result of boltzwall, but it lacks the attribute "
            f"`{SIGNATURE}`."
        )
    dataset, lost = checked(dataset)
    if not lost:
        return dataset
    if damaged:
        return dataset.drop_vars([name for name in lost if name in dataset.variables])
    parts = ", ".join(f"`{name}`" if name else "the attributes" for name in lost)
    raise InputError(
        f"The file `{path}` must hold what boltzwall wrote, but it was damaged or changed since: "
        f"{parts}. `boltzwall.io.read_dataset(path, damaged=True)` gives the rest of it."
    )


@contextmanager
def variables_of(path: Path) -> Iterator[Mapping[str, Any]]:
    """The variables of a netCDF file of any program, while it is open.

    Raises:
        InputError: whatever the libraries below make of a damaged file; "must …, but …".
        KeyError: as it is raised within the block, for a variable that is not there.
    """
    import netCDF4

    try:
        with netCDF4.Dataset(path) as data:
            yield data.variables
    except (InputError, KeyError):
        raise
    except Exception as error:
        raise InputError(
            f"must name a netCDF file, but {path} cannot be read as one: {error}"
        ) from None


def numbers_in(variable: Any, path: Path, last: bool = False) -> np.ndarray[Any, Any]:
    """The numbers of a netCDF variable, or those of its ``last`` entry, nan where it has none.

    Raises:
        InputError: they do not fit the memory; "must …, but …".
    """
    shape = variable.shape[1:] if last else variable.shape
    require_memory(8.0 * math.prod(map(float, shape)), path)
    return np.ma.filled((variable[-1] if last else variable[:]).astype(float), np.nan)


def make_folder(folder: str | Path) -> Path:
    """Create ``folder`` where it is missing; raises ``InputError`` if it cannot be written."""
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The output folder `{folder}` could not be made: {error.strerror}. "
            "Choose another folder."
        ) from error
    if not _takes_files(folder):
        raise InputError(
            f"The output folder must be writable, but `{folder}` is not. Choose another folder."
        )
    return folder


def remove_partial(path: Path) -> None:
    """Remove what processes that were killed while they wrote ``path`` have left beside it."""
    for left in path.parent.glob(f".{path.name}.*.partial"):
        owner = left.name.removesuffix(".partial").rsplit(".", 1)[-1]
        if not owner.isdigit() or not is_alive(int(owner)):
            left.unlink(missing_ok=True)


def is_alive(process: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _takes_files(folder: Path) -> bool:
    """By trying: permissions alone do not tell of read-only file systems, nor to root."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".boltzwall-"):
            return True
    except OSError:
        return False


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that takes its place once the block has ended well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
