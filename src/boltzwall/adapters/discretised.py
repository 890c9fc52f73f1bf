"""From field to field of Ubermag's discretisedfield: `pip install '.[tools]'`."""

from typing import Any

import numpy as np

from boltzwall.errors import InputError
from boltzwall.simulation import torque_field


def torque_of_field(field: Any, config: Any = None) -> Any:
    """The kinetic torque on the magnetisation of a `discretisedfield.Field`, current along x.

    Arguments:
        field: vectors on a mesh of three dimensions, unit vectors or M in A/m; 0 in empty cells.
        config: as `boltzwall.torque_field` takes it.

    Returns:
        A field on the same mesh: what the electrons add to dM/dt, in A/(m s). It does not depend on
        the Ms of the field or of the configuration.

    Raises:
        InputError: discretisedfield is missing, ``field`` is none, or as `boltzwall.torque_field`.
        NumericsError: as `boltzwall.torque_field`.
    """
    try:
        import discretisedfield as df
    except ImportError:
        raise InputError(
            "The package discretisedfield must be installed for this, but it is missing. Install "
            "it with: pip install '.[tools]'"
        ) from None
    if not isinstance(field, df.Field) or field.nvdim != 3 or field.mesh.region.ndim != 3:
        raise InputError(
            "Argument `field` must be a discretisedfield.Field of vectors on a mesh of three "
            f"dimensions, but a {type(field).__name__} was given that is none."
        )
    values = np.asarray(field.array, dtype=np.float64)
    lengths = np.linalg.norm(values, axis=-1, keepdims=True)
    directions = np.divide(values, lengths, out=np.zeros_like(values), where=lengths > 0.0)
    torque = torque_field(directions, tuple(field.mesh.cell), config, progress=False)
    value = torque["magnetisation_torque"].to_numpy()
    return df.Field(field.mesh, nvdim=3, value=value, unit="A/m/s")
