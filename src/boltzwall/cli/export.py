"""The command `export`: a result in the formats of other tools."""

from dataclasses import dataclass
from pathlib import Path

from boltzwall.cli.outputs import new_file
from boltzwall.errors import InputError

SUFFIXES = {
    "ovf": ".ovf",
    "ovf-text": ".ovf",
    "csv": ".csv",
    "table": ".txt",
    "mumax3": ".mx3",
    "ubermag": ".py",
}
_SCRIPTS = ("mumax3", "ubermag")


@dataclass(frozen=True)
class Export:
    """What is asked for: a format, a time in the run, and how M is written."""

    format: str
    time: str | None = None
    unit_vectors: bool = False


def export(file: Path, asked: Export, output: Path | None, overwrite: bool) -> None:
    """Write what is asked for, and print the files."""
    from boltzwall.io import read_dataset
    from boltzwall.io.states import state_at, write_state
    from boltzwall.io.tables import write_table

    if asked.format not in SUFFIXES:
        listed = ", ".join(SUFFIXES)
        raise InputError(
            f"Option `--format` must be one of {listed}, but `{asked.format}` was given."
        )
    time = _time(asked.time)
    _check_options(asked)
    path = new_file(output or file.with_suffix(SUFFIXES[asked.format]), overwrite)
    dataset = read_dataset(file)
    if asked.format in _SCRIPTS:
        _script(dataset, asked.format, time, path, overwrite)
    elif asked.format in ("csv", "table"):
        print(write_table(dataset, path, "csv" if asked.format == "csv" else "mumax3", overwrite))
    else:
        state = state_at(dataset, time)
        binary = asked.format == "ovf"
        print(
            write_state(
                state, path, "binary 8" if binary else "text", asked.unit_vectors, overwrite
            )
        )


def _script(dataset, simulator, time, path: Path, overwrite: bool) -> None:  # type: ignore[no-untyped-def] # xarray is imported late
    """A script, and the OVF files beside it."""
    from boltzwall.export import problem_of, write_script

    new_file(path.with_suffix(".ovf"), overwrite)
    for written in write_script(problem_of(dataset, time), simulator, path, overwrite):
        print(written)


def _check_options(asked: Export) -> None:
    if asked.unit_vectors and not asked.format.startswith("ovf"):
        raise InputError(
            f"Option `--unit-vectors` must go with an OVF format, but `{asked.format}` was given."
        )
    if asked.time is not None and asked.format in ("csv", "table"):
        raise InputError(
            "Option `--time` must be left out for a table, which has all times, but it was given."
        )


def _time(text: str | None) -> float | str | None:
    from boltzwall.config.kinds import TIME
    from boltzwall.config.units import RefusedError

    if text is None or text in ("first", "last"):
        return text
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return TIME.parse(text)
    except RefusedError:
        raise InputError(
            'Option `--time` must be "first", "last", or a time such as 1e-9 or "1 ns", '
            f"but `{text}` was given."
        ) from None
