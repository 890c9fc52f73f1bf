"""An independent, slow and accurate solver of the published steady model, equations (5) and (6).

    v ∂x F − eE ∂p F + u M·∂x G            = −(F − <F>)/τ
    v ∂x G − eE ∂p G − (J/ħ) M×G + u M ∂x F = −(G − <G>)/τ_sf

It converges to the continuum at high order in x and p and is meant as an oracle for tests. The
method: x is cut into elements graded towards both ends, with Gauss collocation of polynomials of
degree `order_x` that join continuously; p is cut into panels that follow the force, with Radau
collocation of degree `order_p` that starts from the value at the panel's inflow edge. One panel
is one linear boundary-value problem in x, solved directly: the inner nodes of each element are
eliminated by an LU factorisation with pivoting, the nodes that elements share by a dense solve.
Nothing is marched in x, so speeds of both signs are treated alike.

Accuracy, by self-convergence with the default resolution and Table I (relative to the maximum):
1e-9 to 1e-7 for F and G at any p and x, 1e-9 or better for most moments (2e-8 at worst) while
|E| <= 1e4 V/m; about 1e-7 for moments of windows that straddle v = ±u. The solution has kinks along
the characteristics that leave the corner (x, p) where two inflow edges meet. They lie within
e|E|d/|v| of the inflow edge of p: 1.6e-4 p_F at 8e3 V/m, 0.02 p_F at 1e6 V/m, where F and G
inside this strip are good to 1e-2 only, one strip further to 1e-5, and the moments to 2e-6. At
1e5 V/m the figures are 4e-6 and 5e-8. Data that are smooth across the corner (a manufactured
solution, say) have no kinks. Near v = 0 the precession is not resolved: keep |p| above 0.2 p_F.

Internally x is in units of the length d, p of p_F, time of d/v_F; the interface is SI.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dgetrf

from tests.reference import meshes
from tests.reference.meshes import Array
from tests.reference.problem import (
    BOHR_MAGNETON,
    BOLTZMANN,
    CHARGE,
    HBAR,
    PhaseSpaceFields,
    PublishedProblem,
)

__all__ = ["PublishedProblem", "Resolution", "Solution", "solve"]


@dataclass(frozen=True)
class Resolution:
    """How fine the reference is. See the module's text for what the defaults give.

    `panel` scales the momentum panels, `element` the x elements; a smaller number is finer.
    `gap` is the half-width, in units of p_F, of the strip about v = ±u that is bridged by one
    first-order step, `gap_at_rest` the same about v = 0.
    """

    order_x: int = 10
    order_p: int = 11
    panel: float = 1.0
    element: float = 1.0
    gap: float = 2e-4
    gap_at_rest: float = 0.05


@dataclass(frozen=True)
class _Panel:
    """Solution on one momentum panel; values (elements, order_x + 1, nodes, 4)."""

    begin: float
    end: float
    nodes: Array
    edges: Array
    values: Array

    def along_x(self, x: Array) -> Array:
        """Values (x, nodes, 4) at positions `x` in units of the length."""
        count = len(self.edges) - 1
        element = np.clip(np.searchsorted(self.edges, x, side="right") - 1, 0, count - 1)
        size = self.edges[element + 1] - self.edges[element]
        local = 2.0 * (x - self.edges[element]) / size - 1.0
        basis = meshes.interpolation_matrix(
            meshes.lobatto_nodes(self.values.shape[1] - 1), np.clip(local, -1.0, 1.0)
        )
        return np.einsum("xl,xljc->xjc", basis, self.values[element])

    def momenta(self) -> Array:
        """Momenta of the nodes in units of p_F."""
        return self.begin + 0.5 * (self.end - self.begin) * (1.0 + self.nodes)

    def at(self, p: Array, x: Array) -> Array:
        """Values (p, x, 4)."""
        local = 2.0 * (p - self.begin) / (self.end - self.begin) - 1.0
        basis = meshes.interpolation_matrix(self.nodes, local)
        return np.einsum("pj,xjc->pxc", basis, self.along_x(x))

    def weights(self) -> Array:
        """Quadrature weights of the nodes, units of p_F, positive for either direction."""
        return 0.5 * abs(self.end - self.begin) * meshes.quadrature_weights(self.nodes)


@dataclass(frozen=True)
class Solution:
    """F and G as piecewise polynomials, with their moments by the solver's own quadrature."""

    problem: PublishedProblem
    panels: tuple[_Panel, ...]

    def distribution(self, p: Array, x: Array) -> Array:
        """(F, Gx, Gy, Gz) on the grid p × x [kg m/s, m], shape (p, x, 4)."""
        scaled = np.atleast_1d(p) / self.problem.fermi_momentum
        place = np.atleast_1d(x) / self.problem.length
        out = np.full((scaled.size, place.size, 4), np.nan)
        for panel in reversed(self.panels):  # a shared edge is a node of the earlier panel
            low, high = sorted((panel.begin, panel.end))
            inside = (scaled >= low - 1e-12) & (scaled <= high + 1e-12)
            if inside.any():
                out[inside] = panel.at(scaled[inside], place)
        return out

    def F(self, p: Array, x: Array) -> Array:
        """Scalar distribution, shape (p, x)."""
        return self.distribution(p, x)[..., 0]

    def G(self, p: Array, x: Array) -> Array:
        """Vector distribution, shape (p, x, 3)."""
        return self.distribution(p, x)[..., 1:]

    @cached_property
    def momenta(self) -> Array:
        """Momenta of all collocation nodes in the order of solution [kg m/s]."""
        return self.problem.fermi_momentum * np.concatenate([q.momenta() for q in self.panels])

    def moments(self, x: Array) -> dict[str, Array]:
        """n (10) and m (12) [kg m/s], j_e (11) and j_s (13) [kg m²/s²] at positions x [m]."""
        problem = self.problem
        place = np.atleast_1d(x) / problem.length
        zeroth, first = np.zeros((place.size, 4)), np.zeros((place.size, 4))
        for panel in self.panels:
            values, weights = panel.along_x(place), panel.weights()
            zeroth += np.einsum("j,xjc->xc", weights, values)
            first += np.einsum("j,xjc->xc", weights * panel.momenta(), values)
        zeroth *= problem.fermi_momentum
        first *= problem.fermi_momentum**2 / problem.mass
        m, u = problem.magnetisation(np.atleast_1d(x)), problem.signed_u
        longitudinal = np.sum(m * zeroth[:, 1:], axis=1)
        return {
            "n": zeroth[:, 0],
            "m": zeroth[:, 1:],
            "j_e": first[:, 0] + u * longitudinal,
            "j_s": first[:, 1:] + u * m * zeroth[:, :1],
        }

    def torque(self, x: Array, saturation: float = 8e5, density: float | None = None) -> Array:
        """−(J/ħ)(µ_B/Ms)(n_ref/p_F) M×∫G dp [1/s], shape (x, 3); n_ref defaults to n_F."""
        problem = self.problem
        if density is None:
            density = (problem.fermi_momentum / HBAR) ** 3 / (3.0 * np.pi**2)
        scale = problem.exchange / HBAR * BOHR_MAGNETON / saturation
        scale *= density / problem.fermi_momentum
        m = problem.magnetisation(np.atleast_1d(x))
        return -scale * np.cross(m, self.moments(x)["m"])


