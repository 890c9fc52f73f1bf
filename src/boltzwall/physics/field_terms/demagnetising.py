"""The demagnetising field, [M5]: by the factors of an endless prism, or between all cells."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jaxtyping import Array, Float

from boltzwall.errors import InputError
from boltzwall.physics.field_terms.demagnetising_factors import tail_sums, wire_kernel
from boltzwall.physics.field_terms.term import Cells, FieldTerm, zeeman_energy
from boltzwall.shape_factors import check_sides, prism_factors
from boltzwall.typing import Scalar, Vectors


class LocalDemagnetising(FieldTerm):
    """H = −Ms (N_x m_x, N_y m_y, N_z m_z), E = ½µ0 Σ Ms² m·N·m S dx, [M5].

    Right where M changes slowly along the wire on the scale of its cross-section.

    Attributes:
        cells: the wire.
        factors: N_x, N_y, N_z; :meth:`of_prism` takes those of an endless prism.
    """

    cells: Cells
    factors: Float[Array, " 3"]

    @classmethod
    def of_prism(cls, cells: Cells, width: float, thickness: float) -> "LocalDemagnetising":
        """The wire has the width w along y and the thickness t along z, both in m."""
        return cls(cells, jax.device_put(np.array(prism_factors(width, thickness))))

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        return -self.cells.magnetisation[:, None] * self.factors * m

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        return 0.5 * zeeman_energy(self.cells, m, self.field(m, t))


class FullDemagnetising(FieldTerm):
    """H_i = −Σ_j N(i − j) Ms_j m_j, E = −½µ0 Σ Ms_i m_i·H_i S dx, N averaged over whole cells.

    A convolution, done by fast Fourier transforms of the length ``length``, padded with zeros.

    ``continued``: the wire goes on beyond both ends without end, there with Ms m of its end cells.
    The part outside acts as an applied field does: E has its energy −µ0 Σ Ms m·H S dx in that
    field, and H = −∂E/∂m with the outside held.

    Attributes:
        cells: the wire; S = 1 in all cells, Ms may vary.
        spectrum: the Fourier transform of N, which is real since N is even.
        tails: Σ N over the cells outside on the left, as cell i sees them; None if not continued.
        length: the length of the transforms.
    """

    cells: Cells
    spectrum: Float[Array, "frequencies 3"]
    tails: Vectors | None
    length: int = eqx.field(static=True)

    def __init__(self, cells: Cells, width: float, thickness: float, continued: bool = False):
        """Compute the kernel of cells dx × w × t.

        Arguments:
            cells: the wire, with values that are known (not traced).
            width: w along y, m.
            thickness: t along z, m.
            continued: whether the wire goes on beyond its ends.

        Raises:
            InputError: a side is not above zero, or the cross-section varies along the wire.
        """
        check_sides(width=width, thickness=thickness)
        area = np.asarray(cells.area)
        if not np.all(area == 1.0):
            raise InputError(
                f"Argument area must be 1 in all cells, but lies between {area.min():g} and "
                f"{area.max():g}. Use local demagnetising factors in a wire whose area varies."
            )
        from scipy.fft import next_fast_len  # here, since few runs need it

        count = area.size
        kernel = wire_kernel(count, float(cells.spacing), width, thickness)
        self.cells = cells
        self.length = next_fast_len(2 * count - 1, real=True)
        circular = np.zeros((self.length, 3))
        circular[:count] = kernel
        circular[self.length - count + 1 :] = kernel[:0:-1]
        self.spectrum = jax.device_put(np.fft.rfft(circular, axis=0).real)
        endless = np.array(prism_factors(width, thickness))
        self.tails = jax.device_put(tail_sums(kernel, endless)) if continued else None

    def field(self, m: Vectors, t: Scalar) -> Vectors:
        moments = self.cells.magnetisation[:, None] * m
        return self._inner(moments) + self._outer(moments)

    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        moments = self.cells.magnetisation[:, None] * m
        outer = self._outer(lax.stop_gradient(moments))
        return zeeman_energy(self.cells, m, 0.5 * self._inner(moments) + outer)

    def _inner(self, moments: Vectors) -> Vectors:
        """The field of the cells' own moments Ms m."""
        waves = jnp.fft.rfft(moments, n=self.length, axis=0) * self.spectrum
        return -jnp.fft.irfft(waves, n=self.length, axis=0)[: moments.shape[0]]

    def _outer(self, moments: Vectors) -> Vectors:
        """The field of the wire beyond its ends."""
        if self.tails is None:
            return jnp.zeros_like(moments)
        return -(self.tails * moments[0] + self.tails[::-1] * moments[-1])
