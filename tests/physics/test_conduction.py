"""Transport integrals of a uniform wire, against SciPy's adaptive rule, closed forms, physics."""

from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import integrate, optimize

import boltzwall.numerics  # noqa: F401 # JAX in float64
from boltzwall.constants import (
    BOLTZMANN,
    ELECTRON_MASS,
    ELEMENTARY_CHARGE,
    PLANCK,
    REDUCED_PLANCK,
)
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import Conduction, conduction
from boltzwall.physics.scattering import ConstantScattering

TABLE_1 = {"fermi_energy": 0.14, "splitting": 0.106}
MICROVOLT = 1e-6
DIMENSIONS = pytest.mark.parametrize("dimension", [1, 3])
BANDS = ("minority", "majority")


def carriers(
    dimension, fermi_energy=0.14, splitting=0.106, times=(1e-15, 1e-15), flip=1e-12, mass=1.0
):
    """Energies in eV, the mass in electron masses, channels as for one spin-degenerate gas."""
    mass = mass * ELECTRON_MASS
    wave = np.sqrt(2.0 * mass * fermi_energy * ELEMENTARY_CHARGE) / REDUCED_PLANCK
    return Carriers(
        mass=jnp.asarray(mass),
        fermi_energy=jnp.asarray(fermi_energy * ELEMENTARY_CHARGE),
        exchange_splitting=jnp.asarray(splitting * ELEMENTARY_CHARGE),
        scattering=ConstantScattering(*(jnp.asarray(time) for time in times)),
        spin_flip_time=jnp.asarray(flip),
        channel_density=jnp.asarray(wave**2 / (6.0 * np.pi)),
        dimension=dimension,
    )


def coefficients(temperature=300.0, **constants) -> Conduction:
    return conduction(carriers(**constants), jnp.asarray(temperature))


def slope(z):
    """−df/dz times e^{|z|}."""
    return 1.0 / (1.0 + np.exp(-abs(z))) ** 2


def moments(height, power):
    """∫ zⁿ y^power (−df/dz) dz times e^{floor}, y = z + height the kinetic energy in kT; n ≤ 2.

    By the substitution y = s², piece by piece, with floor = max(0, −height).
    """
    floor, top = max(0.0, -height), max(0.0, height) + 60.0
    marks = np.sqrt(np.clip(max(height, 0.0) + np.arange(-60.0, 60.1, 6.0), 0.0, top))
    marks = np.unique(marks)

    def integrand(s, n):
        z = s * s - height
        return z**n * 2.0 * s ** (2.0 * power + 1.0) * slope(z) * np.exp(floor - abs(z))

    return [
        sum(
            integrate.quad(integrand, low, high, args=(n,), epsabs=0.0, epsrel=1e-13, limit=200)[0]
            for low, high in pairwise(marks)
        )
        for n in range(3)
    ]


def heights(constants, temperature):
    """µ above the bottoms of both bands in kT."""
    thermal = BOLTZMANN * temperature / ELEMENTARY_CHARGE
    half = 0.5 * constants["splitting"]
    return [(constants["fermi_energy"] + sign * half) / thermal for sign in (-1.0, 1.0)]


CASES = [
    TABLE_1,
    {"fermi_energy": 0.054, "splitting": 0.106},  # the minority's edge 1 meV above its bottom
    {"fermi_energy": 0.05, "splitting": 0.106},  # 3 meV below it
    {"fermi_energy": 0.02, "splitting": 0.3},  # far below it
    {"fermi_energy": 1.1, "splitting": 0.4},
]


@DIMENSIONS
@pytest.mark.parametrize("constants", CASES)
@pytest.mark.parametrize("temperature", [20.0, 77.0, 300.0, 1000.0])
def test_bands_against_adaptive_quadrature(dimension, constants, temperature):
    ours = coefficients(temperature, dimension=dimension, **constants)
    gas = carriers(dimension, **constants)
    thermal = BOLTZMANN * temperature
    unit = BOLTZMANN / ELEMENTARY_CHARGE
    for name, height in zip(BANDS, heights(constants, temperature), strict=True):
        band = getattr(ours, name)
        zeroth, first, second = moments(height, 0.5 * dimension)
        p = np.sqrt(2.0 * ELECTRON_MASS * thermal)
        states = p * float(gas.phase_space(jnp.asarray(p))) / dimension
        density = states * zeroth * np.exp(-max(0.0, -height))
        mean = first / zeroth
        # the reference itself loses digits where its moments cancel
        loss = 1e-15 * abs(height) ** 2 * max(1.0, 1.0 / abs(mean))
        assert float(band.density) == pytest.approx(density, rel=1e-12)
        assert float(band.seebeck) == pytest.approx(-unit * mean, rel=1e-12 + loss)
        variance = second / zeroth - mean**2
        kappa = float(band.conductivity) * unit**2 * temperature * variance
        assert float(band.thermal_conductivity) == pytest.approx(kappa, rel=1e-12 + loss)