def solve(problem: PublishedProblem, resolution: Resolution | None = None) -> Solution:
    """Solve (5), (6) with the data of the inflow ends; any window, either sign of E."""
    resolution = Resolution() if resolution is None else resolution
    units = _Units(problem)
    panels: list[_Panel] = []
    for begin, end, is_gap in _momentum_panels(units, resolution):
        order = 1 if is_gap else resolution.order_p
        previous = panels[-1] if panels else None
        panels.append(_solve_panel(units, (begin, end), order, resolution, previous))
    return Solution(problem, tuple(panels))


class _Units:
    """The dimensionless numbers of a problem."""

    def __init__(self, problem: PublishedProblem) -> None:
        self.problem = problem
        self.p_fermi = problem.fermi_momentum
        v_fermi = self.p_fermi / problem.mass
        time = problem.length / v_fermi
        self.time = time
        self.u = problem.signed_u / v_fermi
        self.precession = problem.exchange * time / HBAR
        self.rates = np.array([time / problem.momentum_time] + 3 * [time / problem.spin_flip_time])
        self.force = -CHARGE * problem.electric_field * time / self.p_fermi

    def fields(self, function: PhaseSpaceFields, p: Array, x: Array) -> Array:
        """A pair of fields on the grid x × p as one array (x, p, 4)."""
        scalar, vector = function(p[:, None] * self.p_fermi, x * self.problem.length)
        both = np.concatenate([scalar[..., None], vector], axis=-1)
        return np.swapaxes(np.broadcast_to(both, (p.size, x.size, 4)), 0, 1)

    def decay_lengths(self, p: Array) -> Array:
        """Lengths of the longitudinal modes at E = 0, from the 2×2 system of F and M·G."""
        speeds = np.array([[p, 0 * p + self.u], [0 * p + self.u, p]]).transpose(2, 0, 1)
        modes = np.linalg.eigvals(np.linalg.solve(speeds, np.diag(self.rates[:2])[None]))
        return 1.0 / np.abs(modes)


