"""What one cell does to one stream: exact for constant M and a source that is linear in x.

Along a stream, with t = s/Δx from its entry to its exit and ζ = 2t − 1,

    dy/dt + z y = g (q0 + q1 ζ),    z = g A,    g = Δx/(v µ),

A the loss: 1/τ_± for δF ± M·δG and a − iJ/ħ for the part of δG across M, plus ``shift``. Here
y0 = ∫y dt and y1 = 3∫ζ y dt are the mean and the slope in the cell.
"""

from typing import Generic, NamedTuple, TypeVar

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.axial import Axial
from boltzwall.numerics.exponential_moments import exponential_moments
from boltzwall.numerics.spin_components import Diagonal
from boltzwall.physics.carriers import Carriers
from boltzwall.typing import AnyShape

Map = TypeVar("Map", Axial, Diagonal)


class CollisionRates(NamedTuple):
    """Collision rates in 1/s; ``shift`` is an extra loss of every stream (implicit steps in time).

    C_F and C_G of [C1],[C2] are (loss − gain <·>), with the precession counted as a loss. The rates
    of both spins are scalars, or have one value for each momentum node where times depend on ε.
    """

    minority: Float[Array, "*nodes"]
    majority: Float[Array, "*nodes"]
    spin_flip: Float[Array, ""]
    precession: Float[Array, ""]
    shift: Float[Array, ""]

    @classmethod
    def of(
        cls,
        carriers: Carriers,
        energy: Float[Array, " nodes"],
        shift: Float[Array, ""] | float = 0.0,
    ) -> "CollisionRates":
        """Arguments:
        energy: ε of the momentum nodes, in J from µ.
        """
        times = carriers.times(energy)
        return cls(
            1.0 / times.minority,
            1.0 / times.majority,
            1.0 / carriers.spin_flip_time,
            carriers.precession_rate,
            jnp.asarray(shift, dtype=float),
        )

    @property
    def mean(self) -> Float[Array, "*nodes"]:
        """a."""
        return 0.5 * (self.minority + self.majority)

    @property
    def gain(self) -> Axial:
        """What is scattered back into every direction: a, b and a − 1/τ_sf."""
        a, b, flip = self.mean, 0.5 * (self.minority - self.majority), self.spin_flip
        return Axial(a, b, b, a - flip, a - flip, jnp.zeros_like(a))


class StreamCell(eqx.Module, Generic[Map]):
    """The maps of one cell, for every lane (momentum node, direction).

    y_out = through y_in + out0 q0 + out1 q1
    y0    = mean_in y_in + mean0 q0 + mean1 q1
    y1    = slope_in y_in + slope0 q0 + slope1 q1
    """

    through: Map
    out0: Map
    out1: Map
    mean_in: Map
    mean0: Map
    mean1: Map
    slope_in: Map
    slope0: Map
    slope1: Map


def stream_cell(rates: CollisionRates, crossing: AnyShape, form: type[Map]) -> StreamCell[Map]:
    """The maps for ``crossing`` times g = Δx/(vµ) in s, in one of their two forms."""
    losses = (
        rates.minority + rates.shift,
        rates.majority + rates.shift,
        rates.mean + rates.shift - 1j * rates.precession,
    )
    parts = [_kernels(crossing * loss) for loss in losses]
    through, out0, out1, mean0, mean1, slope1 = (
        form.of(*members) for members in zip(*parts, strict=True)
    )
    return StreamCell(
        through=through,
        out0=out0.scaled(crossing),
        out1=out1.scaled(crossing),
        mean_in=out0,
        mean0=mean0.scaled(crossing),
        mean1=mean1.scaled(crossing),
        slope_in=out1.scaled(-3.0),
        slope0=mean1.scaled(-3.0 * crossing),
        slope1=slope1.scaled(crossing),
    )


def _kernels(z: Array) -> tuple[Array, ...]:
    """e^{−z} and the integrals of e^{−zu} with 1, 1−2u, 1−u, −u(1−u), 1−3u+2u³."""
    m0, m1, m2, m3 = exponential_moments(z, 3)
    return (
        jnp.exp(-z),
        m0,
        m0 - 2.0 * m1,
        m0 - m1,
        m2 - m1,
        m0 - 3.0 * m1 + 2.0 * m3,
    )
