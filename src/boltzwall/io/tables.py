"""Runs as tables in time: CSV, and the tab-separated text that MuMax3 writes."""

from pathlib import Path
from typing import Literal

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io.netcdf import check_writable, replacing
from boltzwall.values import Values

Style = Literal["csv", "mumax3"]
Column = tuple[str, str, Values]

_TOTAL = "energy_total"
_TERM = "energy_"


def columns(dataset: xr.Dataset) -> list[Column]:
    """Name, unit and values: t, mx, my, mz, E, dw_pos, dw_speed, j, Hx, Hy, Hz, T, V, R, P,
    E_term….

    A column is left out where the run has not got it. E is per cross-section, J/m², as is P, the
    power of the current; T is the mean along the wire.

    Raises ``InputError`` if there is no time.
    """
    if "time" not in dataset.dims or "magnetisation" not in dataset:
        raise InputError(
            "The result must be a run in time for a table, but it holds one state. "
            "Use a result of `boltzwall run`."
        )
    if "mean_magnetisation" in dataset:
        mean = dataset["mean_magnetisation"].transpose("time", "component").to_numpy()
    else:
        mean = dataset["magnetisation"].mean("x").transpose("time", "component").to_numpy()
    found: list[Column] = [("t", "s", dataset["time"].to_numpy())]
    found += [(f"m{axis}", "", mean[:, i]) for i, axis in enumerate("xyz")]
    named = (
        ("E", "J/m2", _TOTAL),
        ("dw_pos", "m", "wall_position"),
        ("dw_speed", "m/s", "wall_velocity"),
        ("j", "A/m2", "current_density"),
    )
    found += [(name, unit, dataset[key].to_numpy()) for name, unit, key in named if key in dataset]
    found += _applied(dataset)
    terms = sorted(str(key) for key in dataset.data_vars if str(key).startswith(_TERM))
    found += [
        (f"E_{key.removeprefix(_TERM)}", "J/m2", dataset[key].to_numpy())
        for key in terms
        if key != _TOTAL and dataset[key].dims == ("time",)
    ]
    return found


def _applied(dataset: xr.Dataset) -> list[Column]:
    """The applied field, and the mean temperature, at every saved time."""
    found: list[Column] = []
    if "magnetic_field" in dataset:
        field = dataset["magnetic_field"].transpose("time", "component").to_numpy()
        found += [(f"H{axis}", "A/m", field[:, i]) for i, axis in enumerate("xyz")]
    if "temperature" in dataset:
        mean = dataset["temperature"].mean("x").broadcast_like(dataset["time"])
        found.append(("T", "K", mean.to_numpy()))
    circuit = (("V", "V", "voltage"), ("R", "Ohm", "resistance"), ("P", "W/m2", "joule_heat"))
    return found + [
        (name, unit, dataset[key].to_numpy())
        for name, unit, key in circuit
        if key in dataset and dataset[key].dims == ("time",)
    ]


def table_text(dataset: xr.Dataset, style: Style = "csv") -> str:
    """The table: "csv" with the names in its first line, "mumax3" with names and units."""
    if style not in ("csv", "mumax3"):
        raise InputError(f'Argument `style` must be "csv" or "mumax3", but {style!r} was given.')
    found = columns(dataset)
    separator = "," if style == "csv" else "\t"
    if style == "csv":
        head = ",".join(name for name, _, _ in found)
    else:
        head = "# " + "\t".join(f"{name} ({unit})" for name, unit, _ in found)
    rows = np.column_stack([values for _, _, values in found]).tolist()
    return "\n".join([head, *(separator.join(map(repr, row)) for row in rows)]) + "\n"


def write_table(
    dataset: xr.Dataset, path: str | Path, style: Style = "csv", overwrite: bool = False
) -> Path:
    """Write a run as a table in time, whole or not at all.

    Arguments:
        dataset: of a run.
        path: of the file.
        style: "csv", or "mumax3" for text with tabs and MuMax3's head.
        overwrite: whether a file of this name is replaced.

    Returns:
        The path of the file.

    Raises:
        InputError: the Dataset is no run, or the file exists and is not to be replaced, or cannot
            be written.
    """
    text = table_text(dataset, style)
    path = check_writable(path, overwrite)
    try:
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The output `{path}` could not be written: {error.strerror or error}."
        ) from error
    return path
