"""Spins that precess without collisions in a uniform M, summed over directions or energies.

Without collisions and drive v_x ∂xδG = (J/ħ) M×δG, so that w = δG·e1 + iδG·e2 (M×e1 = e2) obeys
w = w(0) exp(iJx/ħv_x). For w(0) = 1 in all directions with µ_x > 0, z = −iJx/ħv:

    density  ∫_0^1 exp(−z/µ) dµ = E₂(z),     current  ∫_0^1 µ exp(−z/µ) dµ = E₃(z)

E_n(z) = ∫_1^∞ e^{−zt} t^{−n} dt with t = 1/µ; n E_{n+1}(z) = e^{−z} − zE_n(z). (Streams with µ < 0
have nothing; divide by two for averages over all directions.)

Thermal dephasing of one Fermi edge in 1D: a flow spread as −∂f/∂ε about µ gives
∫dε (−∂f/∂ε) exp(iJx/ħv(ε)). To leading order 1/v(ε) = (1 − (ε − µ)/2E_F)/v_F, where E_F is the
kinetic energy at the edge, and ∫dε (−∂f/∂ε) exp(−iqε) = πqkT/sinh(πqkT) leaves
exp(iJx/ħv_F) z/sinh z, z = πkT Jx/(2ħv_F E_F).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import exp1

from tests.systems.consistent_transport import BOLTZMANN, HBAR

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]


def hemisphere_density(x: Array, speed: float, exchange: float) -> Complex:
    """E₂(−iJx/ħv) for x > 0."""
    z = -1j * exchange * np.asarray(x) / (HBAR * speed)
    return np.exp(-z) - z * exp1(z)


def hemisphere_current(x: Array, speed: float, exchange: float) -> Complex:
    """E₃(−iJx/ħv), the current in units of v, for x > 0."""
    z = -1j * exchange * np.asarray(x) / (HBAR * speed)
    return 0.5 * (np.exp(-z) - z * hemisphere_density(x, speed, exchange))


def thermal_dephasing(x: Array, temperature: float, kinetic: float, mass: float, J: float) -> Array:
    """z/sinh z for the edge with kinetic energy `kinetic` [J] and splitting J [J]."""
    speed = np.sqrt(2.0 * kinetic / mass)
    z = np.pi * BOLTZMANN * temperature * J * np.asarray(x) / (2.0 * HBAR * speed * kinetic)
    return np.where(z == 0.0, 1.0, z / np.sinh(np.where(z == 0.0, 1.0, z)))


def thermal_average(x: float, temperature: float, kinetic: float, mass: float, J: float) -> complex:
    """∫dε (−∂f/∂ε) exp(iJx/ħv(ε)) by adaptive quadrature over ±36 kT (above ε = 0)."""
    kt = BOLTZMANN * temperature

    def integrand(y: float, part: int) -> float:
        speed = np.sqrt(2.0 * (kinetic + y * kt) / mass)
        phase = J * x / (HBAR * speed)
        return float(0.25 / np.cosh(0.5 * y) ** 2 * (np.cos(phase), np.sin(phase))[part])

    low = -min(36.0, 0.98 * kinetic / kt)
    real, imaginary = (
        quad(integrand, low, 36.0, args=(k,), limit=2000, epsrel=1e-11)[0] for k in (0, 1)
    )
    return complex(real, imaginary)
