"""Arrows in space on the page: cabinet projection, outlines.

x runs to the right, z upwards, and y, at half length, into the page.
"""

import numpy as np

DEPTH = np.array([0.38, 0.32])  # where a unit of y goes on the page


def project(points: np.ndarray) -> np.ndarray:
    """Points (…, 3) in space to (…, 2) on the page."""
    return points[..., [0, 2]] + points[..., 1:2] * DEPTH


def arrows_between(tails: np.ndarray, vectors: np.ndarray, width: float) -> np.ndarray:
    """Outlines (n, 7, 2) on the page of the arrows ``vectors`` (n, 3) that start at ``tails``.

    What is not finite is left out.
    """
    known = np.isfinite(vectors).all(axis=1)
    start, end = project(tails[known]), project(tails[known] + vectors[known])
    return outlines(start, end, width)


def outlines(tails: np.ndarray, tips: np.ndarray, width: float) -> np.ndarray:
    """Polygons (n, 7, 2) of arrows between points of a plane; short arrows are drawn smaller."""
    along = tips - tails
    length = np.hypot(*along.T)[:, None]
    direction = np.divide(along, length, out=np.zeros_like(along), where=length > 0.0)
    normal = direction[:, ::-1] * (-1.0, 1.0)
    head = np.minimum(3.8 * width, 0.6 * length)
    shoulder = 0.42 * head * normal
    half = 0.5 * width * np.minimum(1.0, head / (3.8 * width)) * normal
    neck = tips - head * direction
    return np.stack(
        [
            tails + half,
            neck + half,
            neck + shoulder,
            tips,
            neck - shoulder,
            neck - half,
            tails - half,
        ],
        axis=1,
    )
