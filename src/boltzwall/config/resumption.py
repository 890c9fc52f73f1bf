"""What a run that goes on from an earlier one must have in common with it."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from boltzwall.config.config import Config
from boltzwall.config.files import file_digests
from boltzwall.errors import InputError
from boltzwall.version import __version__

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.values import Values

Tables = Mapping[str, Mapping[str, Any]]
Free = Mapping[str, tuple[str, ...] | None]
"""Keys of each section that may differ; None: all of the section."""

OUTPUT: Free = {"output": None}
# A resumed run may differ in these from the run that it goes on from.
_FREE: Free = {
    "output": None,
    "dynamics": ("end_time", "stop", "steady_rate", "checkpoint_interval"),
}
_SAME = 1e-9  # relative difference of places and times that are meant to be the same


def require_same(config: Config, dataset: "xr.Dataset") -> None:
    """Raise InputError where a run would go on as another one; it lists all that differs."""
    found = [
        *differences_from(config, dataset, _FREE),
        *_of_time(dataset, config.dynamics.save_interval),
    ]
    if found:
        raise InputError(
            "A resumed run must have the configuration, files, grid and version of boltzwall that "
            f"it began with, but these differ: {', '.join(found)}. Give them their former values, "
            "or begin a new run."
        )


def differences_from(config: Config, dataset: "xr.Dataset", free: Free = OUTPUT) -> tuple[str, ...]:
    """In what a run of ``config`` would differ from an earlier one, each as "name (then → now)".

    Arguments:
        dataset: the earlier run.
        free: what does not count.

    Raises:
        InputError: the Dataset carries no configuration that can be read.
    """
    from boltzwall.io import config_of

    stored = config_of(dataset)
    names, same = _of_files(config, dataset, stored)
    keys = differing_keys(stored, config.filled(), free)
    return (
        *_of_version(dataset.attrs.get("boltzwall_version")),
        *(text for name, text in keys.items() if name not in same),
        *names,
        *_of_cells(dataset, config),
    )


def differing_keys(then: Tables, now: Tables, free: Free = OUTPUT) -> dict[str, str]:
    """The keys of two configurations that differ, each with "section.key (then → now)"."""
    names = sorted({(s, key) for tables in (now, then) for s in tables for key in tables[s]})
    pairs = {
        f"{section}.{key}": (_value(then, section, key), _value(now, section, key))
        for section, key in names
        if section not in free or (free[section] is not None and key not in (free[section] or ()))
    }
    return {name: f"{name} ({a} → {b})" for name, (a, b) in pairs.items() if a != b}


def _value(tables: Tables, section: str, key: str) -> Any:
    return tables.get(section, {}).get(key)


def _of_version(then: object) -> Sequence[str]:
    return [] if then == __version__ else [f"version of boltzwall ({then} → {__version__})"]


def _of_files(
    config: Config, dataset: "xr.Dataset", stored: Tables
) -> tuple[Sequence[str], frozenset[str]]:
    """Files with another content, and keys whose file has the same, wherever it lies now."""
    import json

    try:
        then = dict(json.loads(dataset.attrs.get("input_files") or "{}"))
    except (TypeError, ValueError):
        then = {}
    now = file_digests(config)
    same = frozenset(name for name in now if then.get(name) == now[name])
    changed = [
        f"the content of {name}"
        for name in now
        if name not in same and _value(stored, *name.split(".", 1)) is not None
    ]
    return changed, same


def _of_cells(dataset: "xr.Dataset", config: Config) -> Sequence[str]:
    cells, length = config.wire.cells, config.wire.length
    x: Values = dataset["x"].values if "x" in dataset else _nothing()
    if x.ndim != 1 or x.size != cells:
        return [f"the cells of its states ({x.size} → {cells})"]
    expected = [(n + 0.5) * length / cells for n in range(cells)]
    off = max(abs(float(a) - b) if a == a else math.inf for a, b in zip(x, expected, strict=True))
    return [f"the places of its cells (by {off:.3g} m)"] if off > _SAME * length else []


def _of_time(dataset: "xr.Dataset", interval: float) -> Sequence[str]:
    """The saved times: from 0 on in the interval, and the last one, where another end was."""
    time: Values = dataset["time"].values if "time" in dataset else _nothing()
    expected = [n * interval for n in range(time.size)]
    slack = _SAME * interval * max(time.size, 1)
    whole = time.size and all(
        abs(float(a) - b) <= slack for a, b in zip(time[:-1], expected[:-1], strict=True)
    )
    last = float(time[-1]) - expected[-1] if time.size else math.nan
    ends_well = -interval < last <= slack if time.size > 1 else abs(last) <= slack
    return [] if whole and ends_well else ["its saved times, which are not those of the run"]


def _nothing() -> "Values":
    import numpy as np

    return np.empty(0)
