"""Datasets as fields of Ubermag's discretisedfield, and back; the extra `tools` installs it."""

from types import ModuleType
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.io.states import Reduction, Time, dataset_of, state_at, state_from_mesh

_PLAIN = Reduction()


def to_field(dataset: xr.Dataset, time: Time = None, unit_vectors: bool = False) -> Any:
    """M(x) as a `discretisedfield.Field` of n×1×1 cells.

    The mesh has three dimensions because a field of one cannot be written to OVF.

    Arguments:
        dataset: a run, or a transport solution.
        time: as `state_at` takes it.
        unit_vectors: whether M is given as unit vectors, or else in A/m.

    Returns:
        The field.

    Raises:
        InputError: discretisedfield is missing; or as `state_at`.
    """
    df = _discretisedfield()
    state = state_at(dataset, time)
    values = state.moments(unit_vectors)
    cells = values.shape[0]
    end = (state.origin + cells * state.cell[0], state.cell[1], state.cell[2])
    region = df.Region(p1=(state.origin, 0.0, 0.0), p2=end)
    mesh = df.Mesh(region=region, n=(cells, 1, 1))
    return df.Field(mesh, nvdim=3, value=values, unit=None if unit_vectors else "A/m")


def from_field(field: Any, reduction: Reduction = _PLAIN) -> xr.Dataset:
    """A Dataset with the magnetisation of a field of Ubermag's discretisedfield.

    Arguments:
        field: a `discretisedfield.Field` of vectors on a mesh of one dimension or of three.
        reduction: what becomes of several cells across, and of empty ones at the ends.

    Returns:
        M(x) as unit vectors, and Ms(x) where the field's unit is A/m.

    Raises:
        InputError: it is no such field, is not finite, or has no direction somewhere along x.
    """
    try:
        values = np.asarray(field.array, dtype=np.float64)
        low, cell = np.atleast_1d(field.mesh.region.pmin), np.atleast_1d(field.mesh.cell)
    except (AttributeError, TypeError, ValueError):
        raise InputError(
            "Argument `field` must be a discretisedfield.Field of real vectors, "
            f"but a {type(field).__name__} was given."
        ) from None
    if low.size == 1:
        values, cell = values[:, None, None, :], np.repeat(cell, 3)
    step = tuple(float(edge) for edge in cell)
    if len(step) != 3:
        raise InputError(
            f"Argument `field` must have one dimension or three, but it has {len(step)}."
        )
    try:
        state = state_from_mesh(values, float(low[0]), step, str(field.unit), reduction)
    except InputError as error:
        raise InputError(f"Argument `field` {error}") from None
    return dataset_of(state, "Magnetisation from discretisedfield")


def _discretisedfield() -> ModuleType:
    try:
        import discretisedfield
    except ImportError:
        raise InputError(
            "The package discretisedfield must be installed for this, but it is missing. In a "
            "clone of the repository, install it with: pip install '.[tools]'"
        ) from None
    return discretisedfield
