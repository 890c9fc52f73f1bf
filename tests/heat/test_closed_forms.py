"""T(x, t) against closed forms: a current alone, a bath and ends, half-spaces, laws, light."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import erfc

from boltzwall.heat import (
    Bath,
    GivenCurrent,
    GivenVoltage,
    HeldEnd,
    Insulated,
    Laser,
    Tabular,
    WiedemannFranz,
)
from boltzwall.heat.state import Load
from boltzwall.physics.waveforms import AlwaysOn, Pulse, Tabulated
from tests.heat.wires import (
    CAPACITY,
    CELLS,
    CONDUCTIVITY,
    CURRENT,
    RESISTIVITY,
    THICKNESS,
    Asked,
    half_space,
    law,
    number,
    residual,
    steady,
    warmed,
)

HELD = (HeldEnd(number(300.0), AlwaysOn()), HeldEnd(number(300.0), AlwaysOn()))
JOULE = RESISTIVITY * CURRENT**2  # W/m³
STORES_NOTHING = 10.0  # J/(m³ K), a 400 000th of permalloy
# (κ_s, C_s, {t: rise of a wire without heat capacity of its own, 20 nm × 200 nm}), issue and §6
SILICA = (1.4, 730 * 2200.0, {1e-9: 109.07, 1e-8: 279.36, 1e-7: 523.73})
SILICON = (148.0, 712 * 2330.0, {1e-9: 4.979, 1e-8: 7.437, 1e-7: 9.911})


def rise(state) -> np.ndarray:
    return np.asarray(state.temperature) - 300.0


def test_without_a_way_out_the_current_warms_by_its_power_over_the_capacity():
    wire = Asked().wire()
    state = warmed(wire, 1e-9)
    assert rise(state) == pytest.approx(JOULE * 1e-9 / CAPACITY, rel=1e-10)
    assert residual(wire, state) < 1e-12


def test_a_resistivity_that_grows_with_temperature_warms_exponentially():
    slope = 3e-3
    wire = Asked(resistivity=law(RESISTIVITY, slope)).wire()
    state = warmed(wire, 2e-9)
    expected = np.expm1(slope * JOULE * 2e-9 / CAPACITY) / slope
    assert rise(state) == pytest.approx(expected, rel=1e-5)
    assert residual(wire, state) < 1e-12


def test_a_capacity_that_grows_with_temperature_stores_the_integral():
    slope = 2e-3
    wire = Asked(capacity=law(CAPACITY, slope)).wire()
    state = warmed(wire, 2e-9)
    dT = rise(state)
    assert dT + 0.5 * slope * dT**2 == pytest.approx(JOULE * 2e-9 / CAPACITY, rel=1e-10)
    assert residual(wire, state) < 1e-12


@pytest.mark.slow
def test_a_table_is_its_straight_pieces():
    """From 300 K over a corner at 320 K, with the line that a table's pieces make."""
    table = Tabular(jnp.array([280.0, 320.0, 400.0]), jnp.array([3e6, 4e6, 4e6]))
    wire = Asked(capacity=table).wire()
    state = warmed(wire, 1e-9)
    until_corner = 20.0 * 0.5 * (3.5e6 + 4e6)
    assert rise(state) == pytest.approx(20.0 + (JOULE * 1e-9 - until_corner) / 4e6, rel=1e-10)
    kelvin = np.array([250.0, 290.0, 330.0, 500.0])
    stored = table.stored(300.0 * jnp.ones(4), jnp.asarray(kelvin))
    assert np.asarray(table.reached(300.0 * jnp.ones(4), stored)) == pytest.approx(kelvin)
    assert np.asarray(table.slope_at(jnp.asarray(kelvin))) == pytest.approx([0.0, 25e3, 0.0, 0.0])


@pytest.mark.slow
def test_a_bath_and_cold_ends():
    """Steady: ΔT = (ρj²h/G)[1 − cosh(x/λ)/cosh(L/2λ)]; the error falls with the cells squared."""
    conductance, length = 1e8, 1e-6
    scale = np.sqrt(CONDUCTIVITY * THICKNESS / conductance)
    errors = []
    for cells in (256, 512):
        asked = Asked(cells=cells, ends=HELD, substrate=Bath(number(conductance)))
        wire = asked.wire()
        state = warmed(wire, 1e-6)
        x = np.asarray(wire.centres) - 0.5 * length
        shape = 1.0 - np.cosh(x / scale) / np.cosh(0.5 * length / scale)
        exact = JOULE * THICKNESS / conductance * shape
        errors.append(np.max(np.abs(rise(state) - exact)) / exact.max())
        assert residual(wire, state) < 1e-10
    assert errors[1] < 1e-4
    assert np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("medium", [SILICA, SILICON], ids=["silica", "silicon"])
