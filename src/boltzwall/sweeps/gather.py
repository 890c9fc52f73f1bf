"""The result of a study: one Dataset whose dimensions are the swept keys."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.result import COMPONENTS, describe_variable, provenance, simple_attribute
from boltzwall.sweeps.kept_points import KeptColumn, Table
from boltzwall.sweeps.sealed import DamagedError
from boltzwall.sweeps.store import Entry, Store
from boltzwall.sweeps.study import Study
from boltzwall.variables import POINT_VARIABLES, VARIABLES

DONE, FAILED, MISSING = "done", "failed", "missing"


def gather(study: Study, store: Store, index: Mapping[str, Entry] | None = None) -> xr.Dataset:
    """Every point of the study that the store holds; nan and a status where it holds none."""
    index = store.index() if index is None else index
    entries = [index.get(study.digest(point)) for point in range(study.size)]
    arrays, damaged = _assembled(entries, store)
    entries = [None if e is None or e.batch in damaged else e for e in entries]
    dims = tuple(axis.dimension for axis in study.axes)
    data: dict[str, Any] = {
        name: (
            dims + column.dims,
            column.values.reshape(study.shape + column.values.shape[1:]),
            _described(name, column),
        )
        for name, column in arrays.items()
    }
    status = [MISSING if e is None else FAILED if e.reason else DONE for e in entries]
    reasons = ["" if e is None else e.reason for e in entries]
    for name, values in (("status", status), ("reason", reasons)):
        texts = np.array(values, dtype=object).reshape(study.shape)
        data[name] = (dims, texts, describe_variable(POINT_VARIABLES[name]))
    coordinates = _coordinates(study)
    if any("component" in column.dims for column in arrays.values()):
        coordinates["component"] = ("component", np.array(COMPONENTS), {})
    walls = max((_walls(column) for column in arrays.values()), default=0)
    if walls:
        coordinates["wall"] = ("wall", np.arange(walls), describe_variable(VARIABLES["wall"]))
    for name in ("x", "momentum"):
        if name in data:
            _promote(name, data, coordinates, len(dims))
    simple = {name: simple_attribute(value) for name, value in _attributes(study, status).items()}
    return xr.Dataset(data, coordinates, simple)


def _attributes(study: Study, status: list[str]) -> dict[str, Any]:
    return {
        "title": "Sweep of " + ", ".join(key.name for axis in study.axes for key in axis.keys),
        **provenance(study.base.filled()),
        "kind": "sweep",
        "sweep_of": study.settings.kind,
        "dimensions": [axis.dimension for axis in study.axes],
        "sweep": study.settings.model_dump_json(exclude_none=True),
        "calibrated": study.base.transport.calibrated(),
        "assumed": "; ".join(study.base.assumed()),
        "points_failed": status.count(FAILED),
        "points_missing": status.count(MISSING),
    }


def _described(name: str, column: KeptColumn) -> dict[str, Any]:
    """The attributes of a kept variable, from the registry."""
    of_point = name in POINT_VARIABLES and not column.dims
    found = describe_variable(POINT_VARIABLES[name] if of_point else VARIABLES[name])
    if "flag_values" in found:  # of the type of the values, which may be missing
        found["flag_values"] = found["flag_values"].astype(column.values.dtype)
    return found


def _walls(column: KeptColumn) -> int:
    return column.values.shape[1 + column.dims.index("wall")] if "wall" in column.dims else 0


def _assembled(entries: list[Entry | None], store: Store) -> tuple[Table, set[str]]:
    """The arrays of all points, one batch read at a time, and the batches that are damaged."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for point, entry in enumerate(entries):
        if entry is not None and not entry.reason:
            rows.setdefault(entry.batch, []).append((point, entry.row))
    whole: Table = {}
    damaged: set[str] = set()
    for batch, pairs in rows.items():
        points, sources = (list(numbers) for numbers in zip(*pairs, strict=True))
        try:
            table = store.read(batch)
        except DamagedError as error:
            damaged.add(batch)
            store.warn_of(batch, error, "Its points count as missing; sweep again for them.")
            continue
        for name, column in table.items():
            target = _fitted(whole.get(name), column, len(entries))
            inner: Any = (np.array(points), *(slice(n) for n in column.values.shape[1:]))
            target.values[inner] = column.values[sources]
            whole[name] = target
    return whole, damaged


def _fitted(old: KeptColumn | None, new: KeptColumn, points: int) -> KeptColumn:
    """An array for all points that is large enough for one more batch."""
    shape = new.values.shape[1:]
    if old is not None:
        shape = tuple(max(sizes) for sizes in zip(shape, old.values.shape[1:], strict=True))
        if shape == old.values.shape[1:]:
            return old
    values = np.full((points, *shape), np.nan)
    if old is not None:
        values[tuple(slice(n) for n in old.values.shape)] = old.values
    return KeptColumn(values, new.dims)


def _coordinates(study: Study) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for axis in study.axes:
        if axis.dimension == "sample":
            found["sample"] = ("sample", np.arange(len(axis)), {"long_name": "sample"})
        for key, column in zip(axis.keys, zip(*axis.rows, strict=True), strict=True):
            attributes = {"units": key.units or "1", "long_name": key.meaning}
            found[key.name] = (axis.dimension, np.array(column), attributes)
    return found


def _promote(name: str, data: dict[str, Any], coordinates: dict[str, Any], points: int) -> None:
    """A grid that all points share becomes a coordinate; one that differs keeps its own name."""
    dims, values, attributes = data.pop(name)
    flat = values.reshape(-1, values.shape[-1])
    known = flat[~np.isnan(flat).any(axis=1)]
    if len(known) and np.all(known == known[0]):
        coordinates[name] = (name, known[0], attributes)
    else:
        data[f"{name}_of_point"] = ((*dims[:points], name), values, attributes)
