"""Demagnetising factors between the cells of a wire, in NumPy."""

import numpy as np

Array = np.ndarray

NODES = (24, 8)
"""Gauss points of each side of :func:`_distant`, nearer and further than four of the largest side.

The singular point is away from the integral by half of the larger lateral side at least, or by four
sides: the rules' errors fall as 2.9^(−48) and 16^(−16), below rounding.
"""


def wire_kernel(count: int, spacing: float, width: float, thickness: float) -> Array:
    """N_xx, N_yy, N_zz between two cells dx × w × t that are 0, …, count − 1 cells apart.

    Both the field and its average are over a whole cell; the other elements vanish since the cells
    lie on one line. Near cells have the closed form, whose third differences cancel the more the
    further the cells are apart; from a distance of half the larger side on, the integral of the
    dipole's field is smooth and is done by Gauss's rule, where nothing cancels.

    Returns:
        The kernel, (count, 3).
    """
    sides = np.array([spacing, width, thickness])
    distances = np.arange(count) * spacing
    near = distances - spacing < 0.5 * max(width, thickness)
    kernel = np.empty((count, 3))
    kernel[near] = _closed(distances[near], sides)
    for i in np.flatnonzero(~near):
        kernel[i] = _distant(distances[i], sides)
    return kernel


def _newell(x: Array, y: Array, z: Array) -> Array:
    """f(x, y, z), of which N_xx is a second difference in each direction.

    Source: A. J. Newell, W. Williams and D. J. Dunlop, J. Geophys. Res. 98, 9551 (1993).
    """
    x, y, z = np.broadcast_arrays(np.abs(x), np.abs(y), np.abs(z))
    radius = np.sqrt(x**2 + y**2 + z**2)
    value = (2.0 * x**2 - y**2 - z**2) * radius / 6.0
    for side, other in ((y, z), (z, y)):
        across = np.sqrt(x**2 + other**2)
        safe = np.where(across > 0.0, across, 1.0)  # the factor before it is zero there
        value = value + 0.5 * side * (other**2 - x**2) * np.arcsinh(side / safe)
    return value - x * y * z * np.arctan2(y * z, x * radius)


def _closed(distances: Array, sides: Array) -> Array:
    """The kernel by Newell's formula, in the longest floating point there is: (distances, 3)."""
    unit = np.longdouble(max(sides))
    dx, w, t = (np.longdouble(side) / unit for side in sides)
    x = distances.astype(np.longdouble)[:, None, None, None] / unit
    x = x + dx * np.array([-1, 0, 1])[:, None, None]
    y, z = (side * np.array([0, 1]) for side in (w, t))
    y, z = y[:, None], z[None, :]
    signs = np.array([-1, 2, -1])[:, None, None] * np.array([[4, -4], [-4, 4]])
    functions = (_newell(x, y, z), _newell(y, x, z), _newell(z, y, x))
    sums = np.stack([np.sum(signs * f, axis=(1, 2, 3)) for f in functions], axis=1)
    return np.asarray(sums / (4.0 * np.pi * dx * w * t), dtype=float)


def _distant(distance: float, sides: Array) -> Array:
    """The kernel as the integral of the dipole's field over all pairs of points, by Gauss's rule.

    4π N_kk = ∫∫∫ Λ(ξ/dx) Λ(u/w) Λ(v/t) (r² − 3r_k²)/r⁵ dξ du dv, r = (X + ξ, u, v), Λ(s) = 1 − |s|:
    the number of pairs of points that are ξ, u, v apart is a tent along each side.
    """
    far = distance - sides[0] > 4.0 * max(sides)
    nodes, weights = np.polynomial.legendre.leggauss(NODES[1] if far else NODES[0])
    half, tent = 0.5 * (nodes + 1.0), 0.5 * weights * (1.0 - 0.5 * (nodes + 1.0))
    along = np.concatenate([-half, half]) * sides[0] + distance
    x, y, z = np.meshgrid(along, half * sides[1], half * sides[2], indexing="ij")
    pairs = np.concatenate([tent, tent])[:, None, None] * tent[:, None] * tent * 4.0
    squares = np.stack([x, y, z]) ** 2
    radius = np.sqrt(np.sum(squares, axis=0))
    dipole = (radius**2 - 3.0 * squares) / radius**5
    return np.prod(sides) / (4.0 * np.pi) * np.sum(pairs * dipole, axis=(1, 2, 3))


def tail_sums(kernel: Array, endless: Array) -> Array:
    """Σ_{n ≥ k} N(n) for k = 1, …, count: (count, 3).

    The sum over an endless wire, N(0) + 2 Σ_{n ≥ 1} N(n), is the factor of the endless prism, so
    that what lies beyond the kernel is known as well.

    Arguments:
        kernel: N(0), …, N(count − 1).
        endless: the factors of :func:`boltzwall.shape_factors.prism_factors`.
    """
    beyond_first = 0.5 * (endless - kernel[0])
    return beyond_first - np.concatenate([np.zeros((1, 3)), np.cumsum(kernel[1:], axis=0)])
