"""The walls of a run as it recorded them, and the regime of their motion."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.plot.axes import Span
from boltzwall.plot.units import MINUS, display_unit

REGIMES = ("steady", "precessing", "pinned", "transient", "left", "none")


@dataclass(frozen=True)
class Regime:
    """How a wall moves.

    Attributes:
        kind: steady, precessing, pinned, transient, left or none.
        velocity, error: mean over the time that the regime lasts, m/s; nan where there is none.
        time: s; while the regime lasts; None where the Dataset does not say.
    """

    kind: str
    velocity: float = np.nan
    error: float = np.nan
    time: Span | None = None

    @property
    def text(self) -> str:
        """``steady, 415.8 ± 0.2 m s⁻¹``."""
        if not np.isfinite(self.velocity):
            return self.kind
        unit = display_unit(self.velocity, "m s-1")
        if not np.isfinite(self.error) or self.error <= 0.0:
            return f"{self.kind}, {unit.text(self.velocity)}"
        # The error to one digit, the mean to the same place.
        mean, error = self.velocity / unit.size, self.error / unit.size
        place = max(0, -int(np.floor(np.log10(error))))
        numbers = f"{mean:.{place}f} ± {error:.{place}f}".replace("-", MINUS)
        return f"{self.kind}, {numbers} {unit.name}"


@dataclass(frozen=True)
class DrawnWall:
    """One wall from its birth to its end, against time; nan where it is not there.

    Attributes:
        name: ``wall 1``; empty where there is only one.
        position: in the laboratory, m.
        velocity: m/s.
        tilt: rad.
        width: m.
    """

    name: str
    position: xr.DataArray
    velocity: xr.DataArray
    tilt: xr.DataArray
    width: xr.DataArray
    regime: Regime | None

    @property
    def quantities(self) -> tuple[xr.DataArray, ...]:
        return self.position, self.velocity, self.tilt, self.width


_MANY = ("wall_positions", "wall_velocities", "wall_tilts", "wall_widths")
_ONE = ("wall_position", "wall_velocity", "wall_tilt", "wall_width")


def walls_of(dataset: xr.Dataset) -> tuple[DrawnWall, ...]:
    """Every wall that was seen; none where no wall was, or no time."""
    if "time" not in dataset.dims:
        return ()
    if all(name in dataset for name in _MANY):
        count = dataset.sizes["wall"]
        found = [
            _wall(dataset, _MANY, f"wall {number + 1}" if count > 1 else "", number)
            for number in range(count)
        ]
    elif all(name in dataset for name in _ONE):
        found = [_wall(dataset, _ONE, "", None)]
    else:
        found = []
    return tuple(wall for wall in found if np.isfinite(wall.position).any())


def _wall(dataset: xr.Dataset, names: Sequence[str], label: str, number: int | None) -> DrawnWall:
    every = [dataset[name] for name in names]
    position, velocity, tilt, width = (
        curve if number is None else curve.isel(wall=number) for curve in every
    )
    return DrawnWall(label, position, velocity, tilt, width, _regime(dataset, number or 0))


def _regime(dataset: xr.Dataset, number: int) -> Regime | None:
    kind = _of_wall(dataset.attrs.get("wall_regime"), number)
    if kind not in REGIMES:
        return None
    velocity, error, since, until = (
        _number(_of_wall(dataset.attrs.get(name), number))
        for name in ("mean_velocity", "mean_velocity_error", "regime_start", "regime_end")
    )
    time = Span(since, until) if until > since else None
    return Regime(kind, velocity, error, time)


def _of_wall(value: Any, number: int) -> Any:
    """The entry of one wall, of an attribute that is one value, a list, or a list as JSON."""
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    if isinstance(value, list | tuple | np.ndarray):
        return value[number] if number < len(value) else None
    return value


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float | np.number) else np.nan
