"""What is applied against time: the current density and the magnetic field of a run."""

from typing import Literal

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from boltzwall.build.magnet import build_waveform
from boltzwall.config.config import Config
from boltzwall.physics.waveforms import Constant

Values = NDArray[np.float64]

APPLIED_NAMES = ("current_density", "magnetic_field")


def applied_arrays(config: Config, time: Values, arrays: dict[str, Values]) -> dict[str, Values]:
    """`current_density` in A/m², where it is known, and `magnetic_field` in A/m.

    The current is that of the key, times its waveform; else the mean along the wire of what the
    electrons' model found. The field is that of the key times its waveform, inside its region.

    Arguments:
        time: s, (times,).
        arrays: of the run; `charge_current_density` (times, cells) is read.
    """
    field = np.asarray(config.drive.magnetic_field)
    found = {"magnetic_field": _factors(config, "magnetic", time)[:, None] * field}
    given = config.drive.current_density
    if given is not None:
        found["current_density"] = given * _factors(config, "electric", time)
    elif "charge_current_density" in arrays:
        found["current_density"] = np.mean(arrays["charge_current_density"], axis=-1)
    return found


def _factors(config: Config, of: Literal["electric", "magnetic"], time: Values) -> Values:
    waveform = build_waveform(config, of)
    if isinstance(waveform, Constant):  # without compiling anything
        return np.ones_like(time)
    return np.asarray(jax.vmap(waveform.at)(jnp.asarray(time)), dtype=np.float64)
