"""The walls of a run as it recorded them: one track for each, and the regime of its motion."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.plot.axes import Span
from boltzwall.plot.units import display_unit, number_text

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
        place = max(0, -int(np.floor(np.log10(self.error / unit.size))))
        mean = number_text(round(self.velocity / unit.size, place), 12)
        return f"{self.kind}, {mean} ± {number_text(self.error / unit.size, 1)} {unit.name}"


@dataclass(frozen=True)
class Track:
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


def tracks_of(dataset: xr.Dataset) -> tuple[Track, ...]:
    """Every wall that was seen; none where no wall was, or no time."""
    if "time" not in dataset.dims:
        return ()
    if all(name in dataset for name in _MANY):
        count = dataset.sizes["wall"]
        found = [
            _track(dataset, _MANY, f"wall {number + 1}" if count > 1 else "", number)
            for number in range(count)
        ]
    elif all(name in dataset for name in _ONE):
        found = [_track(dataset, _ONE, "", None)]
    else:
        found = []
    return tuple(track for track in found if np.isfinite(track.position).any())


def _track(dataset: xr.Dataset, names: Sequence[str], label: str, number: int | None) -> Track:
    curves = [
        dataset[name] if number is None else dataset[name].isel(wall=number) for name in names
    ]
    return Track(label, *curves, _regime(dataset, number or 0))


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
