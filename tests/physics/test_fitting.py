"""Electrons fitted to measurements, against a calculation that shares nothing with the fit."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import integrate, optimize

import boltzwall.numerics  # noqa: F401 # JAX in float64
from boltzwall.constants import (
    BOHR_MAGNETON,
    BOLTZMANN,
    ELECTRON_MASS,
    ELEMENTARY_CHARGE,
    REDUCED_PLANCK,
)
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import conduction
from boltzwall.physics.fitting import Measured, fitted, misses
from boltzwall.physics.scattering import ConstantScattering

THERMAL = 300.0 * BOLTZMANN
MICROVOLT = 1e-6
PERMALLOY = Measured(6.7e6, 0.40, 6.1e-9, -18e-6, -4.5e-6)
COBALT = Measured(1.7e7, 0.42, 42e-9, -22.5e-6, -1.8e-6)
IRON = Measured(1e7, 0.77, 9.5e-9, 15e-6, -7.6e-6)
# E_F, J in eV; r_-, r_+; τ_-, τ_+ in fs. The bands to three digits, and those of the presets.
CASES = {
    "permalloy": (PERMALLOY, (5.23, 0.367), (12.77, 8.720), (5.778, 2.760)),
    "cobalt": (COBALT, (5.93, 0.661), (18.11, 14.68), (11.92, 5.765)),
    "cobalt's preset": (COBALT, (5.932966, 0.6612245), (18.12, 14.69), (11.91, 5.760)),
    "iron": (IRON, (5.01, 0.785), (-11.88, -15.10), (10.97, 1.793)),
    "iron's preset": (IRON, (5.011485, 0.7852041), (-11.88, -15.11), (10.96, 1.792)),
}
EVERY = pytest.mark.parametrize("name", CASES)


def bands(fermi_energy, splitting, dimension=3):
    one = jnp.asarray(1e-15)
    return Carriers(
        mass=jnp.asarray(ELECTRON_MASS),
        fermi_energy=jnp.asarray(fermi_energy * ELEMENTARY_CHARGE),
        exchange_splitting=jnp.asarray(splitting * ELEMENTARY_CHARGE),
        scattering=ConstantScattering(one, one),
        spin_flip_time=one,
        channel_density=jnp.asarray(1e18),
        dimension=dimension,
    )


@jax.jit
def solved(electrons, measured):
    carriers = fitted(electrons, Measured(*map(jnp.asarray, measured)), jnp.asarray(300.0))
    return carriers, conduction(carriers, jnp.asarray(300.0))


def moment(order, filling, exponent):
    """∫ k^{3/2} (k/k_F)^r zⁿ (−df/dz) dz by SciPy's adaptive rule, over k_F^{3/2}."""

    def integrand(z):
        ratio = 1.0 + z * THERMAL / filling
        return ratio ** (1.5 + exponent) * z**order / (4.0 * np.cosh(0.5 * z) ** 2)

    return sum(
        integrate.quad(integrand, a, b, epsabs=1e-15, epsrel=1e-12)[0]
        for a, b in ((-40.0, -8.0), (-8.0, 0.0), (0.0, 8.0), (8.0, 40.0))
    )


def seebeck(filling, exponent):
    return -BOLTZMANN / ELEMENTARY_CHARGE * moment(1, filling, exponent) / moment(
        0, filling, exponent
    )  # fmt: skip


def independently(measured, energies, sign):
    """(r, τ in fs) of the minority (sign = 1) or the majority (−1), by a bracketed root."""
    filling = (energies[0] - 0.5 * sign * energies[1]) * ELEMENTARY_CHARGE
    share = 0.5 * (1.0 - sign * measured.polarisation)
    wanted = measured.seebeck - sign * (1.0 - share) * measured.spin_seebeck
    exponent = optimize.brentq(lambda r: seebeck(filling, r) - wanted, -40.0, 40.0, xtol=1e-10)
    # σ = e² τ ∫ (2mk)^{3/2}/(6π²ħ³m) …
    states = (2.0 * ELECTRON_MASS * filling) ** 1.5 / (6.0 * np.pi**2 * REDUCED_PLANCK**3)
    unit = ELEMENTARY_CHARGE**2 * states / ELECTRON_MASS * moment(0, filling, exponent)
    return exponent, share * measured.conductivity / unit * 1e15


@EVERY
def test_times_and_exponents_to_four_digits(name):
    measured, energies, exponents, times = CASES[name]
    law = solved(bands(*energies), measured)[0].scattering
    for place, spin in enumerate(("majority", "minority")):
        ours = float(getattr(law.exponents, spin)), float(getattr(law, spin)) * 1e15
        theirs = independently(measured, energies, 1 if spin == "minority" else -1)
        assert ours == pytest.approx(theirs, rel=1e-9)
        assert f"{ours[0]:.4g}" == f"{exponents[place]:.4g}"
        assert f"{ours[1]:.4g}" == f"{times[place]:.4g}"


