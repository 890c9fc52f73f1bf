"""∫uⁿe^{−zu}du against quadrature, incomplete gamma functions, and each other."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammainc, gammaln

from boltzwall.numerics.exponential_moments import exponential_moments

ANGLES = np.exp(1j * np.array([0.0, 0.7, -1.3, 0.5 * np.pi, -0.5 * np.pi]))


def _by_quadrature(z, n):
    def integral(part):
        return quad(lambda u: u**n * part(np.exp(-z * u)), 0.0, 1.0, epsabs=1e-15, limit=400)[0]

    return integral(np.real) + 1j * integral(np.imag)


@pytest.mark.parametrize("size", [1e-9, 0.03, 1.0, 3.99, 4.01, 9.0, 60.0])
def test_complex_moments(size):
    z = size * ANGLES
    for n, found in enumerate(exponential_moments(jnp.asarray(z), 3)):
        expected = np.array([_by_quadrature(value, n) for value in z])
        np.testing.assert_allclose(found, expected, rtol=0.0, atol=3e-15)


@pytest.mark.parametrize("z", [1e-6, 0.5, 3.999, 4.0, 20.0, 800.0, 1e6])
def test_real_moments_are_incomplete_gamma_functions(z):
    """Mₙ = γ(n+1, z)/z^{n+1}, to 14 digits of each however small it is."""
    for n, found in enumerate(exponential_moments(jnp.asarray(z), 3)):
        logarithm = np.log(gammainc(n + 1, z)) + gammaln(n + 1) - (n + 1) * np.log(z)
        # The logarithms of the expected value lose some digits for large z.
        np.testing.assert_allclose(found, np.exp(logarithm), rtol=2e-14 * (1.0 + np.log1p(z)))


def test_moments_at_zero_are_those_of_the_powers():
    for n, found in enumerate(exponential_moments(jnp.zeros(2), 3)):
        np.testing.assert_allclose(found, 1.0 / (n + 1.0), rtol=1e-15)


def test_both_branches_meet():
    below, above = (exponential_moments(jnp.asarray(z), 3) for z in (4.0 - 1e-13, 4.0))
    np.testing.assert_allclose(below, above, rtol=1e-12)


@pytest.mark.parametrize("z", [0.0, 0.2, 3.999999, 4.000001, 50.0])
def test_derivative_is_minus_the_next_moment(z):
    moments = exponential_moments(jnp.asarray(z), 3)
    for n in range(3):
        slope = jax.grad(lambda z, n=n: exponential_moments(z, 3)[n])(jnp.asarray(z))
        np.testing.assert_allclose(slope, -moments[n + 1], rtol=2e-12)
