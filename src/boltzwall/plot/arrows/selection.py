"""Which arrows of M and m to draw: where M turns, as many as one can tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import xarray as xr

from boltzwall.plot.axes import Span, laboratory_span, places

ARROWS = 21  # along a strip
AROUND = 4.0  # widths Δ on either side of a wall
CLOSE = 12.0  # widths Δ of a strip in which evenly spaced arrows still show the wall
CORE = 0.5  # M along its axis beyond which a domain has begun


@dataclass(frozen=True)
class Turn:
    """One place where M turns from one domain to the next: position and Δ, m."""

    position: float
    width: float


@dataclass(frozen=True)
class Vectors:
    """What one strip shows.

    Attributes:
        span: of the wire, m, in the laboratory.
        x: (n,) in m.
        magnetisation: (n, 3), unit vectors.
        spin: (n, 3) in 1/m³, or None.
    """

    span: Span
    x: np.ndarray
    magnetisation: np.ndarray
    spin: np.ndarray | None


def turns(frame: xr.Dataset) -> list[Turn]:
    """The walls in M(x), by the changes of its sign along the axis in which it varies most.

    A change counts from beyond ½ on one side to beyond ½ on the other, so that noise is none.
    """
    m, x = frame["magnetisation"].transpose("x", "component").values, places(frame)
    if not np.all(np.isfinite(m)) or len(x) < 2:
        return []
    spread = m - m.mean(axis=0)
    _, directions = np.linalg.eigh(spread.T @ spread)
    along = m @ directions[:, -1]
    sure = np.flatnonzero(np.abs(along) > CORE)
    found = []
    for before, after in pairwise(sure):
        if along[before] * along[after] > 0.0:
            continue
        # Between −½ and ½ lies 2 artanh ½ = 1.0986 of Δ.
        signs = np.sign(along[after]) * along[before : after + 1]
        ends = np.interp([-CORE, 0.0, CORE], signs, x[before : after + 1])
        found.append(Turn(float(ends[1]), float(ends[2] - ends[0]) / 1.0986))
    return found


def spans_of(frames: Sequence[xr.Dataset]) -> list[Span]:
    """The part of the wire that each strip shows: all of one length, each where its walls are.

    Where M turns everywhere, or nowhere, it is the whole wire. A frame without a wall shows the
    place where the one before it had one.
    """
    wholes = [laboratory_span(frame) for frame in frames]
    found = [_around(turns(frame)) for frame in frames]
    lengths = [span.length for span in found if span is not None]
    length = max(lengths, default=np.inf)
    spans: list[Span] = []
    for whole, own in zip(wholes, found, strict=True):
        near = own or next((span for span in found if span is not None), whole)
        middle = own.middle if own else (spans[-1].middle if spans else near.middle)
        half = 0.5 * min(length, whole.length)
        spans.append(Span(middle - half, middle + half).held_in(whole))
    return spans


def _around(walls: Sequence[Turn]) -> Span | None:
    spans = [Span(w.position - AROUND * w.width, w.position + AROUND * w.width) for w in walls]
    if not spans:
        return None
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def select_vectors(frame: xr.Dataset, span: Span | None = None) -> Vectors:
    """M and m of a Dataset without time, interpolated where a strip shows them.

    Arguments:
        span: of the wire, m; without it, around the walls.
    """
    span = span or spans_of([frame])[0]
    cells = places(frame)
    count = min(ARROWS, int(np.sum((cells >= span.low) & (cells <= span.high))))
    x = _positions(span, max(count, 1), turns(frame))
    magnetisation = _at(x, cells, frame["magnetisation"])
    magnetisation /= np.linalg.norm(magnetisation, axis=1, keepdims=True)
    spin = _at(x, cells, frame["spin_accumulation"]) if "spin_accumulation" in frame else None
    return Vectors(span, x, magnetisation, spin)


def _positions(span: Span, count: int, walls: Sequence[Turn]) -> np.ndarray:
    """Evenly spaced, or denser in the walls of a long strip: half of the arrows are theirs."""
    shares = (np.arange(count) + 0.5) / count
    narrow = [wall for wall in walls if span.length > CLOSE * wall.width]
    if not narrow:
        return span.low + shares * span.length
    x = np.linspace(span.low, span.high, 2001)
    steps = [np.tanh((x - w.position) / (2.0 * w.width)) for w in narrow]
    walked = np.mean([0.5 * (step + 1.0) for step in steps], axis=0)
    even = (x - span.low) / span.length
    weight = walked[-1] - walked[0]
    return np.interp(shares * (1.0 + weight), even + walked - walked[0], x)


def _at(x: np.ndarray, cells: np.ndarray, vectors: xr.DataArray) -> np.ndarray:
    components = vectors.transpose("component", "x").values
    return np.column_stack([np.interp(x, cells, component) for component in components])


def largest_spin(datasets: Sequence[xr.Dataset]) -> float:
    """The largest finite |m| in all Datasets, in 1/m³; 1 where there is none."""
    sizes = [
        np.linalg.norm(dataset["spin_accumulation"].values, axis=-1).ravel()
        for dataset in datasets
        if "spin_accumulation" in dataset
    ]
    finite = [size[np.isfinite(size)] for size in sizes]
    return max((float(size.max()) for size in finite if size.size), default=0.0) or 1.0
