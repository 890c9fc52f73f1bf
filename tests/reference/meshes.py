"""Polynomial pieces and graded meshes of the reference solver (NumPy and SciPy only)."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import roots_jacobi, roots_legendre

Array = NDArray[np.float64]


def lobatto_nodes(degree: int) -> Array:
    """Gauss-Lobatto points on [-1, 1], both ends included, shape (degree + 1,)."""
    if degree == 1:
        return np.array([-1.0, 1.0])
    interior, _ = roots_jacobi(degree - 1, 1.0, 1.0)
    return np.concatenate([[-1.0], interior, [1.0]])


def radau_nodes(count: int) -> Array:
    """Right Radau points on (-1, 1], the end +1 included, shape (count,)."""
    if count == 1:
        return np.array([1.0])
    interior, _ = roots_jacobi(count - 1, 1.0, 0.0)
    return np.append(interior, 1.0)


def gauss_rule(count: int) -> tuple[Array, Array]:
    """Gauss-Legendre nodes and weights on (-1, 1)."""
    nodes, weights = roots_legendre(count)
    return nodes, weights


def barycentric_weights(nodes: Array) -> Array:
    """Weights of the second barycentric formula, scaled to a largest modulus of one."""
    gaps = 2.0 * (nodes[:, None] - nodes[None, :])
    np.fill_diagonal(gaps, 1.0)
    weights = 1.0 / gaps.prod(axis=1)
    return weights / np.abs(weights).max()


def interpolation_matrix(nodes: Array, targets: Array) -> Array:
    """Lagrange basis of `nodes` at `targets`, shape (targets, nodes)."""
    weights = barycentric_weights(nodes)
    gap = targets[:, None] - nodes[None, :]
    hit = gap == 0.0
    terms = weights / np.where(hit, 1.0, gap)
    rows = hit.any(axis=1)
    terms[rows] = hit[rows]
    return terms / terms.sum(axis=1, keepdims=True)


def differentiation_matrix(nodes: Array) -> Array:
    """Derivatives of the Lagrange basis at its own nodes, shape (nodes, nodes)."""
    weights = barycentric_weights(nodes)
    gap = nodes[:, None] - nodes[None, :]
    np.fill_diagonal(gap, 1.0)
    matrix = weights[None, :] / weights[:, None] / gap
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, -matrix.sum(axis=1))
    return matrix


def quadrature_weights(nodes: Array) -> Array:
    """Integrals over [-1, 1] of the Lagrange basis of `nodes`."""
    points, weights = gauss_rule(len(nodes) // 2 + 1)
    return weights @ interpolation_matrix(nodes, points)


def layered_edges(layer: float, longest: float, growth: float) -> Array:
    """Edges of [0, 1] that start at both ends with `layer`, grow by `growth`, end at `longest`."""
    half = [0.0]
    size = min(layer, longest)
    while half[-1] + size < 0.5:
        half.append(half[-1] + size)
        size = min(size * growth, longest)
    if len(half) > 1 and 0.5 - half[-1] < 0.5 * size / growth:
        half.pop()
    left = np.append(half, 0.5)
    return np.concatenate([left, 1.0 - left[-2::-1]])


def graded_panels(
    start: float,
    stop: float,
    width: Callable[[float], float],
    singular: Sequence[tuple[float, float]],
) -> list[tuple[float, float, bool]]:
    """Panels (begin, end, is_gap) from `start` to `stop`, in that direction.

    A panel is no longer than `width` allows at both of its ends. Towards each singular point
    (position, half-width) the panels shrink in proportion to what is left; the point itself lies
    in a gap of twice the half-width.
    """
    direction = 1.0 if stop > start else -1.0
    panels: list[tuple[float, float, bool]] = []
    position = start
    stops = sorted((s for s in singular), key=lambda s: direction * s[0])
    while direction * (stop - position) > 1e-13:
        ahead = [s for s in stops if direction * (s[0] - position) > -s[1] * (1.0 - 1e-9)]
        ahead = [s for s in ahead if direction * (stop - s[0]) > -s[1]]
        inside = [s for s in ahead if abs(s[0] - position) <= s[1] * (1.0 + 1e-9)]
        if inside:
            end = inside[0][0] + direction * inside[0][1]
            end = stop if direction * (stop - end) < 0.0 else end
            panels.append((position, end, True))
        else:
            end = _next_end(position, stop, direction, width, ahead)
            panels.append((position, end, False))
        position = end
    return panels


def _next_end(
    position: float,
    stop: float,
    direction: float,
    width: Callable[[float], float],
    ahead: Sequence[tuple[float, float]],
) -> float:
    """End of the panel that begins at `position`."""
    limit = stop
    if ahead:
        limit = ahead[0][0] - direction * ahead[0][1]
        limit = stop if direction * (stop - limit) < 0.0 else limit
    step = width(position)
    for _ in range(60):
        if step <= 1.0001 * width(position + direction * step):
            break
        step *= 0.9
    left = direction * (limit - position)
    if step >= left:
        return limit
    return position + direction * (0.5 * left if 2.0 * step > left else step)
