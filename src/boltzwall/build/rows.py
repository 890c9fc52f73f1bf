"""From a configuration of a wire to the electrons of every row of a grid, and their free path."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from boltzwall.build.problem import Problem
from boltzwall.config import Config, load_config
from boltzwall.config.scales import free_path
from boltzwall.errors import InputError
from boltzwall.numerics.rows import Rows
from boltzwall.transport.model import KineticModel
from boltzwall.values import Values

UNIT_LENGTH = 1e-4  # by which M in a cell may differ from unit length
_LEFT_OUT = ("wire", "texture", "heat", "dynamics", "output")  # of no matter to a given grid


@dataclass(frozen=True)
class RowProblem:
    """A grid of cells with a current along x, resolved once.

    Attributes:
        config: of one row: the user's metal, temperature, drive and electrons on these cells.
        spacing: edges of a cell in m.
        free_path: the longest way of an electron between two collisions, m.
    """

    config: Config
    rows: Rows
    spacing: tuple[float, float, float]
    electrons: KineticModel
    attributes: dict[str, Any]
    saturation: Values
    temperature: Values
    free_path: float

    @classmethod
    def of(cls, config: Any, full: Values, spacing: Any) -> "RowProblem":
        """Of a configuration and the cells that are not empty, (nx, ny, nz).

        Raises:
            InputError: the configuration, the cells or ``spacing`` cannot be used.
        """
        edges = checked_spacing(spacing)
        full = np.asarray(full, dtype=bool)
        if full.ndim != 3 or not np.any(full):
            raise InputError(
                "Argument `m` must have cells that are not empty, but it has none. Give unit "
                "vectors where there is a magnet."
            )
        row = _of_a_row(load_config(config), full.shape, edges)
        problem = Problem.of(row)
        return cls(
            config=row,
            rows=Rows.of(full),
            spacing=edges,
            electrons=problem.kinetic_electrons(),
            attributes=problem.attributes,
            saturation=np.asarray(problem.place.magnet_cells.magnetisation),
            temperature=problem.place.kelvin,
            free_path=free_path(row),
        )


def checked_spacing(spacing: Any) -> tuple[float, float, float]:
    """(dx, dy, dz) in m, of one number or of three.

    Raises:
        InputError: it is neither, or not positive.
    """
    try:
        edges = np.broadcast_to(np.asarray(spacing, dtype=np.float64), (3,))
    except (TypeError, ValueError):
        edges = np.full(3, np.nan)
    if not np.all(np.isfinite(edges) & (edges > 0.0)):
        raise InputError(
            "Argument `spacing` must be the edges (dx, dy, dz) of a cell in m, or one number for "
            f"cubes, but {spacing!r} was given."
        )
    return float(edges[0]), float(edges[1]), float(edges[2])


def checked_directions(m: Any) -> tuple[Values, Values]:
    """Unit vectors (nx, ny, nz, 3) and where they are, (nx, ny, nz); 0 in empty cells.

    Raises:
        InputError: ``m`` is no such array.
    """
    try:
        values = np.asarray(m, dtype=np.float64)
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 4 or values.shape[-1] != 3:
        raise InputError(
            "Argument `m` must have the shape (nx, ny, nz, 3), but it has "
            f"{getattr(m, 'shape', 'none')}. A strip of one layer has nz = 1."
        )
    lengths = np.linalg.norm(values, axis=-1)
    if not np.all(np.isfinite(lengths)):
        raise InputError("Argument `m` must hold finite numbers, but it holds NaN or infinity.")
    full = lengths > 0.0
    off = np.where(full, np.abs(lengths - 1.0), 0.0)
    if off.max(initial=0.0) > UNIT_LENGTH:
        place = tuple(int(i) for i in np.unravel_index(int(off.argmax()), off.shape))
        raise InputError(
            "Argument `m` must hold unit vectors, and zeros in empty cells, but in the cell "
            f"{place} the length is {lengths[place]:.4g}. Divide M by Ms."
        )
    return values / np.where(full, lengths, 1.0)[..., None], full


def _of_a_row(config: Config, shape: tuple[int, ...], spacing: tuple[float, ...]) -> Config:
    """The same electrons on a wire of the grid's cells along x."""
    tables = {name: keys for name, keys in config.given().items() if name not in _LEFT_OUT}
    length, width, thickness = (n * edge for n, edge in zip(shape, spacing, strict=True))
    wire = {"length": length, "cells": shape[0], "width": width, "thickness": thickness}
    return load_config({**tables, "wire": wire, "texture": {"kind": "uniform"}})