def test_a_half_space_under_a_wire_that_stores_nothing(medium):
    conductivity, capacity, rises = medium
    wire = Asked(substrate=half_space(conductivity, capacity), capacity=law(STORES_NOTHING)).wire()
    for time, expected in rises.items():
        state = warmed(wire, time)
        assert rise(state) == pytest.approx(expected, rel=1e-4)
        assert residual(wire, state) < 1e-10
        assert bool(state.success)


@pytest.mark.slow
def test_the_interface_adds_its_drop_to_the_substrate():
    conductivity, capacity, rises = SILICA
    conductance = 1e8
    substrate = half_space(conductivity, capacity, conductance)
    wire = Asked(substrate=substrate, capacity=law(STORES_NOTHING)).wire()
    state = warmed(wire, 1e-8)
    drop = JOULE * THICKNESS / conductance
    assert rise(state) == pytest.approx(rises[1e-8] + drop, rel=1e-4)
    assert np.asarray(wire.surface(state)) - 300.0 == pytest.approx(rises[1e-8], rel=1e-4)


@pytest.mark.slow
def test_a_wire_on_a_half_space_cools_after_its_pulse_as_the_response_says():
    """By superposition of two steps, for a wire that stores nothing."""
    conductivity, capacity, rises = SILICA
    substrate = half_space(conductivity, capacity)
    wire = Asked(substrate=substrate, capacity=law(STORES_NOTHING), breaks=(9.9e-8,)).wire()
    pulse = Pulse(number(0.0), number(9.9e-8), number(0.0))
    state = warmed(wire, 1e-7, GivenCurrent(number(CURRENT), pulse))
    assert rise(state) == pytest.approx(rises[1e-7] - rises[1e-9], rel=2e-4)


def test_a_notch_has_the_current_density_of_its_section():
    section = np.array([1.0, 1.0, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0])
    wire = Asked(section=section, conductivity=law(1e-9)).wire()
    state = warmed(wire, 1e-9)
    assert rise(state) == pytest.approx(JOULE * 1e-9 / CAPACITY / section**2, rel=1e-6)
    area = float(wire.resistance_area(state.temperature))
    assert area == pytest.approx(RESISTIVITY * 1e-6 / CELLS * np.sum(1.0 / section))


@pytest.mark.slow
def test_a_hot_contact_warms_the_wire_as_a_diffusing_step():
    """T − T_0 = ΔT erfc(x/2√(Dt)) from an end that is held 50 K warmer."""
    ends = (HeldEnd(number(350.0), AlwaysOn()), Insulated())
    wire = Asked(cells=512, ends=ends).wire()
    state = warmed(wire, 5e-10, steady(0.0))
    x = np.asarray(wire.centres)
    exact = 50.0 * erfc(x / (2.0 * np.sqrt(CONDUCTIVITY / CAPACITY * 5e-10)))
    assert rise(state) == pytest.approx(exact, abs=50.0 * 1e-4)
    assert residual(wire, state) < 1e-10


@pytest.mark.slow
def test_a_contact_follows_its_table():
    """An end that warms evenly, and a wire that is short against the way heat goes meanwhile."""
    table = Tabulated(jnp.array([0.0, 1e-6]), jnp.array([300.0, 310.0]))
    ends = (HeldEnd(number(1.0), table), HeldEnd(number(1.0), table))
    wire = Asked(ends=ends, length=1e-7).wire()
    state = warmed(wire, 1e-6, steady(0.0))
    assert rise(state) == pytest.approx(10.0, abs=1e-2)


def test_thomsons_heat():
    """−jT S' ∂xT, in a wire whose ends hold a gradient while it has not changed yet."""
    slope = 1e-7  # V/K²
    kelvin = 300.0 + 10.0 * (np.arange(CELLS) + 0.5) / CELLS
    wire = Asked(seebeck=law(1.0, slope), start=kelvin, conductivity=law(1e-9)).wire()
    load = Load(steady(), jnp.zeros(CELLS))
    found = wire.changes(number(0.0), jnp.asarray(kelvin), number(CURRENT), load).power
    expected = JOULE - CURRENT * kelvin * slope * 10.0 / 1e-6
    assert np.asarray(found) == pytest.approx(expected, rel=1e-6)


def test_wiedemann_and_franz():
    """κ = ℒT/ρ(T) and its derivative."""
    metal = WiedemannFranz(law(RESISTIVITY, 3e-3), number(2.44e-8), number(5.0))
    kelvin = jnp.array([300.0, 400.0])
    expected = 5.0 + 2.44e-8 * kelvin / (RESISTIVITY * (1.0 + 3e-3 * (kelvin - 300.0)))
    assert np.asarray(metal.at(kelvin)) == pytest.approx(np.asarray(expected))
    step = 0.5 * (metal.at(kelvin + 1.0) - metal.at(kelvin - 1.0))
    assert np.asarray(metal.slope_at(kelvin)) == pytest.approx(np.asarray(step), rel=1e-4)


