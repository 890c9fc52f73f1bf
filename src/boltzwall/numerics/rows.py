"""The rows along x of a grid of cells, of which some are empty, as lanes of one length."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float, Int

from boltzwall.numerics.frames import derivative_along
from boltzwall.typing import Scalar

Lanes = Float[Array, "lanes cells ..."]
Grid = Float[Array, "nx ny nz ..."]


@dataclass(frozen=True)
class Rows:
    """The stretches of full cells along x, each a lane of all nx cells.

    A lane goes on beyond its stretch with the values of the cell at its end. Where a row is broken
    by a hole, each part of it is a lane.

    Attributes:
        shape: of the grid, (nx, ny, nz).
        first, last: the ends of each stretch, as numbers of cells along x.
        y, z: the row of each stretch.
    """

    shape: tuple[int, int, int]
    first: Int[np.ndarray, " lanes"]
    last: Int[np.ndarray, " lanes"]
    y: Int[np.ndarray, " lanes"]
    z: Int[np.ndarray, " lanes"]

    @classmethod
    def of(cls, full: Bool[np.ndarray, "nx ny nz"]) -> "Rows":
        """The stretches of the cells that are not empty."""
        nx, ny, nz = full.shape
        along = np.moveaxis(full, 0, -1)
        edges = np.diff(np.pad(along, ((0, 0), (0, 0), (1, 1))).astype(np.int8), axis=-1)
        y, z, first = np.nonzero(edges == 1)
        _, _, end = np.nonzero(edges == -1)
        return cls((nx, ny, nz), first, end - 1, y, z)

    def __len__(self) -> int:
        return self.first.size

    @property
    def whole(self) -> bool:
        """Whether no cell of the grid is empty."""
        return bool(np.sum(self.last - self.first + 1) == np.prod(self.shape))

    def gather(self, values: Grid) -> Lanes:
        """The lanes of values on the grid."""
        if self.whole:
            nx, ny, nz = self.shape
            return jnp.moveaxis(values, 0, 2).reshape(ny * nz, nx, *values.shape[3:])
        x = np.clip(np.arange(self.shape[0]), self.first[:, None], self.last[:, None])
        return values[x, self.y[:, None], self.z[:, None]]

    def scatter(self, lanes: Lanes) -> Grid:
        """Values of the lanes back on the grid, 0 in empty cells."""
        nx, ny, nz = self.shape
        if self.whole:
            return jnp.moveaxis(lanes.reshape(ny, nz, nx, *lanes.shape[2:]), 2, 0)
        lane, x = self._cells
        grid = jnp.zeros((*self.shape, *lanes.shape[2:]), lanes.dtype)
        return grid.at[x, self.y[lane], self.z[lane]].set(lanes[lane, x])

    def derivative(self, values: Grid, spacing: float | Scalar) -> Grid:
        """∂x as every lane by itself has it, 0 in empty cells."""
        if self.whole:
            return derivative_along(values, spacing)
        lanes = jnp.moveaxis(self.gather(values), 0, 1)
        return self.scatter(jnp.moveaxis(derivative_along(lanes, spacing), 1, 0))

    @property
    def _cells(self) -> tuple[np.ndarray, np.ndarray]:
        """The lane and the number along x of every cell that is not empty."""
        x = np.arange(self.shape[0])
        lane, cell = np.nonzero((x >= self.first[:, None]) & (x <= self.last[:, None]))
        return lane, cell


def across_rows(
    m: Float[np.ndarray, "nx ny nz 3"],
    full: Bool[np.ndarray, "nx ny nz"],
    spacing: tuple[float, float, float],
) -> Float[np.ndarray, "nx ny nz"]:
    """|∂yM|² + |∂zM|² in 1/m² in every cell, from the differences to its full neighbours."""
    total = np.zeros(m.shape[:3])
    for axis in (1, 2):
        near, far = (np.moveaxis(values, axis, 0) for values in (m, full))
        square = np.sum((np.diff(near, axis=0) / spacing[axis]) ** 2, axis=-1)
        both = far[1:] & far[:-1]
        square = np.where(both, square, 0.0)
        edge = np.zeros((1, *square.shape[1:]))
        summed = np.concatenate([edge, square]) + np.concatenate([square, edge])
        count = np.concatenate([edge, both]) + np.concatenate([both, edge])
        total += np.moveaxis(summed / np.maximum(count, 1.0), 0, axis)
    return total
