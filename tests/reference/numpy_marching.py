"""A straightforward NumPy march of the published steady model, the benchmark's baseline.

The difference scheme: box (midpoint) differences in x on a uniform grid, second-order upwind
differences in p on a uniform grid, the field term extrapolated to the midpoint from the two nodes
before (Adams-Bashforth). One Python loop over x; in each step all momenta at once, a 4×4 LU each;
the moments are summed on the way by the trapezoidal rule, so no distribution is stored.
Second order in the cell and the momentum spacing where the solution is smooth. The data at the
inflow edge of p are not: within about eEd/v of it (1.6e-4 p_F at 8e3 V/m) the solution turns from
<F>, <G> to its inner value. A grid that does not resolve this layer gives the edge node the weight
of half a spacing, so that the moments converge at first order in the spacing. For windows with
v > |u| only.
"""

import numpy as np

from tests.reference.meshes import Array
from tests.reference.problem import CHARGE, HBAR, PublishedProblem


def march(problem: PublishedProblem, cells: int, nodes: int) -> dict[str, Array]:
    """n, m, j_e, j_s of (10)–(13) at the `cells` + 1 grid points "x", SI units."""
    if problem.p_min / problem.mass <= problem.spinor_velocity:
        raise ValueError("Argument p_min must exceed m·u: the march starts all data at x = 0.")
    x = np.linspace(0.0, problem.length, cells + 1)
    p = np.linspace(problem.p_min, problem.p_max, nodes)
    h = x[1] - x[0]
    weights = np.full(nodes, p[1] - p[0])
    weights[[0, -1]] *= 0.5
    inflow = 0 if problem.electric_field <= 0.0 else -1
    W = _stack(problem.inflow(p[:, None], x[:1]))
    moments = [_moments(problem, p, weights, x[0], W)]
    before = _field_term(problem, p, W)
    for i in range(cells):
        middle = x[i] + 0.5 * h
        A, K, S = _coefficients(problem, p, middle)
        force = _field_term(problem, p, W)
        right = S - 1.5 * force + 0.5 * before
        right += np.einsum("jab,jb->ja", A / h - 0.5 * K, W)
        W = np.linalg.solve(A / h + 0.5 * K, right[..., None])[..., 0]
        if problem.electric_field != 0.0:
            W[inflow] = _stack(problem.inflow(p[[inflow], None], x[i + 1 : i + 2]))[0]
        before = force
        moments.append(_moments(problem, p, weights, x[i + 1], W))
    return {"x": x} | {name: np.array([row[name] for row in moments]) for name in moments[0]}


def _stack(fields: tuple[Array, Array]) -> Array:
    """(F, G) at one x as an array (momenta, 4)."""
    scalar, vector = fields
    return np.concatenate([scalar, vector[:, 0]], axis=1)


def _coefficients(problem: PublishedProblem, p: Array, x: float) -> tuple[Array, Array, Array]:
    """A, K (momenta, 4, 4) and S (momenta, 4) of A ∂x W + K W = S + field term, at one x."""
    place = np.array([x])
    Mx, My, Mz = M = problem.magnetisation(place)[0]
    A = np.zeros((p.size, 4, 4))
    A[:, range(4), range(4)] = (p / problem.mass)[:, None]
    A[:, 0, 1:] = A[:, 1:, 0] = problem.signed_u * M
    cross = np.array([[0.0, -Mz, My], [Mz, 0.0, -Mx], [-My, Mx, 0.0]])
    rates = np.array([1.0 / problem.momentum_time] + 3 * [1.0 / problem.spin_flip_time])
    K = np.zeros((p.size, 4, 4))
    K[:] = np.diag(rates)
    K[:, 1:, 1:] -= problem.exchange / HBAR * cross
    S = rates * _stack(problem.equilibrium(p[:, None], place))
    if problem.source is not None:
        S = S + _stack(problem.source(p[:, None], place))
    return A, K, S


def _field_term(problem: PublishedProblem, p: Array, W: Array) -> Array:
    """−eE ∂p W by upwind differences, second order from the second node after the inflow on."""
    force = -CHARGE * problem.electric_field
    if force == 0.0:
        return np.zeros_like(W)
    flow = W if force > 0.0 else W[::-1]
    slope = np.zeros_like(W)
    slope[1] = flow[1] - flow[0]
    slope[2:] = 1.5 * flow[2:] - 2.0 * flow[1:-1] + 0.5 * flow[:-2]
    slope *= abs(force) / (p[1] - p[0])
    return slope if force > 0.0 else slope[::-1]


def _moments(
    problem: PublishedProblem, p: Array, weights: Array, x: float, W: Array
) -> dict[str, Array]:
    """(10)–(13) at one x."""
    M, u = problem.magnetisation(np.array([x]))[0], problem.signed_u
    zeroth = weights @ W
    first = (weights * p / problem.mass) @ W
    return {
        "n": zeroth[0],
        "m": zeroth[1:],
        "j_e": first[0] + u * (M @ zeroth[1:]),
        "j_s": first[1:] + u * M * zeroth[0],
    }
