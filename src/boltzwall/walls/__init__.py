"""Walls read from M(x, t): found, followed from birth to end, their profiles fitted, motion judged.

Plain NumPy on arrays; it knows neither configurations nor models nor Datasets.
"""

from boltzwall.walls.followed_walls import Walls, follow
from boltzwall.walls.reader import Mesh, Reader, Sightings

__all__ = ["Mesh", "Reader", "Sightings", "Walls", "follow"]
