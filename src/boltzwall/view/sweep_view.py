"""A sweep as a page shows it: numbers of every point, and the axes that they lie on."""

from typing import Any

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.plot.sweeps.quantity import REGIME, chosen, numbers_of_points
from boltzwall.plot.sweeps.swept_axis import SAMPLE, keys_along, swept_axis, swept_dimensions
from boltzwall.plot.units import display_unit
from boltzwall.view.panels import Arrays
from boltzwall.view.words import meaning, plain

_STATUS = ("done", "failed", "missing")


def sweep_view(dataset: xr.Dataset, name: str) -> dict[str, Any]:
    """Everything that the page shows of a sweep, with ascending axes, but its points' runs."""
    arrays = Arrays()
    try:
        first = chosen(dataset)[0]
    except InputError:  # nothing computed yet
        first = ""
    quantities = [_quantity(dataset, q, arrays) for q in _told(dataset, first)]
    status = np.array([_STATUS.index(str(word)) for word in dataset["status"].values.ravel()])
    arrays.add("status", status)
    reasons = dataset["reason"].values.ravel() if "reason" in dataset else ()
    counts = [f"{int(np.sum(status == k))} {word}" for k, word in enumerate(_STATUS)]
    return {
        "kind": "sweep",
        "name": name,
        "title": str(dataset.attrs.get("title", name)),
        "numbers": f"{status.size} points: {', '.join(counts)}",
        "status": "",
        "running": bool(np.any(status == _STATUS.index("missing"))),
        "notes": [],
        "shape": [int(n) for n in dataset["status"].shape],
        "axes": _axes(dataset, arrays),
        "quantities": quantities,
        "regimes": _regimes(dataset),
        "reasons": {str(k): str(text) for k, text in enumerate(reasons) if text},
        "arrays": arrays.packed,
    }


def _told(dataset: xr.Dataset, first: str) -> list[str]:
    """Numbers of every point, the most telling first."""
    return sorted(numbers_of_points(dataset), key=lambda name: name != first)


def _quantity(dataset: xr.Dataset, name: str, arrays: Arrays) -> dict[str, Any]:
    values = dataset[name].transpose(*swept_dimensions(dataset))
    unit = display_unit(values.values, str(values.attrs.get("units", "1")))
    arrays.add(f"value:{name}", values.values.ravel() / unit.size)
    return {
        "name": name,
        "title": meaning(name, str(values.attrs.get("long_name", ""))),
        "unit": unit.name,
        "array": f"value:{name}",
    }


def _axes(dataset: xr.Dataset, arrays: Arrays) -> list[dict[str, Any]]:
    """Every key that varies, with the dimension along which it does."""
    found = []
    for number, dimension in enumerate(swept_dimensions(dataset)):
        for key in keys_along(dataset, dimension) or [dimension]:
            axis = swept_axis(dataset, dimension, key)
            count = dataset.sizes[dimension]
            edges = axis.edges() if dimension != SAMPLE and axis.numeric else np.arange(0)
            arrays.add_exact(f"axis:{key}", axis.drawn)
            arrays.add_exact(f"edges:{key}", edges)
            found.append(
                {
                    "key": key,
                    "dimension": number,
                    "sampled": dimension == SAMPLE,
                    "title": plain(axis.title),
                    "label": plain(axis.label.replace("\n", " ")),
                    "logarithmic": axis.logarithmic,
                    "negative": bool(axis.numeric and axis.logarithmic and axis.values[0] < 0.0),
                    "names": list(axis.names),
                    "places": [plain(axis.at(k)) for k in range(count)],
                    "array": f"axis:{key}",
                    "edges": f"edges:{key}",
                }
            )
    return found


def _regimes(dataset: xr.Dataset) -> list[str]:
    """In words, of every point; empty where nothing is known of any."""
    if REGIME not in dataset:
        return []
    codes = dataset[REGIME].transpose(*swept_dimensions(dataset)).values.ravel()
    words = str(dataset[REGIME].attrs.get("flag_meanings", "")).split()
    return [words[int(c)] if np.isfinite(c) and int(c) < len(words) else "" for c in codes]