def _momentum_panels(units: _Units, resolution: Resolution) -> list[tuple[float, float, bool]]:
    """Panels in the direction of the force, fine at its inflow edge, about v = ±u and v = 0."""
    problem = units.problem
    low, high = problem.p_min / units.p_fermi, problem.p_max / units.p_fermi
    begin, end = (low, high) if units.force >= 0.0 else (high, low)
    places = np.linspace(0.0, problem.length, 33)
    coldest = BOLTZMANN * problem.temperature(places).min() / problem.fermi_energy
    shift = abs(units.force) / units.rates.max()
    u = abs(units.u)

    def width(p: float) -> float:
        limits = [coldest, 0.2, 2.0 * p**2 / units.precession + 1e-6]
        limits.append(0.4 * min(abs(p - u), abs(p + u)))
        if shift > 0.0:
            limits.append(0.3 * shift + 0.8 * abs(p - begin))
        return resolution.panel * max(min(limits), 1e-7)

    singular = [(-u, resolution.gap), (0.0, resolution.gap_at_rest), (u, resolution.gap)]
    return meshes.graded_panels(begin, end, width, singular)


def _solve_panel(
    units: _Units,
    ends: tuple[float, float],
    order: int,
    resolution: Resolution,
    previous: _Panel | None,
) -> _Panel:
    """Collocation on one momentum panel: a boundary-value problem in x with 4·order unknowns."""
    nodes = np.append(-1.0, meshes.radau_nodes(order))
    half = 0.5 * (ends[1] - ends[0])
    p = ends[0] + half * (1.0 + nodes)
    transport = units.force / half * meshes.differentiation_matrix(nodes)[1:]
    edges = _elements(units, p[1:], resolution)
    x = 0.5 * (np.diff(edges)[:, None] * (1.0 + meshes.lobatto_nodes(resolution.order_x)))
    x += edges[:-1, None]
    if previous is None:
        entering = units.fields(units.problem.inflow, p[:1], x.ravel())
    else:
        entering = previous.at(np.array([ends[0]]), x.ravel()).swapaxes(0, 1)
    entering = entering.reshape((*x.shape, 1, 4))
    elements = [
        _eliminate(units, p[1:], x[i], transport, entering[i]) for i in range(len(edges) - 1)
    ]
    shared = _join(elements, _end_conditions(units, p[1:]))
    values = np.stack([_inner(e, shared[i], shared[i + 1]) for i, e in enumerate(elements)])
    values = values.reshape((*x.shape, order, 4))
    if units.force != 0.0 or (order == 1 and previous is not None):
        return _Panel(*ends, nodes, edges, np.concatenate([entering, values], axis=2))
    return _Panel(*ends, nodes[1:], edges, values)


def _elements(units: _Units, p: Array, resolution: Resolution) -> Array:
    """Element edges on [0, 1] that resolve the end layers and the precession of a panel."""
    layer = 1.5 * units.decay_lengths(p).min()
    slowest = np.abs(p).min()
    longest = min(1.0 / 6.0, 1.5 * slowest / units.precession)
    scale = resolution.element
    return meshes.layered_edges(scale * layer, scale * longest, 1.0 + 0.8 * min(scale, 1.0))


def _eliminate(
    units: _Units, p: Array, x: Array, transport: Array, entering: Array
) -> tuple[Array, int]:
    """Upper-triangular rows of one element: unknowns inner nodes, left, right, then the right side.

    The last rows couple only the two shared nodes. LU with row pivoting keeps this stable for
    growing and decaying modes alike.
    """
    degree, order = x.size - 1, p.size
    lobatto = meshes.lobatto_nodes(degree)
    gauss, _ = meshes.gauss_rule(degree)
    value = meshes.interpolation_matrix(lobatto, gauss)
    slope = value @ meshes.differentiation_matrix(lobatto) * 2.0 / (x[-1] - x[0])
    points = value @ x
    m = units.problem.magnetisation(points * units.problem.length)
    block = np.zeros((degree, order, 4, degree + 1, order, 4))
    local = np.arange(order)
    speed = _speed_matrices(units, p, m)
    relax = np.diag(units.rates) - units.precession * _cross_matrices(m)
    diagonal = np.einsum("gl,gjab->gjalb", slope, speed)
    diagonal += np.einsum("gl,gab->galb", value, relax)[:, None]
    block[:, local, :, :, local, :] = diagonal.swapaxes(0, 1)
    for c in range(4):
        block[:, :, c, :, :, c] += np.einsum("gl,ij->gilj", value, transport[:, 1:])
    right = units.rates * units.fields(units.problem.equilibrium, p, points)
    if units.problem.source is not None:
        right = right + units.time * units.fields(units.problem.source, p, points)
    right = right - np.einsum("gl,lc,i->gic", value, entering[:, 0], transport[:, 0])
    block = block[:, :, :, [*range(1, degree), 0, degree]]
    rows = degree * order * 4
    matrix = np.concatenate([block.reshape(rows, -1), right.reshape(rows, 1)], axis=1)
    factors, _, _ = dgetrf(matrix, overwrite_a=True)
    return np.triu(factors), (degree - 1) * order * 4


