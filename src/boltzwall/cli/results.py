"""The commands that show results: `plot` and `animate`."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.cli.progress import progress


def plot(files: Sequence[Path], folder: Path) -> None:
    """Draw the results into ``folder``; prints the files."""
    from boltzwall.io import read_dataset
    from boltzwall.plot import plot_files

    datasets = {_label(file, files): read_dataset(file) for file in files}
    for path in plot_files(datasets, folder):
        print(path)


def animate(file: Path, output: Path | None, overwrite: bool, quiet: bool) -> None:
    """Animate one run; prints the file."""
    from boltzwall.io import check_writable, read_dataset
    from boltzwall.plot import animate as draw

    path = output or file.with_suffix(".gif")
    check_writable(path, overwrite)
    dataset = read_dataset(file)
    with progress("Drawing", quiet) as report:
        draw(dataset, path, progress=report)
    print(path)


def _label(file: Path, files: Sequence[Path]) -> str:
    alone = sum(other.stem == file.stem for other in files) == 1
    return file.stem if alone else str(file)
