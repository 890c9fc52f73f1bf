"""Heat for itself: T(x, t) of a wire, without its magnetisation."""

from typing import Any

import jax
import numpy as np
import xarray as xr

from boltzwall.build.heat import build_current, build_heat
from boltzwall.build.place import Place
from boltzwall.build.waveforms import Waveforms
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.compilation.programs import Kept
from boltzwall.config import Config, load_config
from boltzwall.config.heat import given_current
from boltzwall.config.scales.heat import heat_warnings
from boltzwall.config.sections import WireHeat
from boltzwall.errors import InputError, NumericsError
from boltzwall.heat import Current, ThermalWire
from boltzwall.progress import Report, reporting
from boltzwall.result import build_dataset, provenance
from boltzwall.simulation.early_warnings import warn_of


@Kept
def _history(wire: ThermalWire, current: Current, times: Any) -> Any:
    """What a Dataset gets, at the times, and whether every step succeeded."""
    first = wire.initial()
    later = wire.advance_through(first, times[0], times[1:], current)
    states = jax.tree.map(lambda one, rest: jax.numpy.concatenate([one[None], rest]), first, later)

    def of(both: Any) -> Any:
        t, state = both
        kelvin = state.temperature
        density = wire.density(t, kelvin, current)
        area = wire.resistance_area(kelvin)
        return {
            "temperature": kelvin,
            "substrate_temperature": wire.surface(state),
            "current_density": density,
            "voltage": density * area,
            "joule_heat": density**2 * area,
            "resistance": area,
            **wire.energies(state),
        }

    return jax.lax.map(of, (times, states)), states.success


def heat_wire(config: Any = None, *, progress: Report | bool | None = True) -> xr.Dataset:
    """T(x, t) of a wire that its current and a laser warm, [H1], without its magnetisation.

    Arguments:
        config: a Config, a dict shaped like the TOML, or a path, with ``heat.kind`` = "wire".
        progress: whether a bar is shown, in a terminal or a notebook, once the call takes more than
            a second.

    Returns:
        A Dataset with temperature (time, x) in K, what the current does, and the balance of heat,
        at the times of [dynamics].

    Raises:
        InputError: the configuration cannot be used, or asks for no heat.
        NumericsError: a time step failed.

    Examples:
        Permalloy with 1e12 A/m² and nothing that takes its heat warms by ρj²/C a second.

        >>> import boltzwall
        >>> warmed = boltzwall.heat_wire(
        ...     {
        ...         "material": {"preset": "permalloy", "resistivity_coefficient": 0.0},
        ...         "wire": {"length": "1 um", "cells": 8},
        ...         "temperature": {"kind": "uniform", "value": "300 K"},
        ...         "drive": {"current_density": "1e12 A/m^2"},
        ...         "transport": {"model": "none"},
        ...         "heat": {"kind": "wire"},
        ...         "dynamics": {"end_time": "1 ns", "save_interval": "0.5 ns"},
        ...     },
        ...     progress=False,
        ... )
        >>> round(float(warmed["temperature"][-1, 0]) - 300.0, 2)  # K
        39.71
    """
    config = load_config(config)
    place = Place.of(config)
    wire = build_heat(config, place)
    if wire is None:
        raise InputError(
            'Key `heat.kind` must be "wire" for the heat of a wire, but "none" was given or meant. '
            "`boltzwall init heat` writes an example."
        )
    free_compiled_code()
    warn_of(tuple(heat_warnings(config)))
    end, interval = config.dynamics.end_time, config.dynamics.save_interval
    times = np.append(np.arange(0.0, end * (1.0 - 1e-9), interval), end)
    current = build_current(config, Waveforms.of(config.drive))
    with reporting("Warming", progress):
        arrays, success = jax.device_get(_history(wire, current, times))
    if not np.all(success):
        failed = float(times[int(np.argmin(success))])
        raise NumericsError(
            f"The heat's time stepping failed before t = {failed:g} s. Try a weaker current, a "
            "larger `heat.tolerance`, or constants that stay positive at these temperatures."
        )
    return build_dataset(
        {**_given(arrays, config), "time": times, "x": place.centres}, _attributes(config)
    )


def _given(arrays: dict[str, Any], config: Config) -> dict[str, Any]:
    """Without what has no meaning in this wire."""
    size = config.wire
    assert isinstance(config.heat, WireHeat)
    left_out = set() if config.heat.substrate != "none" else {"substrate_temperature"}
    if size.width is None or size.thickness is None:
        left_out |= {"resistance"}
    else:
        arrays["resistance"] = arrays["resistance"] / (size.width * size.thickness)
    return {name: values for name, values in arrays.items() if name not in left_out}


def _attributes(config: Config) -> dict[str, Any]:
    configuration = config.filled()
    return {
        "title": _title(config),
        **provenance(configuration),
        "model": "heat",
        "assumed": "; ".join(config.assumed()),
    }


def _title(config: Config) -> str:
    """What warms the wire, and what lies under it."""
    heat = config.heat
    assert isinstance(heat, WireHeat)
    sources = ["a current"] if given_current(config) != 0.0 else []
    sources += ["a laser"] if heat.laser_fluence > 0.0 else []
    warmed = f"Wire warmed by {' and '.join(sources)}" if sources else "Wire"
    named = heat.substrate_material or heat.substrate
    under = f"{heat.film_material or 'a film'} on {named}" if heat.film_thickness else named
    return f"{warmed}, on {under}" if heat.substrate != "none" else warmed
