"""Moments (10)–(13) in Cartesian components, and the discrete continuity equations (14),(15)."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import frame_changes
from boltzwall.transport.published.sums import Sums


class KineticMoments(eqx.Module):
    """Integrals over p as the paper defines them (no density of states), at cell centres.

    ``u`` is the signed spinor velocity, −u in the moment convention. The two streaming terms are
    those of the difference equations, so that with the relaxation, precession and window-end terms
    the continuity equations close to rounding.

    Attributes:
        density: (10), ∫F dp. charge_flux: (11). spin: (12), ∫G dp. spin_flux: (13).
        heat_flux: ∫(p²/2m − µ)(vF + uM·G) dp.
        equilibrium_density, equilibrium_spin: ∫<F> dp, ∫<G> dp.
        charge_streaming: ∫(v ∂xF + u M·∂xG) dp. spin_streaming: ∫(v ∂xG + u M ∂xF) dp.
        charge_end, spin_end: −eE[F], −eE[G] at the ends of the window.
    """

    density: Float[Array, " cells"]
    charge_flux: Float[Array, " cells"]
    spin: Float[Array, "cells 3"]
    spin_flux: Float[Array, "cells 3"]
    heat_flux: Float[Array, " cells"]
    equilibrium_density: Float[Array, " cells"]
    equilibrium_spin: Float[Array, "cells 3"]
    charge_streaming: Float[Array, " cells"]
    spin_streaming: Float[Array, "cells 3"]
    charge_end: Float[Array, " cells"]
    spin_end: Float[Array, "cells 3"]

    @classmethod
    def of(
        cls, sums: Sums, frames: Float[Array, "cells 3 3"], u: Array, spacing: Array
    ) -> "KineticMoments":
        """From sums in the frames (M, e₁, e₂) of the cells."""

        def cartesian(local: Float[Array, "cells 3"]) -> Float[Array, "cells 3"]:
            return jnp.einsum("cab,ca->cb", frames, local)

        mean = sums.mean
        slope = sums.rise(frame_changes(frames)) / spacing
        along = jnp.zeros_like(mean[:, 1:, 0]).at[:, 0]
        return cls(
            density=mean[:, 0, 0],
            charge_flux=mean[:, 0, 1] + u * mean[:, 1, 0],
            spin=cartesian(mean[:, 1:, 0]),
            spin_flux=cartesian(mean[:, 1:, 1] + along.set(u * mean[:, 0, 0])),
            heat_flux=mean[:, 0, 3] + u * mean[:, 1, 2],
            equilibrium_density=sums.equilibrium[:, 0],
            equilibrium_spin=cartesian(sums.equilibrium[:, 1:]),
            charge_streaming=slope[:, 0, 1] + u * slope[:, 1, 0],
            spin_streaming=cartesian(slope[:, 1:, 1] + along.set(u * slope[:, 0, 0])),
            charge_end=sums.window_end[:, 0],
            spin_end=cartesian(sums.window_end[:, 1:]),
        )
