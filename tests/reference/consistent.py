"""Independent slow solver of the consistent model: [C1], [C2] for all streams at once, then ∫dp.

NumPy and SciPy alone. Per momentum p and direction cosine µ_i, in Cartesian components,

    vµ_i ∂x δF_i + a(δF_i − <δF>) + b M·(δG_i − <δG>) + s δF_i = S_F,i
    vµ_i ∂x δG_i − (J/ħ) M×δG_i + a(δG_i − <δG>) + b M(δF_i − <δF>) + <δG>/τ_sf + s δG_i
        = S_G,i M + ½J (∂xM) ∂_{p_x}F1

with a, b = ½(1/τ_+ ± 1/τ_-), both times at the energy ε_s(p) of the band s whose source drives what
is followed, <·> the average over directions and a shift s that is zero in the
steady problem. It is discretised in x as `consistent_dg` says and factorised by `splu`. The sources
stand in `consistent_sources`. Momenta are summed by composite Gauss–Legendre over panels a few kT
wide: nothing is interpolated in p.

Two solutions are made at once, axis 0 of every result: the response to a field of 1 V/m on the
given T(x), and that to the given temperature gradient.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from tests.reference.consistent_dg import Elements, StreamSystem, graded_elements
from tests.reference.consistent_problem import (
    BOHR_MAGNETON,
    BOLTZMANN,
    CHARGE,
    HBAR,
    ConsistentProblem,
)
from tests.reference.consistent_sources import SIGNS, bulk_inflow, drives
from tests.reference.meshes import Array, gauss_rule

StreamSource = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Resolution:
    """Discretisation.

    `elements` of equal size would be used in a wire without end layers; towards both ends they
    shrink to `layer` shortest lengths (|v_x| times the least of τ_+, τ_-, ħ/J), as far as `most`
    elements allow. Momenta: `nodes` Gauss points per panel of `panel` kT, up to `tail` kT from the
    band edges' Fermi energies.
    """

    elements: int = 24
    order: int = 8
    layer: float = 1.0
    most: int = 2000
    panel: float = 3.0
    nodes: int = 12
    tail: float = 34.0
    slow: int = 3


@dataclass(frozen=True)
class Distribution:
    """Solutions at one momentum on their elements; values (R, E, order, N, 4)."""

    elements: Elements
    values: Array = field(repr=False)

    def __call__(self, x: Array) -> Array:
        """(δF, δG) of R right sides at x (n,): (R, n, N, 4), streams in ascending µ."""
        return np.stack([self.elements.interpolate(v, np.asarray(x)) for v in self.values])


def solve_momentum(
    problem: ConsistentProblem, p: float, resolution: Resolution = Resolution()
) -> Distribution:
    """Response at one momentum to 1 V/m (row 0) and to the temperature gradient (row 1)."""
    elements = mesh(problem, p, resolution)
    # What a band drives keeps its energy: it has a system of its own, with both times at ε_s(p).
    bands = [(1,), (-1,)] if problem.law is not None else [SIGNS]
    total = np.zeros(())
    for signs in bands:
        energy = float(problem.energy(np.array(p), signs[0]))
        source = drives(problem, p, elements.points, signs)
        inflow = bulk_inflow(problem, p, signs)
        total = total + _system(problem, p, elements, 0.0, energy).solve(source, inflow)
    return Distribution(elements, total)


def solve_source(
    problem: ConsistentProblem,
    p: float,
    source: StreamSource,
    resolution: Resolution = Resolution(),
    inflow: StreamSource | None = None,
    shift: float = 0.0,
) -> Distribution:
    """Response at one momentum to a prescribed source, one right side (R = 1).

    `source` and `inflow` map (x, µ), which broadcast against each other, to (…, 4): the right
    sides of [C1], [C2] in 1/s, and the data of the streams that enter at an end (zero by default).
    `shift` [1/s] is added to the loss of every component.
    """
    elements = mesh(problem, p, resolution)
    mu, _ = problem.directions()
    data = np.zeros((1, mu.size, 4))
    if inflow is not None:
        data[0] = inflow(np.where(mu > 0.0, 0.0, problem.length), mu)
    right = source(elements.points[..., None], mu)[None]
    return Distribution(elements, _system(problem, p, elements, shift).solve(right, data))


def solve(
    problem: ConsistentProblem, x: Array, resolution: Resolution = Resolution()
) -> dict[str, Array]:
    """Moments at x (n,): n, j_e, j_Q (2, n) and m, j_s (2, n, 3), SI units.

    "m" is the spin density m_n = 2∫δG [1/m³], "n" is 2∫δF; axis 0 tells the two drives apart.
    """
    p, weights = momenta(problem, resolution)
    total: dict[str, Array] = {}
    for node, weight in zip(p, weights, strict=True):
        values = solve_momentum(problem, node, resolution)(x)
        for name, value in moments(problem, node, x, values).items():
            total[name] = total.get(name, 0.0) + weight * value
    return total


def moments(problem: ConsistentProblem, p: float, x: Array, values: Array) -> dict[str, Array]:
    """Integrands over p of the moments from values (R, n, N, 4) at x (n,)."""
    mu, weights = problem.directions()
    density = float(problem.phase_space(np.array(p)))
    mean = density * np.einsum("i,rnia->rna", weights, values)
    flow = density * p / problem.mass * np.einsum("i,rnia->rna", weights * mu, values)
    along = np.einsum("na,rna->rn", problem.texture(x), flow[..., 1:])
    heat = sum(problem.energy(np.array(p), s) * (flow[..., 0] + s * along) for s in (1, -1))
    return {
        "n": 2.0 * mean[..., 0],
        "m": 2.0 * mean[..., 1:],
        "j_e": -2.0 * CHARGE * flow[..., 0],
        "j_s": 2.0 * flow[..., 1:],
        "j_Q": heat,
    }


def torque(problem: ConsistentProblem, x: Array, m: Array, saturation: float) -> Array:
    """T_sd = (J/ħ)(µ_B/Ms) M×m_n [C3] in 1/s for m (…, n, 3) at x (n,)."""
    factor = problem.exchange_splitting / HBAR * BOHR_MAGNETON / saturation
    return factor * np.cross(problem.texture(x), m)


def momenta(problem: ConsistentProblem, resolution: Resolution) -> tuple[Array, Array]:
    """Nodes and weights of the composite Gauss rule; panels of equal width in energy.

    The lowest panel is halved `slow` times towards p = 0, where layers as thin as vτ appear.
    """
    temperature = BOLTZMANN * problem.temperature(np.linspace(0.0, problem.length, 400))
    edge, half = problem.fermi_energy, 0.5 * problem.exchange_splitting
    low = max(edge - half - resolution.tail * temperature.max(), 0.0)
    high = edge + half + resolution.tail * temperature.max()
    panels = int(np.ceil((high - low) / (resolution.panel * temperature.min())))
    kinetic = np.add.outer(problem.breaks, (edge - half, edge + half)).ravel()
    kinetic = kinetic[(kinetic > low) & (kinetic < high)]
    edges = np.union1d(np.linspace(low, high, panels + 1), kinetic)
    edges = np.sqrt(2.0 * problem.mass * edges)
    if low == 0.0:
        edges = np.concatenate(
            [[0.0], edges[1] * 0.5 ** np.arange(resolution.slow, 0, -1), edges[1:]]
        )
    nodes, weights = gauss_rule(resolution.nodes)
    size = np.diff(edges)[:, None]
    return (edges[:-1, None] + 0.5 * size * (1.0 + nodes)).ravel(), (0.5 * size * weights).ravel()


def mesh(problem: ConsistentProblem, p: float, resolution: Resolution) -> Elements:
    """Elements for one momentum.

    A mode that starts at an end with speed v_x dies out over about v_xτ and turns within v_xħ/J.
    So at the distance y only modes with v_x > y/40τ are alive, which asks for elements no longer
    than some y ħ/(40Jτ).
    """
    mu, _ = problem.directions()
    slowest = p / problem.mass * np.abs(mu).min()
    turn = HBAR / max(abs(problem.exchange_splitting), 1e-30)
    energies = np.stack([problem.energy(np.array(p), s) for s in SIGNS])
    times = [time for s in SIGNS for time in problem.time(s, energies)[0]]
    layer = resolution.layer * slowest * min(*times, turn)
    growth = min(0.7, resolution.layer * turn / np.mean(times))
    coarse = problem.length / resolution.elements
    edges = graded_elements(problem.length, coarse, layer, growth, resolution.most)
    return Elements(edges, resolution.order)


def _system(
    problem: ConsistentProblem, p: float, elements: Elements, shift: float, energy: float = 0.0
) -> StreamSystem:
    """The matrix of [C1], [C2] at one momentum, for electrons that are driven at ε = `energy`."""
    mu, weights = problem.directions()
    mean, difference = problem.rates(energy)
    M = problem.texture(elements.points)
    scatter = np.zeros((*M.shape[:-1], 4, 4))
    scatter[..., range(4), range(4)] = mean
    scatter[..., 0, 1:] = scatter[..., 1:, 0] = difference * M
    gain, loss = scatter.copy(), scatter
    gain[..., range(1, 4), range(1, 4)] -= 1.0 / problem.spin_flip_time
    loss[..., range(4), range(4)] += shift
    loss[..., 1:, 1:] -= problem.exchange_splitting / HBAR * _cross_matrix(M)
    return StreamSystem(elements, p / problem.mass * mu, weights, loss, gain)


def _cross_matrix(M: Array) -> Array:
    """The matrix of M×, (…, 3, 3)."""
    matrix = np.zeros((*M.shape, 3))
    for i, j, k, sign in ((0, 1, 2, -1.0), (1, 2, 0, -1.0), (2, 0, 1, -1.0)):
        matrix[..., i, j] = sign * M[..., k]
        matrix[..., j, i] = -sign * M[..., k]
    return matrix
