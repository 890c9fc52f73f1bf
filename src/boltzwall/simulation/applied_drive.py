"""What is applied against time: the current density and the magnetic field of a run."""

import jax
import jax.numpy as jnp
import numpy as np

from boltzwall.build.problem import Problem
from boltzwall.physics.waveforms import AlwaysOn, Waveform
from boltzwall.values import Values

APPLIED_NAMES = ("current_density", "magnetic_field", "static_magnetic_field")


def applied_arrays(problem: Problem, time: Values, arrays: dict[str, Values]) -> dict[str, Values]:
    """`current_density` in A/m², where it is known, and `magnetic_field` in A/m.

    The current is that of the key, times its waveform; else the mean along the wire of what the
    electrons' model found. The field is that of the key times its waveform, inside its region;
    `static_magnetic_field` (cells, 3) in A/m is that of a file.

    Arguments:
        time: s, (times,).
        arrays: of the run; `charge_current_density` (times, cells) and `window_offset` are read.
    """
    drive, waveforms = problem.config.drive, problem.waveforms
    field = np.asarray(drive.magnetic_field)
    found = {"magnetic_field": _factors(waveforms.magnetic, time)[:, None] * field}
    place = problem.place.moved(float(arrays.get("window_offset", np.zeros(1))[-1]))
    if place.static_field is not None:
        found["static_magnetic_field"] = place.static_field
    given = drive.current_density
    if "current_density" in arrays:
        return found  # as the heat knows it
    if given is not None:
        found["current_density"] = given * _factors(waveforms.electric, time)
    elif "charge_current_density" in arrays:
        found["current_density"] = np.mean(arrays["charge_current_density"], axis=-1)
    return found


def _factors(waveform: Waveform, time: Values) -> Values:
    if isinstance(waveform, AlwaysOn):  # without compiling anything
        return np.ones_like(time)
    return np.asarray(jax.vmap(waveform.at)(jnp.asarray(time)), dtype=np.float64)
