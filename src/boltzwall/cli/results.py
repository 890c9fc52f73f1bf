"""The commands that show results: `plot` and `animate`."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.cli.outputs import new_file
from boltzwall.progress import progress

_PICTURES = "figures"  # the folder beside the first result


def plot(files: Sequence[Path], folder: Path | None) -> None:
    """Draw the results into ``folder``, by default beside the first of them; prints the files."""
    from boltzwall.io import read_dataset
    from boltzwall.plot import plot_files

    datasets = {_label(file, files): read_dataset(file) for file in files}
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


def _label(file: Path, files: Sequence[Path]) -> str:
    alone = sum(other.stem == file.stem for other in files) == 1
    return file.stem if alone else str(file)
