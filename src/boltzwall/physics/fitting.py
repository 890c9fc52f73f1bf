"""Electrons fitted to a metal: times and exponents of [C10] from what was measured.

Five measurements give five constants, one after another and exactly. With σ_± = ½(1 ∓ P)σ and
S_∓ = S ± (σ_±/σ)S_s, S_s = S_- − S_+:

    r_±  from S_±, which falls with r_±:  ∂S_s/∂r_s = −cov(z, ln k)·k_B/e, z = (ε − µ)/k_BT,
    τ_±  from σ_± ∝ τ_±,        τ_sf  from λ_sf² ∝ τ_sf.
"""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float

from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import Conduction, conduction
from boltzwall.physics.scattering import PerSpin, PowerScattering
from boltzwall.typing import Scalar

_LARGEST = 400.0  # exponents are sought up to this size
_HALVINGS = 40  # of that interval, before Newton's steps
_TIME = 1e-15  # s, to begin with
_FLIP_TIME = 1e-12


class Measured(NamedTuple):
    """What a metal is known by, all at one temperature.

    Attributes:
        conductivity: σ in S/m; polarisation: P = (σ_- − σ_+)/σ.
        spin_diffusion_length: in m, as `physics.conduction` defines it.
        seebeck: S in V/K; spin_seebeck: S_s = S_- − S_+ in V/K, majority less minority.
    """

    conductivity: Scalar | float
    polarisation: Scalar | float
    spin_diffusion_length: Scalar | float
    seebeck: Scalar | float
    spin_seebeck: Scalar | float

    @property
    def shares(self) -> PerSpin:
        """σ_±/σ."""
        polarisation = jnp.asarray(self.polarisation)
        return PerSpin(0.5 * (1.0 - polarisation), 0.5 * (1.0 + polarisation))

    @property
    def of_each_spin(self) -> PerSpin:
        """S_± in V/K."""
        minority, majority = self.shares
        return PerSpin(
            self.seebeck - majority * self.spin_seebeck, self.seebeck + minority * self.spin_seebeck
        )


def fitted(
    bands: Carriers, measured: Measured, temperature: Scalar, *, power: bool = True
) -> Carriers:
    """Carriers of these bands with the power laws [C10] and the τ_sf that give the measurements.

    It can be differentiated once with respect to everything in it: the exponents' last step is
    Newton's with a slope that is held. An S that no exponent gives leaves one at the end of its
    interval; ``misses`` tells.

    Arguments:
        bands: their mass, E_F, J and dimension are taken; nothing else of them is.
        temperature: of the measurements, T in K.
        power: False for times that do not depend on the energy, and so for S and S_s as they come.
    """
    wanted = measured.of_each_spin
    exponents = _exponents(bands, wanted, temperature) if power else jnp.zeros(2)
    begun = _with(bands, PerSpin(jnp.asarray(_TIME), jnp.asarray(_TIME)), exponents, _FLIP_TIME)
    wire = conduction(begun, temperature)
    times = PerSpin(
        *(
            _TIME * share * measured.conductivity / band.conductivity
            for share, band in zip(measured.shares, (wire.minority, wire.majority), strict=True)
        )
    )
    scattered = _with(bands, times, exponents, _FLIP_TIME)
    length = conduction(scattered, temperature).spin_diffusion_length
    flip = _FLIP_TIME * (measured.spin_diffusion_length / length) ** 2
    return replace(scattered, spin_flip_time=flip)


def misses(carriers: Carriers, measured: Measured, temperature: Scalar) -> PerSpin:
    """S_± of the carriers, [C8], less the measured ones, in V/K; 0 where the fit succeeded."""
    wire, wanted = conduction(carriers, temperature), measured.of_each_spin
    return PerSpin(wire.minority.seebeck - wanted.minority, wire.majority.seebeck - wanted.majority)


def _with(bands: Carriers, times: PerSpin, exponents: Array, flip: float) -> Carriers:
    law = PowerScattering(times.minority, times.majority, PerSpin(exponents[0], exponents[1]))
    return replace(bands, scattering=law, spin_flip_time=jnp.asarray(flip))


def _exponents(bands: Carriers, wanted: PerSpin, temperature: Scalar) -> Float[Array, " 2"]:
    """r_+ and r_-: halved intervals, since S_± only falls with its r_±, then Newton's steps."""
    time = jnp.asarray(_TIME)
    target = jnp.stack(wanted)

    def seebeck(exponents: Array) -> Array:
        wire: Conduction = conduction(
            _with(bands, PerSpin(time, time), exponents, _FLIP_TIME), temperature
        )
        return jnp.stack([wire.minority.seebeck, wire.majority.seebeck])

    def halved(_: Array, ends: tuple[Array, Array]) -> tuple[Array, Array]:
        low, high = ends
        middle = 0.5 * (low + high)
        above = seebeck(middle) > target
        return jnp.where(above, middle, low), jnp.where(above, high, middle)

    ends = (jnp.full(2, -_LARGEST), jnp.full(2, _LARGEST))
    low, high = lax.fori_loop(0, _HALVINGS, halved, lax.stop_gradient(ends))
    found = 0.5 * (low + high)
    for _ in range(2):
        found = lax.stop_gradient(found)
        slope = jax.jvp(seebeck, (found,), (jnp.ones(2),))[1]
        found = found - (seebeck(found) - target) / lax.stop_gradient(slope)
    return found
