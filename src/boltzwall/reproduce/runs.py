"""The runs behind the figures: those still missing are computed together, then kept as files."""

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import xarray as xr

from boltzwall.config import Config
from boltzwall.errors import InputError
from boltzwall.io import config_of, make_folder, read_dataset, write_dataset
from boltzwall.reproduce.cases import CONSISTENT, Case
from boltzwall.reproduce.steps import Progress
from boltzwall.simulation import simulate_batch
from boltzwall.version import __version__

Runs = dict[Case, xr.Dataset]
BATCH = 10  # the κ and the T0 series


def obtain_runs(
    cases: Iterable[Case], closure: str, folder: Path, progress: Progress | None = None
) -> Runs:
    """The runs of ``cases``, from files of an earlier call where these fit, else in batches.

    A file fits if this version wrote it with the same configuration. The runs of a batch are
    written to ``folder/closure`` when it is done. Those of the consistent model, `CONSISTENT` in
    the place of a closure, go one by one: their iterations would wait for one another.
    """
    folder = make_folder(folder / closure)
    size = 1 if closure == CONSISTENT else BATCH
    wanted = {case: case.config(closure) for case in cases}
    found = {case: _reusable(_file(folder, case), config) for case, config in wanted.items()}
    missing = [case for case, run in found.items() if run is None]
    for first in range(0, len(missing), size):
        batch = missing[first : first + size]
        # A last, smaller batch is filled up: the compiled code of the others serves it too.
        filled = batch + batch[-1:] * (min(len(missing), size) - len(batch))
        shares = (first / len(missing), len(batch) / len(missing))
        started = time.monotonic()
        computed = simulate_batch(
            [wanted[case] for case in filled], progress=_part(progress, *shares)
        )
        seconds = time.monotonic() - started
        for case, run in zip(batch, computed, strict=False):
            run.attrs |= {"batch_seconds": round(seconds, 1), "batch_runs": len(batch)}
            write_dataset(run, _file(folder, case), overwrite=True)
            found[case] = run
    return {case: run for case, run in found.items() if run is not None}


def run_files(cases: Iterable[Case], closure: str, folder: Path) -> list[Path]:
    """Where ``obtain_runs`` keeps the runs."""
    return [_file(folder / closure, case) for case in cases]


def batch_times(runs: Iterable[xr.Dataset]) -> Sequence[tuple[int, float]]:
    """(number of runs, seconds) of the batches in which the runs were computed."""
    known = [run.attrs for run in runs if "batch_seconds" in run.attrs]
    return list(dict.fromkeys((int(a["batch_runs"]), float(a["batch_seconds"])) for a in known))


def _part(progress: Progress | None, start: float, share: float) -> Progress | None:
    """Reports of a part of the work as reports of the whole."""
    if progress is None:
        return None

    def report(done: float, total: float, message: str) -> None:
        progress(start + share * done / total, 1.0, message)

    return report


def _file(folder: Path, case: Case) -> Path:
    return folder / f"{case.stem}.nc"


def _reusable(path: Path, config: Config) -> xr.Dataset | None:
    if not path.exists():
        return None
    try:
        run = read_dataset(path)
        stored = config_of(run)
    except InputError:
        return None  # damaged: compute it again
    same_version = run.attrs.get("boltzwall_version") == __version__
    finished = run.attrs.get("stopped_because") in ("steady", "end_time")
    return run if same_version and finished and _same(stored, config) else None


def _same(stored: dict, config: Config) -> bool:
    """Whether both ask for the same result, wherever it is written."""
    asked = json.loads(config.to_json())
    return {**stored, "output": None} == {**asked, "output": None}
