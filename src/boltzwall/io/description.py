"""A result in words: what ``boltzwall info`` prints."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io.settings import config_of
from boltzwall.walls.words import sweep_rows, wall_rows


def describe(dataset: xr.Dataset) -> str:
    """Dimensions, attributes, range of every variable, and configuration, as plain text."""
    sections = (
        ("Dimensions", _dimensions(dataset)),
        ("Walls", _walls(dataset)),
        ("Attributes", _attributes(dataset)),
        ("Variables", _variables(dataset)),
        ("Configuration", _configuration(dataset)),
    )
    lines = [str(dataset.attrs.get("title", "boltzwall result"))]
    for heading, body in sections:
        rows = list(body)
        if rows:
            lines += ["", heading, *(f"  {row}" for row in rows)]
    return "\n".join(lines)


def _dimensions(dataset: xr.Dataset) -> Iterator[str]:
    for name, size in dataset.sizes.items():
        yield f"{name}: {size}"


def _walls(dataset: xr.Dataset) -> Iterator[str]:
    """Regimes and velocities, of a run or over a sweep."""
    found = wall_rows(dataset) if "time" in dataset.dims else ()
    rows: list[tuple[str, ...]] = [*found, *sweep_rows(dataset)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(n) for cell, n in zip(row, widths, strict=True)).rstrip()


def _attributes(dataset: xr.Dataset) -> Iterator[str]:
    for name, value in dataset.attrs.items():
        if name not in ("title", "configuration") and value != "":
            yield f"{name}: {value}"


def _variables(dataset: xr.Dataset) -> Iterator[str]:
    names = [str(name) for name in (*dataset.coords, *dataset.data_vars)]
    width = max((len(name) for name in names), default=0)
    for name in names:
        variable = dataset[name]
        dims = ", ".join(str(dim) for dim in variable.dims)
        units = variable.attrs.get("units", "")
        meaning = variable.attrs.get("long_name", "")
        yield f"{name:<{width}}  ({dims})  {_range(variable.values, units)}  {meaning}".rstrip()


def _range(values: np.ndarray, units: str) -> str:
    unit = f" {units}" if units not in ("", "1") else ""
    if values.dtype.kind not in "fiu":
        return ", ".join(map(str, values.ravel()[:3]))
    finite = values[np.isfinite(values)]
    missing = values.size - finite.size
    note = f", {missing} of {values.size} not finite" if missing else ""
    if not finite.size:
        return f"no finite value{note}"
    low, high = finite.min(), finite.max()
    span = f"{low:.6g}" if low == high else f"{low:.6g} … {high:.6g}"
    return f"{span}{unit}{note}"


def _configuration(dataset: xr.Dataset) -> Iterator[str]:
    if not dataset.attrs.get("configuration"):
        return
    try:
        configuration = config_of(dataset)
    except InputError:
        yield str(dataset.attrs["configuration"])
        return
    for section, content in configuration.items():
        yield f"{section}: {_inline(content)}"


def _inline(content: dict[str, Any]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in content.items() if value is not None)
