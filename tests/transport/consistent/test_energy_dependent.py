"""Times that depend on the energy: the kinetic solution against integrals and closed forms."""

from dataclasses import replace

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall import materials
from boltzwall.physics.conduction import conduction
from boltzwall.physics.scattering import PerSpin, PowerScattering
from boltzwall.transport.consistent.evolution import ConsistentEvolution
from tests.compare import largest_error
from tests.consistent_wires import SATURATION, ConsistentWire, carriers
from tests.systems.consistent_spiral import Spiral, SpiralSolution
from tests.systems.consistent_transport import (
    BOHR_MAGNETON,
    BOLTZMANN,
    CHARGE,
    Electrons,
    Power,
    Table,
    UniformWire,
)
from tests.systems.textures import RandomTexture, Uniform

THERMAL = BOLTZMANN * 300.0
PERMALLOY = Electrons(
    fermi_energy=5.23 * CHARGE,
    exchange_splitting=0.367 * CHARGE,
    time_minority=2.76e-15,
    time_majority=5.778e-15,
    spin_flip_time=16.14e-15,
    law=Power(8.72, 12.77),
)
IRON = replace(PERMALLOY, time_majority=11e-15, time_minority=1.8e-15, law=Power(-15.1, -11.9))
# σ_- falls to less than a half within 0.004 k_BT.
STEP = replace(
    PERMALLOY,
    law=Table(
        tuple(THERMAL * np.array([-0.6, -0.55, 0.5, 0.504])), (1.0, 1.02, 1.05, 1.05),
        (1.0, 1.2, 1.5, 0.6),
    ),
)  # fmt: skip
SHALLOW = replace(STEP, fermi_energy=0.3 * CHARGE, exchange_splitting=0.106 * CHARGE)
CASES = {"permalloy": PERMALLOY, "iron": IRON, "step": STEP, "step, shallow band": SHALLOW}


def preset(name):
    """The electrons of a preset."""
    material = materials.get(name)
    metal, times = material.values(), material.transport_values()
    law = Electrons().law
    if material.scattering == "power":
        law = Power(metal["scattering_exponent_minority"], metal["scattering_exponent_majority"])
    return Electrons(
        mass=metal["effective_mass"],
        fermi_energy=metal["fermi_energy"],
        exchange_splitting=metal["exchange_splitting"],
        time_minority=times.get("momentum_time_minority", metal["momentum_time"]),
        time_majority=times.get("momentum_time_majority", metal["momentum_time"]),
        spin_flip_time=metal["spin_flip_time"],
        law=law,
    )


PRESETS = [name for name in materials.names() if name not in materials.stacks()]
CASES |= {f"preset {name}": preset(name) for name in PRESETS}
EVERY = pytest.mark.parametrize("name", CASES)


def uniform(electrons, streams):
    return ConsistentWire(
        texture=Uniform((0.3, -0.5, 0.7)), length=60e-9, electrons=electrons, temperature=300.0,
        gradient=1e9, isothermal=True, streams=streams, cells=12, nodes=32,
    )  # fmt: skip


@pytest.mark.slow
@EVERY
@pytest.mark.parametrize("streams", [2, 4])
def test_a_uniform_wire_conducts_as_the_transport_integrals_say(name, streams):
    """j_e, j_s and q of both drives against adaptive quadrature: σ, S, P, P', Π and κ_e."""
    wire = uniform(CASES[name], streams)
    found, exact = wire.respond(), UniformWire(wire.dimensional, 300.0)
    sigma, seebeck = exact.conductivity(), exact.seebeck()
    along = np.einsum("dfk,k->df", found.j_s, np.asarray(wire.magnetisation)[0])
    heat = exact.heat_conductivity() + sigma * seebeck**2 * 300.0
    expected = {
        "j_e": (sigma, -sigma * seebeck * 1e9),
        "j_s": (
            sigma * exact.polarisation() / CHARGE,
            -sigma * seebeck * exact.heat_polarisation() * 1e9 / CHARGE,
        ),
        "q": (sigma * seebeck * 300.0, -heat * 1e9),
    }
    for key, values in (("j_e", found.j_e), ("j_s", along), ("q", found.j_q)):
        for drive in (0, 1):
            np.testing.assert_allclose(values[drive], expected[key][drive], rtol=1e-11)


@pytest.mark.slow_but("1-step", "3-step", "3-preset permalloy")
@EVERY
@pytest.mark.parametrize("dimension", [1, 3])
def test_transport_integrals_against_adaptive_quadrature(name, dimension):
    electrons = replace(CASES[name], dimension=dimension)
    found = conduction(carriers(electrons), jnp.asarray(300.0))
    exact = UniformWire(electrons, 300.0)
    for ours, theirs in (
        (found.conductivity, exact.conductivity()),
        (found.seebeck, exact.seebeck()),
        (found.thermal_conductivity, exact.heat_conductivity()),
        (found.polarisation, exact.polarisation()),
        (found.spin_conversion, exact.heat_polarisation()),
    ):
        assert float(ours) == pytest.approx(theirs, rel=1e-11)


