"""Digests of what a Dataset holds, so that a damaged file is not read as another result."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

CHECKSUMS = "checksums"
_ATTRIBUTES = ""  # the entry of the attributes and dimensions of the whole


def with_checksums(dataset: xr.Dataset) -> xr.Dataset:
    """The same with an attribute that holds a digest of each variable and one of the attributes."""
    return dataset.assign_attrs({CHECKSUMS: json.dumps(_digests(dataset))})


def checked(dataset: xr.Dataset) -> tuple[xr.Dataset, tuple[str, ...]]:
    """The Dataset without its digests, and the names of what is not as it was written.

    The name of the attributes of the whole is "". A Dataset without digests, from a former version
    or another program, is taken as it is.
    """
    kept = dataset.attrs.get(CHECKSUMS)
    if kept is None:
        return dataset, ()
    plain = dataset.copy(deep=False)
    del plain.attrs[CHECKSUMS]
    try:
        expected = dict(json.loads(kept))
    except (ValueError, TypeError):
        return plain, (_ATTRIBUTES,)
    found = _digests(plain)
    names = sorted({*expected, *found})
    return plain, tuple(name for name in names if expected.get(name) != found.get(name))


def _digests(dataset: xr.Dataset) -> dict[str, str]:
    whole = json.dumps([_plain(dataset.attrs), sorted(map(list, dataset.sizes.items()))])
    found = {_ATTRIBUTES: _digest(whole.encode())}
    for name, variable in dataset.variables.items():
        head = json.dumps([list(variable.dims), list(variable.shape), _plain(variable.attrs)])
        found[str(name)] = _digest(head.encode(), _content(variable.values))
    return found


def _content(values: np.ndarray[Any, Any]) -> bytes:
    """Numbers by their bytes, texts by their characters: netCDF may store them in another type."""
    if values.dtype.kind in "OUST":
        return json.dumps(np.asarray(values, dtype=object).astype(str).tolist()).encode()
    if values.dtype.kind in "biu":
        return values.astype("<i8").tobytes()
    return np.ascontiguousarray(values).tobytes()


def _plain(attributes: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """As they are after they were written and read: netCDF tells no list of one from its entry."""
    return sorted((str(k), np.atleast_1d(v).tolist()) for k, v in attributes.items())


def _digest(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "little") + part)
    return found.hexdigest()[:32]
