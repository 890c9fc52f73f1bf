"""What a sweep's pictures show: a quantity over the swept dimensions, means over noise, fates."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.plot.sweeps.swept_axis import (
    SweptAxis,
    in_order,
    is_seed,
    swept_axis,
    swept_dimensions,
)
from boltzwall.plot.units import DisplayUnit, display_unit

VELOCITIES = ("mean_wall_velocity", "wall_velocity_estimate", "settling_time")
TORQUES = ("effective_velocity", "effective_beta")
TITLES = {
    "mean_wall_velocity": "mean wall velocity",
    "wall_velocity": "wall velocity at the end",
    "wall_velocity_estimate": "wall velocity until settled",
    "settling_time": "settling time",
    "effective_velocity": "effective velocity $u$",
    "effective_beta": r"effective $\beta$",
}


@dataclass(frozen=True)
class Quantity:
    """One quantity over the swept dimensions, seeds of the noise averaged.

    Attributes:
        values: the value, or the mean over the seeds; nan where there is none.
        error: standard error of that mean; None without seeds.
        counts: (fewest, most) finite values in a mean.
        failed: no value, and a point that failed.
        missing: no value, and nothing computed.
    """

    name: str
    title: str
    unit: DisplayUnit
    values: xr.DataArray
    error: xr.DataArray | None
    counts: tuple[int, int]
    failed: xr.DataArray
    missing: xr.DataArray

    @property
    def label(self) -> str:
        return self.unit.label(self.title)

    @property
    def error_note(self) -> str:
        """What the error bars are, or nothing."""
        if self.error is None:
            return ""
        fewest, most = self.counts
        n = f"{most}" if fewest == most else f"{fewest}–{most}"
        return f"mean ± standard error, n = {n} seeds"


def chosen(dataset: xr.Dataset) -> list[str]:
    """Wall velocity where walls moved, else the torque's u and β, else what else there is.

    Raises:
        InputError: no point has a finite value.
    """
    dims = set(swept_dimensions(dataset))
    scalars = [
        str(name)
        for name, values in dataset.data_vars.items()
        if set(values.dims) == dims and values.dtype.kind in "iuf" and np.isfinite(values).any()
    ]
    for names in (VELOCITIES, ("wall_velocity", *VELOCITIES[1:]), TORQUES):
        found = [name for name in names if name in scalars]
        if found and found != ["settling_time"]:
            return found
    others = [n for n in scalars if not n.startswith(("residual_", "end_time_"))] or scalars
    if not others:
        status = dataset["status"].values
        raise InputError(
            "Argument `dataset` must hold a point with a result, but of "
            f"{status.size} points {int(np.sum(status == 'failed'))} failed and "
            f"{int(np.sum(status == 'missing'))} are missing. "
            "Its variable `reason` says why."
        )
    return others[:2]


def quantity(dataset: xr.Dataset, name: str) -> Quantity:
    """A quantity, its mean and standard error over noise seeds, and the points without it."""
    dims = swept_dimensions(dataset)
    values = dataset[name].transpose(*dims).astype(float)
    values = values.where(np.isfinite(values))
    status = dataset["status"].transpose(*dims)
    error: xr.DataArray | None = None
    counts = (1, 1)
    seeds = [dim for dim in dims if is_seed(dataset, dim) and len(dims) > 1]
    failed, missing = status == "failed", status == "missing"
    if seeds:
        number = values.notnull().sum(seeds)
        mean = values.sum(seeds) / number.where(number > 0)
        squares = ((values - mean) ** 2).sum(seeds)
        error = (squares / (number - 1).where(number > 1) / number) ** 0.5
        known = number.values[number.values > 0]
        counts = (int(known.min()), int(known.max())) if known.size else (0, 0)
        values, failed, missing = mean, failed.any(seeds), missing.any(seeds)
    empty = ~np.isfinite(values)
    attributes = dataset[name].attrs
    plain = str(attributes.get("long_name", name.replace("_", " "))).split(",")[0]
    return Quantity(
        name=name,
        title=TITLES.get(name, plain),
        unit=display_unit(values.values, str(attributes.get("units", "1"))),
        values=values,
        error=error,
        counts=counts,
        failed=failed & empty,
        missing=missing & empty & ~failed,
    )


def drawn_axes(dataset: xr.Dataset, shown: Quantity) -> list[SweptAxis]:
    """The axes that are left after the mean over seeds: numbers first, longest first."""
    axes = [swept_axis(dataset, str(dim)) for dim in shown.values.dims]
    return sorted(axes, key=lambda axis: (not axis.numeric, -len(axis.values)))


def ordered(dataset: xr.Dataset) -> xr.Dataset:
    """The sweep with ascending axes, in memory.

    Raises:
        InputError: it has no dimension, or no status of its points.
    """
    if "status" not in dataset or not swept_dimensions(dataset):
        raise InputError(
            "Argument `dataset` must be a sweep with swept dimensions and the variable `status`, "
            "but it is not. Give the result of `boltzwall sweep`."
        )
    return in_order(dataset.load(), swept_dimensions(dataset))
