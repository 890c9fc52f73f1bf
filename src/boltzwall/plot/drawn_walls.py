"""The walls of a run as it recorded them, and the regime of their motion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.plot.axes import Span
from boltzwall.plot.units import MINUS, display_unit

SURE = 1e-4  # of a velocity: its error is not worth telling
UNMOVED = "none"  # of the walls' regimes: too few states to tell


@dataclass(frozen=True)
class Regime:
    """How a wall moves, until it leaves or vanishes.

    Attributes:
        motion: steady, precessing, pinned or transient.
        end: what became of the wall, such as left; empty while it is there.
        velocity, error: mean over ``time``, m/s; nan where there is none.
        frequency: turns of the tilt by 2π per second; nan where it does not turn.
        time: s; None where the Dataset does not say.
    """

    motion: str
    end: str = ""
    velocity: float = np.nan
    error: float = np.nan
    frequency: float = np.nan
    time: Span | None = None

    @property
    def text(self) -> str:
        """``steady, 415.84 ± 0.21 m s⁻¹, then left``."""
        parts = [self.motion]
        if np.isfinite(self.velocity) and self.motion != "pinned":
            parts.append(self._velocity())
        if np.isfinite(self.frequency):
            parts.append(display_unit(self.frequency, "Hz").text(self.frequency))
        if self.end:
            parts.append(f"then {self.end}")
        return ", ".join(parts)

    def _velocity(self) -> str:
        """The error to two digits, the mean to the same place."""
        unit = display_unit(self.velocity, "m s-1")
        mean, error = self.velocity / unit.size, self.error / unit.size
        if not error > SURE * abs(mean):
            return unit.text(self.velocity)
        place = max(0, 1 - int(np.floor(np.log10(error))))
        return f"{mean:.{place}f} ± {error:.{place}f} {unit.name}".replace("-", MINUS)


@dataclass(frozen=True)
class DrawnWall:
    """One wall from its birth to its end, against time; nan where it is not there.

    Attributes:
        name: ``wall 1``, by the number that the Dataset gives it; empty where there is one wall.
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
        numbers = dataset["wall"].values if "wall" in dataset.coords else np.arange(count)
        found = [
            _wall(dataset, _MANY, f"wall {name}" if count > 1 else "", place)
            for place, name in enumerate(numbers)
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
    return DrawnWall(
        label, position, velocity, tilt, width, None if number is None else _regime(dataset, number)
    )


def _regime(dataset: xr.Dataset, number: int) -> Regime | None:
    """Of results that say how each wall moved; older ones do not."""
    if "wall_motions" not in dataset:
        return None
    motion, end = (_word(dataset[name], number) for name in ("wall_motions", "wall_regimes"))
    if motion == UNMOVED:
        return None
    names = ("", "_error", "_since", "_until")
    velocity, error, since, until = (_number(dataset, f"mean_velocity{n}", number) for n in names)
    frequency = _number(dataset, "precession_frequency", number)
    time = Span(since, until) if until > since else None
    return Regime(motion, "" if end == motion else end, velocity, error, frequency, time)


def _word(codes: xr.DataArray, number: int) -> str:
    """What a code of one wall means."""
    return str(codes.attrs["flag_meanings"]).split()[int(codes[number])]


def _number(dataset: xr.Dataset, name: str, number: int) -> float:
    return float(dataset[name][number]) if name in dataset else float("nan")
