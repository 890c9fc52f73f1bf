"""The walls of a whole run: arrays against time, and what becomes of each of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values
from boltzwall.variables import WALL_ENDS, WALL_REGIMES, WALL_STARTS
from boltzwall.walls.motion import Motion, WallPath, flags, judge, motion_arrays
from boltzwall.walls.reader import Mesh, Reader, Sightings
from boltzwall.walls.tracks import Track, find_tracks

_FREE = 5.0  # Δ from an end, or half way to a neighbour
_FILLING = 3.0  # Δ to both ends: the wall fills the wire
_DEVIATES = 0.1  # of Δ
_BREAKS = 0.02  # of Δ: with a wall that broke up later, this is how it began
_MOST = 64  # walls of one run
_ONE_WALL = {
    "wall_position": "wall_positions", "wall_velocity": "wall_velocities",
    "wall_width": "wall_widths", "wall_tilt": "wall_tilts",
    "wall_position_fit": "wall_positions_fit", "wall_width_fit": "wall_widths_fit",
}  # fmt: skip


@dataclass(frozen=True)
class Walls:
    """What a Dataset holds of walls.

    Attributes:
        arrays: by the names of `boltzwall.variables`.
        attributes: the same, for what is text.
        filled: whether a single wall filled the wire at the start, without domains beside it.
        moving: why M cannot have settled, or "".
    """

    arrays: dict[str, Any]
    attributes: dict[str, str]
    filled: bool
    moving: str


def follow(
    found: Sightings,
    time: Values,
    offset: Values,
    reader: Reader,
    rate: Values | None = None,
    agitation: float = 0.0,
) -> Walls:
    """Follow the walls of a run from birth to end and judge how each of them moves.

    Arguments:
        found: the walls of each state, in the frame of the window.
        time: (states,), s.
        offset: (states,) where the first cell begins in the laboratory, m.
        reader: that found them.
        rate: (states,), largest |dM/dt| in 1/s, which tells whether the states are close enough to
            follow a turning wall; None where it is not known, or that of noise.
        agitation: D/Δ of the diffusion under thermal noise, m/s, [M17].
    """
    mesh, axis = reader.mesh, reader.axis
    tracks = find_tracks(found, offset, mesh.length)
    note = ""
    if len(tracks) > _MOST:
        note = f"{len(tracks)} walls in all, of which those {_MOST} that were seen longest are kept"
        tracks = sorted(tracks, key=lambda track: -len(track.entries))[:_MOST]
        tracks = sorted(tracks, key=lambda track: track.entries[0])
    run = _Run(found, time, offset, mesh, rate, agitation)
    single = [_Wall.of(track, run) for track in tracks]
    arrays = _against_time(single, run) | _of_each(single)
    regimes = [wall.regime for wall in single]
    first = np.flatnonzero(found.state == 0)
    near = (
        np.maximum(found.room_left[first], found.room_right[first]) < _FILLING * found.width[first]
    )
    notes = (_why_none(single, run), note, *_doubts(single))
    attributes = {
        "wall_regime": ", ".join(regimes) if regimes else "none",
        "wall_axis": "" if axis is None else f"[{', '.join(f'{a:.6g}' for a in axis.along)}]",
        "wall_note": "; ".join(part for part in notes if part),
    }  # fmt: skip
    return Walls(arrays, attributes, first.size == 1 and bool(near.all()), _moving(single))


@dataclass(frozen=True)
class _Run:
    found: Sightings
    time: Values
    offset: Values
    mesh: Mesh
    rate: Values | None
    agitation: float


@dataclass(frozen=True)
class _Wall:
    """One wall: its track, the numbers against its own states, and the judgement."""

    track: Track
    state: NDArray[np.intp]
    free: NDArray[np.bool_]
    polarity: float
    values: dict[str, Values]
    motion: Motion
    regime: str
    begin: float
    end: float

    @classmethod
    def of(cls, track: Track, run: _Run) -> "_Wall":
        found, entries = run.found, np.array(track.entries)
        state = found.state[entries]
        time, offset = run.time[state], run.offset[state]
        position, width = found.position[entries] + offset, found.width[entries]
        tilt = np.unwrap(found.tilt[entries])
        fit, width_fit = found.position_fit[entries] + offset, found.width_fit[entries]
        polarity = float(found.polarity[entries[0]])
        many = time.size > 1
        velocity = np.gradient(position, time) if many else np.full(time.size, np.nan)
        deviation = np.maximum(np.abs(position - fit), np.abs(width - width_fit)) / width_fit
        room = np.minimum(found.room_left[entries], found.room_right[entries])
        rate = np.full(time.size, np.nan) if run.rate is None else run.rate[state]
        free = room > _FREE * np.fmax(width, width_fit)
        path = WallPath(time, position, width, tilt, free, rate, run.agitation)
        if track.end == "broke_up":  # what it broke up by began before
            path = path.part(deviation < _BREAKS)
        motion = judge(path, track.end != "stays")
        ended = {"stays": motion.regime, "broke_up": "broken", "merged": "annihilated"}
        values = {
            "wall_positions": position,
            "wall_velocities": velocity,
            "wall_widths": width,
            "wall_tilts": tilt,
            "wall_chiralities": polarity * np.cos(tilt),
            "wall_positions_fit": fit,
            "wall_widths_fit": width_fit,
            "wall_deviations": deviation,
        }
        regime = ended.get(track.end, "left" if track.end.startswith("left") else track.end)
        end = _end_time(track, path, run, int(state[-1]))
        return cls(track, state, free, polarity, values, motion, regime, float(time[0]), end)


def _end_time(track: Track, path: WallPath, run: _Run, last: int) -> float:
    """When the wall reached the end of the wire, going on as it went; or between two states."""
    if track.end == "stays" or last + 1 >= run.time.size:
        return np.nan
    now, then = float(run.time[last]), float(run.time[last + 1])
    if not track.end.startswith("left") or path.time.size < 2:
        return 0.5 * (now + then)
    edge = run.offset[last] + (run.mesh.length if track.end.endswith("right") else 0.0)
    velocity = (path.position[-1] - path.position[-2]) / (path.time[-1] - path.time[-2])
    if velocity == 0.0:
        return then
    return float(np.clip(now + (edge - path.position[-1]) / velocity, now, then))


def _against_time(walls: list[_Wall], run: _Run) -> dict[str, Any]:
    """(time, wall) of each wall, and (time,) of the only one."""
    names = (*_ONE_WALL.values(), "wall_chiralities", "wall_deviations")
    shape = (run.time.size, len(walls))
    arrays: dict[str, Any] = {name: np.full(shape, np.nan) for name in names}
    count = np.zeros(run.time.size)
    for n, wall in enumerate(walls):
        count[wall.state] += 1.0
        for name in names:
            arrays[name][wall.state, n] = wall.values[name]
    alone = count == 1.0
    for one, many in _ONE_WALL.items():
        only = np.full(run.time.size, np.nan)
        only[alone] = np.nansum(arrays[many][alone], axis=1)
        for wall in walls:  # a fit may have found nothing
            only[wall.state[alone[wall.state]]] = wall.values[many][alone[wall.state]]
        arrays[one] = only
    return arrays | {"wall_count": count, "wall": np.arange(len(walls))}


def _of_each(walls: list[_Wall]) -> dict[str, Any]:
    """(wall,): what became of each."""
    motions = [wall.motion for wall in walls]
    codes = {
        "wall_regimes": (WALL_REGIMES, [wall.regime for wall in walls]),
        "wall_starts": (WALL_STARTS, [wall.track.start for wall in walls]),
        "wall_ends": (WALL_ENDS, [wall.track.end for wall in walls]),
    }
    numbers = {
        "wall_polarities": [wall.polarity for wall in walls],
        "wall_start_time": [wall.begin for wall in walls],
        "wall_end_time": [wall.end for wall in walls],
    }
    coded = {name: flags(known, words) for name, (known, words) in codes.items()}
    told = {name: np.array(values, dtype=np.float64) for name, values in numbers.items()}
    return coded | told | motion_arrays(motions)


def _why_none(walls: list[_Wall], run: _Run) -> str:
    if walls:
        return ""
    if run.found.broken.all():
        return "no wall: M changes so much from cell to cell that there are no domains"
    return "no wall: M has one domain throughout"


def _doubts(walls: list[_Wall]) -> list[str]:
    """Where the integrals and the fit do not agree, or the states are too far apart."""
    doubts = []
    for n, wall in enumerate(walls):
        name = "the wall" if len(walls) == 1 else f"wall {n}"
        if wall.motion.regime == "precessing" and np.isnan(wall.motion.frequency):
            doubts.append(
                f"{name} turns too far from one saved state to the next for a frequency: shorten "
                "dynamics.save_interval"
            )
        off = wall.values["wall_deviations"][wall.free if wall.free.any() else slice(None)]
        number = int(np.sum(~(off < _DEVIATES)))
        if number:
            none = int(np.sum(np.isnan(off)))
            most = (
                f"integral and fit differ by up to {np.nanmax(off, initial=0.0):.2g} of its width"
            )
            lost = f"no tanh fits in {none} states"
            said = " and ".join(([most] if number > none else []) + ([lost] if none else []))
            doubts.append(f"{name}: {said} ({number} of {off.size} states)")
    return doubts


def _moving(walls: list[_Wall]) -> str:
    """Why nothing can have settled."""
    for n, wall in enumerate(walls):
        name = "the wall" if len(walls) == 1 else f"wall {n}"
        if wall.regime in ("steady", "precessing", "transient"):
            verb = {"steady": "moves on steadily", "precessing": "precesses"}
            return f"{name} {verb.get(wall.regime, 'still moves')}"
        if wall.regime in ("left", "annihilated", "broken"):
            verb = {"left": "left the wire", "annihilated": "annihilated", "broken": "broke up"}
            return f"{name} {verb[wall.regime]}"
    return ""
