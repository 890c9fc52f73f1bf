"""The stepper: its order in t, what it keeps, what it goes on from, and its derivatives."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.heat import GivenCurrent
from boltzwall.heat.state import Load
from boltzwall.heat.stepping import HeatProblem, ImplicitHeat, Warmth
from boltzwall.physics.waveforms import AlwaysOn, Sine
from tests.compare import measured_orders
from tests.heat.wires import CELLS, CURRENT, Asked, advanced, half_space, law, number, residual

SILICA = (1.4, 730 * 2200.0)


def on_silica(tolerance=1e-6):
    """A notched wire whose resistivity grows, with everything that the memory can do."""
    section = 1.0 - 0.4 * np.exp(-(((np.arange(CELLS) - 3.5) / 1.5) ** 2))
    return Asked(
        substrate=half_space(*SILICA),
        resistivity=law(2.5e-7, 2e-3),
        section=section,
        tolerance=tolerance,
    ).wire()


@pytest.mark.slow
def test_the_order_in_time():
    """Fixed steps under a smooth current: third order, by differences of halved steps."""
    wire = Asked(resistivity=law(2.5e-7, 3e-3), capacity=law(3.7582e6, 5e-4)).wire()
    current = GivenCurrent(number(CURRENT), Sine(number(3e8), number(0.0), number(0.0)))
    problem = HeatProblem(wire, Load(current, jnp.zeros(CELLS)), wire.contact())

    @jax.jit
    def steps(count, y):
        h = 1e-9 / count

        def one(k, y):
            return ImplicitHeat().step(None, k * h, (k + 1) * h, y, problem, None, False)[0]

        return jax.lax.fori_loop(0, count, one, y)

    start = Warmth(jnp.zeros(CELLS), jnp.zeros((0, CELLS)), jnp.zeros(6))
    found = [float(steps(count, start).content[0]) for count in (4, 8, 16, 32, 256)]
    errors = np.abs(np.array(found[:-1]) - found[-1])
    assert measured_orders(errors)[-1] == pytest.approx(3.0, abs=0.2)


def test_going_on_from_a_state_gives_the_same():
    """A state is arrays alone; two halves give the whole to the tolerance, and balance."""
    wire, current = on_silica(), GivenCurrent(number(CURRENT), AlwaysOn())
    none = jnp.asarray(0.0)
    whole = advanced(wire, wire.initial(), (number(0.0), number(2e-9)), current, none)
    half = advanced(wire, wire.initial(), (number(0.0), number(1e-9)), current, none)
    arrays, structure = jax.tree.flatten(half)
    restored = jax.tree.unflatten(structure, [jnp.asarray(np.asarray(one)) for one in arrays])
    rest = advanced(wire, restored, (number(1e-9), number(2e-9)), current, none)
    assert np.asarray(rest.temperature) == pytest.approx(np.asarray(whole.temperature), rel=1e-6)
    assert residual(wire, rest) < 1e-10
    still = advanced(wire, rest, (number(2e-9), number(2e-9)), current, none)
    assert np.array_equal(still.temperature, rest.temperature)


def test_a_looser_tolerance_leaves_a_larger_error_but_the_same_balance():
    current, none = GivenCurrent(number(CURRENT), AlwaysOn()), jnp.asarray(0.0)
    span = (number(0.0), number(2e-9))
    found = {}
    for tolerance in (1e-3, 1e-5, 1e-8):
        wire = on_silica(tolerance)
        state = advanced(wire, wire.initial(), span, current, none)
        found[tolerance] = np.asarray(state.temperature)
        assert residual(wire, state) < 1e-10
    errors = [np.max(np.abs(found[tolerance] - found[1e-8])) for tolerance in (1e-3, 1e-5)]
    assert errors[1] < 0.2 * errors[0]
    assert errors[1] < 1e-4 * (found[1e-8].max() - 300.0)


@pytest.mark.slow
def test_derivatives_by_conductivity_of_the_substrate_and_amplitude_of_the_current():
    """Forwards through every step, against central differences."""
    wire, none = on_silica(1e-8), jnp.asarray(0.0)

    @eqx.filter_jit
    def hottest(conductivity, amplitude):
        changed = eqx.tree_at(lambda one: one.substrate.conductivity, wire, conductivity)
        current = GivenCurrent(amplitude, AlwaysOn())
        state = changed.advance(changed.initial(), number(0.0), number(2e-9), current, none)
        return jnp.max(state.temperature)

    at = (number(SILICA[0]), number(CURRENT))
    for which in (0, 1):
        directions = [jnp.zeros(()), jnp.zeros(())]
        directions[which] = at[which]
        _, slope = jax.jvp(hottest, at, tuple(directions))
        shift = [1e-4 * one for one in directions]
        above, below = (
            hottest(*(a + sign * s for a, s in zip(at, shift, strict=True))) for sign in (1.0, -1.0)
        )
        assert float(slope) == pytest.approx(float(above - below) / 2e-4, rel=1e-4)


@pytest.mark.slow
def test_members_of_a_batch_advance_together():
    wire, none = on_silica(), jnp.asarray(0.0)
    amplitudes = jnp.array([0.5 * CURRENT, CURRENT])

    def one(amplitude):
        current = GivenCurrent(amplitude, AlwaysOn())
        return wire.advance(wire.initial(), number(0.0), number(1e-9), current, none)

    together = jax.jit(jax.vmap(one))(amplitudes)
    for k, amplitude in enumerate(amplitudes):
        current = GivenCurrent(amplitude, AlwaysOn())
        alone = advanced(wire, wire.initial(), (number(0.0), number(1e-9)), current, none)
        assert np.asarray(together.temperature[k]) == pytest.approx(
            np.asarray(alone.temperature), rel=1e-9
        )
