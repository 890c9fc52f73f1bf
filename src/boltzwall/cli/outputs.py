"""Where the commands write: one rule for the names, and files that appear whole."""

from dataclasses import dataclass
from pathlib import Path

from boltzwall.errors import InputError

PLAIN = "boltzwall"  # the name of a result that no file gives one


@dataclass(frozen=True)
class Target:
    """Where a result goes, and whether progress is shown."""

    output: Path | None
    overwrite: bool
    quiet: bool


def beside(source: Path | None, ending: str) -> Path:
    """The output that no option and no key names: beside its input, and named after it.

    Arguments:
        source: the file that the command was given; None: the working directory.
        ending: what follows the name without its suffix, such as ".nc" or "-transport.nc".
    """
    return Path(f"{PLAIN}{ending}") if source is None else source.with_name(source.stem + ending)


def new_file(path: Path, overwrite: bool) -> Path:
    """``path``, if a file can be written there; called before anything is computed.

    Raises:
        InputError: it exists and ``overwrite`` is false, or its folder is missing or not writable.
    """
    from boltzwall.io import check_writable

    if path.is_file() and not overwrite:
        raise InputError(
            f"The output must be a new file, but `{path}` exists. "
            "Choose another name, or replace it with --overwrite."
        )
    return check_writable(path, overwrite)


def write_text(text: str, path: Path, overwrite: bool) -> None:
    """Write a text file, whole or not at all; InputError if it exists or cannot be written."""
    from boltzwall.io import replacing

    new_file(path, overwrite)
    try:
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"The file `{path}` cannot be written: {error.strerror}.") from None
