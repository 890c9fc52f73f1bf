"""The command `run`: a wall in time, kept whatever happens, and resumed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boltzwall.cli.interrupts import InterruptedRunError, uninterrupted
from boltzwall.cli.outputs import Target, beside, new_file
from boltzwall.cli.sources import load_one
from boltzwall.cli.text import summary
from boltzwall.config import Config, load_config
from boltzwall.config.resumption import require_same
from boltzwall.errors import InputError, NumericsError
from boltzwall.progress import progress

if TYPE_CHECKING:
    import xarray as xr


class _Keeper:
    """Writes what was computed so far, whole files only, even while interrupted."""

    def __init__(self, path: Path, resumable: bool) -> None:
        self.path = path
        self.resumable = resumable
        self.written = False

    def __call__(self, dataset: "xr.Dataset") -> None:
        from boltzwall.io import write_dataset

        with uninterrupted():
            write_dataset(dataset, self.path, overwrite=True)
            self.written = True

    def where(self) -> str:
        if not self.written:
            return "Nothing was written."
        further = "; --resume goes on from it" if self.resumable else ""
        return f"What was computed until then is in {self.path}{further}."


def output_of(config: Config, source: Path | None, target: Target) -> Path:
    """The file of a run: of the option, of `output.path`, or beside the configuration."""
    return target.output or config.output.path or beside(source, ".nc")


def run(source: Path | None, overrides: Sequence[str], target: Target, resume: bool) -> None:
    """Check everything, simulate, write; what was computed is kept whatever happens."""
    from boltzwall.io import config_of
    from boltzwall.io.netcdf import remove_partial

    earlier = _earlier(source, overrides, target) if resume else None
    stored = {} if earlier is None else config_of(earlier)
    if source is None and stored:
        config = load_config(stored, overrides)
    else:
        config = load_one(source, overrides)
    path = output_of(config, source, target)
    if resume and config.transport.time_dependent:
        raise InputError(
            "Option --resume must not be given with `transport.time_dependent` = true, but it was: "
            "the distributions at the end of such a run are not kept. Start it again, with "
            "--overwrite."
        )
    if earlier is not None:
        require_same(config, earlier)
    new_file(path, target.overwrite or earlier is not None)
    remove_partial(path)
    keep = _Keeper(path, not config.transport.time_dependent)
    with progress("Running", target.quiet) as report:
        try:
            from boltzwall.simulation import simulate

            dataset = simulate(config, progress=report, checkpoint=keep, resume=earlier)
        except KeyboardInterrupt:
            raise InterruptedRunError(f"Interrupted. {keep.where()}") from None
        except NumericsError as error:
            raise NumericsError(f"{error} {keep.where()}") from None
        keep(dataset)
    print(summary(dataset, path))


def _earlier(source: Path | None, overrides: Sequence[str], target: Target) -> "xr.Dataset | None":
    """The run to go on from; None if there is none yet, so that --resume can always be given."""
    from boltzwall.io import read_dataset

    path = target.output or output_of(load_one(source, overrides), source, target)
    return read_dataset(path) if path.exists() else None
