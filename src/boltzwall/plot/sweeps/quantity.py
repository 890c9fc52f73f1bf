"""What a sweep's pictures show: a quantity over the swept dimensions, means over noise, fates."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.plot.labels import short_name
from boltzwall.plot.sweeps.swept_axis import (
    SweptAxis,
    in_order,
    is_seed,
    swept_axis,
    swept_dimensions,
)
from boltzwall.plot.units import DisplayUnit, display_unit, largest

VELOCITIES = ("mean_wall_velocity", "wall_velocity_estimate", "settling_time")
TOLD = 1e-3  # of the largest value: smaller errors get no bar
TORQUES = ("effective_velocity", "effective_beta")
REGIME = "wall_motion"  # of the walls of each point, as long as there were any
STEADY = "steady"
OF_REGIMES = ("mean_wall_velocity",)  # quantities that mean little without the regime


@dataclass(frozen=True)
class Seeds:
    """How many seeds of the noise stand behind each mean: the fewest and the most."""

    fewest: int
    most: int

    def __str__(self) -> str:
        return f"{self.most}" if self.fewest == self.most else f"{self.fewest}–{self.most}"


@dataclass(frozen=True)
class Quantity:
    """One quantity over the swept dimensions, seeds of the noise averaged.

    Attributes:
        values: the value, or the mean over the seeds; nan where there is none.
        error: standard error of that mean, or of the value itself; None where nobody knows.
        seeds: behind the means; None without noise.
        regimes: how the walls moved, in words; empty where there is no value; None of quantities
            that have nothing to do with it.
        failed: no value, and a point that failed.
        missing: no value, and nothing computed.
    """

    name: str
    title: str
    unit: DisplayUnit
    values: xr.DataArray
    error: xr.DataArray | None
    seeds: Seeds | None
    regimes: xr.DataArray | None
    failed: xr.DataArray
    missing: xr.DataArray

    @property
    def label(self) -> str:
        return self.unit.label(self.title)

    @property
    def error_note(self) -> str:
        """What the error bars are, or nothing."""
        if self.seeds is not None:
            return f"mean ± standard error, n = {self.seeds} seeds"
        return "" if self.error is None else "bars: error of the mean velocity"

    @property
    def unsteady(self) -> xr.DataArray:
        """Points with a value of walls that were not steady."""
        if self.regimes is None:
            return xr.zeros_like(self.failed, dtype=bool)
        return (self.regimes != STEADY) & (self.regimes != "")

    @property
    def unsteady_note(self) -> str:
        """``not steady: 3 precessing, 1 transient``, or nothing."""
        if self.regimes is None:
            return ""
        words = self.regimes.values[self.unsteady.values].tolist()
        counts = [f"{words.count(word)} {word}" for word in dict.fromkeys(sorted(words))]
        return f"not steady: {', '.join(counts)}" if counts else ""


def numbers_of_points(dataset: xr.Dataset) -> list[str]:
    """The quantities with one number for each point, some of them finite."""
    dims = set(swept_dimensions(dataset))
    return [
        str(name)
        for name, values in dataset.data_vars.items()
        if set(values.dims) == dims
        and values.dtype.kind in "iuf"
        and "flag_meanings" not in values.attrs
        and np.isfinite(values).any()
    ]


def chosen(dataset: xr.Dataset) -> list[str]:
    """Wall velocity where walls moved, else the torque's u and β, else what else there is.

    Raises:
        InputError: no point has a finite value.
    """
    scalars = numbers_of_points(dataset)
    for names in (VELOCITIES, ("wall_velocity", *VELOCITIES[1:]), TORQUES):
        found = [name for name in names if name in scalars]
        if found and found != ["settling_time"]:
            return found
    told = (n for n in scalars if not n.startswith(("residual_", "end_time_")))
    others = [n for n in told if not n.endswith("_error")] or scalars
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
    error = _error(dataset, name)
    regimes = _regimes(dataset, name)
    counted: Seeds | None = None
    over = [dim for dim in dims if is_seed(dataset, dim) and len(dims) > 1]
    failed, missing = status == "failed", status == "missing"
    if over:
        mean = _mean(values, over)
        values, error, counted = mean.values, mean.error, mean.seeds
        failed, missing = failed.any(over), missing.any(over)
        regimes = None if regimes is None else _least_steady(regimes, over)
    empty = ~np.isfinite(values)
    return Quantity(
        name=name,
        title=_title(dataset, name),
        unit=display_unit(values.values, str(dataset[name].attrs.get("units", "1"))),
        values=values,
        error=error,
        seeds=counted,
        regimes=None if regimes is None else regimes.where(~empty, ""),
        failed=failed & empty,
        missing=missing & empty & ~failed,
    )


def _title(dataset: xr.Dataset, name: str) -> str:
    """Results of version 0.1 had a mean over the second half of the run, come what may."""
    if name == "mean_wall_velocity" and REGIME not in dataset:
        return "wall velocity, mean of\nthe second half of the run"
    words, symbol = short_name(dataset[name])
    return f"{words} {symbol}".strip()


def _error(dataset: xr.Dataset, name: str) -> xr.DataArray | None:
    """The error that the sweep gives each value, where it is worth a bar."""
    error = dataset.get(f"{name}_error")
    if error is None:
        return None
    error = error.transpose(*swept_dimensions(dataset)).astype(float)
    seen = error.values > TOLD * largest(dataset[name].values)
    return error if seen.any() else None


def _regimes(dataset: xr.Dataset, name: str) -> xr.DataArray | None:
    if name not in OF_REGIMES or REGIME not in dataset:
        return None
    codes = dataset[REGIME].transpose(*swept_dimensions(dataset))
    words = [*str(codes.attrs["flag_meanings"]).split(), ""]
    known = codes.fillna(len(words) - 1).astype(int)
    return known.copy(data=np.array(words, dtype=object)[known.values])


@dataclass(frozen=True)
class _SeedMean:
    """A mean over seeds, its standard error, and how many seeds there were."""

    values: xr.DataArray
    error: xr.DataArray
    seeds: Seeds


def _mean(values: xr.DataArray, over: list[str]) -> _SeedMean:
    number = values.notnull().sum(over)
    mean = values.sum(over) / number.where(number > 0)
    squares = ((values - mean) ** 2).sum(over)
    error = (squares / (number - 1).where(number > 1) / number) ** 0.5
    known = number.values[number.values > 0]
    counted = Seeds(int(known.min()), int(known.max())) if known.size else Seeds(0, 0)
    return _SeedMean(mean, error, counted)


def _least_steady(regimes: xr.DataArray, over: list[str]) -> xr.DataArray:
    """The regime of all seeds, or what one of them does that is not steady."""
    stacked = regimes.stack(all_seeds=over).transpose(..., "all_seeds")
    first = stacked.isel(all_seeds=0, drop=True)
    words = [
        next((word for word in row if word not in (STEADY, "")), STEADY)
        for row in stacked.values.reshape(-1, stacked.sizes["all_seeds"])
    ]
    return first.copy(data=np.array(words, dtype=object).reshape(first.shape))


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
