"""The Dataset: arrays named in the registry become a labelled, self-describing result."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.variables import VARIABLES, Variable
from boltzwall.version import __version__

COMPONENTS = ("x", "y", "z")
COORDINATES = ("time", "x", "y", "z", "momentum", "wall", "component")


def build_dataset(
    arrays: Mapping[str, Any],
    attributes: Mapping[str, Any],
    registry: Mapping[str, Variable] = VARIABLES,
) -> xr.Dataset:
    """Label ``arrays`` with the dimensions, units and meanings of a registry.

    An array may lack the leading ``time`` of its entry (a transport solution), or have it where
    the entry has none (a temperature that changes). ``component`` is added where it is needed.
    Attributes become text, numbers, or JSON, so that every netCDF reader understands them.

    Raises ``KeyError`` for a name that the registry does not hold and ``ValueError`` for an array
    whose number of dimensions does not fit its entry.
    """
    labelled = {name: _label(registry[name], values) for name, values in arrays.items()}
    if any("component" in variable.dims for variable in labelled.values()):
        labelled["component"] = _label(VARIABLES["component"], np.array(COMPONENTS))
    coordinates = {name: labelled.pop(name) for name in COORDINATES if name in labelled}
    simple = {name: simple_attribute(value) for name, value in attributes.items()}
    return xr.Dataset(labelled, coordinates, simple)


def provenance(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that say what a Dataset is, and from which configuration, filled in."""
    return {
        "Conventions": "CF-1.10",
        "boltzwall_version": __version__,
        "configuration": json.dumps(configuration, ensure_ascii=False),
    }


def simple_attribute(value: Any) -> str | int | float:
    """Text, an integer or a float that says the same as ``value``; structures become JSON."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    elif hasattr(value, "item"):  # a scalar of another array library
        value = value.item()
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _label(entry: Variable, values: Any) -> xr.Variable:
    values = np.asarray(values)
    return xr.Variable(_fitting_dims(entry, values.ndim), values, describe_variable(entry))


def _fitting_dims(entry: Variable, rank: int) -> tuple[str, ...]:
    if rank == len(entry.dims):
        return entry.dims
    if rank == len(entry.dims) - 1 and entry.dims[0] == "time":
        return entry.dims[1:]
    if rank == len(entry.dims) + 1 and "time" not in entry.dims:
        return ("time", *entry.dims)
    raise ValueError(
        f"Argument `{entry.name}` must have the dimensions {entry.dims}, with or without time, "
        f"but an array of {rank} dimensions was given."
    )


def describe_variable(entry: Variable) -> dict[str, Any]:
    """The attributes of a variable, as the CF conventions name them."""
    attributes = {
        "long_name": entry.long_name,
        "units": entry.units,
        "equation": entry.equation,
        "flag_meanings": " ".join(entry.flags),
    }
    found: dict[str, Any] = {name: text for name, text in attributes.items() if text}
    if entry.flags:
        found["flag_values"] = np.arange(len(entry.flags), dtype=np.int8)
    return found
