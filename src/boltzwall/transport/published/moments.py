"""Moments (10)–(13) in Cartesian components, and the discrete continuity equations (14),(15)."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import frame_changes
from boltzwall.transport.published.sums import Sums
from boltzwall.typing import PerCell, Vectors


class Densities(eqx.Module):
    """Integrals over p as the paper defines them (no density of states), at cell centres.

    Attributes:
        density: (10), ∫F dp. charge_flux: (11). spin: (12), ∫G dp. spin_flux: (13).
        heat_flux: ∫(p²/2m − µ)(vF + uM·G) dp.
    """

    density: PerCell
    charge_flux: PerCell
    spin: Vectors
    spin_flux: Vectors
    heat_flux: PerCell

    @classmethod
    def of(
        cls, mean: Float[Array, "cells 4 4"], frames: Float[Array, "cells 3 3"], u: Array
    ) -> "Densities":
        """From sums over p in the frames (M, e₁, e₂); ``u`` is −u in the moment convention."""
        along = jnp.zeros_like(mean[:, 1:, 0]).at[:, 0].set(u * mean[:, 0, 0])
        return cls(
            density=mean[:, 0, 0],
            charge_flux=mean[:, 0, 1] + u * mean[:, 1, 0],
            spin=_cartesian(frames, mean[:, 1:, 0]),
            spin_flux=_cartesian(frames, mean[:, 1:, 1] + along),
            heat_flux=mean[:, 0, 3] + u * mean[:, 1, 2],
        )


class KineticMoments(eqx.Module):
    """Moments of a steady solution.

    The two streaming terms are those of the difference equations, so that with the relaxation,
    precession and window-end terms the continuity equations close to rounding.

    Attributes:
        densities: (10)–(13) and the heat flux.
        equilibrium_density, equilibrium_spin: ∫<F> dp, ∫<G> dp.
        charge_streaming: ∫(v ∂xF + u M·∂xG) dp. spin_streaming: ∫(v ∂xG + u M ∂xF) dp.
        charge_end, spin_end: −eE[F], −eE[G] at the ends of the window.
    """

    densities: Densities
    equilibrium_density: PerCell
    equilibrium_spin: Vectors
    charge_streaming: PerCell
    spin_streaming: Vectors
    charge_end: PerCell
    spin_end: Vectors

    @classmethod
    def of(
        cls, sums: Sums, frames: Float[Array, "cells 3 3"], u: Array, spacing: Array
    ) -> "KineticMoments":
        """From sums in the frames (M, e₁, e₂) of the cells; ``u`` as in `Densities.of`."""
        slope = sums.rise(frame_changes(frames)) / spacing
        along = jnp.zeros_like(slope[:, 1:, 0]).at[:, 0].set(u * slope[:, 0, 0])
        return cls(
            densities=Densities.of(sums.mean, frames, u),
            equilibrium_density=sums.equilibrium[:, 0],
            equilibrium_spin=_cartesian(frames, sums.equilibrium[:, 1:]),
            charge_streaming=slope[:, 0, 1] + u * slope[:, 1, 0],
            spin_streaming=_cartesian(frames, slope[:, 1:, 1] + along),
            charge_end=sums.window_end[:, 0],
            spin_end=_cartesian(frames, sums.window_end[:, 1:]),
        )

    @property
    def density(self) -> PerCell:
        """(10), ∫F dp."""
        return self.densities.density

    @property
    def charge_flux(self) -> PerCell:
        """(11)."""
        return self.densities.charge_flux

    @property
    def spin(self) -> Vectors:
        """(12), ∫G dp."""
        return self.densities.spin

    @property
    def spin_flux(self) -> Vectors:
        """(13)."""
        return self.densities.spin_flux

    @property
    def heat_flux(self) -> PerCell:
        """∫(p²/2m − µ)(vF + uM·G) dp."""
        return self.densities.heat_flux


def _cartesian(frames: Float[Array, "cells 3 3"], local: Vectors) -> Vectors:
    return jnp.einsum("cab,ca->cb", frames, local)
