"""A point of a sweep as the result that it was: what the store holds of it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.io.settings import config_of
from boltzwall.plot.sweeps.swept_axis import keys_along, swept_axis, swept_dimensions
from boltzwall.view.words import plain

_OF_POINT = "_of_point"


def has_states(dataset: xr.Dataset) -> bool:
    """Whether M(x) of the points was kept."""
    return "magnetisation" in dataset and "x" in dataset["magnetisation"].dims


def point_dataset(sweep: xr.Dataset, point: int) -> xr.Dataset:
    """The run or state of one point, counted with the last dimension the fastest.

    Raises:
        IndexError: there is no such point.
    """
    dims = swept_dimensions(sweep)
    shape = tuple(sweep.sizes[dim] for dim in dims)
    if not 0 <= point < int(np.prod(shape)):
        raise IndexError(f"there is no point {point}")
    chosen = dict(zip(dims, map(int, np.unravel_index(point, shape)), strict=True))
    found = sweep.isel(chosen)
    swept = {k: found[k].item() for d in dims for k in keys_along(sweep, d) if k in found.coords}
    found = found.drop_vars([k for k in swept if k in found.coords])
    found = _in_time(_along_wire(found))
    if "wall" in found.dims and "wall_positions" in found and "time" in found.dims:
        found = found.isel(wall=found["wall_positions"].notnull().any("time").values)
    found.attrs = {
        "title": ", ".join(_places(sweep, chosen)),
        "configuration": json.dumps(_configuration(sweep, swept)),
        "stopped_because": "",
    }
    return found


def _in_time(found: xr.Dataset) -> xr.Dataset:
    """Without the times that only other points have."""
    if "time" not in found.dims:
        return found.drop_vars("time", errors="ignore")
    there = found["time"].notnull().values
    return found.isel(time=there)


def _along_wire(found: xr.Dataset) -> xr.Dataset:
    """Cells whose places differ from point to point are coordinates of each."""
    own = f"x{_OF_POINT}"
    if own not in found:
        return found
    places = found[own].values
    there = np.isfinite(places)
    found = found.drop_vars(own).isel(x=there)
    return found.assign_coords(x=("x", places[there], {"units": "m"}))


def _configuration(sweep: xr.Dataset, swept: dict[str, Any]) -> dict[str, Any]:
    content = config_of(sweep)
    for name, value in swept.items():
        section, _, key = name.partition(".")
        if section in content and "." not in key:
            content[section][key] = value
    return content


def _places(sweep: xr.Dataset, chosen: Mapping[str, int]) -> Iterator[str]:
    """``u = 20 m s⁻¹`` for every key."""
    for dimension, place in chosen.items():
        for key in keys_along(sweep, dimension):
            yield plain(swept_axis(sweep, dimension, key).at(place))