def series(height, power):
    """Sommerfeld's series of S e/k_B and κ(e/k_B)²/(σT): exact to 1e-14 far from the bottom."""
    even = {0: 1.0}
    for k in range(1, 9):
        zeta = sum(1.0 / m ** (2 * k) for m in range(1, 4000)) + 4000.0 ** (1 - 2 * k) / (2 * k - 1)
        factorial = np.prod(np.arange(1.0, 2 * k + 1))
        even[2 * k] = 2.0 * factorial * (1.0 - 2.0 ** (1 - 2 * k)) * zeta
    binomial = [1.0]
    for j in range(8):
        binomial.append(binomial[-1] * (power - j) / (j + 1))
    k_n = [
        sum(c * even.get(j + n, 0.0) / height**j for j, c in enumerate(binomial)) for n in range(3)
    ]
    return -k_n[1] / k_n[0], k_n[2] / k_n[0] - (k_n[1] / k_n[0]) ** 2


@DIMENSIONS
@pytest.mark.parametrize("temperature", [1.0, 4.0])
@pytest.mark.parametrize("constants", [TABLE_1, {"fermi_energy": 5.0, "splitting": 0.4}])
def test_cold_metals_keep_all_digits(dimension, temperature, constants):
    ours = coefficients(temperature, dimension=dimension, **constants)
    unit = BOLTZMANN / ELEMENTARY_CHARGE
    for name, height in zip(BANDS, heights(constants, temperature), strict=True):
        band = getattr(ours, name)
        seebeck, lorenz = series(height, 0.5 * dimension)
        assert float(band.seebeck) == pytest.approx(unit * seebeck, rel=1e-12)
        ratio = float(band.thermal_conductivity / band.conductivity) / temperature
        assert ratio == pytest.approx(unit**2 * lorenz, rel=1e-12)


@pytest.mark.parametrize("temperature", [1.0, 30.0])
def test_an_empty_band_is_a_classical_gas(temperature):
    """Maxwell's tail: S = −(k_B/e)(d/2 + 1 + Δ/kT), κ/σT = (k_B/e)²(d/2 + 1), <v_x²> = kT/m."""
    constants = {"fermi_energy": 0.14, "splitting": 0.8}
    unit = BOLTZMANN / ELEMENTARY_CHARGE
    for dimension in (1, 3):
        ours = coefficients(temperature, dimension=dimension, **constants)
        gap = -heights(constants, temperature)[0]
        power = 0.5 * dimension + 1.0
        assert float(ours.minority.seebeck) == pytest.approx(-unit * (power + gap), rel=1e-12)
        gas = carriers(dimension, **constants)
        squared = (
            BOLTZMANN * temperature / ELECTRON_MASS * 1e-12 / float(gas.mean_rate(jnp.zeros(())))
        )
        assert float(ours.minority.diffusion_length) == pytest.approx(squared**0.5, rel=1e-12)
        assert float(ours.polarisation) == pytest.approx(1.0, rel=1e-14)
        assert float(ours.spin_conversion) == pytest.approx(1.0, rel=1e-12)
    warm = coefficients(300.0, dimension=3, **constants).minority
    ratio = float(warm.thermal_conductivity / warm.conductivity) / 300.0
    assert ratio == pytest.approx(2.5 * unit**2, rel=1e-4)


@DIMENSIONS
@pytest.mark.parametrize("temperature", [1.0, 100.0, 300.0, 1000.0])
def test_drude_at_any_temperature(dimension, temperature):
    """σ_s = n_s e²τ_s/m with n_s = ∫ (dn/dp) f dp, integrated here over the occupation itself."""
    times = (0.7e-15, 2.3e-15)
    gas = carriers(dimension, times=times)
    ours = conduction(gas, jnp.asarray(temperature))
    thermal = BOLTZMANN * temperature
    for name, time, sign in zip(BANDS, times, (-1.0, 1.0), strict=True):
        edge = float(gas.fermi_energy) + 0.5 * sign * float(gas.exchange_splitting)

        def filled(p, edge=edge):
            z = np.clip((p * p / (2.0 * ELECTRON_MASS) - edge) / thermal, -700.0, 700.0)
            return float(gas.phase_space(jnp.asarray(p))) / (1.0 + np.exp(z))

        energies = np.clip(edge + thermal * np.arange(-40.0, 40.1, 8.0), 0.0, None)
        marks = np.unique(np.sqrt(2.0 * ELECTRON_MASS * np.append(energies, 0.0)))
        density = sum(
            integrate.quad(filled, low, high, epsabs=0.0, epsrel=1e-12)[0]
            for low, high in pairwise(marks)
        )
        drude = density * ELEMENTARY_CHARGE**2 * time / ELECTRON_MASS
        assert float(getattr(ours, name).conductivity) == pytest.approx(drude, rel=1e-11)