@pytest.mark.slow_but("3-permalloy", "1-iron")
@EVERY
@pytest.mark.parametrize("dimension", [1, 3])
def test_the_fit_gives_what_was_measured(name, dimension):
    measured, energies, *_ = CASES[name]
    electrons, wire = solved(bands(*energies, dimension), measured)
    found = (
        wire.conductivity, wire.polarisation, wire.spin_diffusion_length, wire.seebeck,
        wire.majority.seebeck - wire.minority.seebeck,
    )  # fmt: skip
    np.testing.assert_allclose(found, np.array(measured), rtol=1e-11)
    missed = misses(electrons, measured, jnp.asarray(300.0))
    assert np.all(np.abs(np.array(missed)) < 1e-16)


@pytest.mark.parametrize(
    ("name", "drift"), [("permalloy", -0.916), ("cobalt", -0.912), ("iron", -1.119)]
)
def test_open_circuit_drift_of_a_wide_wall(name, drift):
    """u(1 + β²) in m/s at 1 K/nm for Ms = 8e5 A/m, and by σ_+σ_-/σ S_s."""
    measured, energies, *_ = CASES[name]
    wire = solved(bands(*energies), measured)[1]
    found = -BOHR_MAGNETON / 8e5 * float(wire.open_circuit_spin_current) * 1e9
    assert found == pytest.approx(drift, abs=1e-3)
    reduced = 0.5 * (1.0 - measured.polarisation**2) * measured.conductivity
    closed = BOHR_MAGNETON / ELEMENTARY_CHARGE / 8e5 * reduced * measured.spin_seebeck * 1e9
    assert found == pytest.approx(closed, rel=1e-10)


def constants(scale, measured, energies):
    """r_±, and τ_± and τ_sf in fs, of scaled measurements and bands."""
    electrons = bands(energies[0] * scale[5], energies[1] * scale[6])
    target = Measured(*(measured[k] * scale[k] for k in range(5)))
    found = fitted(electrons, target, jnp.asarray(300.0))
    law: Any = found.scattering
    return jnp.stack([
        law.exponents.minority, law.exponents.majority, law.minority * 1e15, law.majority * 1e15,
        found.spin_flip_time * 1e15,
    ])  # fmt: skip


slopes, at = jax.jit(jax.jacfwd(constants)), jax.jit(constants)


def thermal_drifts(numbers):
    """u(1 + β²) in m/s at 1 K/nm of permalloy with these S and S_s in µV/K: open, closed."""
    target = PERMALLOY._replace(seebeck=numbers[0] * 1e-6, spin_seebeck=numbers[1] * 1e-6)
    wire = conduction(fitted(bands(5.23, 0.367), target, jnp.asarray(300.0)), jnp.asarray(300.0))
    currents = jnp.stack([wire.open_circuit_spin_current, wire.thermal_spin_current])
    return -BOHR_MAGNETON / 8e5 * 1e9 * currents


def test_thermal_u_follows_s_and_its_difference():
    """du/dS = 0 in an open circuit, Pσ in a closed one; du/dS_s = σ_+σ_-/σ, twice, in both."""
    start, step = jnp.array([-18.0, -4.5]), 1e-2
    slopes, at = jax.jit(jax.jacfwd(thermal_drifts))(start), jax.jit(thermal_drifts)
    unit = BOHR_MAGNETON / ELEMENTARY_CHARGE / 8e5 * 1e3 * float(PERMALLOY.conductivity)
    p = float(PERMALLOY.polarisation)
    for k, exact in enumerate(([0.0, p * unit], [0.5 * (1.0 - p**2) * unit] * 2)):
        shift = step * jnp.eye(2)[k]
        rise = (at(start + shift) - at(start - shift)) / (2.0 * step)
        np.testing.assert_allclose(slopes[:, k], rise, atol=1e-9 * unit)
        np.testing.assert_allclose(slopes[:, k], exact, atol=1e-11 * unit)


@pytest.mark.slow
@EVERY
def test_gradients_through_the_fit_agree_with_differences(name):
    """Every constant, with respect to all five measurements and to E_F and J of the bands."""
    given = tuple(jnp.asarray(part) for part in CASES[name][:2])
    start, step = jnp.ones(7), 1e-3
    ours = slopes(start, *given)
    for k in range(7):
        shift = step * jnp.eye(7)[k]
        near, far = (at(start + n * shift, *given) - at(start - n * shift, *given) for n in (1, 2))
        theirs = (8.0 * near - far) / (12.0 * step)
        np.testing.assert_allclose(ours[:, k], theirs, rtol=1e-6, atol=1e-6)


def test_constant_times_leave_the_thermopower_to_the_bands():
    found = fitted(bands(5.23, 0.367), PERMALLOY, jnp.asarray(300.0), power=False)
    wire = conduction(found, jnp.asarray(300.0))
    assert float(wire.conductivity) == pytest.approx(6.7e6, rel=1e-12)
    assert float(wire.polarisation) == pytest.approx(0.4, rel=1e-12)
    assert float(wire.seebeck) == pytest.approx(-2.07 * MICROVOLT, rel=3e-3)


def test_what_no_exponent_gives_is_missed():
    impossible = PERMALLOY._replace(seebeck=-5e-3)
    electrons = solved(bands(5.23, 0.367), impossible)[0]
    missed = np.array(misses(electrons, impossible, jnp.asarray(300.0)))
    assert not np.all(np.abs(missed) < 1e-12)
