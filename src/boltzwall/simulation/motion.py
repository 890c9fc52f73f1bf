"""What a moving magnetisation does to the electrons: the reciprocal of their torque on it."""

from typing import Any

import jax
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.compilation.programs import Kept
from boltzwall.config import load_config
from boltzwall.errors import InputError
from boltzwall.numerics.frames import derivative_along, extrapolate_ends
from boltzwall.progress import Report, reporting
from boltzwall.result import build_dataset
from boltzwall.transport.consistent.pumping import pumped_arrays
from boltzwall.transport.consistent.transport import ConsistentTransport
from boltzwall.transport.model import check_converged
from boltzwall.values import Values

_ACROSS = 1e-6  # of the largest |∂tM|: what of it may lie along M

_pumped = Kept(pumped_arrays)


def pumped(
    config: Any = None,
    rate: Any = None,
    magnetisation: Any = None,
    *,
    velocity: float = 0.0,
    turning: float = 0.0,
    progress: Report | bool | None = True,
) -> xr.Dataset:
    """The voltage, currents and torque that a magnetisation in motion pumps, [C9], [C12].

    Arguments:
        config: as in `solve_transport`, of the consistent model; its drive does not matter.
        rate: ∂tM in 1/s at the cell centres, (cells, 3), across M. Without it M moves with
            ``velocity`` in m/s along x and turns by ``turning`` in rad/s about the axis in which
            its two ends differ (z for walls between domains along z).
        magnetisation: unit vectors at the cell centres instead of the configured texture.
        velocity: of M along x in m/s, used without ``rate``.
        turning: of M in rad/s, used without ``rate``.
        progress: whether a bar is shown once the call takes more than a second.

    Returns:
        A Dataset with the voltage directly (`pumped_voltage`, and its field along the wire) and by
        reciprocity (`wall_voltage`), what it drives in a closed circuit, the torque of the pumped
        spin and the damping that it adds.

    Raises:
        InputError: the model is another one, or ``rate`` cannot be used.
        NumericsError: the iteration did not converge.

    Examples:
        A wall that turns induces −(ħP/e)φ'/(1 + β²), [C9], here 2.41 µV.

        >>> import boltzwall
        >>> wall = {
        ...     "material": {"preset": "permalloy", "scattering": "constant"},
        ...     "wire": {"length": "200 nm", "cells": 100},
        ...     "texture": {"kind": "neel", "width": "20 nm"},
        ...     "temperature": {"kind": "uniform", "value": "300 K"},
        ...     "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
        ... }
        >>> turning = boltzwall.pumped(wall, turning=-1e10, progress=False)
        >>> print(f"{float(turning.pumped_voltage):.3g} V")
        2.4e-06 V
    """
    config = load_config(config)
    free_compiled_code()
    problem = Problem.of(config, magnetisation)
    electrons = problem.kinetic_electrons()
    if not isinstance(electrons, ConsistentTransport):
        raise InputError(
            f'Key `transport.model` must be "consistent" for what M pumps, but "'
            f'{config.transport.model}" was given: it conserves no charge.'
        )
    m = np.asarray(problem.start)
    ends = extrapolate_ends(problem.start) if problem.ends is None else problem.ends
    moving = _checked(rate, m) if rate is not None else None
    if moving is None:
        moving = _rigid(m, problem.place.spacing, velocity, turning)
    with reporting("Solving for what M pumps", progress):
        arrays = jax.device_get(_pumped(electrons.model, m, ends, moving))
    check_converged(arrays)
    known = {"x": problem.place.centres, "temperature": problem.place.kelvin, "magnetisation": m}
    return build_dataset({**arrays, **known, "magnetisation_rate": moving}, problem.attributes)


def _checked(rate: Any, m: Values) -> Values:
    try:
        values = np.asarray(rate, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError("Argument `rate` must hold numbers in 1/s, but it does not.") from None
    if values.shape != m.shape or not np.all(np.isfinite(values)):
        raise InputError(
            f"Argument `rate` must be finite and of the shape {m.shape}, one ∂tM for each cell, "
            f"but an array of the shape {values.shape} was given."
        )
    along = np.abs(np.sum(values * m, axis=1)).max()
    if along > _ACROSS * np.abs(values).max():
        raise InputError(
            f"Argument `rate` must lie across M, which keeps its length, but {along:g} 1/s of it "
            "lie along. Take rate − (rate·M) M."
        )
    return values


def _rigid(m: Values, spacing: float, velocity: float, turning: float) -> Values:
    axis = m[0] - m[-1]
    size = float(np.linalg.norm(axis))
    if turning != 0.0 and size < 1e-3:
        raise InputError(
            "Argument `turning` must be 0 where both ends of the wire have the same M, but "
            f"{turning:g} rad/s were given: they show no axis. Give `rate` instead."
        )
    if velocity == 0.0 and turning == 0.0:
        raise InputError(
            "Argument `rate` must be given, or `velocity` or `turning`, but none was: M at rest "
            "pumps nothing."
        )
    slope = np.asarray(derivative_along(jax.device_put(m), spacing))
    moving = -velocity * slope
    if turning != 0.0:
        moving = moving + turning * np.cross(axis / size, m)
    return np.asarray(moving - np.sum(moving * m, axis=1, keepdims=True) * m)