def test_seebeck_coefficients_of_one_dimension():
    free = coefficients(dimension=1, splitting=0.0)
    assert float(free.seebeck) / MICROVOLT == pytest.approx(-28.7, abs=0.05)
    split = coefficients(dimension=1)
    assert float(split.seebeck) / MICROVOLT == pytest.approx(-31.18, abs=0.005)


@pytest.mark.parametrize(("dimension", "expected"), [(1, 0.197), (3, 0.535)])
def test_polarisation_of_table_1(dimension, expected):
    assert float(coefficients(1.0, dimension=dimension).polarisation) == pytest.approx(
        expected, abs=5e-4
    )


def test_density_and_conductivity_of_table_1():
    cold = coefficients(1.0, dimension=3, splitting=0.0)
    assert float(cold.density) == pytest.approx(2.379e26, rel=5e-4)
    line = coefficients(1.0, dimension=1, splitting=0.0)
    assert float(line.density) == pytest.approx(float(cold.density), rel=1e-4)
    assert float(cold.conductivity) == pytest.approx(6.6e3, rel=0.02)


@DIMENSIONS
def test_totals_are_those_of_the_summed_integrals(dimension):
    ours = coefficients(dimension=dimension, times=(0.4e-15, 1.7e-15))
    thermal = BOLTZMANN * 300.0
    sums = np.zeros(3)
    differences = np.zeros(3)
    for name, sign in zip(BANDS, (-1.0, 1.0), strict=True):
        height = heights(TABLE_1, 300.0)[BANDS.index(name)]
        zeroth, first, second = moments(height, 0.5 * dimension)
        k_0 = float(getattr(ours, name).conductivity) / ELEMENTARY_CHARGE**2
        k_n = k_0 * np.array([1.0, thermal * first / zeroth, thermal**2 * second / zeroth])
        sums += k_n
        differences += sign * k_n
    assert float(ours.conductivity) == pytest.approx(ELEMENTARY_CHARGE**2 * sums[0], rel=1e-13)
    seebeck = -sums[1] / (ELEMENTARY_CHARGE * 300.0 * sums[0])
    assert float(ours.seebeck) == pytest.approx(seebeck, rel=1e-11)
    assert float(ours.peltier) == pytest.approx(300.0 * seebeck, rel=1e-11)
    kappa = (sums[2] - sums[1] ** 2 / sums[0]) / 300.0
    assert float(ours.thermal_conductivity) == pytest.approx(kappa, rel=1e-11)
    assert float(ours.polarisation) == pytest.approx(differences[0] / sums[0], rel=1e-12)
    assert float(ours.spin_conversion) == pytest.approx(differences[1] / sums[1], rel=1e-10)
    lorenz = kappa / (ELEMENTARY_CHARGE**2 * sums[0] * 300.0)
    assert float(ours.lorenz_ratio) == pytest.approx(lorenz, rel=1e-11)
    # j_s = (j_- − j_+)/e with j_± = σ_±(E − S_±∇T), in a closed and in an open circuit
    closed = differences[1] / 300.0
    opened = closed + differences[0] * ELEMENTARY_CHARGE * seebeck
    assert float(ours.thermal_spin_current) == pytest.approx(closed, rel=1e-10)
    assert float(ours.open_circuit_spin_current) == pytest.approx(opened, rel=1e-9)


@pytest.mark.slow_but("constants0-1")
@DIMENSIONS
@pytest.mark.parametrize("constants", [TABLE_1, CASES[2], {"fermi_energy": 3.0, "splitting": 0.3}])
def test_gradients_agree_with_finite_differences(dimension, constants):
    gas = carriers(dimension, times=(0.7e-15, 2e-15), **constants)
    law = gas.scattering
    constants = (gas.fermi_energy, gas.exchange_splitting, law.minority, law.majority, gas.mass)
    start = jnp.stack([*constants, jnp.asarray(300.0)])

    def logarithms(scales):
        values = start * scales
        law = ConstantScattering(values[2], values[3])
        rest = (law, gas.spin_flip_time, gas.channel_density, dimension)
        wire = conduction(Carriers(values[4], values[0], values[1], *rest), values[5])
        return jnp.log(
            jnp.stack([
                wire.conductivity, -wire.seebeck, wire.thermal_conductivity,
                wire.spin_diffusion_length, wire.spin_conversion + 2.0,
            ])
        )  # fmt: skip

    ones = jnp.ones_like(start)
    ours = jax.jacrev(logarithms)(ones)
    step = 1e-4
    for k in range(start.size):
        at = [logarithms(ones.at[k].add(m * step)) for m in (-2, -1, 1, 2)]
        theirs = (at[0] - 8.0 * at[1] + 8.0 * at[2] - at[3]) / (12.0 * step)
        np.testing.assert_allclose(ours[:, k], theirs, rtol=2e-8, atol=2e-9)


