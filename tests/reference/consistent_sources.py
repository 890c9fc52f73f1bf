"""Right sides of [C1], [C2] for the two drives, with all derivatives in p analytic.

S_± = µ s_±(p), s_± = v w_± A_±, w_± = −∂f_±/∂ε, A = −eE for the field (E = 1 V/m) and
A = −(ε_± − µ)κ/T for the gradient. With y = (ε_± − µ)/kT, w = 1/(4kT cosh²(y/2)) and
∂w/∂ε = −w tanh(y/2)/kT. The force term is ½J ∂xM (µ²h' + (1 − µ²)h/p), h = ½(τ_+s_+ + τ_-s_-),
where each time is that of ε_s(p) and h' holds dτ_s/dε.
"""

import numpy as np

from tests.reference.consistent_problem import BOLTZMANN, CHARGE, ConsistentProblem
from tests.reference.meshes import Array

SIGNS = (1, -1)


def drives(problem: ConsistentProblem, p: float, x: Array, signs: tuple[int, ...] = SIGNS) -> Array:
    """Right sides (2, *x.shape, N, 4) [1/s] of the bands `signs`; axis 0: unit field, ∇T."""
    mu, _ = problem.directions()
    right = np.zeros((2, *x.shape, mu.size, 4))
    for sign in signs:
        pulled = 0.5 * band_source(problem, p, x, sign)
        odd = pulled[0][..., None] * mu
        right[..., 0] += odd
        right[..., 1:] += sign * odd[..., None] * problem.texture(x)[..., None, :]
        if not problem.exchange_force:
            continue
        time, change = problem.time(sign, problem.energy(np.array(p), sign))
        h = time * pulled[0]
        slope = time * pulled[1] + change * p / problem.mass * pulled[0]
        along = slope[..., None] * mu**2
        if problem.streams > 2:
            along = along + h[..., None] / p * (1.0 - mu**2)
        half_splitting = 0.5 * problem.exchange_splitting
        gradient = texture_gradient(problem, x)[..., None, :]
        right[..., 1:] += half_splitting * along[..., None] * gradient
    return right


def bulk_inflow(problem: ConsistentProblem, p: float, signs: tuple[int, ...] = SIGNS) -> Array:
    """Data (2, N, 4) of the streams where they enter; zero for reservoirs."""
    mu, _ = problem.directions()
    data = np.zeros((2, mu.size, 4))
    if problem.boundary == "bulk":
        ends = np.where(mu > 0.0, 0.0, problem.length)
        for sign in signs:
            time, _ = problem.time(sign, problem.energy(np.array(p), sign))
            half = 0.5 * time * band_source(problem, p, ends, sign)[0] * mu
            data[..., 0] += half
            data[..., 1:] += sign * half[..., None] * problem.texture(ends)
    return data


def band_source(problem: ConsistentProblem, p: float, x: Array, sign: int) -> Array:
    """s_±(p) and ds_±/dp, shape (2, 2 drives, *x.shape)."""
    thermal = BOLTZMANN * problem.temperature(x)
    energy, speed = problem.energy(np.array(p), sign), p / problem.mass
    y = energy / thermal
    window = 0.25 / thermal / np.cosh(0.5 * np.clip(y, -700.0, 700.0)) ** 2
    falling = -window * np.tanh(0.5 * y) / thermal
    gradient = problem.temperature_gradient(x) / problem.temperature(x)
    force = np.stack(np.broadcast_arrays(-CHARGE, -energy * gradient))
    change = np.stack(np.broadcast_arrays(0.0, -gradient))
    value = speed * window * force
    slope = window * force / problem.mass + speed**2 * (falling * force + window * change)
    return np.stack([value, slope])


def texture_gradient(problem: ConsistentProblem, x: Array) -> Array:
    """∂xM (…, 3) by central differences of eighth order."""
    step = 2e-4 * problem.length
    coefficients = (4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0)
    total = np.zeros((*x.shape, 3))
    for k, c in enumerate(coefficients, start=1):
        total += c * (problem.texture(x + k * step) - problem.texture(x - k * step))
    return total / step
