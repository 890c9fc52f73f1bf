"""The identity of walls: which wall of one state is which of the next, from birth to end.

Walls along a line keep their order, and their polarities alternate. From one state to the next
a wall goes on, leaves or enters through an end, and two neighbours annihilate or nucleate. Of all
ways to match the walls of two states, the one that moves them least is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values
from boltzwall.variables import WALL_STARTS
from boltzwall.walls.reader import Sightings

_SURE = 0.3  # of the distance between neighbours, which a wall cannot cross unseen
_SURE_ALONE = 0.2  # of the wire, for a wall without neighbours
_END, _PAIR, _ALONE = 1.0, 4.0, 1e6  # costs, in wall widths
_SCALE = 0.01  # of the wire: what is narrower is no measure of ways
_GAP = 5  # states for which a wall may be out of sight at an end
_SHORT = 3  # states that a wall must be seen in, to be none of the noise


@dataclass
class Track:
    """One wall: its entries in the sightings, and its beginning and end.

    Attributes:
        start, end: one of `WALL_STARTS` and of `WALL_ENDS`.
    """

    entries: list[int]
    start: str
    end: str = "stays"


@dataclass(frozen=True)
class _State:
    """The walls of one state in the laboratory, and the ends of the wire."""

    entries: list[int]
    position: Values
    polarity: Values
    low: float
    high: float


@dataclass(frozen=True)
class _Change:
    """How the walls of two states belong together: indices of walls, left to right."""

    kept: tuple[tuple[int, int], ...] = ()
    ended: tuple[tuple[int, str], ...] = ()
    begun: tuple[tuple[int, str], ...] = ()


def find_tracks(found: Sightings, offset: Values, length: float) -> list[Track]:
    """The walls of a run in order of their birth, from left to right.

    Arguments:
        offset: (states,) where the first cell begins, m.
        length: of the wire, m.
    """
    first = np.searchsorted(found.state, np.arange(found.states + 1))
    lab = found.position + offset[found.state]
    sure = _sure(found, lab, first, length)
    tracks: list[Track] = []
    now: list[Track] = []
    k = 0
    while k < found.states:
        if k > 0 and sure[k]:
            last = k
            while last < found.states and sure[last]:
                last += 1
            for n, track in enumerate(now):
                track.entries.extend(range(int(first[k]) + n, int(first[last]), len(now)))
            k = last
            continue
        state = _state(found, lab, first, (k, float(offset[k]), length))
        now = _next(tracks, now, (found, lab), state, k)
        k += 1
    _tell_merged(tracks, found, lab, offset)
    tracks = _resumed_at_ends(tracks, found)
    tracks = [track for track in tracks if not _is_flicker(track, found)]
    return sorted(tracks, key=lambda track: track.entries[0])


def _sure(found: Sightings, lab: Values, first: NDArray[np.intp], length: float) -> NDArray:
    """For each state whether its walls are, one by one, those of the state before."""
    count = np.diff(first)
    sure = np.zeros(found.states, dtype=bool)
    sure[1:] = (count[1:] == count[:-1]) & ~found.broken[1:] & ~found.broken[:-1]
    sure[1:] &= found.states > 1
    later = sure[found.state]
    here = np.flatnonzero(later)
    before = here - count[found.state[here]]
    room = 2.0 * np.minimum(found.room_left[before], found.room_right[before])
    alone = count[found.state[here]] == 1
    most = np.where(alone, _SURE_ALONE * length, _SURE * room)
    doubtful = np.abs(lab[here] - lab[before]) > most
    doubtful |= found.polarity[here] != found.polarity[before]
    sure[found.state[here[doubtful]]] = False
    return sure


def _state(
    found: Sightings, lab: Values, first: NDArray[np.intp], where: tuple[int, float, float]
) -> _State:
    k, low, length = where
    entries = list(range(int(first[k]), int(first[k + 1])))
    return _State(entries, lab[entries], found.polarity[entries], low, low + length)


def _next(
    tracks: list[Track],
    now: list[Track],
    sightings: tuple[Sightings, Values],
    state: _State,
    k: int,
) -> list[Track]:
    """The walls of this state; those that ended or began are noted."""
    found, lab = sightings
    if found.broken[k]:
        for track in now:
            track.end = "broke_up"
        return []
    if k == 0 or not now:
        change = _Change(begun=_starts(state, k))
    else:
        widths = found.width[[track.entries[-1] for track in now]]
        scale = max(float(np.median(widths)), _SCALE * (state.high - state.low))
        change = _match(_expected(now, found, lab), state, scale)
    for n, end in change.ended:
        now[n].end = end
    going: dict[int, Track] = {}
    for n, j in change.kept:
        now[n].entries.append(state.entries[j])
        going[j] = now[n]
    for j, start in change.begun:
        going[j] = Track([state.entries[j]], start)
        tracks.append(going[j])
    return [going[j] for j in sorted(going)]


def _starts(state: _State, k: int) -> tuple[tuple[int, str], ...]:
    """How the walls came to be where there was none before."""
    count = len(state.entries)
    if k == 0:
        return tuple((j, WALL_STARTS[0]) for j in range(count))
    change = _match(_Going(np.empty(0), np.empty(0)), state, _SCALE * (state.high - state.low))
    return change.begun


@dataclass(frozen=True)
class _Going:
    """The walls of the last state where they are expected now."""

    position: Values
    polarity: Values


def _expected(now: list[Track], found: Sightings, lab: Values) -> _Going:
    """Straight on by as much as from the last but one state to the last."""
    places = []
    for track in now:
        step = 0.0
        if len(track.entries) > 1:
            one, two = track.entries[-2:]
            states = found.state[two] - found.state[one]
            most = 3.0 * found.width[two]
            step = float(np.clip((lab[two] - lab[one]) / states, -most, most))
        places.append(lab[track.entries[-1]] + step)
    return _Going(np.array(places), found.polarity[[track.entries[-1] for track in now]])


class _Way(NamedTuple):
    """What may happen to the next walls: its cost, and how many old and new ones it uses up."""

    cost: float
    old: int
    new: int
    change: _Change


@dataclass(frozen=True)
class _Ways:
    """What may happen between two states; costs are in units of ``scale``."""

    old: _Going
    new: _State
    scale: float

    def of(self, i: int, j: int) -> Iterator[_Way]:
        """What the i-th old and the j-th new wall may do, all before them known."""
        q, p, scale = self.old.position, self.new.position, self.scale
        n, m = q.size, p.size
        if i < n and j < m and self.old.polarity[i] == self.new.polarity[j]:
            yield _Way(abs(q[i] - p[j]) / scale, 1, 1, _Change(kept=((i, j),)))
        if i + 1 < n:
            gone = _Change(ended=((i, "annihilated"), (i + 1, "annihilated")))
            yield _Way((q[i + 1] - q[i]) / scale + _PAIR, 2, 0, gone)
        if j + 1 < m:
            born = _Change(begun=((j, "nucleated"), (j + 1, "nucleated")))
            yield _Way((p[j + 1] - p[j]) / scale + _PAIR, 0, 2, born)
        if i < n:
            cost, end = self._alone(q[i], "merged", "left", j == 0, j == m)
            yield _Way(cost, 1, 0, _Change(ended=((i, end),)))
        if j < m:
            cost, start = self._alone(p[j], "nucleated", "entered", i == 0, i == n)
            yield _Way(cost, 0, 1, _Change(begun=((j, start),)))

    def _alone(
        self, place: float, inside: str, through: str, first: bool, last: bool
    ) -> tuple[float, str]:
        """The cheapest end of one wall: within the wire, or ``through`` an end that is free."""
        found = (_ALONE, inside)
        to_left = max(0.0, place - self.new.low) / self.scale + _END
        to_right = max(0.0, self.new.high - place) / self.scale + _END
        if first:
            found = (to_left, f"{through}_at_the_left")
        if last and to_right < found[0]:
            found = (to_right, f"{through}_at_the_right")
        return found


def _match(old: _Going, new: _State, scale: float) -> _Change:
    """The cheapest way from the old walls to the new ones."""
    ways = _Ways(old, new, scale)

    @cache
    def best(i: int, j: int) -> tuple[float, _Change]:
        """Of the walls from the i-th old and the j-th new one on."""
        if i == old.position.size and j == new.position.size:
            return 0.0, _Change()
        found = [(way, *best(i + way.old, j + way.new)) for way in ways.of(i, j)]
        way, cost, rest = min(found, key=lambda one: one[0].cost + one[1])
        now = way.change
        return way.cost + cost, _Change(
            now.kept + rest.kept, now.ended + rest.ended, now.begun + rest.begun
        )

    return best(0, 0)[1]


def _tell_merged(tracks: list[Track], found: Sightings, lab: Values, offset: Values) -> None:
    """Two walls have merged, not annihilated, if something of them stays where they met."""
    for track in tracks:
        last = int(found.state[track.entries[-1]])
        if track.end != "annihilated" or last + 1 >= found.states:
            continue
        place, reach = lab[track.entries[-1]], 10.0 * found.width[track.entries[-1]]
        left = np.abs(found.dip[last + 1 :] + offset[last + 1 :] - place)
        if np.all(left[: _GAP * 2] < reach):
            track.end = "merged"


def _resumed_at_ends(tracks: list[Track], found: Sightings) -> list[Track]:
    """A wall that comes back through the end by which it left a moment ago is the same wall."""
    whole: list[Track] = []
    for track in sorted(tracks, key=lambda one: one.entries[0]):
        back = track.start.replace("entered", "left")
        born, polarity = found.state[track.entries[0]], found.polarity[track.entries[0]]
        for other in reversed(whole):
            gone = found.state[other.entries[-1]]
            same = other.end == back and found.polarity[other.entries[-1]] == polarity
            if same and born - _GAP <= gone < born:
                other.entries.extend(track.entries)
                other.end = track.end
                break
        else:
            whole.append(track)
    return whole


def _is_flicker(track: Track, found: Sightings) -> bool:
    """A ripple that was beyond the threshold for a moment."""
    passing = track.start == "nucleated" and track.end == "annihilated"
    return passing and len(track.entries) < _SHORT and found.states > 2 * _SHORT