def streams_rate(speed, times, flip, directions):
    """Slowest decay of [C1], [C2] for δG along M over discrete directions, from the eigenvalues.

    v µ_i ∂x f_i = −(f_i − <f>)/τ_± ∓ <δG>/τ_sf.
    """
    nodes, weights = directions
    mean = np.tile(weights, (nodes.size, 1))
    one = np.eye(nodes.size)
    up, down = ((one - mean) / time for time in times)
    flipped = 0.5 * mean / flip
    collisions = np.block([[up + flipped, -flipped], [-flipped, down + flipped]])
    rates = np.linalg.eigvals(-collisions / (speed * np.tile(nodes, 2))[:, None]).real
    return np.min(rates[rates > 1e-6 * np.abs(rates).max()])


TWO_STREAMS = (np.array([-1.0, 1.0]), np.array([0.5, 0.5]))


@pytest.mark.parametrize("times", [(1e-15, 1e-15), (0.4e-15, 3e-15)])
def test_spin_diffusion_of_two_streams_is_exact(times):
    """Cold electrons in a 1D band have one speed per band."""
    cold = coefficients(1.0, dimension=1, times=times)
    for name, sign in zip(BANDS, (-1.0, 1.0), strict=True):
        energy = (0.14 + 0.053 * sign) * ELEMENTARY_CHARGE
        speed = np.sqrt(2.0 * energy / ELECTRON_MASS)
        rate = streams_rate(speed, times, 1e-12, TWO_STREAMS)
        length = float(getattr(cold, name).diffusion_length)
        assert length == pytest.approx(1.0 / rate, rel=1e-5)


def test_spin_diffusion_length_of_table_1():
    """1/k∥ = v √(τ τ_sf) = 6.9886 nm for v = 2.21e5 m/s."""
    energy = 0.5 * ELECTRON_MASS * 2.21e5**2 / ELEMENTARY_CHARGE
    cold = coefficients(1.0, dimension=1, fermi_energy=energy, splitting=0.0)
    assert float(cold.spin_diffusion_length) == pytest.approx(6.9886e-9, rel=2e-5)


@pytest.mark.parametrize("times", [(1e-15, 1e-15), (0.4e-15, 3e-15)])
def test_spin_diffusion_in_three_dimensions_is_the_limit_of_the_exact_decay(times):
    """The error against 2τ_sf = Σ τ_±A_±/(A_± − 1) falls as 1/τ_sf, as (kvτ)² does."""
    speed = np.sqrt(2.0 * 5.0 * ELEMENTARY_CHARGE / ELECTRON_MASS)
    errors = []
    for flip in (1e-12, 1e-11):

        def balance(k, flip=flip):
            total = 0.0
            for time in times:
                free = k * speed * time
                total += time / (1.0 - free / np.arctanh(free))
            return total - 2.0 * flip

        exact = optimize.brentq(balance, 1e4, 0.999 / (speed * max(times)), rtol=1e-14)
        ours = coefficients(
            1.0, dimension=3, fermi_energy=5.0, splitting=0.0, times=times, flip=flip
        )
        nodes, weights = np.polynomial.legendre.leggauss(16)
        discrete = streams_rate(speed, times, flip, (nodes, 0.5 * weights))
        assert exact == pytest.approx(discrete, rel=1e-6)
        errors.append(abs(float(ours.spin_diffusion_length) * exact - 1.0))
    assert errors[0] < 0.01
    assert errors[1] == pytest.approx(0.1 * errors[0], rel=0.05)


def test_lengths_of_both_bands_enclose_their_mean():
    warm = coefficients(dimension=3)
    assert warm.minority.diffusion_length < warm.spin_diffusion_length
    assert warm.spin_diffusion_length < warm.majority.diffusion_length


def test_one_dimensional_phase_space_is_channels_over_planck():
    gas = carriers(1)
    cold = conduction(gas, jnp.asarray(1.0))
    edge = np.sqrt(2.0 * ELECTRON_MASS * (0.14 + 0.053) * ELEMENTARY_CHARGE)
    expected = 2.0 * float(gas.channel_density) * edge / PLANCK
    assert float(cold.majority.density) == pytest.approx(expected, rel=1e-6)
