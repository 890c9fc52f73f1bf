"""The walls of single states: found where M changes its sign along the axis of the domains."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values
from boltzwall.walls.axis import DomainAxis, find_axis
from boltzwall.walls.profile import Places, read_profiles

_BEYOND = 0.2  # |s| on both sides of a wall; ripples about 0 are none
_AT_ONCE = 1_000_000  # cells of states
_STEEP = 0.5  # 1 − M·M' of neighbouring cells
_BROKEN = 0.05  # of all neighbours are steep: there are no domains any more
_BROKEN_AT_MOST = 0.15  # of all neighbours, in a wire that starts with many narrow walls
_BROKEN_CELLS = 8
_MOST_WALLS = 100  # of one state
_DIP = 0.7  # |s| in a domain: below it there is something left of a pair of walls
_BESIDE = 3.0  # Δ on both sides of a wall that are its own


@dataclass(frozen=True)
class Mesh:
    """The mesh: equal cells along x.

    Attributes:
        length: m.
        cells: their number.
    """

    length: float
    cells: int

    @property
    def spacing(self) -> float:
        return self.length / self.cells


@dataclass(frozen=True)
class Sightings:
    """The walls of some states: an entry for each wall of each state, in order of time and place.

    Attributes:
        states: how many states were looked at.
        broken: for each of them, whether M was so rough that no walls could be told.
        dip: for each of them, where outside of walls M departs most from its domain, m; nan where
            it does not.
        state: number of the state of each entry.
        polarity: σ, 1 where M·a falls along x, −1 where it rises.
        position, width: q and Δ by integrals, in m from the left end of the first cell.
        tilt: φ in rad, −π to π.
        position_fit, width_fit: by the fit of a tanh.
        room_left, room_right: to the end of the wire, or half way to the next wall, m.
    """

    states: int
    broken: NDArray[np.bool_]
    dip: Values
    state: NDArray[np.intp]
    polarity: Values
    position: Values
    width: Values
    tilt: Values
    position_fit: Values
    width_fit: Values
    room_left: Values
    room_right: Values

    @classmethod
    def none(cls, states: int, broken: NDArray[np.bool_] | None = None) -> "Sightings":
        """States without walls."""
        empty = np.empty(0)
        rest = (empty,) * (len(fields(cls)) - 4)
        which = np.zeros(states, dtype=bool) if broken is None else broken
        return cls(states, which, np.full(states, np.nan), np.empty(0, dtype=np.intp), *rest)

    @classmethod
    def joined(cls, pieces: "list[Sightings]") -> "Sightings":
        """Those of consecutive pieces of a run."""
        first = np.cumsum([0, *(piece.states for piece in pieces)])
        states = np.concatenate([p.state + n for p, n in zip(pieces, first, strict=False)])
        names = [entry.name for entry in fields(cls)][4:]
        rest = (np.concatenate([getattr(p, name) for p in pieces]) for name in names)
        broken = np.concatenate([piece.broken for piece in pieces])
        dip = np.concatenate([piece.dip for piece in pieces])
        return cls(int(first[-1]), broken, dip, states, *rest)


class Reader:
    """Finds the walls of the states of one run, piece by piece; every state for itself.

    The axis is that of the first state that holds more than one domain, and stays.
    """

    def __init__(self, mesh: Mesh, hint: Values | None = None) -> None:
        """Begin a run.

        Arguments:
            hint: the easy axis, (3,), where it is known.
        """
        self.mesh = mesh
        self.axis: DomainAxis | None = None
        self._hint = None if hint is None else np.asarray(hint, dtype=np.float64)
        self._steep_at_first: int | None = None

    def read(self, m: Values) -> Sightings:
        """The walls of some more states, (states, cells, 3)."""
        step = max(1, _AT_ONCE // self.mesh.cells)
        pieces = [self._read(m[k : k + step]) for k in range(0, len(m), step)]
        return Sightings.joined(pieces) if pieces else Sightings.none(0)

    def _read(self, m: Values) -> Sightings:
        broken = self._broken(m)
        first = self._find_axis(m)
        if self.axis is None:
            return Sightings.none(len(m), broken)
        axis = self.axis
        s = (_along(m, axis.along) - axis.middle) / axis.amplitude
        s[:first] = 1.0
        s[broken] = 1.0
        places = _find_places(s, self.mesh)
        crowded = np.bincount(places.state, minlength=len(m)) > _MOST_WALLS
        if crowded.any():
            broken |= crowded
            s[broken] = 1.0
            places = _find_places(s, self.mesh)
        across = np.stack([_along(m, direction) for direction in axis.across()], axis=-1)
        profiles = read_profiles(s, across, self.mesh.spacing, places)
        return Sightings(
            states=len(m),
            broken=broken,
            dip=_find_dips(s, self.mesh, places),
            state=places.state,
            polarity=places.polarity,
            position=profiles.position,
            width=profiles.width,
            tilt=np.arctan2(profiles.across[:, 1], profiles.across[:, 0]),
            position_fit=profiles.position_fit,
            width_fit=profiles.width_fit,
            room_left=profiles.position - places.low,
            room_right=places.high - profiles.position,
        )

    def _find_axis(self, m: Values) -> int:
        """Where the first state with several domains is; none before it is looked at."""
        if self.axis is not None:
            return 0
        for k, state in enumerate(m):
            self.axis = find_axis(state, self._hint)
            if self.axis is not None:
                return k
        return len(m)

    def _broken(self, m: Values) -> NDArray[np.bool_]:
        """Where M changes so much from cell to cell that there are no domains, or is not finite."""
        steep = np.sum(np.einsum("tik,tik->ti", m[:, 1:], m[:, :-1]) < 1.0 - _STEEP, axis=1)
        if self._steep_at_first is None and len(m):
            self._steep_at_first = int(steep[0])
        links = self.mesh.cells - 1
        of_first = min(3 * (self._steep_at_first or 0), _BROKEN_AT_MOST * links)
        most = max(_BROKEN_CELLS, _BROKEN * links, of_first)
        return (steep > most) | ~np.isfinite(m).all(axis=(1, 2))


def _along(m: Values, direction: Values) -> Values:
    """M·a, cell by cell: a matrix product would round by the number of states."""
    x, y, z = direction
    return np.asarray(m[..., 0] * x + m[..., 1] * y + m[..., 2] * z)


def _find_places(s: Values, mesh: Mesh) -> Places:
    """The walls of every state: from a cell with |s| > 0.2 on one side to one on the other."""
    dx, cells = mesh.spacing, mesh.cells
    side = (s > _BEYOND).astype(np.int8) - (s < -_BEYOND)
    index = np.where(side != 0, np.arange(cells), 0)
    latest = np.maximum.accumulate(index, axis=1)
    held = np.take_along_axis(side, latest, axis=1)
    changes = (held[:, 1:] != held[:, :-1]) & (held[:, :-1] != 0)
    state, before = np.nonzero(changes)
    begin, end = latest[state, before], before + 1
    one, other = s[state, begin], s[state, end]
    position = (begin + 0.5 + (end - begin) * one / (one - other)) * dx
    reach = np.arctanh(np.minimum(np.abs(one), 0.95)) + np.arctanh(np.minimum(np.abs(other), 0.95))
    width = (end - begin) * dx / reach
    same = state[1:] == state[:-1]
    between = 0.5 * (position[1:] + position[:-1])
    low = np.concatenate([[0.0], np.where(same, between, 0.0)])[: state.size]
    high = np.concatenate([np.where(same, between, mesh.length), [mesh.length]])[: state.size]
    return Places(state, np.sign(one), position, width, low, high)


def _find_dips(s: Values, mesh: Mesh, places: Places) -> Values:
    """Where |s| is smallest outside of walls, m; nan where it is large everywhere there."""
    beside = np.zeros((s.shape[0], mesh.cells + 1), dtype=np.int16)
    reach = _BESIDE * places.width
    for edge, sign in ((places.position - reach, 1), (places.position + reach, -1)):
        cell = np.clip(np.floor(edge / mesh.spacing), 0, mesh.cells).astype(np.intp)
        np.add.at(beside, (places.state, cell), sign)
    size = np.where(np.cumsum(beside[:, :-1], axis=1) > 0, 1.0, np.abs(s))
    lowest = np.argmin(size, axis=1)
    found = np.take_along_axis(size, lowest[:, None], axis=1)[:, 0] < _DIP
    return np.where(found, (lowest + 0.5) * mesh.spacing, np.nan)