def test_permalloy_as_computed_independently():
    """Times and exponents of 3D electrons that have σ, P, S and S_s of permalloy at 300 K."""
    electrons = replace(
        PERMALLOY, dimension=3, time_minority=2.7596e-15, time_majority=5.7779e-15,
        law=Power(8.72, 12.772),
    )  # fmt: skip
    found = conduction(carriers(electrons), jnp.asarray(300.0))
    assert float(found.conductivity) == pytest.approx(6.7e6, rel=1e-4)
    assert float(found.polarisation) == pytest.approx(0.40, rel=1e-4)
    assert float(found.seebeck) == pytest.approx(-18e-6, rel=1e-4)
    spin = float(found.majority.seebeck - found.minority.seebeck)
    assert spin == pytest.approx(-4.5e-6, rel=1e-3)
    assert float(found.thermal_conductivity) == pytest.approx(49.43, rel=1e-4)
    assert float(found.lorenz_ratio) == pytest.approx(2.459e-8, rel=1e-4)
    assert float(found.spin_conversion) == pytest.approx(0.505, rel=1e-4)
    velocity = -BOHR_MAGNETON / SATURATION * float(found.open_circuit_spin_current) * 1e9
    assert velocity == pytest.approx(-0.916, rel=1e-3)


def test_exponents_of_zero_are_constant_times():
    plain = replace(PERMALLOY, law=Electrons().law)
    wire = ConsistentWire(texture=RandomTexture(5, 20e-9), electrons=plain, cells=20, nodes=8)
    same = wire.but(electrons=replace(plain, law=Power(0.0, 0.0))).respond()
    for name in ("n", "m", "j_e", "j_s", "j_q"):
        assert largest_error(getattr(same, name), getattr(wire.respond(), name)) < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("name", ["permalloy", "step"])
def test_a_spiral_has_the_beta_of_a_wide_wall(name):
    """β_eff = ħ/(Jτ_sf) for every q, whatever τ_±(ε), by the model and by the algebra at each p."""
    electrons, q = replace(CASES[name], spin_flip_time=3e-15), 2.0 * np.pi / 20e-9
    wire = ConsistentWire(
        texture=Spiral(q), length=200e-9, electrons=electrons, temperature=300.0, gradient=1e9,
        isothermal=True, cells=200, nodes=16,
    )  # fmt: skip
    exact = SpiralSolution(wire.dimensional, q, 300.0, 1e9).torque_parameters(SATURATION)[1]
    m, torque = np.asarray(wire.magnetisation), wire.respond().torque(wire)
    middle, slope = slice(90, 110), np.stack([-m[:, 1], m[:, 0], 0.0 * m[:, 0]], axis=-1)
    for drive in (0, 1):
        along, turned = (
            np.sum((torque[drive] * part)[middle]) for part in (slope, np.cross(m, slope))
        )
        assert exact[drive] == pytest.approx(electrons.beta, rel=1e-10)
        assert -turned / along == pytest.approx(electrons.beta, rel=1e-6)


@pytest.mark.slow
def test_the_force_moves_no_spin_in_all():
    """½J ∂xM ∂_pF1 is a total derivative: over all pieces of a broken grid, too."""
    drive = uniform(STEP, 2).model().drive
    total = np.asarray(drive.along).sum(axis=-1)
    size = np.abs(np.asarray(drive.along)).sum(axis=-1)
    assert np.all(np.abs(total) < 1e-12 * size)


@pytest.mark.slow
def test_electrons_in_time_end_in_the_steady_ones():
    wire = ConsistentWire(
        texture=RandomTexture(4, 20e-9), electrons=PERMALLOY, cells=10, nodes=8, temperature=300.0
    )
    evolution, m = _built(wire.model()), wire.magnetisation
    steady, started = _after(evolution, m, 1e-15, True), _after(evolution, m, 1e-6, False)
    assert largest_error(steady, wire.model().spin(m)) < 1e-11
    # Alexander's method leaves τ/(γΔt) of what it damps.
    assert largest_error(started, steady) < 1e-6


_built = eqx.filter_jit(ConsistentEvolution.of)


@eqx.filter_jit
def _after(evolution, m, step, steady):
    """The spin after one step at rest."""
    return evolution.spin(evolution.step(evolution.begin(m, steady=steady), (m, m), step), m)


@pytest.mark.slow
def test_gradients_through_the_exponents_agree_with_differences():
    wire = ConsistentWire(
        texture=RandomTexture(4, 20e-9), electrons=PERMALLOY, cells=8, nodes=8, temperature=300.0
    )
    constants, m = wire.constants, wire.magnetisation

    law = constants.carriers.scattering
    assert isinstance(law, PowerScattering)

    def spin(exponents):
        changed = PowerScattering(law.minority, law.majority, PerSpin(*exponents))
        model = replace(constants, carriers=replace(constants.carriers, scattering=changed)).model(
            wire.options
        )
        return jnp.sum(model.respond(m).spin * jnp.arange(24.0).reshape(8, 3, 1), axis=(0, 1))

    start, step = jnp.array([8.72, 12.77]), 1e-3
    ours = jax.jit(jax.jacfwd(spin))(start)
    spin = jax.jit(spin)
    for k in (0, 1):
        shift = step * jnp.eye(2)[k]
        at = [spin(start + n * shift) for n in (-2, -1, 1, 2)]
        theirs = (at[0] - 8.0 * at[1] + 8.0 * at[2] - at[3]) / (12.0 * step)
        np.testing.assert_allclose(ours[:, k], theirs, rtol=1e-7)
