"""The profile of a wall: a tanh fitted by least squares, and the same numbers from integrals."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values

Indices = NDArray[np.intp]
_REACH = 10.0  # of the cells looked at, in Δ on either side
_FIT = 5.0  # of the cells that are fitted
_INTEGRAL = 8.0  # of the integrals
_DOMAIN = 4.0  # a side is domain from here on
_DOMAIN_CELLS = 3
_PASSES, _LEVELS, _STEPS = 3, 4, 8
_NARROWEST = 0.3  # Δ in cells
_CLOSE = 1e-12  # last step in units of Δ
_GROWN = 1.25  # of Δ, beyond which the window was too small


@dataclass(frozen=True)
class Places:
    """Where M·a changes its sign: one entry for each wall of each state.

    Attributes:
        state: number of the state.
        polarity: σ, 1 where s falls along x.
        position, width: guesses of q and Δ, m from the left end of the first cell.
        low, high: bounds of the stretch that is this wall's, m.
    """

    state: Indices
    polarity: Values
    position: Values
    width: Values
    low: Values
    high: Values


@dataclass(frozen=True)
class Profiles:
    """What was found of each wall.

    Attributes:
        position, width: q and Δ by integrals, [B11], m.
        position_fit, width_fit: q and Δ of the tanh that fits best, [M9], m; nan where none does.
        across: (walls, 2), mean of M along e₁, e₂ weighed with 1 − s².
    """

    position: Values
    width: Values
    position_fit: Values
    width_fit: Values
    across: Values


@dataclass
class _Fit:
    """q, Δ and the levels c ± A of each wall while they are improved."""

    position: Values
    width: Values
    middle: Values
    amplitude: Values
    good: NDArray[np.bool_]


@dataclass(frozen=True)
class _Window:
    """The cells around some walls: (walls, cells), and how much of each cell belongs to it."""

    state: Indices
    index: Indices
    x: Values
    inside: NDArray[np.bool_]


def read_profiles(s: Values, across: Values, spacing: float, places: Places) -> Profiles:
    """Fit and integrate every wall.

    Least squares of σ(s − c)/A = −tanh((x − q)/Δ) for q and Δ, where c ± A are the levels of the
    domains on both sides; where the wire ends or another wall begins before a domain does, they are
    taken as ±1. The integrals take the same levels.

    Arguments:
        s: (states, cells), M along the axis, ±1 in the domains.
        across: (states, cells, 2), M along e₁, e₂.
    """
    count = places.state.size
    fit = _Fit(
        places.position.copy(), places.width.copy(), np.zeros(count), np.ones(count),
        np.zeros(count, dtype=bool),
    )  # fmt: skip
    todo = np.arange(count)
    for _ in range(_PASSES):
        before = fit.width.copy()
        for group, reach in _groups(fit.width, todo, _REACH, spacing):
            window = _window(places, fit.position, group, reach, (s.shape[1], spacing))
            _improve(fit, group, window, s[window.state, window.index], places.polarity[group])
        grown = fit.width[todo] > _GROWN * before[todo]
        todo = todo[grown]
    resolved = fit.good & (fit.width > _NARROWEST * spacing) & np.isfinite(fit.position)
    resolved &= (fit.position > places.low) & (fit.position < places.high)
    fit.position = np.where(resolved, fit.position, places.position)
    fit.width = np.where(resolved, fit.width, places.width)
    position, width, sideways = _integrals(s, across, spacing, (places, fit))
    fitted = [np.where(resolved, value, np.nan) for value in (fit.position, fit.width)]
    return Profiles(position, width, fitted[0], fitted[1], sideways)


def _groups(
    width: Values, which: Indices, reach: float, spacing: float
) -> Iterator[tuple[Indices, int]]:
    """Walls whose windows have the same number of cells on either side, a power of two."""
    cells = np.ceil(reach * width[which] / spacing) + 2.0
    sizes = (2.0 ** np.ceil(np.log2(cells))).astype(np.intp)
    for size in np.unique(sizes):
        yield which[sizes == size], int(size)


def _window(
    places: Places, position: Values, group: Indices, reach: int, mesh: tuple[int, float]
) -> _Window:
    cells, spacing = mesh
    if 2 * reach + 1 >= cells:
        index = np.broadcast_to(np.arange(cells), (group.size, cells))
    else:
        centre = np.floor(position[group] / spacing).astype(np.intp)
        index = centre[:, None] + np.arange(-reach, reach + 1)
    x: Values = np.asarray((index + 0.5) * spacing, dtype=np.float64)
    inside = (index >= 0) & (index < cells)
    inside &= (x > places.low[group, None]) & (x < places.high[group, None])
    return _Window(places.state[group, None], np.clip(index, 0, cells - 1), x, inside)


def _improve(fit: _Fit, group: Indices, window: _Window, s: Values, polarity: Values) -> None:
    """Levels and profile in turn, by Gauss and Newton, for one group."""
    q, delta = fit.position[group], fit.width[group]
    middle, amplitude = fit.middle[group], fit.amplitude[group]
    for _ in range(_LEVELS):
        last = np.full(q.size, np.inf)
        u = (window.x - q[:, None]) / delta[:, None]
        middle, amplitude = _levels(s, u, window.inside, polarity)
        g = (polarity / amplitude)[:, None] * (s - middle[:, None])
        for _ in range(_STEPS):
            u = (window.x - q[:, None]) / delta[:, None]
            fitted = window.inside & (np.abs(u) < _FIT)
            model = np.tanh(u)
            slope = np.where(fitted, 1.0 - model**2, 0.0)
            left = g + model
            aa, ab, bb = (np.sum(w, axis=1) for w in (slope**2, u * slope**2, (u * slope) ** 2))
            ra, rb = np.sum(slope * left, axis=1), np.sum(u * slope * left, axis=1)
            det = aa * bb - ab**2
            with np.errstate(divide="ignore", invalid="ignore"):
                shift = np.clip((bb * ra - ab * rb) / det, -1.0, 1.0)
                growth = np.clip((aa * rb - ab * ra) / det, -0.5, 0.5)
            # A wall that is there stays there, whatever the others of its group still do.
            moves = (det > 0.0) & (last >= _CLOSE)
            shift, growth = (np.where(moves, step, 0.0) for step in (shift, growth))
            q, delta = q + delta * shift, delta * np.exp(growth)
            last = np.where(moves, np.maximum(np.abs(shift), np.abs(growth)), last)
            if np.all((last < _CLOSE) | (det <= 0.0)):
                break
    fit.position[group], fit.width[group] = q, delta
    fit.middle[group], fit.amplitude[group] = middle, amplitude
    fit.good[group] = last < 1e-4


def _levels(
    s: Values, u: Values, inside: NDArray[np.bool_], polarity: Values
) -> tuple[Values, Values]:
    """(c, A) such that s is c ± A tanh|u| on average in the domain of either side."""
    means, tails, known = [], [], []
    for side in (-1.0, 1.0):
        domain = inside & (side * u > _DOMAIN) & (side * u < _REACH)
        number = domain.sum(axis=1)
        safe = np.maximum(number, 1)
        means.append(np.sum(np.where(domain, s, 0.0), axis=1) / safe)
        tails.append(np.sum(np.where(domain, np.tanh(np.abs(u)), 0.0), axis=1) / safe)
        known.append(number >= _DOMAIN_CELLS)
    (left, right), (near, far) = means, tails
    with np.errstate(divide="ignore", invalid="ignore"):
        both = polarity * (left - right) / (near + far)
        one = polarity * np.where(known[0], left / near, -right / far)
    two_sided, one_sided = known[0] & known[1], known[0] ^ known[1]
    amplitude = np.where(two_sided, both, np.where(one_sided, one, 1.0))
    middle = np.where(two_sided, left - polarity * amplitude * near, 0.0)
    sensible = amplitude > 0.3
    return np.where(sensible, middle, 0.0), np.where(sensible, amplitude, 1.0)


def _integrals(
    s: Values, across: Values, spacing: float, found: tuple[Places, _Fit]
) -> tuple[Values, Values, Values]:
    """(q, Δ, mean of M across) within 8Δ; beyond the ends of the wire the domains go on."""
    places, fit = found
    q, delta = np.empty(fit.position.size), np.empty(fit.position.size)
    sideways = np.empty((q.size, 2))
    for group, reach in _groups(fit.width, np.arange(q.size), _INTEGRAL, spacing):
        window = _window(places, fit.position, group, reach, (s.shape[1], spacing))
        centre, wide = fit.position[group, None], _INTEGRAL * fit.width[group, None]
        first = np.maximum(centre - wide, places.low[group, None])
        last = np.minimum(centre + wide, places.high[group, None])
        begins, ends = window.x - 0.5 * spacing, window.x + 0.5 * spacing
        share = np.minimum(ends, last) - np.maximum(begins, first)
        # The same cell stands several times at the ends of the wire, outside of these bounds.
        share = np.where(share > 0.0, share, 0.0)
        polarity = places.polarity[group, None]
        level, size = fit.middle[group, None], fit.amplitude[group, None]
        g = polarity * (s[window.state, window.index] - level) / size
        q[group] = first[:, 0] + 0.5 * np.sum(share * (1.0 + g), axis=1)
        delta[group] = 0.5 * np.sum(share * (1.0 - g**2), axis=1)
        weight = share * np.maximum(1.0 - g**2, 0.0)
        sideways[group] = np.einsum("wk,wkc->wc", weight, across[window.state, window.index])
    return q, delta, sideways
