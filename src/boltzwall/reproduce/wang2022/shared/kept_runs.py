"""The runs behind the figures: those still missing are computed together, then kept as files."""

import time
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from boltzwall.config import Config
from boltzwall.config.resumption import differences_from
from boltzwall.errors import InputError
from boltzwall.io import make_folder, read_dataset, write_dataset
from boltzwall.progress import Report
from boltzwall.reproduce.steps import part
from boltzwall.reproduce.wang2022.shared.cases import Case, Cases
from boltzwall.reproduce.wang2022.shared.treatments import Treatment
from boltzwall.simulation import simulate_batch

Runs = dict[Case, xr.Dataset]
Found = Mapping[str, Runs]
"""The runs of every treatment, by its name."""


@dataclass(frozen=True)
class BatchTime:
    """How long the runs of one batch took together, compilation included."""

    runs: int
    seconds: float


def obtain_runs(
    cases: Cases, treatment: Treatment, folder: Path, progress: Report | None = None
) -> Runs:
    """The runs of ``cases``, from files of an earlier call where these fit, else in batches.

    A file fits if this version wrote it with the same configuration. The runs of a batch are
    written to a folder of the treatment's name when it is done.
    """
    folder = make_folder(folder / treatment.name)
    wanted = {case: treatment.config(case) for case in cases}
    found = {case: _reusable(_file(folder, case), config) for case, config in wanted.items()}
    missing = [case for case, run in found.items() if run is None]
    size = min(len(missing), treatment.together)
    for first in range(0, len(missing), treatment.together):
        batch = missing[first : first + treatment.together]
        report = part(progress, first / len(missing), len(batch) / len(missing))
        configs = [wanted[case] for case in batch]
        for case, run in zip(batch, _computed(configs, size, report), strict=True):
            write_dataset(run, _file(folder, case), overwrite=True)
            found[case] = run
    return {case: run for case, run in found.items() if run is not None}


def run_files(cases: Cases, treatment: Treatment, folder: Path) -> list[Path]:
    """Where ``obtain_runs`` keeps the runs."""
    return [_file(folder / treatment.name, case) for case in cases]


def batch_times(runs: Iterable[xr.Dataset]) -> list[BatchTime]:
    """The batches in which the runs were computed."""
    known = [run.attrs for run in runs if "batch_seconds" in run.attrs]
    times = [BatchTime(int(a["batch_runs"]), float(a["batch_seconds"])) for a in known]
    return list(dict.fromkeys(times))


def _computed(configs: list[Config], size: int, progress: Report | None) -> Sequence[xr.Dataset]:
    """A batch of ``size``; a smaller one is filled up, so that one compiled code serves all."""
    filled = [*configs, *configs[-1:] * (size - len(configs))]
    started = time.monotonic()
    computed = simulate_batch(filled, progress=progress)[: len(configs)]
    seconds = round(time.monotonic() - started, 1)
    for run in computed:
        run.attrs |= {"batch_seconds": seconds, "batch_runs": len(configs)}
    return computed


def _file(folder: Path, case: Case) -> Path:
    return folder / f"{case.stem}.nc"


def _reusable(path: Path, config: Config) -> xr.Dataset | None:
    if not path.exists():
        return None
    try:
        run = read_dataset(path)
        why = ", ".join(differences_from(config, run))
    except InputError as error:
        why = str(error)
    else:
        stopped = run.attrs.get("stopped_because")
        if not why and stopped in ("steady", "end_time"):
            return run
        why = f"it differs in {why}" if why else f"it did not reach its end ({stopped})"
    warnings.warn(f"The run {path} of an earlier call is computed again: {why}", stacklevel=2)
    return None
