"""Compute what a study lacks and gather it."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from boltzwall.config import Config
from boltzwall.errors import InputError, NumericsError
from boltzwall.progress import progress as shown_progress
from boltzwall.sweeps.engine import Engine, Workforce
from boltzwall.sweeps.execute import Task
from boltzwall.sweeps.gather import gather
from boltzwall.sweeps.store import Entry, Store, batch_name
from boltzwall.sweeps.study import Study, load_study, read_study

Progress = Callable[[float, float, str], None]
Axes = Mapping[Any, Sequence[Any]] | Sequence[Mapping[str, Any]]


def sweep(
    config: Any,
    axes: Axes | None = None,
    *,
    store: str | Path | None = None,
    workforce: Workforce | None = None,
    progress: Progress | bool = True,
    **settings: Any,
) -> xr.Dataset:
    """Run a grid or a sample of configurations; one Dataset whose dimensions are the swept keys.

    Arguments:
        config: a Config, a mapping shaped like the TOML, or a path; with a [sweep] of its own, or
            with ``axes``.
        axes: {"section.key": values}, crossed; {("one.key", "another.key"): pairs}, zipped; or a
            list of mappings with the keys of [[sweep.axes]].
        store: folder or address of the Zarr store, which a later call goes on from; None: nothing
            is kept but what is returned.
        workforce: threads or Dask workers; None: a thread for each core.
        progress: whether a bar is shown (in a terminal or a notebook), or what to call with
            (done, total, message).
        settings: the other keys of [sweep]: samples, sampling, seed, kind, keep, batch.

    Raises:
        InputError: the study or the store cannot be used.
        KeyboardInterrupt: interrupted; the store holds every batch that was done.
    """
    study = load_study(_with_axes(config, axes, settings))
    if store is None:
        with tempfile.TemporaryDirectory() as folder:
            return _shown(study, f"{folder}/store", workforce, progress)
    return _shown(study, str(store), workforce, progress)


def run_study(
    study: Study,
    address: str,
    workforce: Workforce | None = None,
    progress: Progress | None = None,
    retry_failed: bool = False,
) -> xr.Dataset:
    """Compute the points that the store lacks, then gather them all.

    Raises:
        InputError: the store cannot be used or written.
        NumericsError: a batch killed every worker, or all points failed.
    """
    address = absolute(address)
    store = Store(address)
    store.prepare()
    index = store.index()
    tasks = missing_tasks(study, address, index, retry_failed)
    wanted = sum(len(task.digests) for task in tasks)
    before = study.size - wanted

    def report(points: float) -> None:
        if progress:
            progress(before + points, study.size, f"{int(before + points)} of {study.size} points")

    Engine(workforce or Workforce()).run(tasks, report)
    dataset = gather(study, store)
    if dataset.attrs["points_failed"] == study.size:
        reason = str(dataset["reason"].values.flat[0])
        raise NumericsError(f"All {study.size} points failed, the first because: {reason}")
    return dataset


def missing_tasks(
    study: Study, address: str, index: Mapping[str, Entry], retry_failed: bool
) -> list[Task]:
    """The batches that are still to be computed, of the points that no batch holds."""
    tasks, seen = [], set()
    for batch in study.batches():
        names = {point: study.digest(point) for point in batch}
        missing = []
        attempt = 0
        for point, digest in names.items():
            entry = index.get(digest)
            again = retry_failed and entry is not None and bool(entry.reason)
            if (entry is None or again) and digest not in seen:
                seen.add(digest)
                missing.append(point)
                attempt = max(attempt, 1 if again else 0)
        if missing:
            digests = tuple(names[point] for point in missing)
            tasks.append(
                Task(
                    store=address,
                    name=_name(digests, attempt, index),
                    given=study.given,
                    overrides=tuple(study.overrides(point) for point in missing),
                    digests=digests,
                    kind=study.settings.kind,
                    keep=study.settings.keep,
                    size=study.batch_size,
                )
            )
    return tasks


def absolute(address: str | Path) -> str:
    """An address that a worker in another folder understands."""
    text = str(address)
    return text if "://" in text else str(Path(text).absolute())


def _name(digests: Sequence[str], attempt: int, index: Mapping[str, Entry]) -> str:
    taken = {entry.batch for entry in index.values()}
    while attempt and batch_name(digests, attempt) in taken:
        attempt += 1
    return batch_name(digests, attempt)


def _shown(
    study: Study, address: str, workforce: Workforce | None, progress: Progress | bool
) -> xr.Dataset:
    if callable(progress):
        return run_study(study, address, workforce, progress)
    with shown_progress("Sweeping", quiet=not progress) as report:
        return run_study(study, address, workforce, report)


def _with_axes(config: Any, axes: Axes | None, settings: Mapping[str, Any]) -> Any:
    """The configuration and the axes as one mapping with a [sweep]."""
    if axes is None and not settings:
        return config
    if isinstance(config, Config):
        data = config.given()
    elif config is None:
        data = {}
    elif isinstance(config, Mapping):
        data = dict(config)
    else:
        data = read_study(config)
    table = {**data.get("sweep", {}), **settings}
    if axes is not None:
        table["axes"] = _listed(axes)
    return {**data, "sweep": table}


def _listed(axes: Axes) -> list[dict[str, Any]]:
    if not isinstance(axes, Mapping):
        return [dict(axis) for axis in axes]
    found: list[dict[str, Any]] = []
    for number, (key, values) in enumerate(axes.items()):
        if isinstance(key, str):
            found.append({"key": key, "values": _plain(values)})
            continue
        rows = [list(row) for row in values]
        if any(len(row) != len(key) for row in rows):
            raise InputError(
                f"Argument `axes` must give {len(key)} values in every row of {key}, but does not."
            )
        for column, one in enumerate(key):
            values_of_one = _plain([row[column] for row in rows])
            found.append({"key": one, "values": values_of_one, "zip": str(number)})
    return found


def _plain(values: Any) -> list[Any]:
    return [value.item() if hasattr(value, "item") else value for value in values]
