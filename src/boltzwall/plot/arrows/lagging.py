"""Instants at which the arrows of a run with electrons in time tell what happens."""

import numpy as np
import xarray as xr

from boltzwall.plot.arrows.figures import telling_times

STANDS = 0.05  # rad in each cell on the whole way: less is no motion to look at


def telling_times_of_run(dataset: xr.Dataset) -> list[float]:
    """Instants in s between which M changes alike, or m, where M stands while electrons follow.

    Arguments:
        dataset: of a run.
    """
    if "electron_deviation" not in dataset or "spin_accumulation" not in dataset:
        return telling_times(dataset)
    m = dataset["magnetisation"].transpose("time", "x", "component").values
    gone = np.sqrt(np.sum(np.diff(m, axis=0) ** 2, axis=(1, 2))).sum()
    if gone > STANDS * np.sqrt(m.shape[1]):
        return telling_times(dataset)
    return telling_times(dataset.assign(magnetisation=dataset["spin_accumulation"]))
