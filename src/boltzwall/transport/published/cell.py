"""One cell of the wire: exact propagation of (5),(6) at constant M, and its modes.

In the frame (M, e₁, e₂) of a cell the unknowns are (F, G_∥, G₁, G₂). At each momentum, with the
field term counted as a source, (5),(6) become

    v F' + u G_∥' + F/τ = S_F,   v G_∥' + u F' + G_∥/τ_sf = S_∥,   v G' + (1/τ_sf − iJ/ħ) G = S_⊥

with G = G₁ + iG₂. All coefficients are the same in every cell, so they are computed once.
"""

from collections.abc import Callable

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.two_by_two import TwoByTwo, mean_decay
from boltzwall.physics.electrons import Electrons
from boltzwall.typing import Quad, Scalar


def plus(a: Quad, b: Quad) -> Quad:
    """Component-wise a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3])


def minus(a: Quad, b: Quad) -> Quad:
    """Component-wise a − b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3])


class Mixing(eqx.Module):
    """A matrix with the symmetry of a cell: 2 × 2 on (F, G_∥), complex on G₁ + iG₂."""

    longitudinal: TwoByTwo
    real: Float[Array, " momenta"]
    imag: Float[Array, " momenta"]

    def __call__(self, y: Quad) -> Quad:
        c = self.longitudinal
        return (
            c.a11 * y[0] + c.a12 * y[1],
            c.a21 * y[0] + c.a22 * y[1],
            self.real * y[2] - self.imag * y[3],
            self.imag * y[2] + self.real * y[3],
        )


class Rates(eqx.Module):
    """Velocities and rates of (5),(6), with ``extra`` added to both collision rates.

    ``extra`` is 0 for steady states and the inverse of an implicit time step otherwise.
    """

    v: Float[Array, " momenta"]
    u: Scalar
    momentum: Scalar
    spin: Scalar
    precession: Scalar

    @classmethod
    def of(
        cls,
        electrons: Electrons,
        p: Float[Array, " momenta"],
        spin_sign: float,
        extra: float | Scalar = 0.0,
    ) -> "Rates":
        """The rates at momenta ``p``; ``spin_sign`` is −1 in the moment convention (u → −u)."""
        return cls(
            v=electrons.velocity(p),
            u=spin_sign * electrons.spinor_velocity,
            momentum=1.0 / electrons.momentum_time + extra,
            spin=1.0 / electrons.spin_flip_time + extra,
            precession=electrons.precession_rate,
        )

    def relax(self, source: Quad) -> Quad:
        """The state in which collisions and precession balance a source: R⁻¹S."""
        norm = self.spin**2 + self.precession**2
        c, s = self.spin / norm, self.precession / norm
        return (
            source[0] / self.momentum,
            source[1] / self.spin,
            c * source[2] - s * source[3],
            s * source[2] + c * source[3],
        )

    def stream(self, slope: Quad) -> Quad:
        """The streaming operator on a gradient: (vF' + uG_∥', vG_∥' + uF', vG₁', vG₂')."""
        return (
            self.v * slope[0] + self.u * slope[1],
            self.v * slope[1] + self.u * slope[0],
            self.v * slope[2],
            self.v * slope[3],
        )

    def propagator(self, spacing: float | Array) -> tuple[Mixing, Mixing]:
        """(E, Φ) for v > |u|: a deviation from rest at the left face of a cell becomes E times it
        at the right face and Φ times it in the mean over the cell."""
        det = self.v**2 - self.u**2
        decay = TwoByTwo(
            self.v * self.momentum / det,
            -self.u * self.spin / det,
            -self.u * self.momentum / det,
            self.v * self.spin / det,
        )
        z = (self.spin - 1j * self.precession) * spacing / self.v

        def mixing(f: Callable[[Array], Array]) -> Mixing:
            transverse = f(z)
            longitudinal = decay.function(lambda rate: f(rate * spacing))
            return Mixing(longitudinal, transverse.real, transverse.imag)

        return mixing(lambda a: jnp.exp(-a)), mixing(mean_decay)

    def modes(self) -> "Modes":
        """Attenuation lengths and characteristic rows, for any v."""
        a, b, v, u = self.momentum, self.spin, self.v, self.u
        tilt = v * (a - b)
        root = jnp.sqrt(tilt**2 + 4.0 * u**2 * a * b)
        root = jnp.where(tilt < 0.0, -root, root)
        plain = root == 0.0
        scalar = jnp.stack([jnp.where(plain, 1.0, 0.5 * (tilt + root)), -u * b + 0.0 * v])
        vector = jnp.stack([u * a + 0.0 * v, jnp.where(plain, 1.0, 0.5 * (tilt + root))])
        lengths = jnp.stack([-v * (a + b) + root, -v * (a + b) - root]) / (2.0 * a * b)
        rows = jnp.stack([scalar, vector])
        rows = rows / jnp.linalg.norm(rows, axis=1, keepdims=True)
        return Modes(lengths, jnp.moveaxis(rows, -1, 0), v, self.spin - 1j * self.precession)


class Modes(eqx.Module):
    """Longitudinal modes c_k = rows_k·(F, G_∥) ∝ e^{x/lengths_k}; negative lengths go right.

    A mode c_k relaxes to its rest value s_k by c' = (c − s)/µ, which stays regular at v = u,
    where µ = 0.
    """

    lengths: Float[Array, "2 momenta"]
    rows: Float[Array, "momenta 2 2"]
    v: Float[Array, " momenta"]
    transverse_rate: Array

    @property
    def rightward(self) -> Array:
        """Which of the four unknowns' modes go right, (momenta, 4)."""
        along = self.lengths < 0.0
        across = self.v > 0.0
        return jnp.stack([along[0], along[1], across, across], axis=-1)

    def exponents(self, spacing: float | Array) -> tuple[Array, Array]:
        """Decay exponents over a cell: real (2, momenta) and complex (momenta)."""
        size = jnp.maximum(jnp.abs(self.lengths), 1e-30)
        return spacing / size, self.transverse_rate * spacing / jnp.abs(self.v)