@pytest.mark.slow
def test_a_voltage_drives_less_current_as_the_wire_warms():
    """dT/dt = (V/L)²/(Cρ(T)): T − T_0 = (√(1 + 2aΔ) − 1)/a, Δ the rise at a constant ρ."""
    slope = 3e-3
    wire = Asked(resistivity=law(RESISTIVITY, slope)).wire()
    voltage = CURRENT * RESISTIVITY * 1e-6
    current = GivenVoltage(number(voltage), AlwaysOn(), number(0.0))
    state = warmed(wire, 2e-9, current)
    plain = JOULE * 2e-9 / CAPACITY
    assert rise(state) == pytest.approx(
        (np.sqrt(1.0 + 2.0 * slope * plain) - 1.0) / slope, rel=1e-5
    )
    half = GivenVoltage(number(voltage), AlwaysOn(), wire.resistance_area(wire.start))
    assert float(wire.density(number(0.0), wire.start, half)) == pytest.approx(0.5 * CURRENT)


@pytest.mark.slow
@pytest.mark.parametrize("square", [False, True])
def test_a_laser_gives_its_fluence(square):
    """F/(hC) in the middle of the spot, half of it at half the width away; the spot moves."""
    light = Laser(
        fluence=number(5.0),
        position=number(1e-6 * 4.5 / 8),
        width=number(2.5e-7),
        velocity=number(0.0),
        time=number(2e-11),
        duration=number(5e-12),
        square=square,
    )
    asked = Asked(laser=light, conductivity=law(1e-9), breaks=light.breaks())
    wire = asked.wire()
    state = warmed(wire, 1e-10, steady(0.0))
    found = rise(state)
    whole = 5.0 / (THICKNESS * CAPACITY)
    assert found[4] == pytest.approx(whole, rel=1e-4)
    assert found[5] == pytest.approx(whole * 2.0 ** -(4.0 * (1.25e-7 / 2.5e-7) ** 2), rel=1e-4)
    assert residual(wire, state) < 1e-12
    moving = eqx.tree_at(lambda one: one.velocity, light, number(1e4))
    there, later = (
        np.asarray(moving.intensity(number(t), wire.centres + 1e4 * (t - 2e-11)))
        for t in (2e-11, 2.2e-11)
    )
    assert later / later.max() == pytest.approx(there / there.max())


def test_the_magnetisations_heat_is_a_power_of_each_cell():
    power = np.linspace(0.0, 1e16, CELLS)
    wire = Asked(conductivity=law(1e-9)).wire()
    state = warmed(wire, 1e-9, steady(0.0), power)
    assert rise(state) == pytest.approx(power * 1e-9 / CAPACITY, rel=1e-6, abs=1e-8)
    parts = wire.energies(state)
    assert float(parts["heat_dissipation"]) == pytest.approx(float(parts["heat_stored"]))


@pytest.mark.slow
def test_against_an_independent_integration_of_everything_at_once():
    """Laws in T, notch, ends, bath: SciPy's Radau on the same cells, written again in NumPy."""
    section = 1.0 - 0.4 * np.exp(-(((np.arange(CELLS) - 3.5) / 1.5) ** 2))
    asked = Asked(
        section=section,
        capacity=law(CAPACITY, 5e-4),
        conductivity=law(CONDUCTIVITY, -1e-3),
        resistivity=law(RESISTIVITY, 3e-3),
        ends=(HeldEnd(number(320.0), AlwaysOn()), Insulated()),
        substrate=Bath(number(1e8)),
    )
    wire = asked.wire()
    dx = 1e-6 / CELLS

    def slope(_, kelvin):
        d = kelvin - 300.0
        kappa = CONDUCTIVITY * (1.0 - 1e-3 * d)
        flow = np.zeros(CELLS + 1)
        faces = 0.5 * (kappa[1:] + kappa[:-1]) * 0.5 * (section[1:] + section[:-1])
        flow[1:-1] = -faces * np.diff(kelvin) / dx
        flow[0] = -kappa[0] * section[0] * (kelvin[0] - 320.0) / (0.5 * dx)
        power = (
            -np.diff(flow) / (section * dx)
            + RESISTIVITY * (1.0 + 3e-3 * d) * (CURRENT / section) ** 2
        )
        return (power - 1e8 * d / THICKNESS) / (CAPACITY * (1.0 + 5e-4 * d))

    exact = solve_ivp(slope, (0.0, 2e-9), np.full(CELLS, 300.0), "Radau", rtol=1e-10, atol=1e-8)
    state = warmed(wire, 2e-9)
    assert np.asarray(state.temperature) == pytest.approx(exact.y[:, -1], rel=1e-6)
    assert residual(wire, state) < 1e-10