def _speed_matrices(units: _Units, p: Array, m: Array) -> Array:
    """Matrix in front of ∂x (F, G), shape (x, p, 4, 4)."""
    speed = np.zeros((len(m), p.size, 4, 4))
    speed[..., range(4), range(4)] = p[:, None]
    speed[..., 0, 1:] = units.u * m[:, None]
    speed[..., 1:, 0] = units.u * m[:, None]
    return speed


def _cross_matrices(m: Array) -> Array:
    """M× as a matrix on (F, G), shape (x, 4, 4)."""
    matrix = np.zeros((len(m), 4, 4))
    matrix[:, 1, 2], matrix[:, 1, 3] = -m[:, 2], m[:, 1]
    matrix[:, 2, 1], matrix[:, 2, 3] = m[:, 2], -m[:, 0]
    matrix[:, 3, 1], matrix[:, 3, 2] = -m[:, 1], m[:, 0]
    return matrix


def _end_conditions(units: _Units, p: Array) -> tuple[Array, Array, Array]:
    """Rows on the left end, rows on the right end and data, four per momentum.

    Left-eigenvectors of the speed matrix: F ± M·G with v ± u, the transverse G with v.
    """
    place = np.array([0.0, 1.0])
    m = units.problem.magnetisation(place * units.problem.length)
    data = units.fields(units.problem.inflow, p, place)
    size = 4 * p.size
    left, right, values = np.zeros((size, size)), np.zeros((size, size)), np.zeros(size)
    for j, speed in enumerate(p):
        speeds = np.array([speed + units.u, speed - units.u, speed, speed])
        for c in range(4):
            end = 0 if speeds[c] > 0.0 else 1
            row = _characteristic_rows(m[end])[c]
            (left, right)[end][4 * j + c, 4 * j : 4 * j + 4] = row
            values[4 * j + c] = row @ data[end, j]
    return left, right, values


def _characteristic_rows(m: Array) -> Array:
    """Rows that pick F + M·G, F − M·G and two transverse components of G."""
    helper = np.eye(3)[np.argmin(np.abs(m))]
    first = np.cross(m, helper)
    first /= np.linalg.norm(first)
    rows = np.zeros((4, 4))
    rows[:2, 0] = 1.0
    rows[:, 1:] = [m, -m, first, np.cross(m, first)]
    return rows


def _join(elements: list[tuple[Array, int]], ends: tuple[Array, Array, Array]) -> Array:
    """Values at the nodes that elements share, shape (elements + 1, 4·order)."""
    left, right, data = ends
    size, count = data.size, len(elements)
    matrix, vector = np.zeros((size * (count + 1),) * 2), np.zeros(size * (count + 1))
    for i, (upper, inner) in enumerate(elements):
        rows = slice(size * i, size * (i + 1))
        matrix[rows, size * i : size * (i + 2)] = upper[inner:, inner:-1]
        vector[rows] = upper[inner:, -1]
    matrix[size * count :, :size] += left
    matrix[size * count :, -size:] += right
    vector[size * count :] = data
    solution = np.linalg.solve(matrix, vector).astype(np.float64)
    return solution.reshape(count + 1, size)


def _inner(element: tuple[Array, int], left: Array, right: Array) -> Array:
    """All nodal values of one element from its two shared nodes, shape (order_x + 1, 4·order)."""
    upper, inner = element
    vector = upper[:inner, -1] - upper[:inner, inner:-1] @ np.concatenate([left, right])
    values = np.linalg.solve(upper[:inner, :inner], vector)
    return np.vstack([left, values.reshape(-1, left.size), right])
