"""Numbers read off a run: settling, sizes of torques, alignment; plain NumPy on a Dataset."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.io import config_of
from boltzwall.reproduce.wang2022.shared.cases import Cases
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs


def setting(dataset: xr.Dataset, section: str, key: str) -> Any:
    """One key of the configuration that the Dataset carries."""
    return config_of(dataset)[section][key]


def calibrated_on(runs: Runs) -> str:
    """What the runs were calibrated on, in words; empty if on nothing."""
    return str(next(iter(runs.values())).attrs.get("calibrated", ""))


def at_rest(run: xr.Dataset) -> bool:
    """Whether the run ended because M had come to rest."""
    return run.attrs.get("stopped_because") == "steady"


def settling_time(run: xr.Dataset) -> float:
    """t_s in s; NaN for a run that had not come to rest when it ended."""
    return float(run.attrs["settling_time"]) if at_rest(run) else math.nan


def wall_velocity(run: xr.Dataset) -> float:
    """v_DW = d/t_s in m/s; NaN for a run that had not come to rest when it ended."""
    return float(run.attrs["wall_velocity_estimate"]) if at_rest(run) else math.nan


def settling_times(cases: Cases, runs: Runs) -> list[float]:
    """t_s in s of each case."""
    return [settling_time(runs[case]) for case in cases]


def falls(values: Sequence[float]) -> bool:
    """Whether each value is smaller than the one before; false where one is missing."""
    return all(later < earlier for earlier, later in pairwise(values))


def largest(values: np.ndarray) -> float:
    """Largest magnitude of a scalar field."""
    return float(np.abs(values).max())


def longest(vectors: Any) -> float:
    """Largest length of a vector field (…, 3)."""
    return float(np.linalg.norm(vectors, axis=-1).max())


def size(values: xr.DataArray) -> float:
    """Largest length of a vector field along the wire."""
    return longest(values.values)


def start(run: xr.Dataset) -> xr.Dataset:
    """The first state of a run."""
    return run.isel(time=0)


def growth(runs: Runs, name: str, cases: Cases) -> float:
    """Largest torque ``name`` at t = 0 in the last run of a series over that in the first."""
    first, last = (size(start(runs[case])[name]) for case in (cases[0], cases[-1]))
    return last / first


def thermal_share(run: xr.Dataset) -> float:
    """max|(22)|/max|(17)| at t = 0."""
    first = start(run)
    return size(first["torque_thermal_eq22"]) / size(first["torque_total_eq17"])


def electrical_share(run: xr.Dataset) -> float:
    """max|T(E,κ) − T(0,κ)|/max|T(E,κ)| at t = 0."""
    first = start(run)
    return size(first["torque_electrical"]) / size(first["torque_total"])


def torque_change(one: xr.Dataset, other: xr.Dataset) -> float:
    """max|T − T'|/max|T| at t = 0 between two runs."""
    first, second = start(one)["torque_total"], start(other)["torque_total"]
    return size(first - second) / size(first)


def final_angle(run: xr.Dataset) -> float:
    """Largest angle between M and m at rest, in degrees; 180 where they are antiparallel.

    NaN for a run that had not come to rest when it ended, as for all that is said of the end.
    """
    if not at_rest(run):
        return math.nan
    last = run.isel(time=-1)
    M, m = last["magnetisation"].values, last["spin_accumulation"].values
    across = np.linalg.norm(np.cross(M, m), axis=-1)
    return float(np.degrees(np.arctan2(across, (M * m).sum(axis=-1))).max())


def final_alignment(run: xr.Dataset) -> float:
    """<M_z> at rest: 1 where all of the wire is as its left domain was."""
    return last_z(run) if at_rest(run) else math.nan


def last_z(run: xr.Dataset) -> float:
    """<M_z> when the run ended."""
    return float(run["mean_magnetisation"].isel(time=-1).sel(component="z"))
