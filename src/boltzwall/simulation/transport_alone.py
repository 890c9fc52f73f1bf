"""Transport for one magnetisation."""

from typing import Any

import jax
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.compilation.programs import Kept
from boltzwall.config import load_config
from boltzwall.config.scales import transport_warnings
from boltzwall.errors import NumericsError
from boltzwall.numerics.frames import extrapolate_ends
from boltzwall.progress import Report, reporting
from boltzwall.result import build_dataset
from boltzwall.simulation.early_warnings import warn_of
from boltzwall.simulation.uncertainty import (
    uncertain_numbers,
    uncertainty_arrays,
    uncertainty_attributes,
    uncertainty_of,
)
from boltzwall.transport.consistent.wall_element import WALL_ELEMENT, element_note
from boltzwall.transport.model import KineticModel, check_converged


@Kept
def _outputs(electrons: KineticModel, m: Any, ends: Any, keep: bool) -> Any:
    arrays, residuals, _ = electrons.outputs(m, ends)
    assert residuals is not None  # both kinetic models have continuity equations
    if keep:
        arrays = {**arrays, **electrons.distributions(m, ends)}
    x = electrons.centres
    return arrays, tuple(residuals), electrons.temperature.at(x), x


def solve_transport(
    config: Any = None,
    magnetisation: Any = None,
    *,
    progress: Report | bool | None = True,
    uncertainty: bool = False,
) -> xr.Dataset:
    """Steady transport, (5),(6) or [C1],[C2], for the configured or for a given magnetisation.

    Arguments:
        config: a Config, a dict shaped like the TOML, a path, or None for the paper's wall.
        magnetisation: unit vectors at the cell centres, (cells, 3). At the ends of the wire it is
            extrapolated; a texture that is a known function is taken there as it is.
        progress: whether a bar is shown, in a terminal or a notebook, once the call takes more than
            a second.
        uncertainty: whether the errors of the preset's measured numbers are carried on to u, β and
            β_Q of the consistent model, as variables `…_error`, with the probability that u of a
            gradient points to its hot end. It takes some ten times as long.

    Returns:
        A Dataset with the names of the registry, without time.

    Raises:
        InputError: the configuration or the magnetisation cannot be used.
        NumericsError: the solution is not finite or the field term did not converge.

    Examples:
        The current's torque on a wall of permalloy; β is nearly ħ/(Jτ_sf), that of a wide wall.

        >>> import boltzwall
        >>> solution = boltzwall.solve_transport(
        ...     {
        ...         "material": {"preset": "permalloy"},
        ...         "wire": {"length": "200 nm", "cells": 120},
        ...         "texture": {"kind": "neel", "width": "20 nm"},
        ...         "temperature": {"kind": "uniform", "value": "300 K"},
        ...         "drive": {"current_density": "-1e11 A/m^2"},
        ...         "transport": {"model": "consistent", "streams": 2},
        ...     },
        ...     progress=False,
        ... )
        >>> round(float(solution["effective_velocity"]), 2)  # u in m/s
        2.65
        >>> round(float(solution["effective_beta"]) / solution.attrs["beta_wide_wall"], 2)
        1.03
    """
    config = load_config(config)
    if uncertainty:
        uncertain_numbers(config)
    free_compiled_code()
    problem = Problem.of(config, magnetisation)
    electrons, m = problem.kinetic_electrons(), problem.start
    ends = extrapolate_ends(m) if problem.ends is None else problem.ends
    warn_of(transport_warnings(config))
    with reporting("Solving the transport", progress):
        arrays, (of_charge, of_spin), temperature, x = jax.device_get(
            _outputs(electrons, m, ends, config.output.distributions)
        )
        errors = uncertainty_of(config, electrons, m, ends) if uncertainty else None
    if not all(np.all(np.isfinite(arrays[name])) for name in _FINITE if name in arrays):
        raise NumericsError(
            "The transport solution is not finite: the field term did not converge, or the grid is "
            "too coarse. Use a weaker field, more cells (`wire.cells`), other "
            "`transport.momentum_nodes`, or a window away from p = 0."
        )
    check_converged(arrays)
    attributes = problem.attributes | {
        "residual_charge_relative": of_charge,
        "residual_spin_relative": of_spin,
    }
    if "wall_resistance_area" in arrays:
        attributes["wall_element_note"] = element_note(m)
    else:
        arrays |= dict.fromkeys(WALL_ELEMENT, np.nan)
    if errors is not None:
        arrays = arrays | uncertainty_arrays(errors, arrays)
        attributes |= uncertainty_attributes(errors)
    return build_dataset(
        {**arrays, "temperature": temperature, "x": x, "magnetisation": np.asarray(m)}, attributes
    )


_FINITE = ("spin_accumulation", "spin_current_density", "charge_current_density", "torque_total")
