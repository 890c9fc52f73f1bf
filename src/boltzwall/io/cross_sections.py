"""From vectors on a mesh of three dimensions to one row of them along x.

The InputErrors raised here go on from the name of a file or an argument: "must …, but …".
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from boltzwall.errors import InputError
from boltzwall.values import Values

_ZERO = 1e-6  # of the largest component: what is shorter has no direction
_SHORT = 0.1  # of the lengths added up: below it, an average has no direction that means anything
_WIDE = math.radians(20.0)  # between M and its average, above which the average is doubtful

CrossSection = Literal["average"] | tuple[int, int]
EmptyEnds = Literal["refuse", "crop", "fill"]


@dataclass(frozen=True)
class Reduction:
    """How a mesh becomes a wire.

    Attributes:
        section: "average", the moments of each cross-section added up; or the numbers of the cell
            in y and in z, from 0, whose row along x is taken.
        empty_ends: what becomes of cells without magnetisation at the ends: they are refused, left
            out ("crop"), or have the M of the nearest cell that has one ("fill").
    """

    section: CrossSection = "average"
    empty_ends: EmptyEnds = "refuse"


@dataclass(frozen=True)
class Row:
    """One M for each place along x.

    Attributes:
        directions: unit vectors (x, 3).
        lengths: (x,), the mean |M| of the magnetic cells there, in the unit of the mesh.
        cropped: how many cells were left out at the left end.
        remarks: what was done to the mesh.
    """

    directions: Values
    lengths: Values
    cropped: int
    remarks: tuple[str, ...]


def reduced(values: Values, reduction: Reduction) -> Row:
    """The row of finite vectors (x, y, z, 3).

    Cells without magnetisation, outside the body, count for nothing in an average.

    Raises:
        InputError: a row that is not there, or a place along x without a direction.
    """
    rows, across = cross_section(values, reduction.section)
    largest = float(np.abs(rows).max(initial=0.0)) or 1.0
    rows = rows / largest  # whose squares neither overflow nor vanish
    rows = np.where(np.linalg.norm(rows, axis=-1)[..., None] > _ZERO, rows, 0.0)
    rows, cropped, filled = _ends(rows, reduction.empty_ends)
    total, lengths, angle = _added(rows)
    remarks: list[str] = []
    if any(cropped):
        remarks.append(f"left out {_counted(cropped)}, without magnetisation")
    if any(filled):
        remarks.append(f"M goes on into {_counted(filled)}, without magnetisation")
    if rows.shape[1] > 1:
        remarks.append(_average(across, angle))
    elif across != (1, 1):
        remarks.append(f"the row {reduction.section} in y and z of {across[0]}×{across[1]}")
    directions = total / np.linalg.norm(total, axis=-1)[:, None]
    return Row(directions, largest * lengths, cropped[0], tuple(remarks))


def _average(across: tuple[int, int], angle: float) -> str:
    degrees = round(math.degrees(angle), 2)
    spread = f"from which M differs by up to {degrees:g}°" if degrees else "which agree"
    text = f"the average of {across[0]}×{across[1]} cells across, {spread}"
    if angle > _WIDE:
        text += ", too much for one M(x) to tell all; `texture.section` can take one row instead"
    return text


def cross_section(values: Values, section: CrossSection) -> tuple[Values, tuple[int, int]]:
    """The rows along x that are used, (x, row, 3), and how many cells the mesh has across.

    Raises:
        InputError: there is no such row.
    """
    across = values.shape[1:3]
    if section == "average":
        return values.reshape(values.shape[0], -1, 3), across
    y, z = section
    if not (0 <= y < across[0] and 0 <= z < across[1]):
        raise InputError(
            f"must have the cell {section} across, but it has {across[0]}×{across[1]}, counted "
            "from (0, 0)."
        )
    return values[:, y, z][:, None], across


def _ends(rows: Values, empty_ends: EmptyEnds) -> tuple[Values, tuple[int, int], tuple[int, int]]:
    """Rows whose ends are magnetic; how many cells were left out and how many filled."""
    magnetic = np.flatnonzero(np.any(rows, axis=(1, 2)))
    if not magnetic.size:
        raise InputError("must hold a magnetisation, but it is zero everywhere.")
    first, end = int(magnetic[0]), int(magnetic[-1]) + 1
    missing = (first, rows.shape[0] - end)
    gaps = np.setdiff1d(np.arange(first, end), magnetic)
    if gaps.size:
        raise InputError(
            f"must have a direction of M at every x, but M is zero in the cell {gaps[0]}, between "
            "cells that have one."
        )
    if missing == (0, 0):
        return rows, (0, 0), (0, 0)
    if empty_ends == "crop":
        return rows[first:end], missing, (0, 0)
    if empty_ends == "fill":
        return np.pad(rows[first:end], (missing, (0, 0), (0, 0)), mode="edge"), (0, 0), missing
    raise InputError(
        f"must have a direction of M at every x, but M is zero in {_counted(missing)}. Set "
        '`texture.empty_ends` to "crop", and the wire is what lies between, or to "fill", and '
        "they have the M of the nearest cell."
    )


def _added(rows: Values) -> tuple[Values, Values, float]:
    """ΣM of each cross-section, the mean |M| of its magnetic cells, the largest angle to ΣM."""
    lengths = np.linalg.norm(rows, axis=-1)
    total, summed = rows.sum(axis=1), lengths.sum(axis=1)
    size = np.linalg.norm(total, axis=-1)
    short = np.flatnonzero(size <= _SHORT * summed)
    if short.size:
        raise InputError(
            "must have a direction of M at every x, but in its cell "
            f"{short[0]} the moments across the wire cancel. One M(x) cannot stand for them: take "
            "one row with `texture.section`, such as { y = 0, z = 0 }."
        )
    along = np.einsum("xri,xi->xr", rows, total) / size[:, None]
    cosine = np.where(lengths > 0.0, along, 1.0) / np.where(lengths > 0.0, lengths, 1.0)
    magnetic = np.maximum(np.count_nonzero(lengths, axis=1), 1)
    return total, summed / magnetic, float(np.arccos(np.clip(cosine.min(), -1.0, 1.0)))


def _counted(ends: tuple[int, int]) -> str:
    """Such as "the first 3 cells and the last 2"."""
    first = "the first cell" if ends[0] == 1 else f"the first {ends[0]} cells"
    last = "the last cell" if ends[1] == 1 else f"the last {ends[1]} cells"
    return " and ".join(words for words, count in zip((first, last), ends, strict=True) if count)
