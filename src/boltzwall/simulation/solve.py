"""Transport for one magnetisation."""

from typing import Any

import equinox as eqx
import jax
import numpy as np
import xarray as xr

from boltzwall.config import load_config
from boltzwall.config.build import build_heat_constants, build_magnetisation, build_published
from boltzwall.errors import InputError, NumericsError
from boltzwall.numerics.frames import extrapolate_ends
from boltzwall.result import build_dataset
from boltzwall.simulation.attributes import describe_config
from boltzwall.transport.published.distributions import distribution_arrays
from boltzwall.transport.published.outputs import relative_residuals, transport_arrays


@eqx.filter_jit
def _outputs(model: Any, heat: Any, m: Any, ends: Any, keep: bool) -> Any:
    arrays = transport_arrays(model, heat, m, ends)
    residuals = relative_residuals(model, arrays)
    if keep:
        arrays = {**arrays, **distribution_arrays(model, m, ends)}
    return arrays, residuals, model.temperature.at(model.centres), model.centres


def solve_transport(config: Any = None, magnetisation: Any = None) -> xr.Dataset:
    """Steady transport, (5),(6), for the configured texture or for a given magnetisation.

    Arguments:
        config: a Config, a dict shaped like the TOML, a path, or None for the paper's wall.
        magnetisation: unit vectors at the cell centres, (cells, 3). At the ends of the wire it is
            extrapolated; a texture that is a known function is taken there as it is.

    Returns:
        A Dataset with the names of the registry, without time.

    Raises:
        InputError: the configuration or the magnetisation cannot be used.
        NumericsError: the solution is not finite or the field term did not converge.
    """
    config = load_config(config)
    if config.transport.model == "none":
        raise InputError(
            'Key `transport.model` must be a transport model here, but "none" was given. '
            'Choose "published".'
        )
    m, ends = build_magnetisation(config, magnetisation)
    ends = extrapolate_ends(m) if ends is None else ends
    model, heat = build_published(config), build_heat_constants(config)
    arrays, (charge, spin), temperature, x = jax.device_get(
        _outputs(model, heat, m, ends, config.output.distributions)
    )
    if not all(np.all(np.isfinite(a)) for n, a in arrays.items() if n != "spin_conversion"):
        raise NumericsError(
            "The transport solution is not finite: the field term did not converge, or the grid is "
            "too coarse. Use a weaker field, more cells (`wire.cells`), other "
            "`transport.momentum_nodes`, or a window away from p = 0."
        )
    attributes = describe_config(config) | {
        "residual_charge_relative": charge,
        "residual_spin_relative": spin,
    }
    return build_dataset(
        {**arrays, "temperature": temperature, "x": x, "magnetisation": np.asarray(m)}, attributes
    )
