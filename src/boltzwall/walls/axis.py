"""The axis along which the domains of a state point, and the levels of M along it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from boltzwall.values import Values

SMALLEST_DROP = 0.2  # of |M(0) − M(L)|: below it there is no wall to follow
_PADDING = 0.25  # of the wire at each end: the domains go on there
_LEAST_SPREAD = 0.5  # of a component of M: below it there is one domain
_LEAST_STEP = 0.8  # of |M(one domain) − M(other)|, 2 for antiparallel ones
_NEAR_HINT = np.cos(np.radians(25.0))
_NEAR_COORDINATE = np.cos(np.radians(0.5))
_SATURATED = 0.97
_ITERATIONS = 8
_CALM = 0.04  # of the largest 1 − M·M' of neighbouring cells
_MOSTLY = 0.3  # of the cells
_CALMEST = 0.3  # of a domain's cells, which give its direction
_DOMAIN = 1.5  # Δ: what is shorter is none


@dataclass(frozen=True)
class DomainAxis:
    """s = (M·a − middle)/amplitude is 1 in the one kind of domain and −1 in the other.

    Attributes:
        along: a, (3,), its largest component positive.
        middle, amplitude: 0 and 1 for domains along ±a; others where a field tilts them.
    """

    along: Values
    middle: float
    amplitude: float

    def across(self) -> tuple[Values, Values]:
        """e₁, e₂ with e₁×e₂ = a, from which tilts count: x and y for a = z, y and z for a = x."""
        start = np.array([1.0, 0.0, 0.0]) if abs(self.along[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
        first = start - (start @ self.along) * self.along
        first = first / np.linalg.norm(first)
        return first, np.cross(self.along, first)


def find_axis(m: Values, hint: Values | None = None) -> DomainAxis | None:
    """The axis of the domains of one state, or None where there is only one domain.

    The cells fall into two groups on both sides of a plane across a, which goes from the median of
    the one group to that of the other. Only cells in domains count, where M changes little from
    cell to cell; a group without any is taken as opposite to the other one. Where there are no
    domains at all all cells count, and the wire is thought to go on beyond its ends as it ends.

    Arguments:
        m: (cells, 3), unit vectors.
        hint: the easy axis, taken instead of an axis found nearby.
    """
    if not np.all(np.isfinite(m)) or np.max(np.ptp(m, axis=0)) < _LEAST_SPREAD:
        return None
    extra = max(1, round(_PADDING * len(m)))
    padded = np.concatenate([np.repeat(m[:1], extra, 0), m, np.repeat(m[-1:], extra, 0)])
    steps = 1.0 - np.einsum("ik,ik->i", m[1:], m[:-1])
    roughness = np.full(len(padded), np.inf)
    roughness[extra:-extra] = _roughness(steps)
    fewest = max(3.0, _DOMAIN / np.sqrt(2.0 * np.max(steps)))  # the root is about dx/Δ
    middle = padded.mean(axis=0)
    along = np.linalg.eigh((padded - middle).T @ (padded - middle))[1][:, -1]
    ends: tuple[Values, Values] | None = None
    for _ in range(_ITERATIONS):
        ends = _domains(padded, roughness, (padded - middle) @ along > 0.0, fewest)
        if ends is None:
            return None
        step = ends[0] - ends[1]
        size = float(np.linalg.norm(step))
        if size < _LEAST_STEP:
            return None
        along, middle = step / size, 0.5 * (ends[0] + ends[1])
    assert ends is not None
    along = _known_direction(along, hint)
    high, low = (float(end @ along) for end in ends)
    return DomainAxis(
        along, *_levels(max(high, low), min(high, low), bool(np.isfinite(roughness).any()))
    )


def _roughness(steps: Values) -> Values:
    """How much M differs from its neighbours, in cells of domains; infinite in others.

    In a domain M changes much less from cell to cell than in a wall. Where few cells are so, M is
    rough everywhere, or turns all along the wire, and there are no domains.
    """
    around = np.maximum(np.append(steps, 0.0), np.append(0.0, steps))
    calm = around < _CALM * np.max(around)
    return np.where(calm & (np.mean(calm) > _MOSTLY), around, np.inf)


def _domains(
    m: Values, roughness: Values, ahead: NDArray[np.bool_], fewest: float
) -> tuple[Values, Values] | None:
    """M in the one and in the other kind of domain; None where there is one kind only.

    Fewer calm cells than ``fewest`` on one side are no domain: M stands still in the middle of a
    pair of walls, too.
    """
    if ahead.all() or not ahead.any():
        return None
    calm = np.isfinite(roughness)
    groups = [calm & ahead, calm & ~ahead]
    known = [bool(np.count_nonzero(group) >= fewest) for group in groups]
    if not any(known):
        return np.median(m[ahead], axis=0), np.median(m[~ahead], axis=0)
    one, other = (
        _calmest(m[group], roughness[group]) if known else np.zeros(3)
        for group, known in zip(groups, known, strict=True)
    )
    return (one if known[0] else -other), (other if known[1] else -one)


def _calmest(m: Values, roughness: Values) -> Values:
    """The median of M in the calmest cells, far from walls."""
    return np.median(m[roughness <= np.quantile(roughness, _CALMEST)], axis=0)


def _known_direction(along: Values, hint: Values | None) -> Values:
    """The easy axis or an axis of the coordinates instead of one that all but is it."""
    if hint is not None and abs(along @ hint) > _NEAR_HINT * np.linalg.norm(hint):
        along = hint / np.linalg.norm(hint)
    largest = int(np.argmax(np.abs(along)))
    if abs(along[largest]) > _NEAR_COORDINATE:
        return np.eye(3)[largest]
    return along * np.sign(along[largest])


def _levels(high: float, low: float, known: bool) -> tuple[float, float]:
    """(middle, amplitude); domains that point all but along the axis do so, or are not known."""
    if not known or (high > _SATURATED and low < -_SATURATED):
        return 0.0, 1.0
    return 0.5 * (high + low), 0.5 * (high - low)
