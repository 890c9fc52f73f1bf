"""The command `transport`: the electrons for one magnetisation."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from boltzwall.cli.interrupts import uninterrupted
from boltzwall.cli.outputs import Target, beside, new_file
from boltzwall.cli.sources import load_one
from boltzwall.cli.text import summary
from boltzwall.config import Config, load_config
from boltzwall.errors import InputError
from boltzwall.progress import progress

_ENDING = "-transport.nc"


class AskedOfTransport(NamedTuple):
    """What the options ask for: M from a file, and errors."""

    magnetisation: Path | None
    uncertainty: bool


def transport(
    source: Path | None, overrides: Sequence[str], target: Target, ask: AskedOfTransport
) -> None:
    """Solve the transport for one magnetisation and write it."""
    from boltzwall.io import write_dataset

    config = _configured(source, overrides, ask.magnetisation)
    path = target.output or _beside_the_run(config, source)
    new_file(path, target.overwrite)
    with progress("Solving the transport", target.quiet) as report:
        from boltzwall.simulation import solve_transport

        dataset = solve_transport(config, progress=None, uncertainty=ask.uncertainty)
        if report:
            report(1.0, 1.0, "done")
    with uninterrupted():
        write_dataset(dataset, path, overwrite=True)
    print(summary(dataset, path))


def _configured(
    source: Path | None, overrides: Sequence[str], magnetisation: Path | None
) -> Config:
    """The configuration, with the file of the option as its texture."""
    config = load_one(source, overrides)
    if magnetisation is None:
        return config
    tables = config.given()
    kept = tables.get("texture", {}) if config.texture.kind == "file" else {}
    try:
        return load_config({**tables, "texture": {**kept, "kind": "file", "path": magnetisation}})
    except InputError as error:
        text = str(error).replace("Key `texture.path`", "Option `--magnetisation`")
        raise InputError(text) from None


def _beside_the_run(config: Config, source: Path | None) -> Path:
    """So that a run and the transport of one configuration do not take each other's name."""
    run = config.output.path
    return beside(source if run is None else run, _ENDING)
