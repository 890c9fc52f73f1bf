"""The reference solver of the consistent model proves itself: exact systems, orders, invariants."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tests.reference.consistent import (
    Resolution,
    solve,
    solve_momentum,
    solve_source,
)
from tests.reference.consistent_problem import ELECTRON_MASS, HBAR
from tests.reference.consistent_sources import drives
from tests.reference.consistent_wires import (
    DIRECTION,
    TABLE,
    UNEQUAL,
    angles,
    isothermal_wire,
    wire,
)
from tests.reference.meshes import gauss_rule
from tests.systems.consistent_ballistic import hemisphere_density
from tests.systems.consistent_injection import Injection
from tests.systems.consistent_manufactured import ManufacturedStreams
from tests.systems.consistent_spiral import Spiral, SpiralSolution
from tests.systems.textures import RandomTexture, Uniform

MOMENTUM = ELECTRON_MASS * 2.3e5
FLAT = Resolution(layer=1e9)


def _manufactured_error(problem, shift, resolution):
    exact = ManufacturedStreams(
        problem.texture, UNEQUAL, problem.length, shift=shift, **angles(problem)
    )
    found = solve_source(
        problem,
        MOMENTUM,
        lambda x, mu: exact.source(x, mu, MOMENTUM),
        resolution,
        inflow=lambda x, mu: exact.fields(x, mu, MOMENTUM),
        shift=shift,
    )
    x = np.linspace(0.0, problem.length, 101)
    true = exact.fields(x[:, None], problem.directions()[0], MOMENTUM)
    return np.abs(found(x)[0] - true).max()


@pytest.mark.parametrize(("streams", "shift"), [(2, 0.0), (2, 5e14), (6, 0.0)])
def test_manufactured_solution_converges_with_elements_and_order(streams, shift):
    problem = wire(RandomTexture(3, 5e-9), 5e-9, streams=streams)
    sizes = (4, 8, 16)
    errors = np.array(
        [
            _manufactured_error(problem, shift, replace(FLAT, elements=n, order=4, layer=1e9))
            for n in sizes
        ]
    )
    assert np.all(np.log2(errors[:-1] / errors[1:]) > 3.6), errors
    spectral = [_manufactured_error(problem, shift, replace(FLAT, order=s)) for s in (4, 6, 8)]
    assert spectral[1] < 1e-2 * spectral[0], spectral
    assert spectral[2] < 1e-9, spectral


@pytest.mark.parametrize("streams", [2, 6])
def test_spiral_with_its_own_inflow_is_reproduced_everywhere(streams):
    q, length = 4e8, 10e-9
    electrons = replace(UNEQUAL, dimension=1 if streams == 2 else 3)
    problem = isothermal_wire(Spiral(q), length, electrons, streams=streams, boundary="bulk")
    exact = SpiralSolution(electrons, q, 300.0, 1e9, **angles(problem))
    x = np.linspace(0.0, length, 41)
    truth = exact.distribution(MOMENTUM, x)
    for row in (0, 1):

        def source(x, _, row=row):
            return drives(problem, MOMENTUM, x[..., 0])[row]

        def inflow(x, _, row=row):
            return np.diagonal(exact.distribution(MOMENTUM, x)[row]).T

        found = solve_source(problem, MOMENTUM, source, inflow=inflow)(x)[0]
        np.testing.assert_allclose(found, truth[row], atol=1e-9 * np.abs(truth[row]).max())


@pytest.mark.parametrize("length", [4e-9, 200e-9])
@pytest.mark.parametrize("electrons", [TABLE, UNEQUAL])
def test_injected_electrons_spread_as_the_exact_modes(electrons, length):
    F, G = 0.4, np.array([0.2, -0.1, 0.3])
    problem = wire(Uniform(DIRECTION), length, electrons)
    found = solve_source(
        problem,
        MOMENTUM,
        lambda x, mu: np.zeros((*np.broadcast_shapes(x.shape, mu.shape), 4)),
        Resolution(order=10),
        inflow=lambda x, mu: (mu > 0.0)[:, None] * np.array([F, *G]),
    )
    x = np.linspace(0.0, length, 57)
    exact = Injection(electrons, MOMENTUM / ELECTRON_MASS, DIRECTION, length)
    np.testing.assert_allclose(found(x)[0], exact.distribution(x, F, G), atol=1e-9)
    if length > 100e-9 and electrons is TABLE:
        endless = replace(exact, length=np.inf).distribution(x[:10], 0.0, G)
        np.testing.assert_allclose(endless, exact.distribution(x[:10], 0.0, G), atol=1e-8)


def test_ballistic_streams_turn_by_their_own_phase_and_add_up_to_e2():
    """∫dµ as ∫dt/t², t = 1/µ from 1 to 40, and two orders of the rest.

    Two streams at the speed v/t each time: N streams of one Gauss rule would need many.
    """
    free = replace(TABLE, time_minority=np.inf, time_majority=np.inf, spin_flip_time=np.inf)
    x, length = np.array([0.4e-9, 0.7e-9, 1e-9]), 1e-9
    problem = wire(Uniform((0.0, 0.0, 1.0)), length, free)
    speed = MOMENTUM / ELECTRON_MASS
    phase = free.exchange_splitting * x / (HBAR * speed)
    nodes, weights = gauss_rule(8)
    total = np.exp(40j * phase) * (1j / (phase * 40.0**2) + 2.0 / (phase**2 * 40.0**3))
    for start in np.arange(1.0, 40.0, 3.0):
        for t, weight in zip(start + 1.5 * (1.0 + nodes), 1.5 * weights, strict=True):
            found = solve_source(
                problem,
                MOMENTUM / t,
                lambda x, mu: np.zeros((*np.broadcast_shapes(x.shape, mu.shape), 4)),
                Resolution(order=10),
                inflow=lambda x, mu: (mu > 0.0)[:, None] * np.array([0.0, 1.0, 0.0, 0.0]),
            )
            value = found(x)[0, :, 1]
            np.testing.assert_allclose(value[:, 1], np.cos(phase * t), atol=1e-7)
            np.testing.assert_allclose(value[:, 2], np.sin(phase * t), atol=1e-7)
            total += weight / t**2 * (value[:, 1] + 1j * value[:, 2])
    exact = hemisphere_density(x, speed, free.exchange_splitting)
    np.testing.assert_allclose(total, exact, atol=2e-4)


@pytest.mark.slow_but("2-True-bulk", "2-False-reservoir")
@pytest.mark.parametrize("boundary", ["reservoir", "bulk"])
@pytest.mark.parametrize(("streams", "force"), [(2, True), (2, False), (4, True)])
def test_charge_and_angular_momentum_are_conserved(boundary, streams, force):
    length = 20e-9
    problem = wire(
        RandomTexture(8, length),
        length,
        streams=streams,
        boundary=boundary,
        exchange_force=force,
        temperature=250.0,
        gradient=3e9,
    )
    nodes, weights = gauss_rule(24)
    inside = 0.5 * length * (1.0 + 0.8 * nodes)
    x = np.concatenate([[0.1 * length], inside, [0.9 * length]])
    found = solve(problem, x)
    assert np.all(np.ptp(found["j_e"], axis=1) < 1e-9 * np.abs(found["j_e"]).max(axis=1))
    rate = problem.exchange_splitting / HBAR
    inner = 0.4 * length * weights
    m, M = found["m"][:, 1:-1], problem.texture(x[1:-1])
    exerted = rate * np.einsum("n,rna->ra", inner, np.cross(M, m))
    flipped = np.einsum("n,rna->ra", inner, m) / problem.spin_flip_time
    lost = found["j_s"][:, -1] - found["j_s"][:, 0]
    scale = np.abs(exerted).max(axis=1, keepdims=True)
    np.testing.assert_allclose((lost + flipped - exerted) / scale, 0.0, atol=1e-8)


@pytest.mark.parametrize(("streams", "boundary"), [(2, "reservoir"), (4, "bulk")])
def test_response_at_one_momentum_converges_with_the_order(streams, boundary):
    length = 30e-9
    problem = wire(RandomTexture(3, length), length, streams=streams, boundary=boundary)
    x = np.linspace(0.0, length, 31)

    def values(order):
        return solve_momentum(problem, MOMENTUM, Resolution(order=order))(x)

    best = values(14)
    errors = [np.abs(values(s) - best).max() / np.abs(best).max() for s in (4, 6, 8, 10)]
    assert all(b < 0.2 * a for a, b in pairwise(errors)), errors
    assert errors[-1] < 1e-9, errors


@pytest.mark.slow
def test_moments_converge_in_the_momenta():
    problem = wire(RandomTexture(3, 10e-9), 10e-9, gradient=5e9, temperature=150.0)
    x = np.linspace(0.0, 10e-9, 9)
    ours = solve(problem, x)
    finer = solve(problem, x, Resolution(panel=2.0, nodes=14, tail=38.0, slow=5))
    for name, value in ours.items():
        error = np.abs(value - finer[name]).reshape(2, -1).max(axis=1)
        assert np.all(error < 2e-9 * np.abs(finer[name]).reshape(2, -1).max(axis=1)), name


def test_bad_problems_are_refused():
    with pytest.raises(ValueError, match="boundary"):
        wire(Uniform(), 1e-9, boundary="open")
    with pytest.raises(ValueError, match="streams"):
        wire(Uniform(), 1e-9, streams=3)
