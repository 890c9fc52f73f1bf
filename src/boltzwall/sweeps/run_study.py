"""Compute what a study lacks and gather it."""

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from boltzwall.config import Config
from boltzwall.errors import InputError, NumericsError
from boltzwall.progress import Report, reporting
from boltzwall.sweeps.gather import gather
from boltzwall.sweeps.other_studies import note_study
from boltzwall.sweeps.plan import Plan
from boltzwall.sweeps.store import Store
from boltzwall.sweeps.study import Study, load_study, read_study
from boltzwall.sweeps.workforce import Engine, Workforce

Axes = Mapping[Any, Sequence[Any]] | Sequence[Mapping[str, Any]]


def sweep(
    config: Any,
    axes: Axes | None = None,
    *,
    store: str | Path | None = None,
    workforce: Workforce | None = None,
    progress: Report | bool | None = True,
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
        progress: whether a bar is shown, in a terminal or a notebook, once the call takes more than
            a second; or what to call with (done, total, message).
        settings: the other keys of [sweep]: samples, sampling, seed, kind, keep, batch.

    Returns:
        A Dataset with what is kept of every point, and `status` and `reason` of each.

    Raises:
        InputError: the study or the store cannot be used.
        KeyboardInterrupt: interrupted; the store holds every batch that was done.

    Examples:
        Without a hard axis a wall moves at (1 + αβ)u/(1 + α²) and turns meanwhile.

        >>> import boltzwall
        >>> wall = {
        ...     "material": {
        ...         "damping": 0.1,
        ...         "exchange_stiffness": "1e-11 J/m",
        ...         "uniaxial_anisotropy": "1e5 J/m^3",
        ...     },
        ...     "wire": {"length": "120 nm", "cells": 30},
        ...     "texture": {"kind": "neel", "width": "10 nm"},
        ...     "temperature": {"kind": "uniform", "value": "300 K"},
        ...     "transport": {"model": "zhang-li", "u": "10 m/s", "beta": 0.05},
        ...     "field": {"exchange": True, "uniaxial_anisotropy": True},
        ...     "dynamics": {"end_time": "20 ps", "save_interval": "10 ps", "stop": "end"},
        ... }
        >>> study = boltzwall.sweep(wall, {"transport.u": [10.0, 20.0]}, progress=False)
        >>> study["mean_wall_velocity"].values.round()
        array([10., 20.])
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
    progress: Report | None = None,
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
    for text in note_study(study, store):
        warnings.warn(text, stacklevel=2)
    store.remember(study.tables)
    plan = Plan(study, address, store.index(), retry_failed)
    before = study.size - plan.points

    def report(points: float) -> None:
        if progress:
            progress(before + points, study.size, f"{int(before + points)} of {study.size} points")

    report(0.0)
    Engine(workforce or Workforce()).run(plan, report)
    dataset = gather(study, store)
    if dataset.attrs["points_failed"] == study.size:
        reason = str(dataset["reason"].values.flat[0])
        raise NumericsError(f"All {study.size} points failed, the first because: {reason}")
    return dataset


def read_store(address: str | Path) -> xr.Dataset:
    """What a store holds of the study that was computed last, done or not.

    Raises:
        InputError: there is no store of this version, or it does not say of which study it is.
    """
    store = Store(absolute(address))
    if not store.exists():
        raise InputError(f"The store `{address}` must exist, but there is none.")
    store.check()
    return gather(load_study(store.remembered()), store)


def absolute(address: str | Path) -> str:
    """An address that a worker in another folder understands."""
    text = str(address)
    return text if "://" in text else str(Path(text).absolute())


def _shown(
    study: Study, address: str, workforce: Workforce | None, progress: Report | bool | None
) -> xr.Dataset:
    with reporting("Sweeping", progress) as report:
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
