"""The runs behind the figures: those still missing are computed together, then kept as files."""

import json
from collections.abc import Iterable
from pathlib import Path

import xarray as xr

from boltzwall import __version__
from boltzwall.config import Config
from boltzwall.errors import InputError
from boltzwall.io import make_folder, read_dataset, write_dataset
from boltzwall.reproduce.cases import Case
from boltzwall.reproduce.steps import Progress
from boltzwall.simulation import simulate_batch

Runs = dict[Case, xr.Dataset]


def obtain_runs(
    cases: Iterable[Case], closure: str, folder: Path, progress: Progress | None = None
) -> Runs:
    """The runs of ``cases``, from files of an earlier call where these fit, else as one batch.

    A file fits if this version wrote it with the same configuration. Each run that is computed is
    written to ``folder/closure`` at once.
    """
    folder = make_folder(folder / closure)
    wanted = {case: case.config(closure) for case in cases}
    found = {case: _reusable(_file(folder, case), config) for case, config in wanted.items()}
    missing = [case for case, run in found.items() if run is None]
    if missing:
        computed = simulate_batch([wanted[case] for case in missing], progress=progress)
        for case, run in zip(missing, computed, strict=True):
            write_dataset(run, _file(folder, case), overwrite=True)
            found[case] = run
    return {case: run for case, run in found.items() if run is not None}


def run_files(cases: Iterable[Case], closure: str, folder: Path) -> list[Path]:
    """Where ``obtain_runs`` keeps the runs."""
    return [_file(folder / closure, case) for case in cases]


def _file(folder: Path, case: Case) -> Path:
    return folder / f"{case.stem}.nc"


def _reusable(path: Path, config: Config) -> xr.Dataset | None:
    if not path.exists():
        return None
    try:
        run = read_dataset(path)
    except InputError:
        return None  # damaged: compute it again
    same_version = run.attrs.get("boltzwall_version") == __version__
    finished = run.attrs.get("stopped_because") in ("steady", "end_time")
    stored = _without_output(run.attrs.get("configuration", "{}"))
    return (
        run if same_version and finished and stored == _without_output(config.to_json()) else None
    )


def _without_output(text: str) -> dict:
    configuration = json.loads(text)
    configuration.pop("output", None)
    return configuration
