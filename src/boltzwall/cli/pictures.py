"""The commands that show results: `plot` and `animate`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boltzwall.cli.outputs import new_file
from boltzwall.progress import progress

if TYPE_CHECKING:
    import xarray as xr

_VECTOR_FILES = (".ovf", ".omf", ".ohf")
_PICTURES = "figures"  # the folder beside the first result


def plot(files: Sequence[Path], folder: Path | None) -> None:
    """Draw the results into ``folder``, by default beside the first of them; prints the files."""
    from boltzwall.plot import plot_files

    datasets = {label(file, files): read(file) for file in files}
    for path in plot_files(datasets, folder or files[0].with_name(_PICTURES)):
        print(path)


def animate(file: Path, output: Path | None, overwrite: bool, quiet: bool) -> None:
    """Animate one run; prints the file."""
    from boltzwall.io import read_dataset
    from boltzwall.plot import animate as draw

    path = output or file.with_suffix(".gif")
    new_file(path, overwrite)
    dataset = read_dataset(file)
    with progress("Drawing", quiet) as report:
        draw(dataset, path, progress=report)
    print(path)


def read(file: Path) -> "xr.Dataset":
    """A result of boltzwall, or the magnetisation in a vector file of another tool."""
    from boltzwall.io import read_dataset
    from boltzwall.io.states import Reduction, dataset_of, read_state

    if file.suffix.lower() in _VECTOR_FILES:
        body = read_state(file, Reduction(empty_ends="crop"))
        return dataset_of(body, f"Magnetisation of {file.name}")
    return read_dataset(file)


def label(file: Path, files: Sequence[Path]) -> str:
    """The name of a result: of its file, with the folder where others have the same name."""
    alone = sum(other.stem == file.stem for other in files) == 1
    return file.stem if alone else str(file)
